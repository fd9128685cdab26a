"""Where a connection may go: from the host of a URL to the addresses that have been checked, and to those alone.

Whoever connects takes the addresses from here and never asks for the name again, so that a name server that gives a
public address to the one who checks and a private one to the one who connects (DNS rebinding) gains nothing.
"""

from collections.abc import Sequence
from itertools import chain, zip_longest
from typing import NamedTuple

from crawler.config import Network
from crawler.fetch.connect_to import find, parse
from crawler.fetch.failures import failure, system_failure
from crawler.fetch.resolve import Resolve
from crawler.http.address import AddressGuard, is_address
from crawler.model.exchange import Failure

ADDRESSES = 6
"""Addresses of one name that are tried at most, so that a name server can't send us through a whole network."""


class Route(NamedTuple):
    """Where to connect for one host and port. Every address may be connected to."""

    addresses: tuple[str, ...]
    """The preferred one first, families in turn (RFC 8305, section 4); never empty."""
    port: int
    named: bool = False
    """Whether the user named this place with `connect_to`."""


class Dial:
    """Resolves and checks by the settings."""

    def __init__(self, network: Network, resolve: Resolve) -> None:
        """Raises ValueError for settings that can't be read."""
        self._overrides = tuple(parse(text) for text in network.connect_to)
        self._guard = AddressGuard(network.allow_addresses)
        self._resolve = resolve

    async def route(self, host: str, port: int) -> Route | Failure:
        """For connecting directly. `host` as in `Endpoint`."""
        override = find(self._overrides, host, port)
        if override is not None:
            port = port if override.to_port is None else override.to_port
            if override.to_host is not None:
                named = await self._addresses(override.to_host)
                return named if isinstance(named, Failure) else Route(_in_turn(named), port, named=True)
        found = await self._checked(host)
        if isinstance(found, Failure):
            return found
        permitted = [address for address, forbidden in found if forbidden is None]
        return Route(_in_turn(permitted), port) if permitted else _forbidden(host, found[0])

    async def through_proxy(self, host: str, port: int) -> Route | Failure | None:
        """For a request that a proxy carries: None where it may, a route where `connect_to` leads past the proxy.

        A proxy asks for the name itself and may come by any of its addresses: one that is forbidden is one too many.
        A name that only the proxy can resolve can't be checked here.
        """
        if find(self._overrides, host, port) is not None:
            return await self.route(host, port)
        found = await self._checked(host)
        if isinstance(found, Failure):
            return found if found.reason == "address-forbidden" else None
        return next((_forbidden(host, pair) for pair in found if pair[1] is not None), None)

    async def _checked(self, host: str) -> list[tuple[str, str | None]] | Failure:
        """Every address of a host, each with why it is forbidden, or None."""
        if reason := self._guard.forbidden_host(host):
            return failure("address-forbidden", f"{host}: {reason}")
        found = await self._addresses(host)
        if isinstance(found, Failure):
            return found
        return [(address, self._guard.forbidden(address)) for address in found]

    async def _addresses(self, host: str) -> Sequence[str] | Failure:
        if is_address(host):
            return (host,)
        try:
            found = await self._resolve(host)
        except OSError as error:
            known = system_failure(error) or failure("dns-failure", "the name was not resolved")
            return known._replace(connected=False)
        return found or failure("dns-failure", "the name has no address", connected=False)


def _forbidden(host: str, checked: tuple[str, str | None]) -> Failure:
    address, reason = checked
    return failure("address-forbidden", f"{host} is {address}: {reason}")


def _in_turn(addresses: Sequence[str]) -> tuple[str, ...]:
    """The family of the first address leads; then they alternate, so that one broken family costs one attempt."""
    leading = ":" in addresses[0]
    first = [address for address in addresses if (":" in address) == leading]
    second = [address for address in addresses if (":" in address) != leading]
    return tuple(address for address in chain(*zip_longest(first, second)) if address is not None)[:ADDRESSES]
