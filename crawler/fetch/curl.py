"""The fast transport, over libcurl, which keeps connections, and speaks HTTP/2 where a server offers it over TLS. Where
many requests are expected it speaks HTTP/1.1, which takes less.

Importing this raises ImportError where pycurl is not installed, or where the system lacks what it takes.

Names are resolved and checked by `Dial`; libcurl is told the addresses and never asks for any itself. The first request
to an origin with TLS goes ahead until its handshake is done: over HTTP/2 the others then share its connection, and over
HTTP/1.1 the others' handshakes resume its session.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import Any

from crawler.config import Fetch, Network
from crawler.fetch.authorities import Authorities
from crawler.fetch.curl_exchange import Exchange, Order, Setup, Times
from crawler.fetch.curl_failures import may_want_http2
from crawler.fetch.curl_lines import Lines
from crawler.fetch.curl_multi import Multi
from crawler.fetch.curl_settings import checked_cacert, checked_proxy
from crawler.fetch.curl_ways import ROUTE_SECONDS, Way, Ways
from crawler.fetch.descriptors import connections
from crawler.fetch.dial import Dial
from crawler.fetch.endpoint import split
from crawler.fetch.failures import failure
from crawler.fetch.port import Tell
from crawler.fetch.resolve import Resolve, SystemResolver
from crawler.model.exchange import Failure, Request, Response

DRAIN_SECONDS = 0.25
"""How long a connection is read on for its own sake, where all that is wanted of the answer is there."""
ATTEMPT_SECONDS = 1.0
"""How long an address may take to accept a connection where the name has another one, and none of them has taken one
yet. RFC 8305 has clients try the next one meanwhile; here it is tried instead, so that a host sees no more connections
than it was promised."""
MANY = 50
"""Requests from which on an origin is spoken to in HTTP/1.1. Each takes a tenth less CPU there: over HTTP/2 all is
copied once more, frames go out to widen windows, and a stream that is read no further costs all that was sent by then.
The price is a handshake for each connection beside the first: 20 requests of large pages make up for it, and 50 of
small ones. Nor are streams reset, of which servers take only so many since CVE-2023-44487, a flood of resets.
"""
STARVED_SECONDS = 0.05
"""Until descriptors are asked for again, where the process has run out of them."""
SCHEME = len("https://")

CLOSED = failure("connection-reset", "the transport is closed")
SILENT = failure("timeout", "no connection: the address is silent", connected=False)
BROKEN_FIELDS = failure("protocol-error", "a field to be sent holds a line break")


class CurlTransport:
    """A `Transport` over libcurl, for one event loop."""

    def __init__(self, fetch: Fetch, network: Network, resolve: Resolve | None = None) -> None:
        """Raises ValueError, with a sentence for whoever wrote it, for settings that can't be used."""
        self._settings = fetch
        self._dial = Dial(network, resolve or SystemResolver())
        self._setup = Setup(fetch, Authorities(checked_cacert(network.cacert)), checked_proxy(network.proxy), [])
        self._lines = Lines(fetch.user_agent)
        self._times = (_milliseconds(fetch.timeout), _milliseconds(min(fetch.connect_timeout, fetch.timeout)))
        self._most = connections()
        self._ways = Ways()
        self._free: list[Exchange] = []
        self._free_with: list[Exchange] = []
        """Those whose last request had fields of its own: kept apart, as other fields take a while to set."""
        self._under_way: dict[Any, Exchange] = {}
        """By their handles, of which an attribute takes twenty times as long to find."""
        self._starved: set[Exchange] = set()
        """Those that got no descriptor, and wait for one."""
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._multi: Multi | None = None
        self._closed = False

    async def fetch(self, request: Request) -> Response | Failure:
        """One exchange, as `crawler.fetch.port.Transport` promises."""
        way, fields = self._way(request.url), self._lines.of(request)
        if isinstance(way, Failure):
            return way
        if not fields:
            return BROKEN_FIELDS
        since = monotonic()
        if way.until > since and way.is_greeted:
            return await self._exchange(request, way, fields, since, self._times)
        return await self._first(request, way, fields, since)

    def start(self, request: Request, name: Any, tell: Tell) -> bool:
        """The same for an origin that is known, where there is room, as `DirectTransport` promises."""
        way, fields, now = self._way(request.url), self._lines.of(request), monotonic()
        if isinstance(way, Failure) or not fields or not way.is_greeted or way.until <= now:
            return False
        if self._waiting or len(self._under_way) >= self._most or self._multi is None:
            return False
        self._begin(Order(request, way, fields, self._times, now, name, tell))
        return True

    def drop(self, tell: Tell) -> None:
        """Break off what is to be told to this one."""
        for exchange in [*self._under_way.values(), *self._starved]:
            if exchange.order.tell is tell:
                self._break_off(exchange)

    def expect(self, request: Request, more: int) -> None:
        """Choose what the origin is spoken to in, if that is still open, as `DirectTransport` has it."""
        way = self._way(request.url)
        if more >= MANY and isinstance(way, Way):
            way.prefer_http1()

    async def aclose(self) -> None:
        """Close every connection; requests under way fail."""
        if self._closed:
            return
        self._closed = True
        for exchange in [*self._under_way.values(), *self._starved]:
            self._finish(exchange, CLOSED)
        while self._waiting:
            self._admit()
        if self._multi is not None:
            self._multi.close()
        for exchange in (*self._free, *self._free_with):
            exchange.easy.close()
        self._free, self._free_with = [], []
        self._setup.authorities.close()

    def _way(self, url: str) -> Way | Failure:
        """The way of a URL's origin."""
        if self._closed:
            return CLOSED
        if not url.isascii():
            return failure("url-malformed", "the URL is not written in ASCII, as it is sent")
        cut = url.find("/", SCHEME)
        written = url if cut < 0 else url[:cut]
        way = self._ways.find(written)
        if way is None:
            try:
                way = Way(split(url), written)
            except ValueError as error:
                return failure("url-malformed", str(error))
            self._ways.add(written, way)
        return way

    async def _first(self, request: Request, way: Way, fields: list[bytes], since: float) -> Response | Failure:
        """An exchange with an origin of which something is not known yet: its addresses, or how it greets."""
        if way.until <= since and (unreachable := await self._lead(way)):
            way.until = 0.0
            return unreachable._replace(elapsed=monotonic() - since)
        greets = not way.is_greeted
        if greets and way.greeting is not None:
            await asyncio.shield(way.greeting)
            greets = False
        elif greets:
            way.greeting = asyncio.get_running_loop().create_future()
        spent = _milliseconds(monotonic() - since)
        try:
            return await self._exchange(request, way, fields, since, (self._times[0] - spent, self._times[1] - spent))
        finally:
            if greets:
                way.greeted()

    async def _lead(self, way: Way) -> Failure | None:
        """Find out where the origin's connections may go."""
        look = self._dial.route if self._setup.proxy is None else self._dial.through_proxy
        limit = self._settings.connect_timeout
        try:
            async with asyncio.timeout(min(limit, self._settings.timeout)):
                route = await look(way.place.host, way.place.port)
        except TimeoutError:
            return failure("timeout", f"the name was not resolved within {limit:g} s", connected=False)
        if isinstance(route, Failure):
            return route
        way.lead(route, monotonic() + ROUTE_SECONDS)
        return None

    async def _exchange(
        self, request: Request, way: Way, fields: list[bytes], since: float, times: Times
    ) -> Response | Failure:
        """An exchange that somebody waits for, as soon as there is room for it."""
        if len(self._under_way) >= self._most or self._waiting:
            await self._room()
        if self._closed:
            return CLOSED
        if self._multi is None:
            self._multi = Multi(self._most, self._on_end, self._on_settled, self._on_fault)
        waiter: asyncio.Future[Response | Failure] = asyncio.get_running_loop().create_future()
        order = Order(request, way, fields, times, since, waiter, _tell)
        exchange = self._begin(order)
        try:
            return await waiter
        finally:
            if not order.is_over:  # cancelled
                self._break_off(exchange)

    def _begin(self, order: Order) -> Exchange:
        free = self._free_for(order)
        exchange = free.pop() if free else Exchange(self._setup)
        self._attempt(exchange, order, order.times)
        return exchange

    def _free_for(self, order: Order) -> list[Exchange]:
        return self._free_with if order.request.fields else self._free

    def _attempt(self, exchange: Exchange, order: Order, times: Times) -> None:
        """One attempt, with the address that the origin's connections go to."""
        assert self._multi is not None
        exchange.begin(order, times)
        self._multi.add(exchange.easy)
        self._under_way[exchange.easy] = exchange
        if order.way.has_choice:
            self._later(ATTEMPT_SECONDS, self._pass_on, exchange)

    def _later(self, seconds: float, what: Callable[[Exchange, int], None], exchange: Exchange) -> None:
        asyncio.get_running_loop().call_later(seconds, what, exchange, exchange.turn)

    def _goes_on(self, exchange: Exchange, outcome: Failure) -> bool:
        """Whether there is another attempt, as this one got no descriptor to connect with, or no connection."""
        order, left = exchange.order, _left(exchange.order)
        if exchange.starved and left[1] > 1000 * STARVED_SECONDS:
            self._starved.add(exchange)
            self._later(STARVED_SECONDS, self._ask_again, exchange)
            return True
        order.refused = order.refused or outcome
        if left[1] <= 0 or not order.way.pass_on(exchange.tried):
            return False
        self._again(exchange, left)
        return True

    def _ask_again(self, exchange: Exchange, turn: int) -> None:
        if exchange.turn == turn and exchange in self._starved:
            self._starved.discard(exchange)
            self._again(exchange, _left(exchange.order))

    def _again(self, exchange: Exchange, times: Times) -> None:
        """One more attempt."""
        order = exchange.order
        try:
            self._attempt(exchange, order, times)
        except Exception as error:  # or whoever waits would wait for ever
            self._release(exchange)
            order.tell(order.name, error)

    async def _room(self) -> None:
        """Wait until there is room for another connection."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        try:
            await waiter
        except asyncio.CancelledError:
            if waiter in self._waiting:
                self._waiting.remove(waiter)
            elif self._waiting:
                self._admit()
            raise

    def _admit(self) -> None:
        waiter = self._waiting.popleft()
        if not waiter.done():
            waiter.set_result(None)

    def _on_end(self, easy: Any, code: int, words: str) -> None:
        """Hand over what came of an exchange."""
        exchange = self._under_way.get(easy)
        if exchange is None:
            return
        outcome: Response | Failure | Exception
        try:
            outcome = exchange.end(code, words)
        except Exception as error:  # a fault of ours belongs to whoever waits, not to the event loop
            outcome = error
        self._finish(exchange, outcome)

    def _on_fault(self, error: Exception) -> None:
        """End all that is under way with a fault of ours, or of the system's."""
        for exchange in list(self._under_way.values()):
            self._finish(exchange, error)

    def _on_settled(self) -> None:
        """Give those that read on for the sake of their connections a while, and no more."""
        for exchange in self._setup.slow:
            if exchange.answer.enough and exchange.easy in self._under_way:  # it may have begun anew by now
                self._later(DRAIN_SECONDS, self._cut, exchange)
        self._setup.slow.clear()

    def _cut(self, exchange: Exchange, turn: int) -> None:
        if exchange.turn == turn and exchange.easy in self._under_way:
            self._finish(exchange, exchange.end(0, ""))

    def _pass_on(self, exchange: Exchange, turn: int) -> None:
        """Turn to the name's next address where this one has not taken the connection by now."""
        if exchange.turn == turn and exchange.easy in self._under_way and not exchange.is_connected:
            self._finish(exchange, SILENT._replace(address=exchange.tried))

    def _finish(self, exchange: Exchange, outcome: Response | Failure | Exception) -> None:
        """Tell what came of an exchange, or make another attempt."""
        self._take_back(exchange)
        order = exchange.order
        if isinstance(outcome, Failure):
            if not exchange.offers_http2 and may_want_http2(outcome) and order.way.turn_to_http2():
                self._again(exchange, _left(order))
                return
            if not outcome.connected:
                if self._goes_on(exchange, outcome):
                    return
                outcome = order.refused or outcome
                order.way.until = 0.0
            outcome = outcome._replace(elapsed=monotonic() - order.since)
        self._release(exchange)
        order.tell(order.name, outcome)

    def _break_off(self, exchange: Exchange) -> None:
        """End an exchange that nobody waits for any more."""
        self._take_back(exchange)
        self._release(exchange)

    def _take_back(self, exchange: Exchange) -> None:
        """Take the handle of an attempt back."""
        if self._under_way.pop(exchange.easy, None) is None or self._multi is None:
            self._starved.discard(exchange)
            return
        shared = exchange.shared_socket
        self._multi.remove(exchange.easy)
        # What came in for others on this connection may lie in libcurl's buffers by now. Once an exchange has ended, in
        # whatever way, libcurl (8.23 at least) looks there again only when the socket is ready, or time is up.
        if shared != -1:
            self._multi.look(shared)

    def _release(self, exchange: Exchange) -> None:
        exchange.order.is_over = True
        self._free_for(exchange.order).append(exchange)
        if self._waiting:
            self._admit()


def _left(order: Order) -> Times:
    """What is left of its times."""
    spent = _milliseconds(monotonic() - order.began)
    return order.times[0] - spent, order.times[1] - spent


def _tell(waiter: asyncio.Future[Response | Failure], outcome: Response | Failure | Exception) -> None:
    """Wake whoever waits."""
    if waiter.done():
        return
    if isinstance(outcome, Exception):
        waiter.set_exception(outcome)
    else:
        waiter.set_result(outcome)


def _milliseconds(seconds: float) -> int:
    return round(1000 * seconds)
