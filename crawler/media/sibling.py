"""A page that can't exist, beside one that may not: does the site tell them apart?

After Bar-Yossef, Broder, Kumar and Tomkins, "Sic transit gloria telae: towards an understanding of the web's decay"
(WWW 2004, section 3.1): ask the same folder for a random name; a site that answers it as it answers the page in
question would have answered anything, and one that answers it with an error means what it says when it doesn't.
"""

import re
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import unquote

from crawler.http.url import Url
from crawler.media.answer import Answer
from crawler.media.signs import headed_not_found, titled_not_found

SHINGLE = 4
"""Words that stand together in one shingle (Broder 1997, "On the resemblance and containment of documents", uses 4 to
10; short pages want few)."""
WORDS_LIMIT = 3_000
"""Words of each page that are compared."""

ALIKE = 0.9
"""Resemblance from which two pages are one. Found on the tuning half of the labelled set: error pages lie above 0.93,
as all that differs is an echo of the address; articles and error pages in one large frame stay below 0.65."""
ALIKE_IN_WORD = 0.5
"""The same where both pages say that they are not there, or both were redirected to one place: then all that has to be
ruled out is an article about it."""

SHELL_WORDS = 20
"""Words that an application's empty frame has at most: `Loading…`, a name, a copyright line."""

_FORBIDDEN_TO_TELL = frozenset({401, 402, 403, 407, 408, 425, 429, 451, 999})
"""Answers to the sibling that are about us, not about it."""

_EXTENSION = re.compile(r"\.(?=[a-z0-9]{0,4}[a-z])[a-z0-9]{1,5}$", re.IGNORECASE)
_LETTERS, _DIGITS = "bcdfghjklmnpqrstvwxz", "123456789"
"""No vowels, so that no word comes out; no zero, which a number may not begin with."""
_LEAST_LETTERS, _LEAST_DIGITS = 12, 9
"""Shorter names are drawn out to these, so that nobody has them. Nine digits still fit into 32 bits."""


class Outcome(StrEnum):
    """What the sibling shows."""

    GONE = "gone"
    """It is refused as it should be: the site tells pages apart, so what it shows is there."""
    SOFT_404 = "soft-404"
    """It is answered as the page was."""
    SHELL = "shell"
    """It is answered as the page was, by an application's empty frame that is the same for every page."""
    DIFFERENT = "different"
    """It is answered too, but otherwise."""
    UNKNOWN = "unknown"
    """There is no telling: a wall, a server's fault, another page's words cut off."""


class Comparison(NamedTuple):
    """A page and its sibling side by side."""

    outcome: Outcome
    words: str
    """What was seen, for people."""
    resemblance: float | None = None
    """Shared shingles of all, 0 to 1; None where it was not needed."""


def sibling(url: Url, seed: str) -> str | None:
    """A URL beside `url` that names nothing: its last path segment in random characters of the same kinds, extension,
    hyphens and query kept. The same seed gives the same URL. None for a URL without a path, which has no sibling.
    """
    folder, last, slash = _split(url)
    if not last:
        return None
    name, extension = _parted(last)
    query = f"?{url.query}" if url.query else ""
    return f"{url.origin}{folder}{_random(name, f'{seed} {url.href}')}{extension}{slash}{query}"


def family(url: Url) -> str:
    """What one answer to a sibling holds for: host, folder, and kind of file. Answers are best kept under this."""
    folder, last, slash = _split(url)
    return f"{url.origin}{folder}*{_parted(last)[1]}{slash}"


def compare(page: Answer, other: Answer) -> Comparison:
    """Hold a page against the answer to its sibling; `other.asked` is the sibling's URL."""
    if other.status in _FORBIDDEN_TO_TELL or other.status >= 500:
        return Comparison(Outcome.UNKNOWN, f"an address that can't exist is answered with {other.status}")
    if other.status >= 400:
        return Comparison(Outcome.GONE, f"an address that can't exist is answered with {other.status}")
    one_end = page.redirected and other.redirected and _place(page.final) == _place(other.final)
    if one_end and page.final.href == other.final.href:
        return Comparison(Outcome.SOFT_404, f"an address that can't exist is sent to {page.final.href[:200]} as well")
    if says_so(page) and _sayings(page) == _sayings(other) and _as_long(page, other):
        return Comparison(Outcome.SOFT_404, "an address that can't exist is answered in the same words")
    alike = resemblance(page, other)
    said = f"an address that can't exist is answered with a page that is {alike:.0%} the same"
    in_word = one_end or (says_so(page) and says_so(other))
    if alike < (ALIKE_IN_WORD if in_word else ALIKE):
        return Comparison(Outcome.DIFFERENT, said, alike)
    shell = is_shell(page) and not says_so(page)
    return Comparison(Outcome.SHELL if shell else Outcome.SOFT_404, said, alike)


def says_so(page: Answer) -> bool:
    """Whether its title or a heading says that the page is not there."""
    return bool(titled_not_found(page) or headed_not_found(page))


def _sayings(page: Answer) -> tuple[str | None, str | None]:
    title, heading = titled_not_found(page), headed_not_found(page)
    return title and title.text, heading and heading.text


def _as_long(page: Answer, other: Answer) -> bool:
    """Whether neither page says twice as much as the other: an article about missing pages says more than one of them,
    whatever changes around them with every request."""
    ours, theirs = len(page.seen.words), len(other.seen.words)
    return 2 * min(ours, theirs) >= max(ours, theirs)


def is_shell(page: Answer) -> bool:
    """Whether a page is nothing but an application's frame, to be filled by its script."""
    return b"<script" in page.body.lower() and not page.seen.headings and len(page.seen.words) <= SHELL_WORDS


def resemblance(page: Answer, other: Answer) -> float:
    """Shingles that two pages share, of all that either has (Jaccard, 0 to 1). Words of their own addresses are left
    out, since error pages like to repeat what they could not find."""
    ours, theirs = _shingles(page), _shingles(other)
    union = len(ours | theirs)
    return len(ours & theirs) / union if union else 1.0


def _shingles(page: Answer) -> set[tuple[str, ...]]:
    echo = set(re.findall(r"[^\W_]+", unquote(f"{page.asked.path} {page.asked.query}").lower()))
    words = [word for word in page.seen.words if word not in echo][:WORDS_LIMIT]
    if len(words) < SHINGLE:
        return {tuple(words)} if words else set()
    return set(zip(*(words[n:] for n in range(SHINGLE)), strict=False))


def _split(url: Url) -> tuple[str, str, str]:
    """Folder with its slash, last segment, and the slash that may follow it."""
    path = url.path.rstrip("/")
    folder, _, last = path.rpartition("/")
    return f"{folder}/", last, "/" if url.path.endswith("/") and last else ""


def _parted(last: str) -> tuple[str, str]:
    match = _EXTENSION.search(last)
    return (last[: match.start()], last[match.start() :]) if match and match.start() else (last, "")


def _random(name: str, seed: str) -> str:
    from hashlib import blake2b  # only where a page is under suspicion

    plain = unquote(name)[:200]
    if not any(map(str.isalnum, plain)):
        plain = "x"
    only_digits = all(c.isdigit() for c in plain if c.isalnum())
    missing = (_LEAST_DIGITS if only_digits else _LEAST_LETTERS) - sum(map(str.isalnum, plain))
    last = max(n for n, c in enumerate(plain) if c.isalnum())
    plain = plain[: last + 1] + ("1" if only_digits else "x") * max(0, missing) + plain[last + 1 :]
    noise = blake2b(seed.encode("utf-8", "surrogatepass"), digest_size=64).digest()
    stream = (noise[n % 64] + 31 * (n // 64) for n in range(len(plain)))
    return "".join(_same_kind(c, number) for c, number in zip(plain, stream, strict=True))


def _same_kind(c: str, number: int) -> str:
    if c.isdigit():
        return _DIGITS[number % len(_DIGITS)]
    if c.isalpha():
        letter = _LETTERS[number % len(_LETTERS)]
        return letter.upper() if c.isupper() else letter
    return c if c in "-_.~" else "-"


def _place(url: Url) -> str:
    return f"{url.origin}{url.path}"
