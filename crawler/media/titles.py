"""Whether two titles are those of one article: the one a record has, and the one its page has by now."""

import re
from functools import lru_cache
from html import unescape
from itertools import pairwise
from unicodedata import normalize

from crawler.media.wording.plain import UNPARTED, plain

ALIKE = 0.5
"""Share of the shorter title that the other one has, from which both may name one article. Sites shorten their titles
and rewrite them a little; another article shares a few common words."""

SAME = 0.9
"""Share of an article's title that its page has to have where something is done about it unasked."""

TELLING = (3, 12)
"""Terms and letters that a title has at least to be told from others at all: `Home`, `Press release`."""

READINGS = 3
"""How often a text may have been read wrongly and written down again."""

_ENOUGH = 16
"""Characters of a title that are not found in another one by chance."""

_LATER = re.escape("".join(chr(byte) + bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xC0)))
"""What the later bytes of a character in UTF-8 look like in windows-1252, or in Latin-1."""
_GARBLED = re.compile(f"[\xc2-\xdf][{_LATER}]|[\xe0-\xef][{_LATER}]{{2}}|[\xf0-\xf4][{_LATER}]{{3}}")
"""A character of UTF-8 that was read so (RFC 3629, section 3)."""
_USUAL = re.compile("[\xa0-\u017f\u2010-\u2122]")
"""Letters of Latin languages, quotes and dashes: what stands alone in a text that is otherwise right."""

_SEPARATOR = re.compile(r"\s+[|/\u2013\u2014\u00b7\u2022\u00bb\u00ab\u203a\u2039:~-]+\s+|\s*[|_]+\s*")
"""Between an article's title and the name of its site, which may stand before or after it."""
_WORD = re.compile(r"[^\W_]+")
_RUN = f"(?:{UNPARTED.pattern}|[\uac00-\ud7a3])"
"""Letters of scripts that don't part words, and Hangul put together, which hangs particles on them."""
_TERM = re.compile(f"{_RUN}{{2,}}|(?:(?!{_RUN}{{2}})[^\\W_])+")
"""A run of such letters, or a word."""
_PAIRED = re.compile(f"{_RUN}{{2}}")


def repaired(text: str) -> str:
    """A text whose UTF-8 was read as windows-1252, once or more often, read right: `EUâ€™s` is `EU’s`."""
    for _ in range(READINGS):
        if text.isascii() or not _GARBLED.search(text):
            break
        right = _reread(text) or _GARBLED.sub(_reread_alone, text)
        if right == text:
            break
        text = right
    return text


def _reread(text: str) -> str | None:
    """The text that these characters are the bytes of; None where they are none."""
    try:
        return _bytes(text).decode()
    except UnicodeError:
        return None


def _bytes(text: str) -> bytes:
    """A text in windows-1252; the five bytes that it leaves open pass as the control characters they are in the decoder
    of WHATWG Encoding. Raises UnicodeEncodeError.
    """
    try:
        return text.encode("cp1252")
    except UnicodeEncodeError:
        return b"".join(one.encode("latin-1" if "\x80" <= one <= "\x9f" else "cp1252") for one in text)


def _reread_alone(garbled: re.Match[str]) -> str:
    """The same for one character of a text that is right elsewhere, such as where a site has added its name: only what
    is common counts there, since `Ü“` may be the end of a quotation.
    """
    right = _reread(garbled[0])
    return right if right and _USUAL.fullmatch(right) else garbled[0]


@lru_cache(maxsize=1_024)
def resemblance(a: str, b: str) -> float:
    """How much of the shorter of two titles the other one has, 0 to 1: the best of whole titles and of their longest
    parts between separators, so that a site's name counts for nothing. 1 where there is nothing to compare.

    Long words count for more than short ones, which titles share by chance. Where a script doesn't part words, pairs of
    letters stand for them.
    """
    if _is_within(a, b):
        return 1.0
    ours, theirs = _comparable(a), _comparable(b)
    if _is_within(ours, theirs):
        return 1.0
    shares = [
        _letters(one & other) / min(_letters(one), _letters(other)) for one in _ways(ours) for other in _ways(theirs)
    ]
    return max(shares, default=1.0)


def has_title(page: str, title: str) -> bool:
    """Whether a page's title says beyond doubt that it is the article with this title: it has nearly all of it, and
    that is enough to tell it from others. The page's may be longer.
    """
    whole = _terms(_comparable(page))
    terms, letters = TELLING
    return any(
        len(wanted) >= terms and _letters(wanted) >= letters and _letters(wanted & whole) >= SAME * _letters(wanted)
        for wanted in _ways(_comparable(title))
    )


def _is_within(a: str, b: str) -> bool:
    """Whether the shorter of two titles stands in the other as it is, which most do."""
    return min(len(a), len(b)) >= _ENOUGH and (a in b or b in a)


def _ways(text: str) -> list[frozenset[str]]:
    """The terms of a title and, if it has parts, those of the longest one, which is rarely the site's name."""
    ways = [_terms(text)]
    if len(parts := _SEPARATOR.split(text)) > 1:
        ways.append(_terms(max(parts, key=len)))
    return [terms for terms in ways if terms]


def _comparable(title: str) -> str:
    """A title as it was meant, in plain letters. Feeds hand on references that nobody has resolved."""
    text = plain(repaired(unescape(title) if "&" in title else title))
    return text if text.isascii() else normalize("NFC", text)


def _terms(text: str) -> frozenset[str]:
    """Words; and pairs of letters where words are not parted (a common stand-in for words of Chinese, see Nie and Ren
    1999, "Chinese information retrieval: using characters or words?").
    """
    if text.isascii():
        return frozenset(_WORD.findall(text))
    terms = set[str]()
    for run in _TERM.findall(text):
        if _PAIRED.match(run):
            terms.update(map("".join, pairwise(run)))
        else:
            terms.add(run)
    return frozenset(terms)


def _letters(terms: frozenset[str]) -> int:
    return sum(map(len, terms))
