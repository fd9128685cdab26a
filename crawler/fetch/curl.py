"""The fast transport, over libcurl, which keeps connections and speaks HTTP/2 where a server offers it over TLS.

Importing this raises ImportError where pycurl is not installed, or where the system lacks what it takes.

Names are resolved and checked by `Dial`; libcurl is told the addresses and never asks for any itself. The first request
to an origin with TLS goes ahead until its handshake is done: over HTTP/2 the others then share its connection.
"""

import asyncio
import re
from collections import deque
from functools import lru_cache
from typing import Any

from pycurl import ACTIVESOCKET

from crawler.config import Fetch, Network
from crawler.fetch.authorities import Authorities
from crawler.fetch.curl_exchange import Exchange, Setup
from crawler.fetch.curl_multi import Multi
from crawler.fetch.curl_settings import checked_cacert, checked_proxy
from crawler.fetch.curl_ways import ROUTE_SECONDS, Way, Ways
from crawler.fetch.descriptors import connections
from crawler.fetch.dial import Dial
from crawler.fetch.endpoint import split
from crawler.fetch.failures import failure
from crawler.fetch.resolve import Resolve, SystemResolver
from crawler.fetch.shape import request_fields
from crawler.model.exchange import Failure, Request, Response
from crawler.model.role import Role

DRAIN_SECONDS = 0.25
"""How long a connection is read on for its own sake, where all that is wanted of the answer is there."""
ATTEMPT_SECONDS = 1.0
"""How long an address may take to accept a connection where the name has another one, and none of them has taken one
yet. RFC 8305 has clients try the next one meanwhile; here it is tried instead, so that a host sees no more connections
than it was promised."""
STARVED_SECONDS = 0.05
"""Until descriptors are asked for again, where the process has run out of them."""
SCHEME = len("https://")
BREAKS = re.compile(r"[\x00\r\n]")

CLOSED = failure("connection-reset", "the transport is closed")
SILENT = failure("timeout", "no connection: the address is silent", connected=False)
BROKEN_FIELDS = failure("protocol-error", "a field to be sent holds a line break")
Times = tuple[int, int]
"""Milliseconds for a whole exchange, and for its connecting."""


class CurlTransport:
    """A `Transport` over libcurl, for one event loop."""

    def __init__(self, fetch: Fetch, network: Network, resolve: Resolve | None = None) -> None:
        """Raises ValueError, with a sentence for whoever wrote it, for settings that can't be used."""
        self._settings = fetch
        self._dial = Dial(network, resolve or SystemResolver())
        self._setup = Setup(fetch, Authorities(checked_cacert(network.cacert)), checked_proxy(network.proxy), [])
        self._fields = {role: _lines(role, (), fetch.user_agent) for role in Role}
        self._times = (_milliseconds(fetch.timeout), _milliseconds(min(fetch.connect_timeout, fetch.timeout)))
        self._most = connections()
        self._ways = Ways()
        self._free: list[Exchange] = []
        self._under_way: dict[Any, Exchange] = {}
        """By their handles, of which an attribute takes twenty times as long to find."""
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._multi: Multi | None = None
        self._closed = False

    async def fetch(self, request: Request) -> Response | Failure:
        """One exchange, as `crawler.fetch.port.Transport` promises."""
        if self._closed:
            return CLOSED
        url = request.url
        if not url.isascii():
            return failure("url-malformed", "the URL is not written in ASCII, as it is sent")
        cut = url.find("/", SCHEME)
        way = self._ways.find(url if cut < 0 else url[:cut]) or self._met(url, url if cut < 0 else url[:cut])
        if isinstance(way, Failure):
            return way
        fields = self._fields[request.role]
        if request.fields:
            fields = _lines(request.role, request.fields, self._settings.user_agent)
            if not fields:
                return BROKEN_FIELDS
        started = asyncio.get_running_loop().time()
        if way.until > started and way.is_greeted:
            outcome = await self._exchange(request, way, fields, self._times)
        else:
            outcome = await self._first(request, way, fields, started)
        if isinstance(outcome, Response):
            return outcome
        if not outcome.connected:
            way.until = 0.0
        return outcome._replace(elapsed=asyncio.get_running_loop().time() - started)

    async def aclose(self) -> None:
        """Close every connection; requests under way fail."""
        if self._closed:
            return
        self._closed = True
        for exchange in list(self._under_way.values()):
            self._finish(exchange, CLOSED)
        while self._waiting:
            self._admit()
        if self._multi is not None:
            self._multi.close()
        for exchange in self._free:
            exchange.easy.close()
        self._free.clear()
        self._setup.authorities.close()

    def _met(self, url: str, written: str) -> Way | Failure:
        """The way of an origin that is new here."""
        try:
            way = Way(split(url), written)
        except ValueError as error:
            return failure("url-malformed", str(error))
        self._ways.add(written, way)
        return way

    async def _first(self, request: Request, way: Way, fields: list[bytes], started: float) -> Response | Failure:
        """An exchange with an origin of which something is not known yet: its addresses, or how it greets."""
        loop = asyncio.get_running_loop()
        if way.until <= started and (unreachable := await self._lead(way)):
            return unreachable
        greets = not way.is_greeted
        if greets and way.greeting is not None:
            await asyncio.shield(way.greeting)
            greets = False
        elif greets:
            way.greeting = loop.create_future()
        spent = _milliseconds(loop.time() - started)
        try:
            return await self._exchange(request, way, fields, (self._times[0] - spent, self._times[1] - spent))
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
        way.lead(route, asyncio.get_running_loop().time() + ROUTE_SECONDS)
        return None

    async def _exchange(self, request: Request, way: Way, fields: list[bytes], times: Times) -> Response | Failure:
        """Attempts, until one had a descriptor to connect with, and an address that took the connection."""
        loop = asyncio.get_running_loop()
        if len(self._under_way) >= self._most or self._waiting:
            await self._room()
        multi = self._multi
        if multi is None and not self._closed:
            multi = self._multi = Multi(self._most, self._on_end, self._on_settled, self._on_fault)
        started, refused = loop.time(), None
        left = times
        while multi is not None and not self._closed:
            exchange = self._free.pop() if self._free else Exchange(self._setup)
            exchange.begin(request, way, fields, left, loop.create_future())
            self._under_way[exchange.easy] = exchange
            multi.add(exchange.easy)
            if way.has_choice:
                loop.call_later(ATTEMPT_SECONDS, self._pass_on, exchange, exchange.future)
            try:
                outcome = await exchange.future
            finally:
                self._release(exchange)
            if isinstance(outcome, Response) or outcome.connected:
                return outcome
            spent = _milliseconds(loop.time() - started)
            left = (times[0] - spent, times[1] - spent)
            if exchange.starved and left[1] > 1000 * STARVED_SECONDS:
                await asyncio.sleep(STARVED_SECONDS)
                continue
            refused = refused or outcome
            if left[1] <= 0 or not way.pass_on(exchange.tried):
                return refused
        return CLOSED

    def _release(self, exchange: Exchange) -> None:
        """Take back an exchange that nobody waits for any more."""
        if exchange.easy in self._under_way:  # cancelled
            self._finish(exchange, CLOSED)
        if self._closed:
            exchange.easy.close()
        else:
            self._free.append(exchange)

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
        try:
            outcome = exchange.end(code, words)
        except Exception as error:  # a fault of ours belongs to whoever waits, not to the event loop
            exchange.fail(error)
            outcome = CLOSED
        self._finish(exchange, outcome, whole=code == 0)

    def _on_fault(self, error: Exception) -> None:
        """End all that is under way with a fault of ours, or of the system's."""
        for exchange in list(self._under_way.values()):
            exchange.fail(error)
            self._finish(exchange, CLOSED)

    def _on_settled(self) -> None:
        """Give those that read on for the sake of their connections a while, and no more."""
        for exchange in self._setup.slow:
            if exchange.easy in self._under_way:
                asyncio.get_running_loop().call_later(DRAIN_SECONDS, self._cut, exchange, exchange.future)
        self._setup.slow.clear()

    def _cut(self, exchange: Exchange, future: asyncio.Future[Response | Failure]) -> None:
        if exchange.future is future and exchange.easy in self._under_way:
            self._finish(exchange, exchange.end(0, ""))

    def _pass_on(self, exchange: Exchange, future: asyncio.Future[Response | Failure]) -> None:
        """Turn to the name's next address where this one has not taken the connection by now."""
        if exchange.future is future and exchange.easy in self._under_way and not exchange.is_connected:
            self._finish(exchange, SILENT._replace(address=exchange.tried))

    def _finish(self, exchange: Exchange, outcome: Response | Failure, whole: bool = False) -> None:
        """Take a handle back. `whole`: there is no more to come on its connection."""
        self._under_way.pop(exchange.easy, None)
        if self._multi is not None:
            shared = -1 if whole or not exchange.way.multiplexed else exchange.easy.getinfo(ACTIVESOCKET)
            self._multi.remove(exchange.easy)
            # What came in for others on this connection may lie in libcurl's buffers by now. Where an exchange is
            # broken off, libcurl (8.23 at least) looks there again only when the socket is ready, or time is up.
            if shared != -1:
                self._multi.look(shared)
        if not exchange.future.done():
            exchange.future.set_result(outcome)
        if self._waiting:
            self._admit()


@lru_cache(maxsize=64)
def _lines(role: Role, own: tuple[tuple[str, str], ...], user_agent: str) -> list[bytes]:
    """The fields of a request for CURLOPT_HTTPHEADER(3); none where one of them would break out of its line. Most have
    no fields of their own, or the range that many others ask for.
    """
    fields = request_fields(Request("", role, fields=own), user_agent)
    if any(BREAKS.search(name + value) for name, value in fields):
        return []
    return [f"{name}: {value}".encode() if value else f"{name};".encode() for name, value in fields]


def _milliseconds(seconds: float) -> int:
    return round(1000 * seconds)
