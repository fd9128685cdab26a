"""What is kept for each origin between its requests, and for how many origins at once.

A lane holds connections, and connections are descriptors: those in use are bounded by whoever limits the requests under
way, those of idle lanes here. The lane that has been idle longest goes first.
"""

from collections import OrderedDict
from typing import Generic, TypeVar

from crawler.fetch.dial import Route

Carrier = TypeVar("Carrier")
Origin = tuple[str, str, int]
"""Scheme, host, port (RFC 6454, section 4)."""

IDLE_SHARE = 4
"""One in so many of the descriptors that the process may open is for idle connections."""
MOST_IDLE = 128
"""More would serve nobody: what has been idle for that long is not asked again soon."""


class Lane(Generic[Carrier]):
    """One origin's connections and the way there."""

    __slots__ = ("carrier", "route", "route_until", "users", "width")

    def __init__(self) -> None:
        self.carrier: Carrier | None = None
        """Whatever holds the connections; made by whoever first needs it."""
        self.route: Route | None = None
        """The addresses last found; None also where a proxy does the connecting."""
        self.route_until = 0.0
        """When the name has to be asked for again, on the clock of whoever set it."""
        self.users = 0
        self.width = 0
        """Users at once at most, and so the connections that it may hold."""


class Lanes(Generic[Carrier]):
    """Lanes by origin. It decides which to close and hands them out; closing is the caller's."""

    def __init__(self, most_idle: int) -> None:
        """`most_idle`: connections that idle lanes may hold together."""
        self._most_idle = most_idle
        self._idle_width = 0
        self._busy: dict[Origin, Lane[Carrier]] = {}
        self._idle: OrderedDict[Origin, Lane[Carrier]] = OrderedDict()

    def enter(self, origin: Origin) -> Lane[Carrier]:
        """The origin's lane, kept open until as many have left as entered."""
        lane = self._busy.get(origin)
        if lane is None:
            lane = self._busy[origin] = self._woken(origin) or Lane()
        lane.users += 1
        lane.width = max(lane.width, lane.users)
        return lane

    def leave(self, origin: Origin) -> list[Lane[Carrier]]:
        """Give a lane back. Returns those that are idle beyond the bound, which must be closed."""
        lane = self._busy[origin]
        lane.users -= 1
        if lane.users:
            return []
        self._idle[origin] = self._busy.pop(origin)
        self._idle_width += lane.width
        surplus = []
        while self._idle_width > self._most_idle:
            surplus.append(self._slept())
        return surplus

    def take_idle(self) -> list[Lane[Carrier]]:
        """All idle lanes, which must be closed."""
        return [self._slept() for _ in range(len(self._idle))]

    def _woken(self, origin: Origin) -> Lane[Carrier] | None:
        lane = self._idle.pop(origin, None)
        if lane is not None:
            self._idle_width -= lane.width
        return lane

    def _slept(self) -> Lane[Carrier]:
        """The lane that has been idle longest, no more to be found here."""
        lane = self._idle.popitem(last=False)[1]
        self._idle_width -= lane.width
        return lane


def most_idle() -> int:
    """How many idle connections this process can afford."""
    try:
        from resource import RLIMIT_NOFILE, getrlimit
    except ImportError:  # no such limit on this system
        return MOST_IDLE
    soft = getrlimit(RLIMIT_NOFILE)[0]
    return min(MOST_IDLE, soft // IDLE_SHARE) if soft > 0 else MOST_IDLE
