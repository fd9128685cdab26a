"""Through a proxy, which here is the little web itself."""

import socket

import pytest

from crawler.config import Network
from crawler.model.exchange import Failure, Request, Response
from tests.fetch.conftest import Open, Recorded
from tests.web import Answer, Certificate, Web

UNKNOWN_HERE = socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def proxied(web: Web, *, proxy: str | None = None, **settings: tuple[str, ...]) -> Network:
    """Settings with the little web as the proxy."""
    return Network(proxy=proxy or web.proxy, cacert=web.cacert, **settings)


@pytest.mark.parametrize(
    ("answer", "allowed"),
    [(UNKNOWN_HERE, ()), (["127.0.0.9"], ("127.0.0.0/8",))],
    ids=["known to the proxy alone", "allowed"],
)
async def test_it_carries_what_may_be_asked(
    answer: OSError | list[str], allowed: tuple[str, ...], web: Web, open_transport: Open
) -> None:
    host = web.host("news.example")
    host.page("/a|b?c=[d]", b"found")
    transport = open_transport(network=proxied(web, allow_addresses=allowed), resolve=Recorded(answer))
    for url in (host.http("/a|b?c=[d]"), host.https("/a|b?c=[d]"), host.http("/a|b?c=[d]"), host.https("/a|b?c=[d]")):
        outcome = await transport.fetch(Request(url))
        assert isinstance(outcome, Response)
        assert outcome.body == b"found"
        assert outcome.address is None
    assert [(seen.method, seen.target, seen.absolute, seen.tls_name) for seen in host.seen] == [
        ("GET", "/a|b?c=[d]", True, None),
        ("CONNECT", "news.example:443", False, None),
        ("GET", "/a|b?c=[d]", False, "news.example"),
        ("GET", "/a|b?c=[d]", True, None),
        ("GET", "/a|b?c=[d]", False, "news.example"),
    ]
    assert {seen.fields["host"] for seen in host.seen if seen.method == "GET"} == {"news.example"}


@pytest.mark.parametrize("answer", [["127.0.0.1"], ["::1"], ["9.9.9.9", "127.0.0.1"]])
@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_the_guard_holds_for_every_address_that_it_might_take(
    scheme: str, answer: list[str], web: Web, open_transport: Open
) -> None:
    transport = open_transport(network=proxied(web), resolve=Recorded(answer))
    for url in (f"{scheme}://news.example/", f"{scheme}://127.0.0.1/", f"{scheme}://localhost/"):
        outcome = await transport.fetch(Request(url))
        assert isinstance(outcome, Failure)
        assert outcome.reason == "address-forbidden"
    assert web.connections == 0


async def test_connect_to_leads_past_it(web: Web, open_transport: Open) -> None:
    host = web.host("news.example")
    network = proxied(web, connect_to=web.connect_to)
    transport = open_transport(network=network, resolve=Recorded(UNKNOWN_HERE))
    for url in (host.http(), host.https()):
        assert isinstance(await transport.fetch(Request(url)), Response)
    assert [(seen.method, seen.absolute, seen.tls_name) for seen in host.seen] == [
        ("GET", False, None),
        ("GET", False, "news.example"),
    ]


async def test_certificates_are_checked_behind_it(web: Web, open_transport: Open) -> None:
    host = web.host("news.example", Certificate.EXPIRED)
    outcome = await open_transport(network=proxied(web), resolve=Recorded(UNKNOWN_HERE)).fetch(Request(host.https()))
    assert isinstance(outcome, Failure)
    assert (outcome.reason, outcome.connected) == ("tls-expired", True)


@pytest.mark.parametrize("status", [403, 407, 502])
async def test_what_it_refuses_has_no_connection(status: int, web: Web, open_transport: Open) -> None:
    host = web.host("news.example")
    host.on("news.example:443", Answer(status))
    outcome = await open_transport(network=proxied(web), resolve=Recorded(UNKNOWN_HERE)).fetch(Request(host.https()))
    assert isinstance(outcome, Failure)
    assert (outcome.reason, outcome.connected) == ("connect-refused", False)
    assert str(status) in outcome.message


async def test_without_it_there_is_no_connection(web: Web, open_transport: Open) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        network = proxied(web, proxy=f"http://127.0.0.1:{taken.getsockname()[1]}")
        for url in ("http://news.example/", "https://news.example/"):
            outcome = await open_transport(network=network, resolve=Recorded(UNKNOWN_HERE)).fetch(Request(url))
            assert isinstance(outcome, Failure)
            assert (outcome.reason, outcome.connected) == ("connect-refused", False)


async def test_its_password_goes_to_it_alone(web: Web, open_transport: Open) -> None:
    host = web.host("news.example")
    network = proxied(web, proxy=f"http://user:secret@127.0.0.1:{web.port}")
    transport = open_transport(network=network, resolve=Recorded(UNKNOWN_HERE))
    for url in (host.http(), host.https()):
        await transport.fetch(Request(url))
    assert [(seen.method, "proxy-authorization" in seen.fields) for seen in host.seen] == [
        ("GET", True),
        ("CONNECT", True),
        ("GET", False),
    ]


@pytest.mark.parametrize(
    "network",
    [
        Network(proxy="ftp://user:secret@proxy.example"),
        Network(proxy="proxy.example:3128"),
        Network(proxy="http://user:secret@[::1"),
        Network(cacert="/no/such/file.pem"),
        Network(cacert=__file__),
        Network(connect_to=("news.example",)),
        Network(allow_addresses=("everything",)),
    ],
)
async def test_settings_that_cannot_be_used(network: Network, open_transport: Open) -> None:
    with pytest.raises(ValueError, match=r"\w+ \w+") as caught:
        open_transport(network=network)
    assert "secret" not in str(caught.value)
