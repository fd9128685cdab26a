"""The sockets that libcurl waits for, in one selector of their own, which an event loop watches as a single descriptor.

One readiness of that descriptor then stands for a whole batch of sockets. A reader of the loop for each socket takes
three times as long: adding and removing one costs more than the wait itself, and each is a callback of its own.
"""

import select
import selectors
from collections.abc import Iterable
from contextlib import suppress
from typing import ClassVar, Final, Protocol

from pycurl import CSELECT_ERR, CSELECT_IN, CSELECT_OUT, POLL_IN, POLL_INOUT, POLL_OUT, POLL_REMOVE

REMOVE: Final[int] = POLL_REMOVE

LET_GO: Final = -1
"""Where nothing is waited for, though the socket may still be registered."""

BATCH = 512
"""Sockets that are reported at once at most; the others follow in the loop's next turn."""


class Sockets(Protocol):
    """A set of watched sockets, in the numbers of libcurl's multi socket interface (CURLMOPT_SOCKETFUNCTION(3))."""

    def fileno(self) -> int:
        """The descriptor that is readable while any socket is ready."""
        ...

    def watch(self, what: int, descriptor: int, multi: object = None, data: object = None) -> None:
        """Wait for `POLL_IN`, `POLL_OUT` or both, or with `POLL_REMOVE` no longer."""
        ...

    def watches(self, descriptor: int) -> bool:
        """Whether a socket is waited for."""
        ...

    def ready(self) -> Iterable[tuple[int, int]]:
        """Each ready socket with its `CSELECT_` bits; never waits."""
        ...

    def close(self) -> None: ...


class Epoll:
    """Over epoll itself (Linux): this is the hottest spot of all, and `selectors` takes twice as long.

    A socket that is let go stays registered, as libcurl wants most of them again with the next request. It is taken out
    when it is ready though nobody waits for it; closing it takes it out as well.
    """

    EVENTS: ClassVar = {POLL_IN: 1, POLL_OUT: 4, POLL_INOUT: 5}
    """EPOLLIN and EPOLLOUT (epoll_ctl(2))."""
    BITS = tuple(
        (CSELECT_IN if n & 1 else 0) | (CSELECT_OUT if n & 4 else 0) | (CSELECT_ERR if n & 24 else 0) for n in range(32)
    )
    """By the low five bits of an event: EPOLLIN 1, EPOLLPRI 2, EPOLLOUT 4, EPOLLERR 8, EPOLLHUP 16."""

    def __init__(self) -> None:
        self._epoll = select.epoll()
        self._events: dict[int, int] = {}
        """What is waited for at each socket that is registered."""

    def fileno(self) -> int:
        return self._epoll.fileno()

    def watch(self, what: int, descriptor: int, multi: object = None, data: object = None) -> None:
        known = self._events.get(descriptor)
        if what == REMOVE:
            if known is not None:
                self._events[descriptor] = LET_GO
            return
        events = self.EVENTS.get(what, 0)
        if known == events:
            return
        self._events[descriptor] = events
        if known is None:
            self._epoll.register(descriptor, events)
            return
        try:
            self._epoll.modify(descriptor, events)
        except OSError:  # ENOENT where it was closed, and the number is another socket's now
            if known != LET_GO:
                raise
            self._epoll.register(descriptor, events)

    def watches(self, descriptor: int) -> bool:
        return self._events.get(descriptor, LET_GO) != LET_GO

    def ready(self) -> Iterable[tuple[int, int]]:
        found = []
        for descriptor, events in self._epoll.poll(0, BATCH):
            if self._events.get(descriptor, LET_GO) != LET_GO:
                found.append((descriptor, self.BITS[events & 31]))
            else:
                self._events.pop(descriptor, None)
                with suppress(OSError):
                    self._epoll.unregister(descriptor)
        return found

    def close(self) -> None:
        self._epoll.close()


class Selector:
    """Over the best selector there is, where it is itself a descriptor: kqueue on macOS and the BSDs."""

    EVENTS: ClassVar = {POLL_IN: selectors.EVENT_READ, POLL_OUT: selectors.EVENT_WRITE, POLL_INOUT: 3}

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        if not hasattr(self._selector, "fileno"):
            self._selector.close()
            raise ImportError("this system has neither epoll nor kqueue, without which libcurl is not used here")

    def fileno(self) -> int:
        return int(self._selector.fileno())

    def watch(self, what: int, descriptor: int, multi: object = None, data: object = None) -> None:
        events = self.EVENTS.get(what, 0)
        known = self._selector.get_map().get(descriptor)
        if known is not None and known.events != events:
            self._selector.unregister(descriptor)
            known = None
        if known is None and events:
            self._selector.register(descriptor, events)

    def watches(self, descriptor: int) -> bool:
        return descriptor in self._selector.get_map()

    def ready(self) -> Iterable[tuple[int, int]]:
        return [(key.fd, events) for key, events in self._selector.select(0)]  # EVENT_READ is CSELECT_IN, and so on

    def close(self) -> None:
        self._selector.close()


def open_sockets() -> Sockets:
    """The fastest that this system has. Raises ImportError where it has none."""
    return Epoll() if hasattr(select, "epoll") else Selector()
