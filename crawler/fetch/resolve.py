"""Name resolution by the system, in threads that hold nothing up.

An event loop's own executor has a handful of threads, and its end waits for every one of them: a few names whose name
servers don't answer would stop all other lookups, and then the program's exit. Here each lookup has a daemon thread.
"""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

Resolve = Callable[[str], Awaitable[Sequence[str]]]
"""Host name (ASCII) in, addresses as text out, the preferred one first. Raises `OSError`, mostly `socket.gaierror`."""

LOOKUPS = 64
"""Lookups under way at once. A dead name server holds one for some 10 seconds, a good one for milliseconds."""

NAME_LIMIT, LABEL_LIMIT = 253, 63
"""Characters of a name, as text and without the dot at its end, and of one label (RFC 1035, section 2.3.4)."""


class SystemResolver:
    """A `Resolve` over `getaddrinfo`, for one event loop. Whoever is cancelled leaves at once; its lookup runs out."""

    def __init__(self, lookup: Callable[[str], Sequence[str]] | None = None, lookups: int = LOOKUPS) -> None:
        """`lookup` is the blocking call that is made in a thread."""
        self._lookup = lookup or addresses
        self._slots = asyncio.Semaphore(lookups)

    async def __call__(self, host: str) -> Sequence[str]:
        await self._slots.acquire()
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Sequence[str]] = loop.create_future()
        threading.Thread(target=self._look, args=(host, loop, answer), name=f"lookup of {host}", daemon=True).start()
        return await answer

    def _look(self, host: str, loop: asyncio.AbstractEventLoop, answer: asyncio.Future[Sequence[str]]) -> None:
        found: Sequence[str] | OSError
        try:
            found = self._lookup(host)
        except OSError as error:
            found = error
        with suppress(RuntimeError):  # the loop has been closed: nobody waits any more
            loop.call_soon_threadsafe(self._deliver, answer, found)

    def _deliver(self, answer: asyncio.Future[Sequence[str]], found: Sequence[str] | OSError) -> None:
        self._slots.release()
        if answer.done():
            return
        if isinstance(found, OSError):
            answer.set_exception(found)
        else:
            answer.set_result(found)


def addresses(host: str) -> list[str]:
    """All addresses of a name, each once, in the system's order (RFC 6724). Blocks; raises `socket.gaierror`."""
    if not possible(host):
        raise socket.gaierror(socket.EAI_NONAME, "no name in the DNS can be like this")
    found = socket.getaddrinfo(host.encode("ascii"), None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def possible(host: str) -> bool:
    """Whether the DNS could hold such a name at all; asking for others gives a different error on each system."""
    name = host.removesuffix(".")
    return (
        host.isascii()
        and host.isprintable()
        and 0 < len(name) <= NAME_LIMIT
        and all(0 < len(label) <= LABEL_LIMIT for label in name.split("."))
    )
