"""A child process as its parent has it."""

import signal

import anyio
from anyio import to_thread

from crawler.model.observation import Observation
from crawler.model.role import Role
from crawler.shards.birth import Born, Process, start
from crawler.shards.channel import Channel
from crawler.shards.messages import Asked, News, Order, Settings
from crawler.store.port import Rest, RobotsFile

PATIENCE = 5.0
"""Seconds that a child has for ending before it is killed."""


class Child:
    """Starts when told to, and has ended for certain after `wait`."""

    def __init__(self, settings: Settings) -> None:
        self.left = 0
        """Visits that it has and that are not over."""
        self.in_flight = 0
        """Requests that it had under way when it last told."""
        self.links: list[Asked] = []
        self.known: list[tuple[Role, Observation]] = []
        self.rests: list[Rest] = []
        self.robots: list[RobotsFile] = []
        """What `order` is going to send."""
        self._settings = settings
        self._process: Process | None = None
        self._channel: Channel | None = None

    async def start(self, born: Born | None = None) -> None:
        """Have it live: as the one that was forked for it, or as a new one. Raises RunError where the system does not
        let us.
        """
        self._process, ours = born or start()
        self._channel = await Channel.over(ours)
        await self._channel.send(self._settings)

    async def order(self, *errands: bytes) -> None:
        """Send what it is to visit."""
        assert self._channel is not None
        order = Order(self.links, errands, self.known, self.rests, self.robots)
        self.links, self.known, self.rests, self.robots = [], [], [], []
        await self._channel.send(order)

    async def news(self) -> News | None:
        """What it tells next; None when it has ended."""
        assert self._channel is not None
        news: News | None = await self._channel.receive()
        return news

    async def dismiss(self) -> None:
        """Have it stop, tell what it has, and end."""
        assert self._channel is not None
        await self._channel.send_end()

    async def close(self) -> None:
        """Listen to it no more, which it takes as a sign to end."""
        if self._channel is not None:
            await self._channel.aclose()

    async def wait(self) -> str:
        """See that it is gone, and say how it ended."""
        if self._process is None:
            return "never started"
        with anyio.move_on_after(PATIENCE):
            await to_thread.run_sync(self._process.wait, abandon_on_cancel=True)
        if self._process.poll() is None:
            self._process.kill()
        code = self._process.wait()
        return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
