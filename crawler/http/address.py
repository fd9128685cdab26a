"""Which addresses may be connected to: the guard that keeps a crawl on the public internet.

A record may name any URL, and any server may redirect to one. Without a guard, whoever writes a link could have this
program ask the machine it runs on, its neighbours or the cloud's metadata service (server-side request forgery).
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from ipaddress import IPv4Address, ip_address, ip_network
from typing import NamedTuple

from crawler.http.special_addresses import RANGES, SPECIAL_NAMES, Range

REMEMBERED = 65_536
"""Addresses, and hosts, whose answer is kept, so that asking again costs next to nothing."""


class _Span(NamedTuple):
    """A `Range` as numbers, which is what addresses are compared with."""

    first: int
    last: int
    range: Range


class AddressGuard:
    """Tells public addresses from all others. Addresses are text in standard form, without brackets or port."""

    def __init__(self, allow: Iterable[str] = ()) -> None:
        """`allow` lets ranges (`10.0.0.0/8`) and single addresses (`127.0.0.1`) pass.

        Raises ValueError, with a sentence for whoever wrote it, for anything else.
        """
        self._allow = tuple(allow)
        self._allowed = _by_version([_allowed(text.strip()) for text in self._allow])
        self._answers = lru_cache(maxsize=REMEMBERED)(self._judge)
        self._host_answers = lru_cache(maxsize=REMEMBERED)(self._judge_host)

    def __reduce__(self) -> tuple[object, ...]:
        """To another process without the answers it remembers."""
        return AddressGuard, (self._allow,)

    def forbidden(self, address: str) -> str | None:
        """Why an address must not be connected to, in a few words; None where it may be.

        An address that carries an IPv4 address inside is judged by that one too: to allow the outer range is not to
        allow everything it leads to. What is no address at all is forbidden as well.
        """
        return self._answers(address)

    def forbidden_host(self, host: str) -> str | None:
        """The same for the host of a URL, as far as it can be told without asking DNS: IP literals and special names.

        A special name may pass once one of the addresses it stands for may.
        """
        return self._host_answers(host)

    def _judge_host(self, host: str) -> str | None:
        if is_address(host):
            return self._answers(host)
        reasons = [self._answers(address) for address in SPECIAL_NAMES.get(_special_name(host), ())]
        return reasons[0] if reasons and all(reasons) else None

    def _judge(self, address: str) -> str | None:
        try:
            parsed = ip_address(address)
        except ValueError:
            return "not an IP address"
        number = int(parsed)
        span = _find(_spans()[parsed.version], number)
        if span is None:
            return None
        if _find(self._allowed[parsed.version], number) is None:
            return f"{span.range.name} ({span.range.cidr})"
        for shift, mask in span.range.carries:
            inner = str(IPv4Address((number >> shift ^ mask) & 0xFFFF_FFFF))
            if reason := self._answers(inner):
                return f"{span.range.name} that leads to {inner}: {reason}"
        return None


def is_address(host: str) -> bool:
    """Whether the host of a URL is an IP literal rather than a name.

    The WHATWG host parser has brought every spelling of an IPv4 address (decimal, octal, hex, short, full-width) to
    four decimal numbers, and refuses every other host that ends in a number.
    """
    return ":" in host or host[host.rfind(".") + 1 :].isdecimal()


def is_loopback(host: str) -> bool:
    """Whether a URL's host is the very machine that asks, as W3C Secure Contexts (section 3.1) lists it."""
    if not is_address(host):
        return _special_name(host) == "localhost"
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _special_name(host: str) -> str:
    """A host name as `SPECIAL_NAMES` would list it: what is below `localhost` is that too (RFC 6761, section 6.3)."""
    name = host.lower().removesuffix(".")
    return "localhost" if name.endswith(".localhost") else name


def _find(spans: tuple[_Span, ...], number: int) -> _Span | None:
    return next((span for span in spans if span.first <= number <= span.last), None)


def _allowed(text: str) -> Range:
    try:
        ip_network(text)
    except ValueError as error:
        raise ValueError(f"`{text}` is no address or range that could be allowed: {error}") from None
    return Range(text, "allowed address", "settings")


@cache
def _spans() -> dict[int, tuple[_Span, ...]]:
    return _by_version(RANGES)


def _by_version(rows: Iterable[Range]) -> dict[int, tuple[_Span, ...]]:
    networks = [(ip_network(row.cidr), row) for row in rows]
    return {
        version: tuple(
            _Span(int(network.network_address), int(network.broadcast_address), row)
            for network, row in networks
            if network.version == version
        )
        for version in (4, 6)
    }
