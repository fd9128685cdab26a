"""What a stream can show: how wide it is, whether in colour, and whether anybody watches."""

import os
from collections.abc import Mapping
from typing import Literal, NamedTuple, TextIO

When = Literal["auto", "always", "never"]
"""The values of `--color`."""

_NARROWEST = 20
"""Columns below which folding would leave a word or less on a line."""


class Terminal(NamedTuple):
    """The abilities of one stream."""

    interactive: bool = False
    """A terminal that can move its cursor: progress may be drawn over itself."""
    width: int | None = None
    """Columns; None where lines go on as long as they like: a file, a pipe, the log of a CI job."""
    colour: bool = False

    @classmethod
    def of(cls, stream: TextIO, when: When, environ: Mapping[str, str]) -> "Terminal":
        """Looks at `stream` and the environment.

        `NO_COLOR` (no-color.org) set to anything but nothing turns `auto` colour off, and so does a `TERM` of `dumb`;
        `COLUMNS` (POSIX, section 8.3) goes before the size that the terminal itself tells.
        """
        watched = stream.isatty()
        able = watched and environ.get("TERM", "") not in {"dumb", "unknown"}
        colour = when == "always" or (when == "auto" and able and not environ.get("NO_COLOR"))
        return cls(able, _width(stream, environ) if watched else None, colour)


def _width(stream: TextIO, environ: Mapping[str, str]) -> int:
    columns = environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return max(int(columns), _NARROWEST)
    try:
        return max(os.get_terminal_size(stream.fileno()).columns or 80, _NARROWEST)
    except OSError:
        return 80
