"""What the parent and a child of a run tell each other."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from crawler.config import Network, Pool
from crawler.model.exchange import Failure
from crawler.model.observation import Evidence, Hop, Metadata, Observation
from crawler.model.role import Role
from crawler.store.port import Rest, RobotsFile
from crawler.visiting.visit import Policy

Asked = tuple[str, Role, bool]
"""A link as a child needs it: its URL as written, its role, and whether robots.txt holds for it. Plain, since a pickled
`Link` takes ten times as long."""

Told = tuple[Any, ...]
"""An observation as a child tells it: a plain tuple, of plain tuples. To pickle and read one takes 3 microseconds, made
and made good again; an `Observation` takes 9."""


class Settings(NamedTuple):
    """The first message to a child: how it is to work."""

    pool: Pool
    """With the child's share of the run's concurrency."""
    policy: Policy
    network: Network
    robots_agent: str | None
    remembers: bool = False
    """Whether the parent wants to know what hosts ask for."""


class Order(NamedTuple):
    """To a child: what it is to visit."""

    links: Sequence[Asked] = ()
    errands: Sequence[bytes] = ()
    """What other children have passed on to hosts of this one, as their `Packer` made it."""
    known: Sequence[tuple[Role, Observation]] = ()
    """The last check of links, in the role that it was made for."""
    rests: Sequence[Rest] = ()
    robots: Sequence[RobotsFile] = ()
    """What is known from before of hosts that the child is going to meet."""


class News(NamedTuple):
    """From a child: what has happened since the last news."""

    in_flight: int
    """Requests that are under way."""
    told: Sequence[Told]
    errands: Sequence[tuple[str, bytes]]
    """What goes on at a host that the child has never met, with that host."""
    rests: Sequence[Rest] = ()
    robots: Sequence[RobotsFile] = ()
    """What is to be known of hosts after this run."""

    @property
    def observations(self) -> list[Observation]:
        """What was observed, made good from what is told; each time it is asked for."""
        return [heard(one) for one in self.told]


def told(seen: Observation) -> Told:
    """An observation to tell; `heard` is the way back."""
    url, hops, failure, metadata, at, elapsed, attempts, stored, evidence, *rest = seen
    plain = tuple([tuple(hop) for hop in hops]), failure and tuple(failure), tuple(metadata)
    return (url, *plain, at, elapsed, attempts, stored, evidence and tuple(evidence), *rest)


def heard(one: Told) -> Observation:
    """What was told."""
    url, hops, failure, metadata, at, elapsed, attempts, stored, evidence, *rest = one
    whole = tuple([Hop(*hop) for hop in hops]), failure and Failure(*failure), Metadata(*metadata)
    return Observation(url, *whole, at, elapsed, attempts, stored, evidence and Evidence(*evidence), *rest)
