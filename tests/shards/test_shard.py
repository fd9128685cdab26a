"""A child's part, at the other end of its channel: what it is told to do, and what it tells."""

import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import anyio
import pytest

from crawler.config import Fetch, Network, Pool
from crawler.model.exchange import Failure, Fields, Request, Response
from crawler.model.observation import Hop
from crawler.model.role import Role
from crawler.shards.channel import Channel
from crawler.shards.messages import Asked, News, Order, Settings
from crawler.shards.packing import Packer
from crawler.shards.shard import UNTOLD, Shard
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
async def shard(transport: Scripted) -> AsyncIterator[Channel]:
    """Its parent's end of the channel. The shard has to end by itself."""
    ours, theirs = socket.socketpair()
    here, there = await Channel.over(ours), await Channel.over(theirs)
    settings = Settings(Pool(concurrency=100, per_host=100), POLICY, Network(), None)

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
