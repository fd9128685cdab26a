"""Which request goes out next: one queue a host, the host with the most work left first.

The frontier holds what every host was promised: at most `per_host` requests under way, `delay` seconds between two
starts, and no request before a time it asked us to wait for. It never waits itself. Whoever drives it takes what may go
now, says when it is done, and asks when it is worth coming back.

Starting the longest queue first is Graham's rule (longest processing time first, 1969): the wall time of a run comes
close to its lower bound, the slowest single host or all work over the pool.
"""

from collections import deque
from heapq import heapify, heappop, heappush, heapreplace
from typing import Generic, TypeVar

from crawler.config import Pool
from crawler.visiting.circuit import Circuit

Item = TypeVar("Item")

FIRST_GUESS = 10.0
"""Seconds that an exchange is thought to take before a host has answered once: long, so that every host is tried early.
A host that turns out slow when nearly all the others are done would hold up the end of the run.
"""

FIRST_DELAY = 0.5
"""Seconds between two starts at a host that has asked for fewer requests: doubled whenever it does so again, halved
whenever it does not.
"""

LONGEST_DELAY = 30.0


class _Host(Generic[Item]):
    """One host's queue and what it was promised."""

    __slots__ = (
        "active",
        "circuit",
        "cost",
        "delay",
        "is_new",
        "least_delay",
        "name",
        "not_before",
        "offered",
        "queue",
    )

    def __init__(self, name: str, delay: float) -> None:
        self.name = name
        self.queue: deque[Item] = deque()
        self.active = 0
        self.delay = self.least_delay = delay
        self.not_before = 0.0
        self.cost = FIRST_GUESS
        self.is_new = True
        self.circuit = Circuit()
        self.offered = 0.0
        """The work left when the host was last offered; 0 where it isn't on offer."""


class Frontier(Generic[Item]):
    """Queues of items by host, given out so that no host sees more than it was promised.

    Times are seconds on one monotonic clock, the caller's. An item is whatever the caller wants back.
    """

    def __init__(self, settings: Pool) -> None:
        self._delay = settings.delay
        self._per_host = settings.per_host
        self._hosts: dict[str, _Host[Item]] = {}
        self._ready: list[tuple[float, int, _Host[Item]]] = []
        self._resting: list[tuple[float, int, _Host[Item]]] = []
        self._deferred: list[tuple[float, int, str, Item]] = []
        self._order = 0
        """How many entries the heaps have had: of two alike, the one that came first goes first."""
        self._queued = 0
        self.active = 0
        """Items taken and not yet done."""

    def __len__(self) -> int:
        """Items that wait, for a slot or for their time."""
        return self._queued + len(self._deferred)

    def __contains__(self, name: str) -> bool:
        """Whether a host has been met: then its promises are kept here."""
        return name in self._hosts

    def waiting(self, name: str) -> int:
        """Items in a host's queue."""
        return len(self._hosts[name].queue)

    def add(self, name: str, item: Item, now: float, *, first: bool = False) -> None:
        """Queue an item under its host; `first` puts it before the others, as what has already waited deserves."""
        host = self._hosts.get(name) or self._meet(name)
        if first:
            host.queue.appendleft(item)
        else:
            host.queue.append(item)
        self._queued += 1
        self._offer(host, now)

    def defer(self, until: float, name: str, item: Item) -> None:
        """Queue an item, first in its host's queue, once `until` has come."""
        self._order += 1
        heappush(self._deferred, (until, self._order, name, item))

    def take(self, now: float) -> Item | None:
        """An item that may go out at once, its host's slot taken; None where none may."""
        if self._deferred or self._resting:
            self.wake(now)
        ready = self._ready
        while ready:
            work, _, host = ready[0]
            if host.offered != -work or not self._free(host) or host.not_before > now:
                heappop(ready)
                if host.offered == -work:
                    host.offered = 0.0
                    self._offer(host, now)
                continue
            item = host.queue.popleft()
            self._queued -= 1
            host.active += 1
            self.active += 1
            if host.delay:
                host.not_before = now + host.delay
            if self._free(host) and host.not_before <= now:
                host.offered = len(host.queue) * host.cost
                self._order += 1
                heapreplace(ready, (-host.offered, self._order, host))
            else:
                heappop(ready)
                host.offered = 0.0
                self._offer(host, now)
            return item
        return None

    def done(self, name: str, now: float, elapsed: float, connected: bool = True, throttled: bool = False) -> bool:
        """Free the slot of an item. `connected`: the host could be reached; `throttled`: it asked for fewer requests.

        Returns whether the host is to be given up: its circuit has opened.
        """
        host = self._hosts[name]
        host.active -= 1
        self.active -= 1
        host.cost = elapsed if host.is_new else host.cost + (elapsed - host.cost) / 4
        host.is_new = False
        circuit = host.circuit
        if connected:
            circuit.reached(throttled=throttled)
        else:
            circuit.missed(started=now - elapsed, now=now)
        if circuit.is_open:
            return True
        if throttled:
            host.delay = min(max(host.delay * 2, FIRST_DELAY), LONGEST_DELAY)
            host.not_before = max(host.not_before, now + host.delay)
        elif host.delay > host.least_delay:
            host.delay = max(host.delay / 2 if host.delay > FIRST_DELAY / 4 else 0.0, host.least_delay)
        if circuit.rest_until > host.not_before:
            host.not_before = circuit.rest_until
        if host.queue:
            self._offer(host, now)
        return False

    def give_up(self, name: str) -> list[Item]:
        """Ask nothing more of a host. Returns its waiting items, which are the caller's to end."""
        host = self._hosts[name]
        waiting = [entry for entry in self._deferred if entry[2] == name]
        self._deferred = [entry for entry in self._deferred if entry[2] != name]
        heapify(self._deferred)
        items = [*(item for _, _, _, item in sorted(waiting, key=lambda entry: entry[:2])), *host.queue]
        self._queued -= len(host.queue)
        host.queue.clear()
        return items

    def hold(self, name: str, until: float) -> None:
        """Send nothing to a host before `until`."""
        host = self._hosts.get(name) or self._meet(name)
        host.not_before = max(host.not_before, until)

    def suspect(self, name: str, now: float) -> None:
        """Have one probe decide whether a host is given up; see `Circuit.suspect`."""
        host = self._hosts.get(name) or self._meet(name)
        host.circuit.suspect(now)

    def slow_down(self, name: str, delay: float) -> None:
        """Leave at least `delay` seconds between two starts at a host from now on."""
        host = self._hosts.get(name) or self._meet(name)
        host.least_delay = max(host.least_delay, delay)
        host.delay = max(host.delay, delay)

    def next_time(self) -> float | None:
        """When something that waits for its time may go; None where nothing does."""
        if not self._resting:
            return self._deferred[0][0] if self._deferred else None
        rested = self._resting[0][0]
        return min(rested, self._deferred[0][0]) if self._deferred else rested

    def _meet(self, name: str) -> _Host[Item]:
        host = self._hosts[name] = _Host(name, self._delay)
        return host

    def _free(self, host: _Host[Item]) -> bool:
        return bool(host.queue) and host.active < (1 if host.circuit.is_suspect else self._per_host)

    def _offer(self, host: _Host[Item], now: float) -> None:
        """Put a host up for `take`, or to rest until its time. Offered again once its work has doubled."""
        if not self._free(host):
            return
        work = len(host.queue) * host.cost
        if host.offered and work < 2 * host.offered:
            return
        if host.not_before > now:
            if not host.offered:
                host.offered = work
                self._order += 1
                heappush(self._resting, (host.not_before, self._order, host))
            return
        host.offered = work
        self._order += 1
        heappush(self._ready, (-work, self._order, host))

    def wake(self, now: float) -> None:
        """Put up what has waited long enough."""
        while self._deferred and self._deferred[0][0] <= now:
            _, _, name, item = heappop(self._deferred)
            self.add(name, item, now, first=True)
        while self._resting and self._resting[0][0] <= now:
            _, _, host = heappop(self._resting)
            host.offered = 0.0
            self._offer(host, now)
