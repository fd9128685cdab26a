"""A text and the places in it."""

import re
from bisect import bisect_right
from typing import NamedTuple

from crawler.model.link import Problem
from crawler.model.role import Role

BOM = "\ufeff"
_BREAK = re.compile(r"\r\n?|\n")
"""What ends a line for editors and grep. YAML counts U+0085, U+2028 and U+2029 too; no editor shows them so."""


class Flaw(NamedTuple):
    """Something wrong at an offset of a text, before it is known which file and line that is."""

    message: str
    offset: int
    length: int = 0
    code: str = "record-unreadable"
    since: int | None = None
    """An earlier offset, where it began: its line number is put after the message."""


def has_lone_cr(text: str) -> bool:
    """Whether a CR ends a line without LF; else counting LF is enough to count lines."""
    return "\r" in text and text.count("\r") != text.count("\r\n")


class Page:
    """A whole text, or one line of a larger one, whose places can be asked for.

    `line` is the number of its first line, `base` the offset of its first character in the file, in characters.
    """

    __slots__ = ("_begin", "_counted", "_index", "_mark", "_starts", "base", "line", "path", "text")

    def __init__(self, path: str | None, text: str, line: int = 1, base: int = 0) -> None:
        self.path = path
        self.text = text
        self.line = line
        self.base = base
        self._starts: list[int] | None = None
        self._counted = not has_lone_cr(text)
        """Whether counting line feeds is enough."""
        self._mark = self._index = self._begin = 0
        """The latest offset asked for, the index of its line, and where that begins."""

    @property
    def starts(self) -> list[int]:
        """The offset in `text` of each line's first character."""
        if self._starts is None:
            self._starts = [0, *[found.end() for found in _BREAK.finditer(self.text)]]
        return self._starts

    def place(self, offset: int) -> tuple[int, int]:
        """(line, column) of the character at an offset of `text`, both 1-based; a BOM is no character of its line."""
        index, begin = self._line(offset)
        column = offset - begin + 1
        if index == 0 and column > 1 and self.text.startswith(BOM):
            column -= 1
        return self.line + index, column

    def _line(self, offset: int) -> tuple[int, int]:
        """The index of the line of an offset, and where it begins.

        Most records have a few links, asked for in their order: counting on from one to the next is then several times
        cheaper than finding all lines.
        """
        if self._counted and offset >= self._mark:
            if lines := self.text.count("\n", self._mark, offset):
                self._index += lines
                self._begin = self.text.rindex("\n", self._mark, offset) + 1
            self._mark = offset
            return self._index, self._begin
        self._counted = False
        index = bisect_right(self.starts, offset) - 1
        return index, self.starts[index]

    def problem(
        self, flaw: Flaw, *, field: str | None = None, role: Role | None = None, url: str | None = None
    ) -> Problem:
        """The flaw with its place, for the report."""
        line, column = self.place(flaw.offset)
        end_column = column + flaw.length if flaw.length else None
        message = flaw.message if flaw.since is None else f"{flaw.message} {self.place(flaw.since)[0]}"
        return Problem(flaw.code, message, self.path, line, column, end_column, field, role, url)


PROBLEMS_LIMIT = 100
"""Problems that one record reports at most; one more says how many were left out. Each is a line of the report."""


def capped(problems: list[Problem], path: str | None) -> tuple[Problem, ...]:
    """The problems of a record, their number bounded."""
    more = len(problems) - PROBLEMS_LIMIT
    if more <= 0:
        return tuple(problems)
    first = problems[PROBLEMS_LIMIT]
    rest = Problem("record-unreadable", f"{more:,} more problems from here on", path, first.line, first.column)
    return (*problems[:PROBLEMS_LIMIT], rest)
