"""What only libcurl's transport has: HTTP/2, bodies that are enough before their end, connections kept for that."""

import asyncio
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pycurl
import pytest
from anyio import to_thread

from crawler.config import Fetch, Network
from crawler.fetch.curl import DRAIN_SECONDS, MANY, CurlTransport
from crawler.fetch.curl_answer import DRAIN, DRAIN_STREAM
from crawler.fetch.curl_httpx import CurlHttpxTransport
from crawler.fetch.curl_multi import Multi
from crawler.media.opaque import ENOUGH
from crawler.model.exchange import Failure, Request, Response
from crawler.model.role import Role
from tests.fetch.conftest import GENEROUS, Recorded
from tests.fetch.http2 import Http2Server
from tests.web import Answer, Web
from tests.web.hostile import serve

LIMIT = 1000


@pytest.fixture
async def transport(web: Web) -> AsyncIterator[CurlTransport]:
    opened = CurlTransport(
        Fetch(timeout=GENEROUS, connect_timeout=GENEROUS), Network(connect_to=web.connect_to, cacert=web.cacert)
    )
    yield opened
    await opened.aclose()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Http2Server]:
    with Http2Server() as server:
        server.authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        yield server


@pytest.fixture
async def multiplexed(two: Http2Server, tmp_path: Path) -> AsyncIterator[CurlTransport]:
    network = Network(connect_to=(two.connect_to,), cacert=str(tmp_path / "ca.pem"))
    opened = CurlTransport(Fetch(timeout=GENEROUS, connect_timeout=GENEROUS), network)
    yield opened
    await opened.aclose()


async def answers(transport: CurlTransport, *requests: Request) -> list[Response]:
    """Of requests made at once."""
    outcomes = await asyncio.gather(*(transport.fetch(request) for request in requests))
    assert all(isinstance(outcome, Response) for outcome in outcomes), outcomes
    return [outcome for outcome in outcomes if isinstance(outcome, Response)]


async def test_requests_share_a_connection_of_http_2(two: Http2Server, multiplexed: CurlTransport) -> None:
    """The first one's handshake is waited for, and then all go out on it."""
    found = await answers(multiplexed, *(Request(two.url(f"/text/html/{size}")) for size in range(1, 9)))
    assert [(answer.status, len(answer.body), answer.complete) for answer in found] == [
        (200, size, True) for size in range(1, 9)
    ]
    assert {answer.http_version for answer in found} == {"2"}
    assert {answer.fields.get("x-two") for answer in found} == {"yes"}
    assert found[-1].cert_expires is None or found[-1].cert_expires > 2_000_000_000
    assert (await answers(multiplexed, Request(two.url("/text/html/1"))))[0].cert_expires is not None
    assert two.protocols == ["h2"]


@pytest.mark.parametrize(("more", "spoken"), [(MANY - 1, ["h2"]), (MANY, ["http/1.1", "h2"])])
async def test_http_1_is_offered_alone_where_much_is_to_be_asked_for(
    more: int, spoken: list[str], two: Http2Server, multiplexed: CurlTransport
) -> None:
    """And HTTP/2 where that was not understood."""
    request = Request(two.url("/text/html/5"))
    multiplexed.expect(request, more)
    for _ in range(3):
        (answer,) = await answers(multiplexed, request)
        assert (answer.status, answer.body, answer.http_version) == (200, b"xxxxx", "2")
        assert answer.cert_expires is not None
        multiplexed.expect(request, MANY)  # too late: it is known what to speak
    assert two.protocols == spoken


async def test_all_turn_to_http_2_that_were_not_understood_in_http_1(
    two: Http2Server, multiplexed: CurlTransport
) -> None:
    multiplexed.expect(Request(two.url("/text/html/1")), MANY)
    found = await answers(multiplexed, *(Request(two.url(f"/text/html/{size}")) for size in range(1, 9)))
    assert [(len(answer.body), answer.http_version) for answer in found] == [(size, "2") for size in range(1, 9)]


async def test_http_1_goes_on_where_it_is_understood(web: Web, transport: CurlTransport) -> None:
    """An origin that has answered is not asked again in HTTP/2 when it closes connections, a kept one and a new."""
    host = web.host("tls.example")
    host.page("/a")
    host.on("/b", ())
    a, b = (Request(host.https(path)) for path in ("/a", "/b"))
    transport.expect(a, MANY)
    await answers(transport, a)
    outcome = await transport.fetch(b)
    assert isinstance(outcome, Failure)
    assert (outcome.reason, [seen.target for seen in host.seen]) == ("protocol-error", ["/a", "/b", "/b"])


async def test_a_stream_is_stopped_and_the_connection_kept(two: Http2Server, multiplexed: CurlTransport) -> None:
    for _ in range(3):
        (answer,) = await answers(multiplexed, Request(two.url("/text/html/300000000"), body_limit=LIMIT))
        assert (len(answer.body), answer.complete) == (LIMIT, False)
    assert two.protocols == ["h2"]


async def test_those_beside_a_stopped_stream_go_on(two: Http2Server, multiplexed: CurlTransport) -> None:
    """All of the other's answer has come in with what the first one is stopped at, and nothing more comes."""
    await multiplexed.fetch(Request(two.url("/text/html/1")))
    two.together = 2
    for _ in range(5):
        stopped, whole = Request(two.url("/text/html/30000"), body_limit=10), Request(two.url("/text/html/20000"))
        found = await answers(multiplexed, stopped, whole)
        assert [len(answer.body) for answer in found] == [10, 20_000]
        assert max(answer.elapsed for answer in found) < 5
    assert two.protocols == ["h2"]


@pytest.mark.parametrize("first", [1, 9_000, 16_384, 20_000])
async def test_those_beside_a_finished_stream_go_on(first: int, two: Http2Server, multiplexed: CurlTransport) -> None:
    """The same where the first one is read to its end."""
    await multiplexed.fetch(Request(two.url("/text/html/1")))
    two.together = 2
    for second in (1, 700, 9_000, 16_384, 20_000, 40_000):
        found = await answers(multiplexed, *(Request(two.url(f"/text/html/{size}")) for size in (first, second)))
        assert [len(answer.body) for answer in found] == [first, second]
        assert max(answer.elapsed for answer in found) < 5
    assert two.protocols == ["h2"]


async def test_a_cancelled_stream_leaves_the_others_alone(two: Http2Server, multiplexed: CurlTransport) -> None:
    await multiplexed.fetch(Request(two.url("/text/html/1")))
    for _ in range(5):
        doomed = asyncio.ensure_future(multiplexed.fetch(Request(two.url("/text/html/300000000"), body_limit=1 << 30)))
        await asyncio.sleep(0)
        other = asyncio.ensure_future(multiplexed.fetch(Request(two.url("/text/html/60000"))))
        await asyncio.sleep(0.01)
        doomed.cancel()
        outcome = await other
        assert isinstance(outcome, Response)
        assert outcome.elapsed < 5
    assert two.protocols == ["h2"]


@pytest.mark.parametrize(
    ("size", "connections"),
    [(LIMIT + DRAIN, 1), (LIMIT + DRAIN + 1, 2)],
    ids=["little is left", "much is left"],
)
async def test_a_small_rest_is_read_on_to_keep_the_connection(
    size: int, connections: int, web: Web, transport: CurlTransport
) -> None:
    host = web.host("news.example")
    host.page("/", b"x" * size)
    for _ in range(2):
        (answer,) = await answers(transport, Request(host.http(), body_limit=LIMIT))
        assert (len(answer.body), answer.complete) == (LIMIT, False)
    assert host.connections == connections


@pytest.mark.parametrize(("size", "connections"), [(LIMIT + DRAIN // 2, 1), (4 * DRAIN, 2)])
async def test_so_is_a_rest_of_unknown_size(size: int, connections: int, web: Web, transport: CurlTransport) -> None:
    host = web.host("news.example")
    host.on("/", Answer(200, b"x" * size, chunked=True))
    for _ in range(2):
        (answer,) = await answers(transport, Request(host.http(), body_limit=LIMIT))
        assert (len(answer.body), answer.complete) == (LIMIT, False)
    assert host.connections == connections


async def test_but_not_for_long(web: Web, transport: CurlTransport) -> None:
    """Whoever sends the rest too slowly loses the connection; the answer is there all the same."""
    url = serve(web, "stall-in-body")["stall-in-body"]
    (answer,) = await answers(transport, Request(url, body_limit=10))
    assert (len(answer.body), answer.complete) == (10, False)
    assert answer.elapsed < 5
    await to_thread.run_sync(web.wait_closed)


@pytest.mark.parametrize(
    ("content_type", "role", "kept"),
    [
        ("image/jpeg", Role.WEB, ENOUGH),
        ("Image/PNG; q=1", Role.AMP, ENOUGH),
        ("application/pdf", Role.WEB, ENOUGH),
        ("image/jpeg", Role.IMAGE, 20_000),
        ("image/svg+xml", Role.WEB, 20_000),
        ("text/html", Role.WEB, 20_000),
        ("application/xhtml+xml", Role.WEB, 20_000),
        ("", Role.WEB, 20_000),
    ],
)
async def test_of_what_cannot_be_read_only_the_beginning_is_kept(
    content_type: str, role: Role, kept: int, web: Web, transport: CurlTransport
) -> None:
    host = web.host("news.example")
    host.on("/", Answer(200, b"x" * 20_000, (("Content-Type", content_type),) if content_type else ()))
    (answer,) = await answers(transport, Request(host.http(), role))
    assert (len(answer.body), answer.complete) == (kept, kept == 20_000)
    assert kept + DRAIN_STREAM > 20_000  # or a stream would be stopped


async def test_two_at_once_to_an_origin_that_has_not_been_met(web: Web, transport: CurlTransport) -> None:
    """With HTTP/1.1 the second makes a connection of its own once the first has shown that it can't be shared."""
    host = web.host("slow.example")
    host.delay = 0.3
    url = host.page("/")
    found = await answers(transport, *(Request(url) for _ in range(3)))
    assert Counter(answer.status for answer in found) == {200: 3}
    assert host.most_under_way == 3


async def test_a_failed_handshake_holds_nobody_up(web: Web) -> None:
    url = serve(web, "tls-reset")["tls-reset"]
    opened = CurlTransport(Fetch(), Network(connect_to=web.connect_to, cacert=web.cacert))
    outcomes = await asyncio.gather(*(opened.fetch(Request(url)) for _ in range(4)))
    await opened.aclose()
    assert [getattr(outcome, "reason", None) for outcome in outcomes] == ["tls-handshake"] * 4


async def test_an_address_is_asked_itself_after_a_name_that_leads_elsewhere(web: Web) -> None:
    host = web.host("news.example")
    host.page("/a")
    rule = f"news.example:80:{web.address}:{web.port}"
    opened = CurlTransport(Fetch(), Network(connect_to=(rule,), allow_addresses=("127.0.0.0/8",)))
    for _ in range(2):
        (answer,) = await answers(opened, Request(host.http("/a")))
        assert answer.status == 200
        (other,) = await answers(opened, Request(f"http://{web.address}:{web.port}/a"))
        assert other.status == 421  # no host of that web, but asked
        refused = await opened.fetch(Request(f"http://{web.address}:1/a"))
        assert isinstance(refused, Failure)
        assert f"via {web.address}:{web.port}" not in refused.message
    await opened.aclose()


async def test_credentials_of_a_url_are_not_sent(web: Web, transport: CurlTransport) -> None:
    host = web.host("news.example")
    host.page("/a")
    await answers(transport, Request("http://user:secret@news.example/a"))
    (seen,) = host.seen
    assert (seen.target, seen.fields["host"]) == ("/a", "news.example")
    assert "authorization" not in seen.fields


async def test_an_address_is_kept_while_it_is_good(web: Web) -> None:
    """Names often give their addresses in another order each time; connections are not given up for that."""
    resolver = Recorded(["127.0.0.1", "127.0.0.9"])
    network = Network(allow_addresses=("127.0.0.0/8",))
    host = web.host("news.example")
    host.page("/")
    opened = CurlTransport(Fetch(), network, resolver)
    for _ in range(3):
        (answer,) = await answers(opened, Request(f"http://news.example:{web.port}/"))
        assert answer.address == f"127.0.0.1:{web.port}"
    await opened.aclose()
    assert (resolver.asked, host.connections) == (["news.example"], 1)


async def test_nobody_has_to_wait_for_what_is_told(web: Web, transport: CurlTransport) -> None:
    """Once the origin is known, an exchange needs no task, and the next may begin where one is told of."""
    host = web.host("news.example")
    url = host.page("/", b"a body")
    request = Request(url)
    over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    told: list[tuple[int, object]] = []

    def tell(name: int, outcome: object) -> None:
        told.append((name, outcome))
        if name == 9:
            over.set_result(None)
        else:
            assert transport.start(request, name + 1, tell)

    assert not transport.start(request, 0, tell)
    await answers(transport, request)
    assert transport.start(request, 0, tell)
    assert not told, "never from within"
    await asyncio.wait_for(over, GENEROUS)
    assert [(name, getattr(outcome, "body", None)) for name, outcome in told] == [(n, b"a body") for n in range(10)]
    assert host.connections == 1
    for cannot in (Request("http://café.example/"), Request(url, fields=(("A", "b\r\nc"),)), Request("http://?/")):
        assert not transport.start(cannot, 0, tell)


async def test_what_begins_in_the_place_of_a_rest_has_all_its_time(web: Web, transport: CurlTransport) -> None:
    """The time in which a rest is read on ends with that exchange."""
    short, slow = web.host("short.example"), web.host("slow.example")
    short.on("/", Answer(200, b"x" * (LIMIT + DRAIN // 2)))
    slow.page("/")
    requests = Request(short.http(), body_limit=LIMIT), Request(slow.http())
    await answers(transport, *requests)
    slow.delay = 3 * DRAIN_SECONDS
    over: asyncio.Future[object] = asyncio.get_running_loop().create_future()

    def tell(name: int, outcome: object) -> None:
        if name or not transport.start(requests[1], 1, tell):
            over.set_result(outcome)

    assert transport.start(requests[0], 0, tell)
    outcome = await asyncio.wait_for(over, GENEROUS)
    assert isinstance(outcome, Response)
    assert outcome.complete


async def slow(web: Web, transport: CurlTransport) -> Request:
    """To a host that is known by now and takes its time."""
    host = web.host("slow.example")
    request = Request(host.page("/"))
    await answers(transport, request)
    host.delay = 0.3
    return request


async def test_what_is_dropped_is_not_told(web: Web, transport: CurlTransport) -> None:
    request, told = await slow(web, transport), list[object]()
    dropped, kept = (lambda name, outcome: told.append(name)), (lambda name, outcome: told.append(name))
    for name, tell in enumerate((dropped, kept, dropped)):
        assert transport.start(request, name, tell)
    waits = asyncio.ensure_future(transport.fetch(request))
    await asyncio.sleep(0)
    transport.drop(dropped)
    transport.drop(dropped)
    assert isinstance(await waits, Response)
    await answers(transport, request)
    assert told == [1]


async def test_what_is_under_way_is_told_of_the_end(web: Web, transport: CurlTransport) -> None:
    request, told = await slow(web, transport), list[object]()
    assert transport.start(request, 0, lambda name, outcome: told.append(outcome))
    await transport.aclose()
    assert [getattr(outcome, "reason", None) for outcome in told] == ["connection-reset"]
    assert not transport.start(request, 0, lambda name, outcome: told.append(outcome))


async def test_after_a_connection_that_failed_the_name_is_asked_for_again(web: Web) -> None:
    request = Request(serve(web, "refused")["refused"])
    opened = CurlTransport(Fetch(), Network(connect_to=web.connect_to, cacert=web.cacert))
    assert isinstance(await opened.fetch(request), Failure)
    assert not opened.start(request, 0, print)
    await opened.aclose()


async def test_nothing_can_be_asked_of_a_closed_transport(transport: CurlTransport) -> None:
    await transport.aclose()
    await transport.aclose()
    outcome = await transport.fetch(Request("http://news.example/"))
    assert isinstance(outcome, Failure)
    assert outcome.reason == "connection-reset"


async def test_a_client_of_httpx(web: Web) -> None:
    host = web.host("news.example")
    host.page("/", b"<title>A story</title>")
    urls = serve(web, "gzip", "refused", "cut-length")
    transport = CurlTransport(Fetch(), Network(connect_to=web.connect_to, cacert=web.cacert))
    async with httpx.AsyncClient(transport=CurlHttpxTransport(transport)) as client:
        answer = await client.get(host.https(), headers={"Cookie": "a=1"})
        assert (answer.status_code, answer.text, answer.http_version) == (200, "<title>A story</title>", "HTTP/1.1")
        assert host.seen[0].fields["cookie"] == "a=1"
        assert "A story" in (await client.get(urls["gzip"])).text
        with pytest.raises(httpx.ConnectError, match="connect-refused"):
            await client.get(urls["refused"])
        with pytest.raises(httpx.RemoteProtocolError, match="body-truncated"):
            await client.get(urls["cut-length"])
        with pytest.raises(httpx.UnsupportedProtocol):
            await client.post(host.https(), content=b"x")
    await transport.aclose()


UNCLOSED = """
import asyncio, sys
from crawler.config import Fetch, Network
from crawler.fetch.curl import CurlTransport
from crawler.model.exchange import Request

async def leave():
    transport = CurlTransport(Fetch(), Network(connect_to=(sys.argv[1],), cacert=sys.argv[2]))
    outcome = await transport.fetch(Request("https://news.example/"))
    print(outcome.status)

asyncio.run(leave())
"""


def test_a_transport_that_nobody_closed_does_no_harm(web: Web) -> None:
    """An interrupted run may never come to that."""
    web.host("news.example").page("/")
    arguments = [sys.executable, "-c", UNCLOSED, web.connect_to[-1], web.cacert]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr, done.returncode) == ("200\n", "", 0)


@pytest.mark.parametrize("url", ["http://news.example/café", "http://café.example/"])
async def test_a_url_is_in_ascii(url: str, web: Web, transport: CurlTransport) -> None:
    outcome = await transport.fetch(Request(url))
    assert isinstance(outcome, Failure)
    assert outcome.reason == "url-malformed"
    assert web.connections == 0


async def test_a_fault_of_ours_reaches_whoever_waits(web: Web, transport: CurlTransport) -> None:
    """And the transport goes on: libcurl, which knows no exceptions, would have it pass for a server's."""
    web.host("www.example.org").on("/", Answer(200, b"a body"))
    with pytest.raises(TypeError):
        await transport.fetch(Request("http://www.example.org/", body_limit="x"))  # type: ignore[arg-type]
    assert isinstance(await transport.fetch(Request("http://www.example.org/")), Response)


async def test_a_fault_between_exchanges_ends_those_under_way(web: Web) -> None:
    """As the event loop would only log it, all others would wait for ever."""
    web.host("www.example.org").on("/", Answer(200, b"a body"))
    broke: asyncio.Future[Exception] = asyncio.get_running_loop().create_future()

    def end(easy: object, code: int, words: str) -> None:
        raise ZeroDivisionError

    multi = Multi(8, end, lambda: None, broke.set_result)
    easy = pycurl.Curl()
    easy.setopt(pycurl.URL, "http://www.example.org/")
    easy.setopt(pycurl.CONNECT_TO, [*web.connect_to])
    easy.setopt(pycurl.WRITEFUNCTION, lambda piece: None)
    multi.add(easy)
    assert isinstance(await asyncio.wait_for(broke, GENEROUS), ZeroDivisionError)
    multi.remove(easy)
    multi.close()
