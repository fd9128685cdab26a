"""How fast a run goes, and what is left of it: pure arithmetic on snapshots."""

from collections import deque
from typing import NamedTuple

from crawler.events import Progress

WINDOW = 10.0
"""Seconds that the rate is measured over: long enough not to jump, short enough to show that something changed."""


class Pace(NamedTuple):
    """A snapshot with what it means."""

    progress: Progress
    rate: float
    """URLs done a second."""
    left: float | None
    """Seconds; None while records are still being read, and where nothing moves."""


class Pacer:
    """Remembers the last few seconds."""

    def __init__(self, now: float) -> None:
        self._marks = deque([(now, 0)])

    def mark(self, progress: Progress, now: float) -> Pace:
        """Takes a snapshot at `now`, in seconds of any clock that only goes forward."""
        marks = self._marks
        marks.append((now, progress.done))
        while len(marks) > 2 and marks[1][0] <= now - WINDOW:
            marks.popleft()
        since, done = marks[0]
        rate = (progress.done - done) / (now - since) if now > since else 0.0
        unknown = progress.reading or not rate
        return Pace(progress, rate, None if unknown else (progress.targets - progress.done) / rate)


def pieces(pace: Pace) -> list[str]:
    """What a line of progress says, most important first: a narrow terminal shows as many as fit."""
    progress = pace.progress
    more = "+" if progress.reading else ""
    texts = [
        f"{progress.done:,}/{progress.targets:,}{more}",
        f"{pace.rate:,.0f}/s",
        f"{progress.findings:,} finding{'' if progress.findings == 1 else 's'}",
    ]
    if pace.left is not None:
        texts.append(f"{clock(pace.left)} left")
    texts.append(f"{progress.in_flight:,} in flight")
    return texts


def clock(seconds: float) -> str:
    """`0:12`, `3:05`, `1:02:03`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def fitting(texts: list[str], width: int) -> str:
    """As many of `texts` as fit in `width` columns, two spaces between them."""
    line = ""
    for text in texts:
        longer = f"{line}  {text}" if line else text
        if len(longer) > width:
            break
        line = longer
    return line
