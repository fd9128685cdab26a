"""A tap on the wire: every exchange of a visit, with the fields and the tries that an observation leaves out."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from crawler.fetch.port import Transport
from crawler.model.exchange import Failure, Request, Response
from crawler.model.observation import Observation


class Exchange(NamedTuple):
    """What was asked, and what came of it."""

    request: Request
    answer: Response | Failure


class Tapped:
    """A transport that remembers all that goes through it. It adds no promise to the port's and breaks none."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.exchanges: list[Exchange] = []
        """In the order they ended, which for a single visit is the order they were made in."""

    async def fetch(self, request: Request) -> Response | Failure:
        """Have the exchange made, and remember it."""
        answer = await self._transport.fetch(request)
        self.exchanges.append(Exchange(request, answer))
        return answer

    async def aclose(self) -> None:
        """Close what is tapped."""
        await self._transport.aclose()


class Step(NamedTuple):
    """An exchange with its part in a visit."""

    exchange: Exchange
    hop: int | None
    """Which hop it was made for, the first being 1; None for what was asked besides, to settle a doubt."""
    again: bool
    """Whether that had been asked for before: after a failure that may pass, or for more of a body."""


def steps(exchanges: Sequence[Exchange], seen: Observation) -> Iterator[Step]:
    """The part that each exchange of one visit had in it.

    A hop may have taken several, and two hops may have one URL, where a redirect led back with a cookie set: the next
    one begins once a hop has given the status that it ended with. What lies beyond the last hop is the request that the
    address guard stopped, where the visit ended there, and otherwise the probe for a page that can't exist.
    """
    hops, reached = seen.hops, 0
    before: Exchange | None = None
    for exchange in exchanges:
        url = exchange.request.url
        same = before is not None and before.request.url == url
        is_next = reached < len(hops) and hops[reached].url == url
        if is_next and (before is None or not same or _status(before) == hops[reached - 1].status):
            reached += 1
            yield Step(exchange, reached, again=False)
        elif same and reached <= len(hops):
            yield Step(exchange, reached, again=True)
        else:
            reached = len(hops) + 1
            yield Step(exchange, reached if seen.failure else None, again=same)
        before = exchange


def _status(exchange: Exchange) -> int | None:
    return exchange.answer.status if isinstance(exchange.answer, Response) else None
