"""The cells of a table (RFC 4180), with their places."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from crawler.records.lines import Line
from crawler.records.page import BOM, Flaw
from crawler.records.white import trim

_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"[^"]*+"?')
_OPENING = re.compile(' *"')
_INSIDE = re.compile(r'(?:[^"]++|"")*+')
"""What a quoted cell holds of one line; a quote in it is doubled."""


class Cell(NamedTuple):
    """One cell."""

    value: str
    line: Line
    """The line in which its text begins, white space left out."""
    start: int
    end: int
    """Where the text stands in that line, as written there."""


class Row(NamedTuple):
    """One row, over as many lines as its quoted cells take."""

    line: Line
    """Its first line."""
    cells: list[Cell]
    flaw: Flaw | None = None
    """What is wrong in its first line."""


def rows(lines: Iterable[Line], limit: int) -> Iterator[Row]:
    """The rows of a table, those without text left out; a row that takes more than `limit` characters is cut off.

    The cells are divided by what divides the first line most: comma, semicolon, tab or bar.
    """
    delimiter = ""
    reader: _Reader | None = None
    for line in lines:
        delimiter = delimiter or _delimiter(line.text)
        reader = reader or _Reader(line, delimiter)
        if reader.read(line, limit):
            yield from reader.row()
            reader = None
    if reader is not None:
        yield from reader.row()


class _Reader:
    """Reads lines into one row."""

    __slots__ = ("_cells", "_delimiter", "_first", "_pieces", "_quoted", "_size")

    def __init__(self, first: Line, delimiter: str) -> None:
        self._first = first
        self._delimiter = delimiter
        self._cells: list[Cell] = []
        self._pieces: list[tuple[Line, int, int]] = []
        """The parts of the cell that is being read: where they stand in which line."""
        self._quoted = False
        """Whether that cell's closing quote is still to come."""
        self._size = 0

    def read(self, line: Line, limit: int) -> bool:
        """Read one line; whether the row ends with it."""
        text = line.text
        self._size += len(text)
        position = len(BOM) if line.number == 1 and text.startswith(BOM) else 0
        while True:
            if not self._quoted and (opening := _OPENING.match(text, position)):
                self._quoted, position = True, opening.end()
            if self._quoted:
                inside = _INSIDE.match(text, position)
                end = inside.end() if inside else position
                self._pieces.append((line, position, end))
                if end == len(text):
                    return self._size > limit
                self._quoted, position = False, end + 1
                stop = text.find(self._delimiter, position)
            else:
                stop = text.find(self._delimiter, position)
                self._pieces.append((line, position, len(text) if stop < 0 else stop))
            self._cells.append(_cell(self._pieces))
            self._pieces = []
            if stop < 0:
                return True
            position = stop + 1

    def row(self) -> Iterator[Row]:
        """What has been read, if there is any text in it."""
        flaw = self._first.flaw
        if self._quoted:
            self._cells.append(_cell(self._pieces))
            flaw = Flaw("a quote that is never closed", 0)
        if flaw is not None or any(cell.value for cell in self._cells):
            yield Row(self._first, self._cells, flaw)


def _cell(pieces: list[tuple[Line, int, int]]) -> Cell:
    """Join the parts of a cell. Its text begins in the first part that has any, and a URL does not go beyond that."""
    value = "\n".join(line.text[start:end] for line, start, end in pieces).replace('""', '"')
    spans = [(line, *trim(line.text, start, end)) for line, start, end in pieces]
    line, start, end = next((span for span in spans if span[1] < span[2]), spans[0])
    return Cell(value, line, start, end)


def _delimiter(header: str) -> str:
    bare = _QUOTED.sub("", header)
    return max(_DELIMITERS, key=bare.count)
