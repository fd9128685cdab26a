"""Rows whose columns stand below each other."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from crawler.report.screen import Part, Screen
from crawler.report.text import cells

_INDENT = "  "
_HANG = " " * 6


class Cell(NamedTuple):
    """One text of a table, safe already."""

    text: str
    style: str = ""
    right: bool = False
    """Set to the right of its column, as numbers are."""


class Row(NamedTuple):
    """One line of a table, and lines below it that keep to no column."""

    cells: Sequence[Cell]
    below: Sequence[Sequence[Part]] = ()


def write_rows(screen: Screen, rows: Sequence[Row]) -> None:
    """Write all rows. A column that is empty in every row is left out; the last cell of a row takes what it takes."""
    columns = zip_longest(*[row.cells for row in rows], fillvalue=Cell(""))
    widths = [max(cells(cell.text) for cell in column) for column in columns]
    for row in rows:
        shown = [(cell, width) for cell, width in zip(row.cells, widths, strict=False) if width]
        parts = []
        for number, (cell, width) in enumerate(shown):
            room = " " * (width - cells(cell.text))
            text = room + cell.text if cell.right else cell.text + (room if number < len(shown) - 1 else "")
            parts.append(Part(text if number else _INDENT + text, cell.style))
        screen.line(*parts, hang=_HANG)
        for below in row.below:
            screen.line(*below, hang=_HANG)
