"""What the parent and a child of a run tell each other."""

from collections.abc import Sequence
from typing import NamedTuple

from crawler.config import Network, Pool
from crawler.model.observation import Observation
from crawler.model.role import Role
from crawler.store.port import Rest, RobotsFile
from crawler.visiting.visit import Policy

Asked = tuple[str, Role, bool]
"""A link as a child needs it: its URL as written, its role, and whether robots.txt holds for it. Plain, since a pickled
`Link` takes ten times as long."""


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
    observations: Sequence[Observation]
    errands: Sequence[tuple[str, bytes]]
    """What goes on at a host that the child has never met, with that host."""
    rests: Sequence[Rest] = ()
    robots: Sequence[RobotsFile] = ()
    """What is to be known of hosts after this run."""
