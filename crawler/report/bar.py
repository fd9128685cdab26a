"""The progress bar of a terminal: the edge to rich, imported only where somebody watches."""

from collections.abc import Callable
from typing import TextIO

from rich.console import Console, ConsoleOptions, RenderResult
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from crawler.report.pace import Pace, fitting, pieces

REFRESH_HZ = 8
"""Times a second that the bar is drawn: smooth for an eye, and at 0.5 ms each half a percent of one processor."""

_LEAST, _MOST = 10, 40
"""Columns of the bar; where fewer are free there is none."""
_GAP = 2


class Bar:
    """One line: the bar, where there is room for it, and the numbers, as many as fit."""

    def __init__(self, pace: Callable[[], Pace]) -> None:
        self._pace = pace

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        pace = self._pace()
        text = fitting(pieces(pace), options.max_width)
        line = Table.grid(padding=(0, _GAP, 0, 0))
        room = min(options.max_width - len(text) - 2 * _GAP, _MOST)
        if room < _LEAST:
            line.add_row(Text(text))
        else:
            progress = pace.progress
            # While records are being read the total is not known: the bar pulses.
            total = None if progress.reading else max(progress.targets, 1)
            line.add_row(ProgressBar(total, progress.done, width=room, pulse=progress.reading), Text(text))
        yield line


def live(stream: TextIO, pace: Callable[[], Pace], *, colour: bool) -> Live:
    """A context manager that draws the bar from a thread of its own and wipes it when left."""
    console = Console(
        file=stream,
        force_terminal=True,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
    )
    return Live(Bar(pace), console=console, refresh_per_second=REFRESH_HZ, transient=True, redirect_stdout=False)
