"""What is known of each origin: where its connections may go, in the words that libcurl is told it in."""

import asyncio
from ipaddress import IPv4Address, IPv6Address, ip_address

from crawler.fetch.dial import Route
from crawler.fetch.endpoint import Endpoint

ROUTE_SECONDS = 60.0
"""How long a name's addresses are used without asking for them again, as libcurl and Chromium do by default."""
MOST = 8192
"""Origins that are remembered. Of more, those that were met first are forgotten: a lookup, at most, is done again."""


Address = IPv4Address | IPv6Address


class Way:
    """One origin: where its connections go, and what is known of it from the first of them."""

    __slots__ = (
        "_is_proven",
        "_places",
        "addresses",
        "answers",
        "cert_expires",
        "connect_to",
        "cut",
        "direct",
        "first",
        "greeting",
        "is_greeted",
        "multiplexed",
        "offers_http2",
        "origin",
        "place",
        "secure",
        "until",
    )

    def __init__(self, place: Endpoint, written: str) -> None:
        """`written` is how its URLs begin, up to the path."""
        self.place = place
        self.secure = place.scheme == "https"
        self.origin = f"{place.scheme}://{place.authority}" if "@" in written else None
        """What stands in the place of credentials and all; None where there are none. They are never sent."""
        self.cut = len(written)
        self.direct = True
        """Whether no proxy is between."""
        self.until = 0.0
        """When the name has to be asked for again, on the clock of whoever set it."""
        self.addresses: frozenset[Address] = frozenset()
        """Everything that may be connected to: all addresses that were ever found good."""
        self._places: list[str] = []
        self._is_proven = False
        self.first: str | None = None
        """The address that connections go to, with its port."""
        self.connect_to: list[str] = []
        """The same for CURLOPT_CONNECT_TO(3), where it is not what the URL names."""
        self.cert_expires: float | None = None
        """When the origin's certificate ends, from the first handshake on."""
        self.answers = False
        """Whether it has ever answered."""
        self.offers_http2 = True
        """Whether HTTP/2 is offered over TLS, and not HTTP/1.1 alone."""
        self.multiplexed = False
        """Whether requests share a connection."""
        self.is_greeted = not self.secure
        """Whether a handshake with it has been done: with HTTP/2 the requests after it share one connection."""
        self.greeting: asyncio.Future[None] | None = None
        """Where somebody is about to do it: what the others wait for."""

    def greeted(self) -> None:
        """The handshake is done, or has failed."""
        self.is_greeted = True
        if self.greeting is not None and not self.greeting.done():
            self.greeting.set_result(None)

    def lead(self, route: Route | None, until: float) -> None:
        """Take this route from now on; None: a proxy makes the connections."""
        self.until = until
        self.direct = route is not None
        warm = self.first if self._is_proven else None
        self._is_proven = False
        self._places = [f"{_bracketed(address)}:{route.port}" for address in route.addresses] if route else []
        self._places.sort(key=lambda place: place != warm)
        self.addresses |= {ip_address(address) for address in route.addresses} if route else set()
        self._point()

    def pass_on(self, tried: str | None) -> bool:
        """Turn to the next address where this one does not take connections; False where there is no other."""
        if tried == self.first:
            if len(self._places) < 2:
                return False
            del self._places[0]
            self._point()
        return True

    def prefer_http1(self) -> None:
        """Offer HTTP/1.1 alone, unless somebody has offered more by now."""
        if self.secure and not self.is_greeted and self.greeting is None:
            self.offers_http2 = False

    def turn_to_http2(self) -> bool:
        """Offer HTTP/2 after all. False where that will not help: HTTP/1.1 is understood."""
        if not self.offers_http2:
            if self.answers:
                return False
            self.offers_http2 = True
            self.is_greeted, self.greeting = False, None
        return True

    @property
    def has_choice(self) -> bool:
        """Whether there is another address, and none has taken a connection yet."""
        return not self._is_proven and len(self._places) > 1

    def proven(self) -> None:
        """The address takes connections, and what is there answers."""
        self._is_proven = self.answers = True

    def _point(self) -> None:
        self.first = self._places[0] if self._places else None
        named = f"{_bracketed(self.place.host)}:{self.place.port}"
        self.connect_to = [f"::{self.first}"] if self.first not in (None, named) else []


class Ways:
    """Ways by the origin as URLs in WHATWG form begin: `https://www.example.org:8443`."""

    def __init__(self) -> None:
        self._ways: dict[str, Way] = {}

    def find(self, origin: str) -> Way | None:
        """The way of an origin that was met before."""
        return self._ways.get(origin)

    def add(self, origin: str, way: Way) -> None:
        """Remember one."""
        while len(self._ways) >= MOST:
            del self._ways[next(iter(self._ways))]
        self._ways[origin] = way


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
