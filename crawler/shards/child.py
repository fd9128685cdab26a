"""A child process as its parent has it."""

import signal
import socket
import subprocess
import sys

import anyio
from anyio import to_thread

from crawler.errors import RunError
from crawler.model.observation import Observation
from crawler.model.role import Role
from crawler.shards.channel import Channel
from crawler.shards.messages import Asked, News, Order, Settings
from crawler.store.port import Rest, RobotsFile

MAIN = "import sys; sys.path[:] = sys.argv[2:]; from crawler.shards.shard import main; main(int(sys.argv[1]))"
"""The child's program: with the same places for modules as here, and without the parent's own main module, which is no
business of its."""

OURS = (signal.SIGINT, signal.SIGTERM)
"""Signals that shells and service managers send to a whole group of processes: they are the parent's to heed. A child
is born with them blocked, and so never hears them. It ends when its channel does."""

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
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: Channel | None = None

    async def start(self) -> None:
        """Start the process. Raises RunError where the system does not let us."""
        ours, theirs = socket.socketpair()
        with theirs:
            self._channel = await Channel.over(ours)
            number = theirs.fileno()
            before = signal.pthread_sigmask(signal.SIG_BLOCK, OURS)
            try:
                self._process = subprocess.Popen(  # noqa: ASYNC220, S603
                    [sys.executable, "-c", MAIN, str(number), *sys.path],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    pass_fds=[number],
                )
            except OSError as error:
                raise RunError(f"no process could be started: {error}") from error
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
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
