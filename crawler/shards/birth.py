"""How a child process comes to be, and what its parent has of it: its end of a channel, and a hold on the process.

It is started, which works everywhere and at any time, or forked: then it has at once what the parent has imported,
which would cost it a tenth of a second of CPU. Forked is only a parent without threads or an event loop, so that is
done before a run begins; and only on Linux, as libraries of macOS do not outlive it.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple, NoReturn, Protocol

from crawler.errors import RunError

MAIN = "import sys; sys.path[:] = sys.argv[2:]; from crawler.shards.shard import main; main(int(sys.argv[1]))"
"""The program of a child that is started: with the same places for modules as here, and without the parent's own main
module, which is no business of its."""

OURS = (signal.SIGINT, signal.SIGTERM)
"""Signals that shells and service managers send to a whole group of processes: they are the parent's to heed. A child
is born with them blocked, and so never hears them. It ends when its channel does."""


class Process(Protocol):
    """What `subprocess.Popen` has as well, with its exit codes: those below zero are of signals."""

    def wait(self) -> int: ...

    def poll(self) -> int | None: ...

    def kill(self) -> None: ...


class Born(NamedTuple):
    """A child that waits for its settings."""

    process: Process
    channel: socket.socket
    """The parent's end."""


class Fork:
    """A forked process."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._code: int | None = None
        self._turn = threading.Lock()

    def wait(self) -> int:
        """Block until it has ended. Several threads may, and one may `poll` meanwhile."""
        while (code := self.poll()) is None:
            with suppress(ChildProcessError):
                os.waitid(os.P_PID, self._number, os.WEXITED | os.WNOWAIT)  # to be reaped by `poll`
        return code

    def poll(self) -> int | None:
        """Its exit code; None while it lives."""
        with self._turn:
            if self._code is None:
                number, status = os.waitpid(self._number, os.WNOHANG)
                self._code = os.waitstatus_to_exitcode(status) if number else None
            return self._code

    def kill(self) -> None:
        """Kill it, if it lives."""
        if self.poll() is None:
            os.kill(self._number, signal.SIGKILL)


def start() -> Born:
    """A new program. Raises RunError where the system does not let us."""
    ours, theirs = socket.socketpair()
    number = theirs.fileno()
    with theirs, _deaf(ours):
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", MAIN, str(number), *sys.path],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[number],
        )
    return Born(process, ours)


def can_fork() -> bool:
    """Whether this process is one that may fork."""
    return sys.platform == "linux" and threading.active_count() == 1


def fork(main: Callable[[int], None]) -> Born:
    """This program once more, which goes on with `main`, given its end of the channel. Raises RunError as `start`."""
    ours, theirs = socket.socketpair()
    with theirs, _deaf(ours):
        if not (number := os.fork()):
            _live(main, theirs.detach())
    return Born(Fork(number), ours)


def _live(main: Callable[[int], None], descriptor: int) -> NoReturn:
    """The life of a forked child, which never comes back to what the parent was about, nor holds open what it has."""
    code = 1
    try:
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0)
        os.dup2(null, 1)
        os.closerange(3, descriptor)
        os.closerange(descriptor + 1, os.sysconf("SC_OPEN_MAX"))
        main(descriptor)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


@contextmanager
def _deaf(ours: socket.socket) -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, OURS)
    try:
        yield
    except OSError as error:
        ours.close()
        raise RunError(f"no process could be started: {error}") from error
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def forked(count: int) -> Iterator[Sequence[Born]]:
    """So many forked children while they may be needed; fewer where the system does not let us, and none where this
    process can't fork.
    """
    born: list[Born] = []
    try:
        if can_fork():
            main = _ready()
            with suppress(RunError):  # for `start` to say, should more be needed
                born += (fork(main) for _ in range(count))
        yield born
    finally:
        for child in born:
            child.channel.close()
        for child in born:
            child.process.wait()


def _ready() -> Callable[[int], None]:
    """The children's program, once all is imported here that they need."""
    import anyio

    from crawler.memory import settle
    from crawler.shards.shard import main

    with suppress(ImportError):  # it is for `fetch.choose` to say what is then
        import crawler.fetch.curl  # noqa: F401
    anyio.run(anyio.sleep, 0)  # has it import its backend
    settle()  # what children share with the parent is not to be copied when they look for cycles
    return main
