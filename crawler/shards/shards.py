"""The parent of a run that is shared out over processes."""

from collections.abc import AsyncIterable, AsyncIterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from math import inf
from time import time

import anyio
from anyio.abc import TaskGroup

from crawler.config import Network, Pool
from crawler.engine import BUDGET, Deliver, Engine
from crawler.errors import RunError
from crawler.fetch.port import Transport
from crawler.model.exchange import Failure
from crawler.model.link import Link
from crawler.model.observation import Observation
from crawler.shards.birth import Born
from crawler.shards.child import PATIENCE, Child
from crawler.shards.messages import News, Settings
from crawler.store.port import HostMemory
from crawler.visiting.targets import Target, Targets
from crawler.visiting.visit import Policy

WORTH = 200
"""Links in the first batch from which a run is shared out. Fewer are all there is, mostly, and are visited before
children that have to be started could be there."""


class Shards:
    """Does what `Engine` does, with the work of visiting shared out by host.

    Hosts are dealt as they come, each to the child with the least left to do, and stay there. The concurrency is shared
    out too; what is promised to a single host is not touched by it. Should a child end before its time, the run does.
    """

    def __init__(
        self,
        transport: Transport,
        targets: Targets,
        pool: Pool,
        policy: Policy,
        deliver: Deliver,
        *,
        network: Network,
        robots_agent: str | None = None,
        memory: HostMemory | None = None,
        born: Sequence[Born] = (),
    ) -> None:
        """As for `Engine`; `network` is for the children's own transports, and `born` are children to begin with."""
        self._targets = targets
        self._deliver = deliver
        self._memory = memory
        self._engine = Engine(transport, targets, pool, policy, deliver, robots_agent=robots_agent, memory=memory)
        """For a run that is not worth sharing out."""
        self._children = [
            Child(Settings(share, policy, network, robots_agent, memory is not None)) for share in shares(pool)
        ]
        self._born = born
        self._homes: dict[str, Child] = {}
        """Where each host lives; `www.` and the name without it lead to each other so often that they live together."""
        self._met: set[str] = set()
        """Hosts of which has been told what is known from before."""
        self._left = 0
        self._reading = True
        self._over = anyio.Event()
        self._dismissed = False
        self._resumed: anyio.Event | None = None
        """What the news wait for while paused."""
        self._fault: RunError | None = None

    @property
    def in_flight(self) -> int:
        """Requests under way, as far as is known here."""
        return self._engine.in_flight + sum(child.in_flight for child in self._children)

    async def run(self, batches: AsyncIterable[Sequence[Link]], budget: float | None = None) -> bool:
        """As `Engine.run`. Raises RunError where a child ends before its time."""
        ends = inf if budget is None else anyio.current_time() + budget
        rest = aiter(batches)
        first: Sequence[Link] = []  # no tuple: as its default, that makes `anext` raise SystemError (CPython 3.11)
        with anyio.CancelScope(deadline=ends) as scope:
            first = await anext(rest, first)
        if scope.cancelled_caught:
            return False
        if len(first) < WORTH:
            return await self._engine.run(_both(first, rest), ends - anyio.current_time())
        try:
            return await self._share_out(_both(first, rest), ends)
        finally:
            with anyio.CancelScope(shield=True):
                await self._end_children()

    def pause(self) -> None:
        """Take no more news: the children start no more requests once they have too much to tell."""
        self._engine.pause()
        self._resumed = self._resumed or anyio.Event()

    def resume(self) -> None:
        """Go on after `pause`."""
        self._engine.resume()
        if self._resumed:
            self._resumed.set()
            self._resumed = None

    async def _share_out(self, batches: AsyncIterable[Sequence[Link]], ends: float) -> bool:
        for child, born in zip_longest(self._children, self._born[: len(self._children)]):
            await child.start(born)
        async with anyio.create_task_group() as group:
            for child in self._children:
                group.start_soon(self._follow, child, group)
            with anyio.CancelScope(deadline=ends) as scope:
                await self._read(batches)
                await self._over.wait()
            self._dismissed = True
            for child in self._children:
                await child.dismiss()
            group.cancel_scope.deadline = anyio.current_time() + PATIENCE
        if self._fault:
            raise self._fault
        for target in self._targets.unfinished():
            self._end(target, Observation(target.url, failure=BUDGET, observed_at=time()))
        return not scope.cancelled_caught

    async def _read(self, batches: AsyncIterable[Sequence[Link]]) -> None:
        async for batch in batches:
            for link, target, refusal, is_new in [self._add(link) for link in batch]:
                if target.answer is not None:
                    self._end(target, target.answer)
                elif refusal is not None:
                    self._end(target, Observation(target.url, failure=refusal, observed_at=time()))
                elif not target.done:
                    self._deal(link, target, is_new=is_new)
            for child in self._children:
                if child.links:
                    await child.order()
        self._reading = False
        self._end_if_over()

    def _add(self, link: Link) -> tuple[Link, Target, Failure | None, bool]:
        """A link with its target, why that is not to be asked for if there is a reason, and whether it is new."""
        new = self._targets.add(link)
        target, refusal = new or (self._targets.find(link.url), None)
        return link, target, refusal, new is not None

    def _deal(self, link: Link, target: Target, *, is_new: bool) -> None:
        """Deal a link to where its host lives, also where its target is known: it may ask more of it."""
        child = self._home(target.host)
        child.links.append((link.url, link.role, link.path is not None))
        if target.known is not None:
            child.known.append((target.role, target.known))
            target.known = None
        child.left += is_new
        self._left += is_new

    def _home(self, host: str, near: Child | None = None) -> Child:
        """Where a host lives. One that has just been met moves in `near`, or where there is least to do."""
        name = host.removeprefix("www.")
        if name not in self._homes:
            self._homes[name] = near or min(self._children, key=lambda child: child.left)
        home = self._homes[name]
        if self._memory is not None and host not in self._met:
            self._met.add(host)
            if rest := self._memory.rest(host):
                home.rests.append(rest)
            files = [self._memory.robots_file(f"{scheme}://{host}") for scheme in ("https", "http")]
            home.robots += [file for file in files if file]
        return home

    async def _follow(self, child: Child, group: TaskGroup) -> None:
        """Take in what a child tells, until it ends."""
        while (news := await child.news()) is not None:
            while self._resumed:
                await self._resumed.wait()
            child.in_flight = news.in_flight
            child.left -= len(news.told)
            self._left -= len(news.told)
            for observation in news.observations:
                self._end(self._targets.find(observation.url), observation)
            if self._memory is not None:
                for rest in news.rests:
                    self._memory.leave_alone(rest)
                for file in news.robots:
                    self._memory.keep_robots(file)
            await self._forward(child, news)
            self._end_if_over()
        if not self._dismissed:
            how = await child.wait()
            number = self._children.index(child) + 1
            self._fault = RunError(f"process {number} of {len(self._children)} ended before its work was done ({how})")
            group.cancel_scope.cancel()

    async def _forward(self, child: Child, news: News) -> None:
        """Have visits go on where the hosts live that they have been led to."""
        moving: dict[Child, list[bytes]] = {}
        for host, errand in news.errands:
            home = self._home(host, near=child)
            child.left -= 1
            home.left += 1
            moving.setdefault(home, []).append(errand)
        for home, errands in moving.items():
            await home.order(*errands)

    async def _end_children(self) -> None:
        for child in self._children:
            await child.close()
        async with anyio.create_task_group() as group:
            for child in self._children:
                group.start_soon(child.wait)

    def _end(self, target: Target, observation: Observation) -> None:
        target.done = True
        target.known = None
        self._deliver(target, observation)

    def _end_if_over(self) -> None:
        if not self._reading and not self._left:
            self._over.set()


def shares(pool: Pool) -> list[Pool]:
    """The settings for each child: as many as there are to be, and no more than there are requests to share out."""
    count = min(pool.processes, pool.concurrency)
    least, more = divmod(pool.concurrency, count)
    return [replace(pool, concurrency=least + (number < more), processes=1) for number in range(count)]


async def _both(first: Sequence[Link], rest: AsyncIterator[Sequence[Link]]) -> AsyncIterator[Sequence[Link]]:
    yield first
    async for batch in rest:
        yield batch
