"""Whether a title or a heading says that the page is not there, in any of some thirty languages.

Only the whole of a short line counts, less the site's name, a status code and a sigh: `Page not found | The Post` says
so, `404 Not Found: the story of a web error` does not. What stands in running text is never looked at.
"""

import re
from functools import cache
from typing import NamedTuple

from crawler.media.wording.around import ERROR_WORDS, SHORT, SIGHS
from crawler.media.wording.east import EAST
from crawler.media.wording.plain import TOKEN, UNPARTED, plain
from crawler.media.wording.unparted import UNPARTED as UNPARTED_WORDS
from crawler.media.wording.vocabulary import Line, Vocabulary
from crawler.media.wording.west import WEST

LONGEST = 160
"""Characters of a line that is looked at: nobody says it at greater length."""

NAME_WORDS = 4
"""Words that a site's name has at most where nothing but its place beside the message shows that it is one."""

CODES = frozenset({"404", "410"})

_PART = re.compile(r"\s[-–—~]\s|\s*[|·•»«›‹>/:_;.!?…。！？；：()\[\]「」『』【】¿¡؛؟‘“”\"–—]+\s*|\s[-–—]|[-–—]\s")
_COMMA = re.compile(r"[,،，、]")


class Saying(NamedTuple):
    """A line that says the page is not there."""

    text: str
    """The line as it stands, no longer than `LONGEST`."""
    whole: bool
    """Nothing else is said but the site's name, as its host has it. Otherwise a few words are left: a name, perhaps."""


def says_not_found(line: str | None, host: str) -> Saying | None:
    """What a title or heading of a page at `host` says of the page's being there; None where it says nothing of it."""
    if not line or len(line) > LONGEST or not _vocabulary().may_be_said(Line(line)):
        return None
    said, names = False, []
    for part in map(plain, _PART.split(line)):
        # a clause may hold commas of its own, and a comma may part the message from a name: the whole goes first
        for piece in [part] if _says_it(part) else map(plain, _COMMA.split(part)):
            if _says_it(piece):
                said = True
            elif not _is_silent(piece) and not _is_name(piece, host):
                names.append(piece)
    if not said or len(names) > 1 or any(_size(name) > NAME_WORDS for name in names):
        return None
    return Saying(line, not names)


def _says_it(part: str) -> bool:
    tokens = TOKEN.findall(part)
    if CODES.intersection(tokens) and all(token in CODES or token in _error_words() for token in tokens):
        return True
    rest = _without_code(_without_sigh(part))
    return rest in short_phrases() or _vocabulary().says(rest)


def _is_silent(part: str) -> bool:
    """A sigh, or words about an error that name none."""
    return not _without_sigh(part) or all(token in _error_words() for token in TOKEN.findall(part))


def _without_sigh(part: str) -> str:
    for sigh in _sighs():
        if part.startswith(sigh) and not (sigh.isascii() and part[len(sigh) : len(sigh) + 1].isalpha()):
            return _without_sigh(part[len(sigh) :].lstrip(" ,،，、"))
    return part


def _without_code(part: str) -> str:
    """`404 page not found` and `page not found 404` less the number and the words for `error` beside it."""
    words = part.split(" ")
    for end in (0, -1):
        while CODES.intersection(words) and (words[end] in CODES or words[end] in _error_words()):
            words.pop(end)
    return " ".join(words)


def _is_name(part: str, host: str) -> bool:
    """Whether a part of a title is what the host's name says, less spaces: `The Post` at `thepost.example`."""
    squeezed = "".join(TOKEN.findall(part))
    labels = [label.replace("-", "") for label in host.split(".")[:-1] if label not in ("www", "m", "amp")]
    return any(
        squeezed == label or (min(len(squeezed), len(label)) >= 4 and (squeezed in label or label in squeezed))
        for label in labels
    )


def _size(part: str) -> int:
    """Words; where a script doesn't part them, three characters count as one."""
    return sum(len(word) // 3 + 1 if UNPARTED.search(word) else 1 for word in part.split())


@cache
def _vocabulary() -> Vocabulary:
    return Vocabulary((*WEST.values(), *EAST.values(), *UNPARTED_WORDS.values()), short_phrases(), CODES)


@cache
def short_phrases() -> frozenset[str]:
    """The short ones, which have to stand alone."""
    return _phrases(SHORT)


@cache
def _error_words() -> frozenset[str]:
    return frozenset(plain(ERROR_WORDS).split())


@cache
def _sighs() -> tuple[str, ...]:
    """The longest first, so that `es tut uns leid` is not read as `es`."""
    return tuple(sorted(_phrases(SIGHS), key=len, reverse=True))


def _phrases(table: str) -> frozenset[str]:
    return frozenset(plain(phrase) for line in table.splitlines() for phrase in line.split("|") if phrase.strip())
