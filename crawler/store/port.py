"""The store port: what is handed over to be kept, and what can be asked for again."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import inf
from types import TracebackType
from typing import NamedTuple, Protocol, Self

from crawler.errors import RunError
from crawler.http.archive import Remembered
from crawler.model.exchange import Failure
from crawler.model.link import Link, Problem, Record
from crawler.model.observation import Observation
from crawler.model.report import Run, Summary
from crawler.model.role import Role


class Seen(NamedTuple):
    """One check as it is remembered."""

    observation: Observation
    role: Role
    """What the URL was checked as: the same URL is asked for differently as an image and as a page."""
    run: int


class PastRun(NamedTuple):
    """One run as it is remembered."""

    id: int
    started_at: float
    """Seconds since the epoch (UTC)."""
    finished_at: float | None
    """None while it goes on, and for ever where it was killed."""
    complete: bool
    """False when it was interrupted, ran out of its budget, or never finished."""
    inputs: tuple[str, ...]
    """What it was asked to check, as written; empty where the configuration said it."""
    version: str
    """Of the program."""
    summary: Summary | None
    """None where it never finished."""


class Rest(NamedTuple):
    """A host that is to be left alone: its own wish (`Retry-After`), or because it could not be reached."""

    host: str
    until: float
    """Seconds since the epoch (UTC)."""
    why: Failure


class RobotsFile(NamedTuple):
    """What an origin answered when it was asked for its robots.txt."""

    origin: str
    """`scheme://host`, and `:port` where it isn't the scheme's own."""
    fetched_at: float
    """Seconds since the epoch (UTC)."""
    status: int
    body: bytes
    """Without its content encoding."""


class Named(Protocol):
    """A URL with the places that name it: a `Target`, or an `Outcome`."""

    @property
    def url(self) -> str:
        """In WHATWG form without fragment; as written where it is no URL."""
        ...

    @property
    def role(self) -> Role:
        """The strictest of its links' roles."""
        ...

    @property
    def links(self) -> tuple[Link, ...]:
        """Every occurrence, in the order read."""
        ...


class HostMemory(Protocol):
    """What is known of hosts from before a run, and who keeps it for after. It is asked in the middle of a crawl, so
    nothing here may block or raise.
    """

    def rest(self, host: str) -> Rest | None:
        """Until when a host is to be left alone, which may be over."""
        ...

    def leave_alone(self, rest: Rest) -> None:
        """As `Store.leave_alone`."""
        ...

    def robots_file(self, origin: str) -> RobotsFile | None:
        """The robots.txt of an origin, however old."""
        ...

    def keep_robots(self, file: RobotsFile) -> None:
        """As `Store.keep_robots`."""
        ...


class Store(Protocol):
    """Remembers. Every implementation passes the same contract tests (`tests/store/test_contract.py`).

    Promises:
    - `observe`, `leave_alone`, `keep_robots`, `keep_opinion` and `written` return at once and never raise for anything
      a database does: what they are handed is written by a thread of the store's own, in batches of which each is there
      as a whole or not at all, and no later than half a second after it was handed over (unless the disk itself takes
      longer).
    - Nothing is dropped while the database works. Where it fails, the first failure is kept in `failure`, nothing more
      is written, and whoever runs on is not disturbed; `finish` raises it, or else `close`: it is raised once.
    - Everything that asks for something reads what has been written by then, may be called from any thread, and raises
      `RunError` where the database can't be read.
    - Any number of processes may use one database at once.
    """

    @property
    def failure(self) -> RunError | None:
        """Why nothing is written any more; None while all is well."""
        ...

    def begin(self, started_at: float, inputs: Sequence[str]) -> int:
        """A run begins: what is handed over from now on belongs to it. Returns its number, larger than all before.

        Blocks until that is written. Raises `RunError` where it can't be.
        """
        ...

    def throttle(self, pause: Callable[[], object], resume: Callable[[], object]) -> None:
        """Whom to tell when observations come faster than they can be written, so that what waits stays bounded.

        `pause` is called by `observe`, in its caller's thread; `resume` from the writing thread once half is written.
        """
        ...

    def observe(self, observation: Observation, role: Role) -> None:
        """Keep one check. One that came from a store (`from_store`) is no check, and is not kept again."""
        ...

    def leave_alone(self, rest: Rest) -> None:
        """Keep until when a host is to be left alone, instead of what was known of it."""
        ...

    def keep_robots(self, file: RobotsFile) -> None:
        """Keep an origin's robots.txt, instead of what was known of it."""
        ...

    def keep_opinion(self, remembered: Remembered) -> None:
        """Keep what an archive said, instead of what was known under its key."""
        ...

    def written(self, sources: Mapping[str | None, Sequence[Problem]], targets: Iterable[Named]) -> None:
        """Keep where each link is written now: once a run, when all is read.

        `sources` are the paths that were read (None: the command line) with what is wrong with them, `targets` all that
        is written there, none of which may gain links any more. It takes the place of what was known of these paths,
        all at once; what other paths hold stays as it is.
        """
        ...

    def finish(self, run: Run) -> None:
        """The run is over: write what still waits, and how it ended. Blocks; raises `RunError` where something of this
        run could not be written.
        """
        ...

    def latest(self, urls: Iterable[str], *, before: float = inf) -> dict[str, Seen]:
        """The last check of each URL for which something was asked at all (`attempts`), and which ended before
        `before`; a URL without any is left out.
        """
        ...

    def history(self, urls: Iterable[str]) -> dict[str, tuple[Seen, ...]]:
        """All checks of each URL, oldest first, even where nothing was asked; a URL without any is left out."""
        ...

    def observed(self, run: int) -> Iterator[Seen]:
        """Every check of one run, in the order written."""
        ...

    def urls(self) -> Iterator[str]:
        """Every URL that is known, about in the order first seen."""
        ...

    def places(self, url: str) -> tuple[Link, ...]:
        """Where a URL is written now."""
        ...

    def records(self, run: int) -> Iterator[Record]:
        """What one run read and no later run has read since, in no promised order; a record of many links comes in
        parts. The links of one article share it.
        """
        ...

    def all_records(self) -> Iterator[Record]:
        """All that is written now, whichever run read it; otherwise as `records`."""
        ...

    def urls_written(self) -> Iterator[str]:
        """Every URL that is written somewhere now, about in the order first seen."""
        ...

    def stumbled(self, since: float) -> Iterator[str]:
        """Every URL, in no promised order, of which some check since `since` (seconds since the epoch) got no plain
        answer: a failure, a status of 400 or above, or evidence.
        """
        ...

    def runs(self, limit: int = 100) -> tuple[PastRun, ...]:
        """The last runs, newest first."""
        ...

    def last_complete(self) -> PastRun | None:
        """The newest run that reached everything."""
        ...

    def rests(self, hosts: Iterable[str]) -> dict[str, Rest]:
        """Until when each host is to be left alone, which may be over; a host of which nothing is known is left out."""
        ...

    def robots(self, origins: Iterable[str]) -> dict[str, RobotsFile]:
        """The robots.txt of each origin, however old; an origin of which nothing is known is left out."""
        ...

    def opinions(self, keys: Iterable[str]) -> dict[str, Remembered]:
        """What archives have said, by the keys of the questions, however old; a key without an answer is left out."""
        ...

    def roll_up(self, before: float) -> int:
        """Forget observations from before `before` (seconds since the epoch) that say nothing their neighbours don't:
        the first, the last and both ends of each stretch without a change stay. What archives said before then goes
        as well. Blocks; returns how many observations went.
        """
        ...

    def close(self) -> None:
        """Write what waits, then let go of the database. Raises `RunError` where something could not be written and
        `finish` has not said so.
        """
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes; an exception that is on its way already is not hidden by one of the store."""
        ...
