"""From names to checked addresses, with a resolver that is a list: nothing here opens a socket."""

import pytest

from crawler.config import Network
from crawler.fetch.dial import ADDRESSES, Dial, Route
from crawler.model.exchange import Failure
from tests.fetch.conftest import Recorded

PUBLIC = ("9.9.9.9", "149.112.112.112", "2620:fe::fe", "2620:fe::9")


def dial(addresses: tuple[str, ...], *, allow: tuple[str, ...] = (), connect_to: tuple[str, ...] = ()) -> Dial:
    return Dial(Network(allow_addresses=allow, connect_to=connect_to), Recorded(addresses))


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        (PUBLIC[:1], PUBLIC[:1]),
        (PUBLIC, ("9.9.9.9", "2620:fe::fe", "149.112.112.112", "2620:fe::9")),
        (PUBLIC[::-1], ("2620:fe::9", "149.112.112.112", "2620:fe::fe", "9.9.9.9")),
        (("10.0.0.1", "9.9.9.9", "169.254.169.254", "fd00::1"), ("9.9.9.9",)),
        (("::ffff:10.0.0.1", "64:ff9b::a00:1", "2620:fe::fe"), ("2620:fe::fe",)),
        (tuple(f"9.9.9.{n}" for n in range(200)), tuple(f"9.9.9.{n}" for n in range(ADDRESSES))),
        ((*(f"10.0.0.{n}" for n in range(200)), "9.9.9.9"), ("9.9.9.9",)),
    ],
)
async def test_only_what_may_be_connected_to_is_in_the_route(
    addresses: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert await dial(addresses).route("news.example", 443) == Route(expected, 443)


@pytest.mark.parametrize(
    "address", ["10.0.0.1", "127.0.0.1", "169.254.169.254", "100.64.0.1", "fd00::1", "fe80::1%eth0", "::"]
)
async def test_a_name_that_leads_only_inside_has_no_route(address: str) -> None:
    outcome = await dial((address,)).route("news.example", 80)
    assert isinstance(outcome, Failure)
    assert outcome.reason == "address-forbidden"
    assert outcome.message.startswith(f"news.example is {address}: ")


async def test_what_is_allowed_has_one() -> None:
    assert await dial(("10.0.0.1", "10.1.0.1"), allow=("10.0.0.0/16",)).route("a.example", 80) == Route(
        ("10.0.0.1",), 80
    )


@pytest.mark.parametrize(
    ("connect_to", "expected"),
    [
        ("a.example:443:10.0.0.1:8443", Route(("10.0.0.1",), 8443, named=True)),
        ("a.example::10.0.0.1:", Route(("10.0.0.1",), 443, named=True)),
        ("::[fd00::1]:8443", Route(("fd00::1",), 8443, named=True)),
        ("a.example::inside.example:", Route(("192.168.0.7",), 443, named=True)),
        ("b.example::10.0.0.1:", None),
        ("a.example:443::8443", None),
    ],
)
async def test_what_the_user_names_needs_no_permission(connect_to: str, expected: Route | None) -> None:
    outcome = await dial(("192.168.0.7",), connect_to=(connect_to,)).route("a.example", 443)
    assert outcome == expected if expected else isinstance(outcome, Failure)


@pytest.mark.parametrize(
    ("addresses", "carried"), [(PUBLIC, True), (("9.9.9.9", "10.0.0.1"), False), (("10.0.0.1",), False)]
)
async def test_a_proxy_carries_only_what_is_public_altogether(addresses: tuple[str, ...], carried: bool) -> None:
    outcome = await dial(addresses).through_proxy("news.example", 80)
    assert (outcome is None) is carried
