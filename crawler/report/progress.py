"""Progress on standard error: a bar on a terminal, a line now and then elsewhere, and never a wait for the run."""

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Self, TextIO

from crawler.events import Progress
from crawler.report.pace import Pace, Pacer, pieces
from crawler.report.terminal import Terminal

LINE_SECONDS = 10.0
"""Between two lines where nobody watches: a run that is over sooner says nothing."""


class Display:
    """A context manager that asks `snapshot` now and then, in a thread of its own, and shows the answer on `stream`.

    `snapshot` must be cheap and safe to call from another thread, as reading counters is. What was drawn on a terminal
    is gone when the display is left. Times are in seconds of `now`, a clock that only goes forward.
    """

    def __init__(
        self,
        snapshot: Callable[[], Progress],
        stream: TextIO,
        terminal: Terminal,
        *,
        now: Callable[[], float] = time.monotonic,
        every: float = LINE_SECONDS,
    ) -> None:
        self._snapshot = snapshot
        self._now = now
        self._pacer = Pacer(now())
        self._shown = self._bar(stream, terminal) if terminal.interactive else _Lines(stream, self._pace, every)

    def _bar(self, stream: TextIO, terminal: Terminal) -> AbstractContextManager[Any]:
        from crawler.report.bar import live

        return live(stream, self._pace, colour=terminal.colour)

    def _pace(self) -> Pace:
        return self._pacer.mark(self._snapshot(), self._now())

    def __enter__(self) -> Self:
        self._shown.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._shown.__exit__(kind, error, trace)


class _Lines:
    """A line every so many seconds, until left or until nobody takes them any more."""

    def __init__(self, stream: TextIO, pace: Callable[[], Pace], every: float) -> None:
        self._stream = stream
        self._pace = pace
        self._every = every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="progress", daemon=True)

    def _run(self) -> None:
        while not self._over.wait(self._every):
            try:
                self._stream.write(f"{', '.join(pieces(self._pace()))}\n")
                self._stream.flush()
            except (OSError, ValueError):  # ValueError: the stream was closed
                return

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()
