"""A child's part, at the other end of its channel: what it is told to do, and what it tells."""

import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import time

import anyio
import pytest

from crawler.config import Fetch, Network, Pool
from crawler.model.exchange import Failure, Fields, Request, Response
from crawler.model.observation import Hop, Metadata, Observation
from crawler.model.role import Role
from crawler.shards.channel import Channel
from crawler.shards.messages import Asked, News, Order, Settings
from crawler.shards.packing import Packer
from crawler.shards.shard import UNTOLD, Shard
from crawler.store.port import Rest, RobotsFile
from crawler.visiting.targets import Target
from crawler.visiting.visit import Policy

pytestmark = pytest.mark.anyio

POLICY = Policy(Fetch(retries=0), 300.0, lambda url: None)


class Scripted:
    """A transport that answers from a function; None: never."""

    def __init__(self, script: Callable[[Request], Response | None]) -> None:
        self.script = script
        self.asked: list[str] = []

    async def fetch(self, request: Request) -> Response | Failure:
        self.asked.append(request.url)
        await anyio.lowlevel.checkpoint()
        answer = self.script(request)
        if answer is None:
            await anyio.sleep_forever()
        assert answer is not None
        return answer

    async def aclose(self) -> None:
        pass


@asynccontextmanager
async def shard(transport: Scripted, *, robots: str | None = None, remembers: bool = False) -> AsyncIterator[Channel]:
    """Its parent's end of the channel. The shard has to end by itself."""
    ours, theirs = socket.socketpair()
    here, there = await Channel.over(ours), await Channel.over(theirs)
    settings = Settings(Pool(concurrency=100, per_host=100), POLICY, Network(), robots, remembers)

    async def work() -> None:
        await Shard(there, settings, transport).run()
        await there.aclose()

    with anyio.fail_after(20):
        async with anyio.create_task_group() as group:
            group.start_soon(work)
            yield here
            await here.send_end()
    await here.aclose()


async def told(channel: Channel, count: int) -> list[News]:
    """News, until they hold so many observations and errands."""
    news: list[News] = []
    while sum(len(one.observations) + len(one.errands) for one in news) < count:
        news.append(await channel.receive())
    return news


def asked(*urls: str) -> list[Asked]:
    return [(url, Role.WEB, False) for url in urls]


def to(location: str) -> Response:
    return Response(302, Fields([("location", location)]))


async def test_it_tells_what_it_observed_of_what_it_was_told_to_visit() -> None:
    transport = Scripted(lambda request: Response(200, Fields()))
    async with shard(transport) as channel:
        await channel.send(Order(asked("https://a.example/", "https://b.example/", "https://a.example/#again")))
        news = await told(channel, 2)
    observations = {observation.url: observation for one in news for observation in one.observations}
    assert sorted(transport.asked) == sorted(observations) == ["https://a.example/", "https://b.example/"]
    assert news[-1].in_flight == 0


async def test_what_leads_to_a_host_that_it_never_met_is_passed_on_and_may_come_back() -> None:
    transport = Scripted(lambda request: to("https://b.example/") if "a." in request.url else Response(200, Fields()))
    async with shard(transport) as channel:
        await channel.send(Order(asked("https://a.example/")))
        ((host, packed),) = (await told(channel, 1))[-1].errands
        errand, done = Packer(POLICY).unpack(packed)
        assert (host, errand.url, done) == ("b.example", "https://a.example/", None)
        assert isinstance(errand, Target)
        assert transport.asked == ["https://a.example/"]
        await channel.send(Order(errands=[packed]))  # nobody else has it: the host is this one's from now on
        (observation,) = (await told(channel, 1))[-1].observations
    assert [hop.url for hop in observation.hops] == ["https://a.example/", "https://b.example/"]


async def test_when_it_is_told_no_more_it_tells_how_far_it_came_and_ends() -> None:
    transport = Scripted(lambda request: to("/stuck") if request.url.endswith("/") else None)
    urls = [f"https://a{number}.example/" for number in range(3)]
    async with shard(transport) as channel:
        await channel.send(Order(asked(*urls)))
        while len(transport.asked) < 6:
            await anyio.lowlevel.checkpoint()
        await channel.send_end()
        observations = []
        while (news := await channel.receive()) is not None:
            observations += news.observations
    assert sorted(observation.url for observation in observations) == urls
    for observation in observations:
        assert observation.failure is not None
        assert observation.failure.reason == "budget-exhausted"
        assert observation.hops == (Hop(observation.url, 302),)


NOW = time()
KNOWN = Observation("https://a.example/", (Hop("https://a.example/", 200),), None, Metadata(etag='"v1"'), NOW, 0.1, 1)


async def test_what_is_known_of_a_link_in_its_role_is_confirmed() -> None:
    sent: dict[str, tuple[tuple[str, str], ...]] = {}

    def script(request: Request) -> Response:
        sent[request.url] = request.fields
        return Response(304, Fields())

    async with shard(Scripted(script)) as channel:
        known = [(Role.WEB, KNOWN), (Role.IMAGE, KNOWN._replace(url="https://b.example/"))]
        await channel.send(Order(asked("https://a.example/", "https://b.example/"), known=known))
        news = await told(channel, 2)
    assert sent == {"https://a.example/": (("If-None-Match", '"v1"'),), "https://b.example/": ()}
    observations = {observation.url: observation for one in news for observation in one.observations}
    assert observations["https://a.example/"].confirmed
    assert not observations["https://b.example/"].confirmed


async def test_what_is_known_of_hosts_is_kept_to_and_what_they_say_is_told() -> None:
    rest = Rest("a.example", NOW + 7_200, Failure("http-429", "leave me alone"))
    rules = RobotsFile("https://b.example", NOW, 200, b"User-agent: *\nDisallow: /\n")

    def script(request: Request) -> Response:
        if request.url.endswith("/robots.txt"):
            return Response(404, Fields())
        return Response(503, Fields([("retry-after", "3600")]))

    transport = Scripted(script)
    async with shard(transport, robots="crawler", remembers=True) as channel:
        links = [(f"https://{host}.example/", Role.WEB, True) for host in "abc"]
        await channel.send(Order(links, rests=[rest], robots=[rules]))
        news = await told(channel, 3)
    reasons = {
        observation.url: observation.failure and observation.failure.reason
        for one in news
        for observation in one.observations
    }
    assert reasons == {
        "https://a.example/": "http-429",
        "https://b.example/": "robots-disallowed",
        "https://c.example/": None,
    }
    assert transport.asked == ["https://c.example/robots.txt", "https://c.example/"]
    assert [rest.host for one in news for rest in one.rests] == ["c.example"]
    assert [(file.origin, file.status) for one in news for file in one.robots] == [("https://c.example", 404)]


async def test_it_pauses_while_nobody_listens() -> None:
    transport = Scripted(lambda request: Response(200, Fields()))
    urls = [f"https://a.example/{number:0500}" for number in range(4 * UNTOLD)]
    async with shard(transport) as channel:
        await channel.send(Order(asked(*urls)))
        before = -1
        while len(transport.asked) < UNTOLD or len(transport.asked) > before:
            before = len(transport.asked)
            await anyio.sleep(0.05)
        assert UNTOLD <= before < 3 * UNTOLD
        news = await told(channel, len(urls))
    assert sorted(observation.url for one in news for observation in one.observations) == urls
