"""The guard of the port: nothing is connected to but what has been checked, or what the user named.

Every address here is one of the loopback interface, where a trap listens beside the little web: were the guard to fail,
a test would, and no packet would leave the machine.
"""

import socket
from collections.abc import Iterator

import anyio
import pytest

from crawler.config import Network
from crawler.model.exchange import Failure, Request, Response
from tests.fetch.conftest import GENEROUS, Open, Recorded
from tests.web import Web

NO_SUCH_NAME = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
TRY_AGAIN = socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
ONE_ALLOWED = Network(allow_addresses=("127.0.0.1/32",))


@pytest.fixture
def trap(web: Web) -> Iterator[Web]:
    """Another server at the same port, on an address where nobody must go."""
    with Web("127.0.0.2", web.port) as trap:
        yield trap
        assert trap.connections == 0


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["127.0.0.1", "127.0.0.2"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["0.0.0.0"],
        ["::"],
        ["127.0.0.1", "::1"],
        ["nonsense"],
    ],
)
async def test_a_name_that_leads_inside_is_not_followed(
    addresses: list[str], web: Web, trap: Web, open_transport: Open
) -> None:
    resolver = Recorded(addresses)
    outcome = await open_transport(network=Network(), resolve=resolver).fetch(
        Request(f"http://news.example:{web.port}/")
    )
    assert isinstance(outcome, Failure)
    assert outcome.reason == "address-forbidden"
    assert outcome.connected
    assert outcome.message.startswith(f"news.example is {addresses[0]}: ")
    assert resolver.asked == ["news.example"]
    assert web.connections == 0


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "[::ffff:7f00:1]", "[::ffff:127.0.0.1]", "localhost", "a.localhost", "localhost."]
)
async def test_nor_is_an_address_or_a_name_that_needs_no_asking(host: str, web: Web, open_transport: Open) -> None:
    resolver = Recorded(["127.0.0.1"])
    outcome = await open_transport(network=Network(), resolve=resolver).fetch(Request(f"http://{host}:{web.port}/"))
    assert isinstance(outcome, Failure)
    assert outcome.reason == "address-forbidden"
    assert (resolver.asked, web.connections) == ([], 0)


async def test_of_several_addresses_only_those_allowed_are_tried(web: Web, trap: Web, open_transport: Open) -> None:
    resolver = Recorded(["127.0.0.2", "::1", "127.0.0.1", "127.0.0.2"])
    web.host("news.example").page("/")
    outcome = await open_transport(network=ONE_ALLOWED, resolve=resolver).fetch(
        Request(f"http://news.example:{web.port}/")
    )
    assert isinstance(outcome, Response)
    assert outcome.address == f"127.0.0.1:{web.port}"


async def test_a_name_that_changes_its_address_gains_nothing(web: Web, trap: Web, open_transport: Open) -> None:
    """Whatever is connected to is what was checked: no second lookup stands between."""
    resolver = Recorded(["127.0.0.1"], ["127.0.0.2"])
    web.host("news.example").page("/")
    transport = open_transport(network=ONE_ALLOWED, resolve=resolver)
    outcomes = [
        await transport.fetch(Request(f"{scheme}://news.example:{web.port}/")) for scheme in ("http", "http", "https")
    ]
    assert [getattr(outcome, "status", None) for outcome in outcomes] == [200, 200, None]
    assert getattr(outcomes[2], "reason", None) == "address-forbidden"
    assert web.connections == 1


async def test_a_name_that_comes_right_is_followed(web: Web, trap: Web, open_transport: Open) -> None:
    resolver = Recorded(["127.0.0.2"], ["127.0.0.1"])
    web.host("news.example").page("/")
    transport = open_transport(network=ONE_ALLOWED, resolve=resolver)
    outcomes = [await transport.fetch(Request(f"http://news.example:{web.port}/")) for _ in range(2)]
    assert [type(outcome) for outcome in outcomes] == [Failure, Response]


async def test_the_next_address_is_tried_where_one_refuses(web: Web, open_transport: Open) -> None:
    resolver = Recorded(["127.0.0.7", "127.0.0.8", "127.0.0.1"])
    host = web.host("news.example")
    host.page("/")
    transport = open_transport(network=Network(allow_addresses=("127.0.0.0/8",)), resolve=resolver)
    for _ in range(2):
        outcome = await transport.fetch(Request(f"http://news.example:{web.port}/"))
        assert isinstance(outcome, Response)
    assert len(host.seen) == 2


async def test_the_first_refusal_is_told_where_all_refuse(web: Web, open_transport: Open) -> None:
    resolver = Recorded(["127.0.0.7", "127.0.0.8"])
    transport = open_transport(network=Network(allow_addresses=("127.0.0.0/8",)), resolve=resolver)
    for _ in range(2):
        outcome = await transport.fetch(Request(f"http://news.example:{web.port}/"))
        assert isinstance(outcome, Failure)
        assert (outcome.reason, outcome.connected) == ("connect-refused", False)
        assert outcome.address == f"127.0.0.7:{web.port}"


@pytest.mark.parametrize(
    ("answer", "reason", "words"),
    [
        (NO_SUCH_NAME, "dns-nxdomain", "Name or service not known"),
        (TRY_AGAIN, "dns-failure", "Temporary failure"),
        (
            socket.gaierror(socket.EAI_FAIL, "Non-recoverable failure in name resolution"),
            "dns-failure",
            "Non-recoverable",
        ),
        (OSError("no words"), "dns-failure", "not resolved"),
        ([], "dns-failure", "no address"),
    ],
)
async def test_names_without_an_address(
    answer: OSError | list[str], reason: str, words: str, web: Web, open_transport: Open
) -> None:
    outcome = await open_transport(network=Network(), resolve=Recorded(answer)).fetch(Request("http://news.example/"))
    assert isinstance(outcome, Failure)
    assert (outcome.reason, outcome.connected) == (reason, False)
    assert words in outcome.message


@pytest.mark.parametrize("host", ["a" * 64 + ".example", "a." * 130 + "example", "a..example"])
async def test_names_that_cannot_be_are_not_looked_up(host: str, web: Web, open_transport: Open) -> None:
    outcome = await open_transport(network=Network()).fetch(Request(f"http://{host}/"))
    assert isinstance(outcome, Failure)
    assert outcome.reason == "dns-nxdomain"


async def test_a_resolver_that_does_not_answer_costs_no_more_than_connecting_may(
    web: Web, open_transport: Open
) -> None:
    async def silent(_: str) -> list[str]:
        await anyio.sleep_forever()
        return []

    outcome = await open_transport(GENEROUS, 0.2, network=Network(), resolve=silent).fetch(
        Request("http://news.example/")
    )
    assert isinstance(outcome, Failure)
    assert (outcome.reason, outcome.connected) == ("timeout", False)
    assert "resolved" in outcome.message


async def test_what_connect_to_names_may_be_connected_to(web: Web, open_transport: Open) -> None:
    resolver = Recorded(["127.0.0.1"])
    web.host("news.example").page("/")
    for where in ("127.0.0.1", "inside.example"):
        network = Network(connect_to=(f"news.example:80:{where}:{web.port}",))
        assert isinstance(
            await open_transport(network=network, resolve=resolver).fetch(Request("http://news.example/")), Response
        )
    assert resolver.asked == ["inside.example"]
    assert {seen.fields["host"] for seen in web.seen} == {"news.example"}


async def test_what_it_does_not_name_is_checked(web: Web, open_transport: Open) -> None:
    """With ADDR left empty only the port is another one; and other hosts are none of its business."""
    network = Network(connect_to=(f"news.example:80::{web.port}", f"other.example::127.0.0.1:{web.port}"))
    transport = open_transport(network=network, resolve=Recorded(["127.0.0.1"]))
    for url in ("http://news.example/", "http://third.example/", f"http://127.0.0.1:{web.port}/"):
        outcome = await transport.fetch(Request(url))
        assert isinstance(outcome, Failure)
        assert outcome.reason == "address-forbidden"
    assert web.connections == 0
