"""What a reader sees of a page: its headings and its words, from the front of the body and in bounded time."""

import re
import unicodedata
from collections.abc import Callable
from html import unescape
from typing import Final, NamedTuple

from crawler.http.search import find
from crawler.media.charset import WIDE, encoding, may_be_wide

MARKUP_LIMIT: Final = 32_768
"""Bytes of markup that are parsed once scripts and styles are cut out. The tree builder takes time that grows with the
square of the depth: as many open `<div>`s as fit in here take it 90 ms, twice as many 350."""

TEXT_LIMIT: Final = 20_000
"""Characters of text that are kept of a page."""

HEADINGS_LIMIT: Final = 3
HEADING_LIMIT: Final = 200
HEADINGS_TRIED: Final = 40
"""Headings that are kept, characters of each, and how many of a level are tried, since some are empty or hidden. A page
that says it is gone says so at the top, and briefly."""

APART: Final = 2_048
"""Bytes from one heading to the next, where those that stand together are enough: beside the page's own there is the
site's name at the most. A page that is looked through for more of them has to be decoded for it first."""
SPAN: Final = 1_200
"""Bytes of a heading that are read at most, its tags among them."""

_HIDDEN = re.compile(rb"<(?:!--|(script|style|template|noscript|svg|iframe|object|textarea|select)\b)", re.IGNORECASE)
"""Where something begins that is not read as text: comments, and elements that hold code, a choice or a drawing."""

_ATTRIBUTES: Final = re.compile(rb"\s[^<>]{0,300}>")
_HEADING_END: Final = re.compile(rb"</[hH][12]\s*>")
_UNSEEN: Final = re.compile(rb"\shidden[\s=>]|display:\s*none|visibility:\s*hidden", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]{0,2000}>")
_BODY = re.compile(rb"<body\b[^<>]{0,500}>|</head\s*>", re.IGNORECASE)

_WORD = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+")


class Seen(NamedTuple):
    """What a reader sees of a page, as far as it was read."""

    headings: tuple[str, ...]
    """The text of its first headings of level 1; where it has none, of level 2."""
    words: tuple[str, ...]
    """Its text in lower case, split into words; scripts that don't part words with spaces are split by character."""
    cut: bool = False
    """Whether there was more than was read here."""


def seen(body: bytes, content_type: str | None) -> Seen:
    """Read the words of a page. `body` is the front of it, no longer content-encoded."""
    from selectolax.lexbor import LexborHTMLParser  # 8 ms, and few pages are ever looked at this closely

    readable, codec = _readable(body, content_type)
    markup = _without_code(readable)
    start = _BODY.search(markup)
    kept = markup[start.end() if start else 0 :]
    root = LexborHTMLParser(kept[:MARKUP_LIMIT].decode(codec, "replace")).body
    text = root.text(separator=" ") if root else ""
    cut = len(kept) > MARKUP_LIMIT or len(text) > TEXT_LIMIT
    return Seen(_headings(markup, lambda raw: raw.decode(codec, "replace")), tuple(words(text[:TEXT_LIMIT])), cut)


def glimpsed(body: bytes, content_type: str | None, start: int = 0, apart: int = 0) -> tuple[str, ...]:
    """The headings at a glance, some of which may stand in scripts or comments: to see what need not be read at all.
    They are looked for from `start` on, where that can be told, and no more than `apart` bytes lie between them; any
    number, where it is 0."""
    if may_be_wide(body, content_type):
        readable, codec = _readable(body, content_type)
        return _headings(readable, lambda raw: raw.decode(codec, "replace"), 0, apart)
    return _headings(body, lambda raw: raw.decode(encoding(body, content_type), "replace"), start, apart)


def leading(front: bytes, content_type: str | None, start: int, stop: int) -> tuple[str, ...] | None:
    """The same where the first begins between `start` and `stop`, and no more than `APART` bytes lie between them. None
    where that can't be told from the front of a page that is at hand."""
    if may_be_wide(front, content_type):
        return None
    told, end = _of_level(
        b"<h1", b"<H1", front, start, stop, lambda raw: raw.decode(encoding(front, content_type), "replace"), APART
    )
    return told if told and end + SPAN <= len(front) else None


def words(text: str) -> list[str]:
    """A text in lower case, word by word; Chinese, Japanese and Thai, which don't part words, by character."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def folded(text: str) -> str:
    """A text with single spaces for white space, and none at its ends. No white space but a space is printable: most
    texts are so already."""
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return " ".join(text.split())


def _readable(body: bytes, content_type: str | None) -> tuple[bytes, str]:
    """A body whose markup is written in the bytes of ASCII, and the codec of what is not."""
    codec = encoding(body, content_type)
    return (body.decode(codec, "replace").encode(), "utf-8") if codec in WIDE else (body, codec)


def _headings(markup: bytes, decode: Callable[[bytes], str], start: int = 0, apart: int = 0) -> tuple[str, ...]:
    """The headings of level 1; where none of them says anything, of level 2. No more than `apart` bytes lie between
    them; any number, where it is 0."""
    told, _ = _of_level(b"<h1", b"<H1", markup, start, len(markup), decode, apart)
    if not told:
        told, _ = _of_level(b"<h2", b"<H2", markup, start, len(markup), decode, apart)
    return told


def _of_level(
    small: bytes, large: bytes, markup: bytes, at: int, end: int, decode: Callable[[bytes], str], apart: int
) -> tuple[tuple[str, ...], int]:
    """The headings that begin so between `at` and `end` and say anything, and up to where another one might."""
    told: list[str] = []
    for _ in range(HEADINGS_TRIED):
        if len(told) == HEADINGS_LIMIT:
            break
        next_small = find(markup, small, at, end)
        next_large = find(markup, large, at, next_small if next_small >= 0 else end)
        at = next_large if next_large >= 0 else next_small
        if at < 0:
            break
        at += len(small)
        inside = _inside(markup, at)
        text = _told(markup, inside, decode) if inside >= 0 else ""
        if text:
            told.append(text)
            if apart:
                end = at + apart
    return tuple(told), end


def _inside(markup: bytes, at: int) -> int:
    """Where the content of a heading begins whose attributes begin at `at`; negative where nobody sees it, or it is
    none."""
    if markup[at : at + 1] == b">":
        return at + 1
    rest = _ATTRIBUTES.match(markup, at)
    return -1 if rest is None or _UNSEEN.search(markup, at, rest.end()) else rest.end()


def _told(markup: bytes, start: int, decode: Callable[[bytes], str]) -> str:
    """The text of the heading that begins there."""
    limit = start + 4 * HEADING_LIMIT
    end = find(markup, b"</", start, limit)
    if end >= 0 and markup[end + 2 : min(end + 5, limit)] != b"h1>":
        mark = _HEADING_END.search(markup, end, limit)
        end = mark.start() if mark else -1
    raw = markup[start : end if end >= 0 else limit]
    text = raw.decode("ascii") if raw.isascii() else decode(raw)
    if "\x1b" in text:  # ISO-2022-JP says everything in ASCII bytes, with escapes: in all others they are ASCII
        text = decode(raw)
    if "<" in text:
        text = _TAG.sub(" ", text)
    return folded(unescape(text) if "&" in text else text)[:HEADING_LIMIT]


def _without_code(body: bytes) -> bytes:
    """The markup less what is not read as text. What is left open swallows the rest, as it does in browsers."""
    kept, at = [], 0
    while match := _HIDDEN.search(body, at):
        kept.append(body[at : match.start()])
        name = match.group(1)
        if name is None:  # `<!-->` is a whole comment (WHATWG HTML, section 13.2.5.43)
            end = body.find(b"-->", match.start() + 2)
            at = end + 3 if end >= 0 else len(body)
        else:
            close = _CLOSING[name.lower()].search(body, match.end())
            at = close.end() if close else len(body)
    kept.append(body[at:])
    return b" ".join(kept)


_CLOSING = {
    name: re.compile(rb"</" + name + rb"\b[^<>]{0,200}>", re.IGNORECASE)
    for name in b"script style template noscript svg iframe object textarea select".split()
}
