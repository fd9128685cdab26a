"""Asking a web archive: one question at a time, at a slow pace, within the time that was given, and no more in this run
once it asks to be left alone. What it says is a help to editors, and worth no quarrel.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from math import inf
from time import time
from typing import NamedTuple, Protocol

import anyio

from crawler.errors import UsageError
from crawler.fetch.port import Transport
from crawler.http import timegate, wayback
from crawler.http.address import AddressGuard
from crawler.http.archive import Opinion, Question, turns_away
from crawler.http.url import Url, parse
from crawler.model.exchange import Failure, Request, Response

HOPS = 5
"""Requests for one question at most: an aggregator, the archive that it names, and where that leads."""

GIVE_UP = 3
"""Questions in a row without an answer after which no more is asked."""


class Settings(Protocol):
    """The section `archive` of the configuration."""

    @property
    def endpoint(self) -> str:
        """URL of the archive's availability API, or of its TimeGate."""
        ...

    @property
    def protocol(self) -> str:
        """A key of `DIALECTS`."""
        ...

    @property
    def interval(self) -> float:
        """Seconds from the start of one request to that of the next."""
        ...

    @property
    def budget(self) -> float:
        """Seconds that all questions of a run may take."""
        ...


class Dialect(NamedTuple):
    """How an archive is talked to."""

    ask: Callable[[Url, str, datetime], Request | Failure]
    """Endpoint, URL and moment in, the first request out."""
    read: Callable[[Request, Response], Request | Opinion | Failure]


DIALECTS = {"wayback": Dialect(wayback.ask, wayback.read), "timegate": Dialect(timegate.ask, timegate.read)}


class Enquiry:
    """The questions of one run to one archive. They are put one after the other."""

    def __init__(
        self,
        settings: Settings,
        transport: Transport,
        now: Callable[[], float] = time,
        sleep: Callable[[float], Awaitable[None]] = anyio.sleep,
    ) -> None:
        """`now` gives seconds since the epoch (UTC). Raises UsageError where the endpoint is no URL to be asked."""
        endpoint = parse(settings.endpoint)
        if isinstance(endpoint, Failure):
            raise UsageError(f"archive.endpoint: {endpoint.message}")
        self.endpoint = endpoint
        self.over: str | None = None
        """Why nothing more is asked; None while there may be."""
        self._dialect = DIALECTS[settings.protocol]
        self._interval = settings.interval
        self._budget = settings.budget
        self._transport = transport
        self._now = now
        self._sleep = sleep
        self._public = AddressGuard()
        self._until = inf
        self._began = inf
        self._next_at = 0.0
        """When the next request may start."""
        self._in_vain = 0
        """Questions in a row that nothing came of."""

    def end_by(self, until: float) -> None:
        """Ask nothing after `until`, in seconds since the epoch (UTC), whatever the settings give."""
        self._until = until

    def can_have(self, url: str) -> bool:
        """Whether an archive of the public web may have a page: any other is nothing to tell strangers of."""
        page = parse(url)
        return isinstance(page, Url) and not self._public.forbidden_host(page.host)

    async def ask(self, question: Question) -> Opinion | None:
        """What the archive says; None where it is not heard."""
        when = question.when or datetime.fromtimestamp(self._now(), UTC)
        request = self._dialect.ask(self.endpoint, question.url, when)
        if isinstance(request, Failure):  # it would be too long
            return None
        for _ in range(HOPS):
            answer = await self._exchange(request)
            if answer is None:
                return None
            read = self._dialect.read(request, answer) if isinstance(answer, Response) else answer
            if isinstance(answer, Response) and turns_away(answer, self._now()):
                self.over = f"it answered {answer.status} and wants to be left alone"
            if not isinstance(read, Request):
                return self._heard(read)
            request = read
        return self._heard(Failure("too-many-redirects", f"it redirects more than {HOPS - 1} times"))

    async def _exchange(self, request: Request) -> Response | Failure | None:
        """One request when its turn has come; None where there is no time for it, or nothing more is asked."""
        now = self._now()
        self._began = min(self._began, now)
        left = min(self._until, self._began + self._budget) - now
        pause = max(0.0, self._next_at - now)
        if self.over is None and pause >= left:
            self.over = "the time for it was over"
        if self.over is not None:
            return None
        await self._sleep(pause)
        self._next_at = self._now() + self._interval
        with anyio.move_on_after(left - pause):
            return await self._transport.fetch(request)
        self.over = "the time for it was over"
        return None

    def _heard(self, said: Opinion | Failure) -> Opinion | None:
        if isinstance(said, Opinion):
            self._in_vain = 0
            return said
        self._in_vain += 1
        if self._in_vain == GIVE_UP and self.over is None:
            self.over = f"{GIVE_UP} times in a row there was no answer: {said.message}"
        return None
