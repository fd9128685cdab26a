"""Connections: kept, never mixed up, given back, and no more of them than there is room for."""

import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import anyio
import pytest
from anyio import to_thread

from crawler.model.exchange import Failure, Request, Response
from tests.fetch.conftest import GENEROUS, Open
from tests.web import Answer, Certificate, Reset, Script, Seen, Stall, Web
from tests.web.hostile import serve

SHORT = 0.3
ROOT = Path(__file__).parents[2]


async def test_a_connection_is_kept_for_the_next_request(web: Web, open_transport: Open) -> None:
    host = web.host("news.example")
    transport = open_transport()
    for url in (host.http("/a"), host.http("/b"), host.https("/c"), host.https("/d")):
        await transport.fetch(Request(url))
    assert [seen.target for seen in host.seen] == ["/a", "/b", "/c", "/d"]
    assert [len(same) for same in Counter(seen.connection for seen in host.seen).items()] == [2, 2]
    assert host.connections == 2


async def test_it_is_kept_where_the_body_just_fits(web: Web, open_transport: Open) -> None:
    host = web.host("news.example")
    host.page("/", b"x" * 500)
    transport = open_transport()
    for _ in range(3):
        await transport.fetch(Request(host.http(), body_limit=500))
    assert host.connections == 1


async def test_nothing_of_one_request_comes_with_another(web: Web, open_transport: Open) -> None:
    host = web.host("news.example")
    host.page("/", fields=(("Set-Cookie", "id=7; Path=/"), ("ETag", '"v1"'), ("WWW-Authenticate", "Basic")))
    transport = open_transport()
    own = (("Cookie", "own=1"), ("If-None-Match", '"v1"'), ("Range", "bytes=0-9"), ("User-Agent", "another"))
    for fields in ((), own, ()):
        await transport.fetch(Request(host.http(), fields=fields))
    first, second, third = (seen.lines for seen in host.seen)
    assert first == third
    assert {*second} - {*first} == {*(f"{name}: {value}" for name, value in own), "Accept-Encoding: identity"}


async def test_names_that_share_an_address_share_nothing_else(web: Web, open_transport: Open) -> None:
    """Each TLS connection is made for the name of its URL, and judged by it, whoever was there before."""
    transport = open_transport()
    good, other = web.host("good.example"), web.host("other.example")
    bad = web.host("bad.example", Certificate.WRONG_HOST)
    for host in (good, bad, other, good, bad):
        outcome = await transport.fetch(Request(host.https()))
        assert (getattr(outcome, "reason", "") == "tls-wrong-host") is (host is bad)
    assert [(seen.host, seen.tls_name) for seen in web.seen] == [
        (name, name) for name in ("good.example", "other.example", "good.example")
    ]
    assert good.seen[0].connection == good.seen[1].connection != other.seen[0].connection


@pytest.mark.parametrize("end", [(), (Reset(),)])
async def test_a_kept_connection_that_has_ended_is_no_fact_about_the_server(
    end: Script, web: Web, open_transport: Open
) -> None:
    asked: Counter[int] = Counter()

    def once_a_connection(seen: Seen) -> Answer | Script:
        asked[seen.connection] += 1
        return Answer() if asked[seen.connection] == 1 else end

    host = web.host("news.example")
    host.on("/", once_a_connection)
    transport = open_transport()
    for _ in range(3):
        assert isinstance(await transport.fetch(Request(host.http())), Response)
    assert sorted(asked.values()) == [1, 2, 2]


@pytest.mark.parametrize("end", [(), (Reset(),)])
async def test_on_a_new_connection_it_is_one(end: Script, web: Web, open_transport: Open) -> None:
    host = web.host("news.example")
    host.on("/", end)
    assert isinstance(await open_transport().fetch(Request(host.http())), Failure)
    assert len(host.seen) == 1


async def test_two_hundred_at_once(web: Web, open_transport: Open) -> None:
    hosts = [web.host(f"h{n}.example") for n in range(50)]
    for host in hosts:
        host.delay = 0.5
        host.page("/")
    transport = open_transport()
    outcomes: list[Response | Failure] = []

    async def fetch(url: str) -> None:
        outcomes.append(await transport.fetch(Request(url)))

    async with anyio.create_task_group() as tasks:
        for n in range(200):
            tasks.start_soon(fetch, hosts[n % 50].http())
    assert Counter(getattr(outcome, "status", outcome) for outcome in outcomes) == {200: 200}
    assert [host.most_under_way for host in hosts] == [4] * 50


@pytest.mark.parametrize("name", ["stall-unanswered", "stall-in-body", "drip-head", "tls-stall", "unanswered"])
async def test_cancellation_leaves_nothing_open(name: str, web: Web, open_transport: Open) -> None:
    urls = serve(web, name, "page")
    transport = open_transport()
    with anyio.move_on_after(SHORT) as scope:
        await transport.fetch(Request(urls[name]))
    assert scope.cancelled_caught
    await to_thread.run_sync(web.wait_closed)
    assert isinstance(await transport.fetch(Request(urls["page"])), Response)


@pytest.mark.parametrize("name", ["stall-unanswered", "stall-in-body", "tls-stall", "endless-body", "cut-length"])
async def test_nor_does_a_failure(name: str, web: Web, open_transport: Open) -> None:
    url = serve(web, name)[name]
    await open_transport(SHORT, SHORT).fetch(Request(url))
    await to_thread.run_sync(web.wait_closed)


async def test_closing_ends_what_is_under_way(web: Web, open_transport: Open) -> None:
    arrived = threading.Event()

    def stall(_: Seen) -> Script:
        arrived.set()
        return (Stall(),)

    host = web.host("news.example")
    host.on("/", stall)
    host.page("/quick")
    transport = open_transport()
    outcomes: list[Response | Failure] = []

    async def fetch() -> None:
        outcomes.append(await transport.fetch(Request(host.http())))

    with anyio.fail_after(GENEROUS):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(fetch)
            await to_thread.run_sync(arrived.wait)
            await transport.fetch(Request(host.http("/quick")))
            await transport.aclose()
    assert [type(outcome) for outcome in outcomes] == [Failure]
    await to_thread.run_sync(web.wait_closed)


FEW_DESCRIPTORS = """
import resource, sys
limit, concurrency, transport, connect_to = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
import anyio
from crawler.config import Fetch, Network
from crawler.model.exchange import Request
from tests.fetch.transports import TRANSPORTS

async def main():
    transport_ = TRANSPORTS[transport](Fetch(60, 60), Network(connect_to=(connect_to,)), None)
    urls, statuses = iter(range(300)), []
    async def work():
        for n in urls:
            outcome = await transport_.fetch(Request(f"http://h{n % 150}.example/"))
            statuses.append(getattr(outcome, "status", outcome))
    async with anyio.create_task_group() as tasks:
        for _ in range(concurrency):
            tasks.start_soon(work)
    await transport_.aclose()
    print({status: statuses.count(status) for status in statuses})

anyio.run(main)
"""


@pytest.mark.parametrize(("descriptors", "concurrency"), [(256, 128), (64, 100)])
async def test_few_descriptors(
    descriptors: int, concurrency: int, web: Web, open_transport: Open, request: pytest.FixtureRequest
) -> None:
    """With 256 there is room for all; with 64, requests wait until others are through rather than fail."""
    for n in range(150):
        web.host(f"h{n}.example").page("/")
    name = request.node.callspec.params["open_transport"]
    arguments = [str(descriptors), str(concurrency), name, web.connect_to[-1]]
    done = await to_thread.run_sync(
        lambda: subprocess.run(
            [sys.executable, "-c", FEW_DESCRIPTORS, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=100
        )
    )
    assert (done.stdout.strip(), done.stderr) == ("{200: 300}", "")
