"""Every test of this room that takes `open_transport` runs over every transport there is."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

import pytest

from crawler.config import Fetch, Network
from crawler.fetch.port import Transport
from crawler.fetch.resolve import Resolve
from tests.fetch.transports import TRANSPORTS
from tests.web import Web

GENEROUS = 30.0
"""Seconds: a time-out that only a hanging test reaches, on however busy a machine."""


class Recorded:
    """A resolver that gives one prepared answer after the other, the last again and again, and keeps what was asked."""

    def __init__(self, *answers: Sequence[str] | OSError) -> None:
        self._answers = answers
        self.asked: list[str] = []

    async def __call__(self, host: str) -> Sequence[str]:
        answer = self._answers[min(len(self.asked), len(self._answers) - 1)]
        self.asked.append(host)
        if isinstance(answer, OSError):
            raise answer
        return answer


class Open(Protocol):
    """Opens a transport into the little web, and closes it when the test ends."""

    def __call__(
        self,
        timeout: float = GENEROUS,
        connect_timeout: float = GENEROUS,
        *,
        network: Network | None = None,
        resolve: Resolve | None = None,
    ) -> Transport: ...


@pytest.fixture(params=sorted(TRANSPORTS))
async def open_transport(request: pytest.FixtureRequest, web: Web) -> AsyncIterator[Open]:
    opened: list[Transport] = []

    def open_one(
        timeout: float = GENEROUS,
        connect_timeout: float = GENEROUS,
        *,
        network: Network | None = None,
        resolve: Resolve | None = None,
    ) -> Transport:
        fetch = Fetch(timeout=timeout, connect_timeout=connect_timeout)
        settings = network or Network(connect_to=web.connect_to, cacert=web.cacert)
        opened.append(TRANSPORTS[request.param](fetch, settings, resolve))
        return opened[-1]

    yield open_one
    for transport in opened:
        await transport.aclose()
