"""What a signature may ask of an answer, as data, and the small interpreter that asks it."""

import re
from collections.abc import Callable
from enum import StrEnum
from functools import cache, cached_property
from typing import NamedTuple

from crawler.http.url import Url
from crawler.media.landmarks import lowered, may_match
from crawler.media.text import Seen, seen
from crawler.media.wording.plain import plain
from crawler.model.exchange import Fields


class Where(StrEnum):
    """The part of an answer that a clue is looked for in."""

    STATUS = "status"
    FIELD = "field"
    TITLE = "title"
    BODY = "body"
    HOST = "host"
    PATH = "path"
    SIZE = "size"
    WORDS = "words"


class Clue(NamedTuple):
    """One thing to look for; a signature is some of these together."""

    where: Where
    pattern: str = ""
    """A regular expression, letter case ignored; of the whole title, the whole value, or anywhere in body and path."""
    name: str = ""
    """The field's name in lower case."""
    numbers: tuple[int, ...] = ()
    """Statuses, or the most bytes or words."""


def status(*codes: int) -> Clue:
    """One of these statuses."""
    return Clue(Where.STATUS, numbers=codes)


def field(name: str, value: str = ".*") -> Clue:
    """A field whose whole value matches."""
    return Clue(Where.FIELD, value, name)


def title(pattern: str) -> Clue:
    """The whole title, in plain letters without accents and case."""
    return Clue(Where.TITLE, pattern)


def body(pattern: str) -> Clue:
    """Somewhere in the front of the body."""
    return Clue(Where.BODY, pattern)


def host(*names: str) -> Clue:
    """The answering host is one of these or below one."""
    return Clue(Where.HOST, rf"(?:.*\.)?(?:{'|'.join(map(re.escape, names))})")


def path(pattern: str) -> Clue:
    """Somewhere in path and query of the URL that answered."""
    return Clue(Where.PATH, pattern)


def at_most(size: int) -> Clue:
    """The front of the body is no longer than this many bytes."""
    return Clue(Where.SIZE, numbers=(size,))


def few_words(words: int = 60) -> Clue:
    """A reader sees no more words than this: whatever the page says, it says nothing else."""
    return Clue(Where.WORDS, numbers=(words,))


class Exhibit:
    """One answer, as clues are looked for in it."""

    def __init__(self, code: int, fields: Fields, front: bytes, page_title: str | None, url: Url) -> None:
        self.code = code
        self.fields = fields
        self.front = front
        self.title = plain(page_title or "")
        self.host = url.host
        self.place = url.place

    def shows(self, clue: Clue) -> bool:
        """Whether a clue is there."""
        return _LOOKS[clue.where](self, clue)

    @cached_property
    def lowered(self) -> str:
        """The front of the body, for landmarks."""
        return lowered(self.front)

    @cached_property
    def seen(self) -> Seen:
        return seen(self.front, self.fields.get("content-type"))

    def status_is(self, clue: Clue) -> bool:
        return self.code in clue.numbers

    def field_matches(self, clue: Clue) -> bool:
        return any(_compiled(clue.pattern).fullmatch(value) for value in self.fields.get_all(clue.name))

    def title_matches(self, clue: Clue) -> bool:
        return bool(_compiled(clue.pattern).fullmatch(self.title))

    def body_has(self, clue: Clue) -> bool:
        return may_match(clue.pattern, self.lowered) and bool(_compiled_bytes(clue.pattern).search(self.front))

    def host_is(self, clue: Clue) -> bool:
        return bool(_compiled(clue.pattern).fullmatch(self.host))

    def path_has(self, clue: Clue) -> bool:
        return bool(_compiled(clue.pattern).search(self.place))

    def is_at_most(self, clue: Clue) -> bool:
        return len(self.front) <= clue.numbers[0]

    def has_few_words(self, clue: Clue) -> bool:
        return not self.seen.cut and len(self.seen.words) <= clue.numbers[0]


_LOOKS: dict[Where, Callable[[Exhibit, Clue], bool]] = {
    Where.STATUS: Exhibit.status_is,
    Where.FIELD: Exhibit.field_matches,
    Where.TITLE: Exhibit.title_matches,
    Where.BODY: Exhibit.body_has,
    Where.HOST: Exhibit.host_is,
    Where.PATH: Exhibit.path_has,
    Where.SIZE: Exhibit.is_at_most,
    Where.WORDS: Exhibit.has_few_words,
}


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


@cache
def _compiled_bytes(pattern: str) -> re.Pattern[bytes]:
    return re.compile(pattern.encode(), re.IGNORECASE | re.DOTALL)
