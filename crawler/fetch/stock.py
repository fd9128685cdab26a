"""The stock transport: httpx's own, for whatever is not worth a faster one, and where no other can be had.

`httpx.AsyncHTTPTransport` is used directly, without a client: a client keeps cookies across links and reads the bodies
of redirects. Each origin has one of its own, since the pool inside looks through all of its connections at every
request, and since connections of two names that share an address must not be taken for each other. The URL given to
it names the checked address; httpcore's request extensions `sni_hostname` and `target` carry the name that the
certificate must have, and the exact text of the request target.
"""

import ssl
from collections.abc import Iterable
from importlib.util import find_spec
from typing import Any, NamedTuple

import anyio
import httpx

from crawler.config import Fetch, Network
from crawler.fetch.attempt import Attempt, Deadlines
from crawler.fetch.dial import Dial, Route
from crawler.fetch.endpoint import Endpoint, split
from crawler.fetch.failures import failure
from crawler.fetch.lanes import Lane, Lanes, most_idle
from crawler.fetch.resolve import Resolve, SystemResolver
from crawler.fetch.shape import request_fields
from crawler.fetch.stock_errors import explain, is_starved, timed_out
from crawler.fetch.trust import tls_context
from crawler.model.exchange import Failure, Fields, Request, Response, decode

KEPT_SECONDS = 30.0
"""How long an idle connection is used again. Servers close theirs after 5 (Apache) to 75 seconds (nginx)."""
ROUTE_SECONDS = 60.0
"""How long a name's addresses are used without asking for them again, as libcurl and Chromium do by default."""
STALE_TRIES = 4
"""Kept connections in a row that may turn out to have been closed by the server."""
STARVED_SECONDS = 0.05
"""Until descriptors are asked for again, where the process has run out of them."""
BODILESS = frozenset({204, 304})
"""RFC 9110, section 6.4.1."""

ERRORS = (httpx.HTTPError, httpx.InvalidURL, OSError, anyio.BrokenResourceError, anyio.ClosedResourceError)
PROXY_SCHEMES = ("http", "https", "socks5", "socks5h")

CLOSED = failure("connection-reset", "the transport is closed")

StockLane = Lane[httpx.AsyncHTTPTransport]
Address = tuple[str, int]


class Errand(NamedTuple):
    """One request on its way."""

    request: Request
    place: Endpoint
    deadlines: Deadlines
    lane: StockLane


class StockTransport:
    """A `Transport` over httpx, HTTP/1.1 alone, for one event loop."""

    def __init__(self, fetch: Fetch, network: Network, resolve: Resolve | None = None) -> None:
        """Raises ValueError, with a sentence for whoever wrote it, for settings that can't be used."""
        self._settings = fetch
        self._dial = Dial(network, resolve or SystemResolver())
        self._proxy = None if network.proxy is None else _proxy(network.proxy)
        self._cacert = network.cacert
        self._plain = _readable(network.cacert)
        self._authorities: ssl.SSLContext | None = None
        self._lanes: Lanes[httpx.AsyncHTTPTransport] = Lanes(most_idle())
        self._under_way: set[anyio.CancelScope] = set()
        self._closed = False

    async def fetch(self, request: Request) -> Response | Failure:
        """One exchange, as `crawler.fetch.port.Transport` promises."""
        try:
            place = split(request.url)
        except ValueError as error:
            return failure("url-malformed", str(error))
        if self._closed:
            return CLOSED
        now, whole = anyio.current_time(), self._settings.timeout
        deadlines = Deadlines(now, now + min(self._settings.connect_timeout, whole), now + whole)
        origin = (place.scheme, place.host, place.port)
        errand = Errand(request, place, deadlines, self._lanes.enter(origin))
        outcome: Response | Failure = CLOSED
        with anyio.CancelScope() as scope:
            self._under_way.add(scope)
            try:
                outcome = await self._exchange(errand)
            finally:
                self._under_way.discard(scope)
                surplus = self._lanes.leave(origin)
                await _close(surplus if not self._closed else [*surplus, *self._lanes.take_idle()])
        return outcome._replace(elapsed=anyio.current_time() - now) if isinstance(outcome, Failure) else outcome

    async def aclose(self) -> None:
        """Close every connection; requests under way fail."""
        self._closed = True
        for scope in self._under_way:
            scope.cancel()
        await _close(self._lanes.take_idle())

    async def _exchange(self, errand: Errand) -> Response | Failure:
        """Attempts, until one ends in an answer or in a failure that would not be another one at the name's next
        address, on a connection of our own instead of a kept one, or with a descriptor that idle connections held."""
        route = await self._route(errand)
        if isinstance(route, Failure):
            return route
        ways: list[Address | None] = [(address, route.port) for address in route.addresses] if route else [None]
        refused: Failure | None = None
        stale = 0
        while True:
            attempt, outcome = await self._attempt(errand, ways[0], len(ways))
            if isinstance(outcome, Response):
                return outcome
            if attempt.starved and anyio.current_time() + STARVED_SECONDS < errand.deadlines.connect_by:
                await _close(self._lanes.take_idle())
                await anyio.sleep(STARVED_SECONDS)
            elif attempt.stale and stale < STALE_TRIES:
                stale += 1
            elif attempt.connected:
                return outcome
            else:
                refused = refused or outcome
                del ways[0]
                if route and ways:
                    errand.lane.route = route = route._replace(addresses=route.addresses[1:])
                if not ways:
                    errand.lane.route_until = 0.0
                    return refused

    async def _route(self, errand: Errand) -> Route | Failure | None:
        """Where the origin's connections go; None: wherever the proxy makes them."""
        _, place, deadlines, lane = errand
        if lane.route_until > deadlines.started:
            return lane.route
        look = self._dial.route if self._proxy is None else self._dial.through_proxy
        with anyio.CancelScope(deadline=deadlines.connect_by) as scope:
            route = await look(place.host, place.port)
        if scope.cancelled_caught:
            return failure("timeout", f"the name was not resolved within {self._settings.connect_timeout:g} s", False)
        if not isinstance(route, Failure):
            lane.route, lane.route_until = route, deadlines.started + ROUTE_SECONDS
        return route

    async def _attempt(self, errand: Errand, way: Address | None, ways: int) -> tuple[Attempt, Response | Failure]:
        """By the first of so many ways."""
        request, place, deadlines, lane = errand
        outcome: Response | Failure
        with anyio.CancelScope(deadline=deadlines.share(anyio.current_time(), ways)) as scope:
            attempt = Attempt(scope, deadlines, place.scheme == "https")
            try:
                if lane.carrier is None:
                    lane.carrier = self._carrier(place, direct=way is not None)
                asked = self._asked(request, place, way, attempt)
                answer = await lane.carrier.handle_async_request(asked)
                outcome = await _received(answer, errand, way)
            except ERRORS as error:
                attempt.starved = is_starved(error)
                outcome = explain(error, attempt)
            finally:
                await attempt.aclose()
        if scope.cancelled_caught:
            outcome = timed_out(attempt, self._settings)
        if isinstance(outcome, Failure):
            outcome = outcome._replace(address=way and _written(*way))
        return attempt, outcome

    def _carrier(self, place: Endpoint, direct: bool) -> httpx.AsyncHTTPTransport:
        """The connections of one origin. Authorities take time to load: plain HTTP has a context without any."""
        context = self._plain
        if place.scheme == "https":
            context = self._authorities = self._authorities or tls_context(self._cacert)
        return httpx.AsyncHTTPTransport(
            verify=context,
            proxy=None if direct else self._proxy,
            limits=httpx.Limits(keepalive_expiry=KEPT_SECONDS),
        )

    def _asked(self, request: Request, place: Endpoint, way: Address | None, attempt: Attempt) -> httpx.Request:
        """The request for httpx: to a checked address, or, where a proxy connects, to the URL as it is."""
        fields = [("Host", place.authority), *request_fields(request, self._settings.user_agent)]
        extensions: dict[str, Any] = {"trace": attempt.trace}
        url = request.url
        if way is not None:
            url = f"{place.scheme}://{_written(*way)}/"
            extensions |= {"target": place.target.encode(), "sni_hostname": place.server_name}
        headers = [(name.encode(), value.encode()) for name, value in fields]
        return httpx.Request(request.method, url, headers=headers, extensions=extensions)


async def _received(answer: httpx.Response, errand: Errand, way: Address | None) -> Response:
    """The answer with the wanted front of its body; closes it, and its connection too where there is more to come."""
    try:
        tls = errand.place.scheme == "https" and answer.extensions["network_stream"].get_extra_info("ssl_object")
        body, complete = await _front(answer, errand.request)
        return Response(
            status=answer.status_code,
            fields=Fields((decode(name), decode(value)) for name, value in answer.headers.raw),
            body=body,
            complete=complete,
            elapsed=anyio.current_time() - errand.deadlines.started,
            http_version=answer.extensions["http_version"].decode("ascii").removeprefix("HTTP/"),
            address=way and _written(*way),
            cert_expires=_expiry(tls) if tls else None,
        )
    finally:
        with anyio.CancelScope(shield=True):
            await answer.aclose()


async def _front(answer: httpx.Response, request: Request) -> tuple[bytes, bool]:
    """At most `request.body_limit` bytes, still encoded, and whether that is all.

    Where the body goes on, or may go on, after just so many bytes, it does not wait to see.
    """
    bodiless = request.method == "HEAD" or answer.status_code in BODILESS
    length = "0" if bodiless else answer.headers.get("content-length", "")
    whole = int(length) if length.isdecimal() else None
    limit, body = request.body_limit, bytearray()
    if limit == 0 and whole != 0:
        return b"", False
    assert isinstance(answer.stream, httpx.AsyncByteStream)
    async for chunk in answer.stream:
        body += chunk
        if len(body) > limit or (len(body) == limit and whole != limit):
            return bytes(body[:limit]), False
    return bytes(body), True


def _expiry(tls: ssl.SSLObject) -> float | None:
    certificate = tls.getpeercert() or {}
    ends = certificate.get("notAfter")
    return float(ssl.cert_time_to_seconds(ends)) if isinstance(ends, str) else None


def _written(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _readable(cacert: str | None) -> ssl.SSLContext:
    """A context for connections without TLS, which serves to see at once whether the file is good."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        if cacert is not None:
            context.load_verify_locations(cacert)
    except OSError as error:
        raise ValueError(f"`{cacert}` can't be read as certificates: {error.strerror or error}") from None
    return context


def _proxy(url: str) -> httpx.Proxy:
    """Says nothing of the URL but its scheme where it can't be used: there may be a password in it."""
    scheme = url.partition(":")[0].lower()
    if scheme not in PROXY_SCHEMES:
        raise ValueError(f"the URL of a proxy begins with one of {', '.join(PROXY_SCHEMES)}, not with `{scheme}`")
    if scheme.startswith("socks") and find_spec("socksio") is None:
        raise ValueError("a SOCKS proxy needs the package `socksio`, which is not installed")
    try:
        return httpx.Proxy(url)
    except httpx.InvalidURL as error:
        raise ValueError(f"the URL of the proxy can't be read: {error}") from None


async def _close(lanes: Iterable[StockLane]) -> None:
    """Also where the caller is being cancelled: closing waits for nobody."""
    with anyio.CancelScope(shield=True):
        for lane in lanes:
            carrier, lane.carrier = lane.carrier, None
            if carrier is not None:
                await carrier.aclose()
