"""A child process: its part of a run."""

import socket
from collections.abc import AsyncIterator

import anyio

from crawler.engine import Engine
from crawler.fetch.choose import open_transport
from crawler.fetch.port import Transport
from crawler.http.url import Url
from crawler.memory import leave, settle
from crawler.model.exchange import Failure
from crawler.model.link import Link
from crawler.model.observation import Observation
from crawler.model.role import Role
from crawler.shards.channel import Channel
from crawler.shards.hearsay import Hearsay
from crawler.shards.messages import News, Order, Settings, Told, told
from crawler.shards.packing import Packer
from crawler.visiting.action import Done
from crawler.visiting.errand import Errand
from crawler.visiting.targets import Recalled, Target, Targets

GATHERING = 0.005
"""Seconds in which news come together for one message: what a message costs is then shared by many."""

UNTOLD = 2000
"""Observations that wait for being told before the engine pauses: the parent can't keep up."""


class Shard:
    """An engine that takes orders from a channel and tells its news there, until the other end sends no more."""

    def __init__(self, channel: Channel, settings: Settings, transport: Transport) -> None:
        self._channel = channel
        self._packer = Packer(settings.policy)
        self._hearsay = Hearsay(self._call_teller)
        self._known: dict[tuple[str, Role], Observation] = {}
        """What the last order said is known from before."""
        self._engine = Engine(
            transport,
            Targets(_let_pass, self._recall),
            settings.pool,
            settings.policy,
            self._deliver,
            robots_agent=settings.robots_agent,
            elsewhere=self._pass_on,
            memory=self._hearsay if settings.remembers else None,
        )
        self._observations: list[Told] = []
        self._errands: list[tuple[str, bytes]] = []
        self._has_news = anyio.Event()
        self._over = False

    async def run(self) -> None:
        """Work until there is no more to do or to be told."""
        async with anyio.create_task_group() as group:
            group.start_soon(self._tell)
            await self._engine.run(self._orders())
            self._over = True
            self._has_news.set()

    async def _orders(self) -> AsyncIterator[list[Link]]:
        order: Order | None
        while (order := await self._channel.receive()) is not None:
            self._hearsay.hear(order.rests, order.robots)
            self._known = {(known.url, role): known for role, known in order.known}
            for packed in order.errands:
                self._engine.arrive(*self._packer.unpack(packed))
            yield [Link(url, role, "" if robots else None) for url, role, robots in order.links]
            self._known = {}
        self._engine.stop()

    async def _tell(self) -> None:
        while not self._over or self._observations:
            await self._has_news.wait()
            self._has_news = anyio.Event()
            if not self._over:
                await anyio.sleep(GATHERING)
            observations, self._observations = self._observations, []
            errands, self._errands = self._errands, []
            await self._channel.send(News(self._engine.in_flight, observations, errands, *self._hearsay.told()))
            self._engine.resume()

    def _recall(self, url: str, role: Role) -> Recalled | None:
        known = self._known.get((url, role))
        return Recalled(known, enough=False) if known is not None else None

    def _deliver(self, target: Target, observation: Observation) -> None:
        self._observations.append(told(observation))
        self._call_teller()
        if len(self._observations) >= UNTOLD:
            self._engine.pause()

    def _pass_on(self, host: str, errand: Errand, done: Done | None) -> None:
        self._errands.append((host, self._packer.pack(errand, done)))
        self._call_teller()

    def _call_teller(self) -> None:
        self._has_news.set()


def _let_pass(link: Link, url: Url) -> Failure | None:
    """The parent has looked at every link already."""
    return None


def main(descriptor: int) -> None:
    """The program of a child: `descriptor` is its end of a channel."""
    settle()
    anyio.run(_main, socket.socket(fileno=descriptor))
    leave()


async def _main(sock: socket.socket) -> None:
    channel = await Channel.over(sock)
    settings: Settings | None = await channel.receive()
    if settings is not None:
        async with open_transport(settings.policy.fetch, settings.network) as transport:
            await Shard(channel, settings, transport).run()
