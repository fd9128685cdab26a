"""What the tests of an archive ask with: settings, a clock that nobody waits for, a transport of prepared answers."""

from collections.abc import Callable
from typing import NamedTuple

from crawler.model.exchange import Failure, Request, Response

MIDNIGHT = 1_769_904_000.0
"""2026-02-01T00:00:00Z."""


class Asking(NamedTuple):
    """The settings of an archive, all in good time."""

    endpoint: str = "https://archive.example/wayback/available"
    protocol: str = "wayback"
    interval: float = 4.0
    budget: float = 300.0


class Clock:
    """Tells the time, which passes where somebody sleeps."""

    def __init__(self) -> None:
        self.now = MIDNIGHT

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


class Prepared:
    """A transport whose every answer takes some seconds of a clock; it keeps what was asked, and when."""

    def __init__(self, answer: Callable[[Request], Response | Failure], clock: Clock, seconds: float = 0.0) -> None:
        self._answer = answer
        self._clock = clock
        self._seconds = seconds
        self.asked: list[Request] = []
        self.at: list[float] = []

    async def fetch(self, request: Request) -> Response | Failure:
        self.asked.append(request)
        self.at.append(self._clock())
        await self._clock.sleep(self._seconds)
        return self._answer(request)

    async def aclose(self) -> None: ...
