"""What a run leaves in a store, and what it finds there."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from time import time
from types import TracebackType
from typing import NamedTuple, Self, TypeVar

from crawler.config import Store as Settings
from crawler.config.duration import SECONDS
from crawler.errors import RunError
from crawler.http.archive import Remembered
from crawler.http.url import Url, parse
from crawler.model.exchange import Failure
from crawler.model.link import Link, Problem, Record
from crawler.model.observation import Observation
from crawler.model.report import Run
from crawler.model.role import Role
from crawler.records.pattern import covers
from crawler.store.choose import open_store
from crawler.store.port import Named, PastRun, Rest, RobotsFile, Seen, Store
from crawler.visiting.targets import Recalled

T = TypeVar("T")

DEFAULTS = Settings()

RESUMED = 36.0 * SECONDS["h"]
"""Seconds that a run may lie back to be gone on with: the night before, even where that one began late."""


class Placed(NamedTuple):
    """A link that is no target's with the URL that it asks for, as `Store.written` takes them."""

    url: str
    role: Role
    links: tuple[Link, ...]


class Remembering:
    """The store, as one run uses it; without one, nothing is kept and nothing known.

    It never stops the run: what goes wrong first with the store is kept in `failure`, and the store is let alone from
    then on. Used as a context it closes the store that it has opened, and raises what went wrong, unless something else
    has been raised already.
    """

    def __init__(self, store: Store | str | None = None, settings: Settings = DEFAULTS, *, again: bool = False) -> None:
        """`store` is one that is open, and stays so, or the URL of one. With `again`, everything is asked for, also
        what was checked just now.
        """
        self.failure: RunError | None = None
        self.resumed: PastRun | None = None
        """The run that this one goes on with: it was to check the same and has not finished."""
        self.compared: float | None = None
        """When the last complete run ended, in seconds since the epoch (UTC); None where there was none."""
        self._named = store
        self._store: Store | None = None
        """None where there is none, or none any more: the thread that reads may find it broken at any time."""
        self._own: Store | None = None
        self._settings = settings
        self._again = again
        self._since = float("inf")
        """When a check has to have been made to be as good as one made now; seconds since the epoch."""
        self._started_at = 0.0
        self._alike: list[PastRun] = []
        """The runs that were to check the same, newest first, back to the last complete one."""
        self._runs: Sequence[PastRun] = ()
        """The last runs, newest first."""
        self._inputs: Sequence[str] = ()
        self._first_today = False
        self._is_new = False
        """Whether nothing can be known: no run was before this one."""
        self._obeys_robots = False
        self._known: dict[str, Seen] = {}
        """The last check of each URL of the links that were read last."""
        self._earlier: dict[str, Seen] = {}
        """The last check before `compared` of each of these."""
        self._fragments: dict[str, set[str]] = {}
        """What links name within these."""
        self._met: set[str] = set()
        """Origins of links read so far."""
        self._rests: dict[str, Rest] = {}
        self._robots: dict[str, RobotsFile] = {}
        """What is known of these."""
        self._sources: dict[str | None, list[Problem]] = {}
        self._others: list[Link] = []
        """Links that were read and are no target's."""
        self._whole = False

    @property
    def is_open(self) -> bool:
        """Whether there is a store, and it has not failed."""
        return self._store is not None

    def begin(
        self,
        started_at: float,
        asked: Sequence[str],
        *,
        inputs: Sequence[str] = (),
        robots: bool = False,
        resumes: bool = True,
    ) -> None:
        """The run begins; `asked` is what it is to check, `inputs` where that is written, and `robots` whether by
        robots.txt. With `resumes` it goes on with a run that was to check the same and has not finished. Raises
        UsageError where the store's URL makes no sense.
        """
        self._started_at = started_at
        self._obeys_robots = robots
        self._inputs = inputs
        try:
            if isinstance(self._named, str):
                self._own = open_store(self._named)
            self._store = self._own or (None if isinstance(self._named, str) else self._named)
        except RunError as error:
            self.failure = error
        self._with_store(lambda store: self._begin(store, tuple(asked), resumes=resumes))

    def _begin(self, store: Store, asked: tuple[str, ...], *, resumes: bool) -> None:
        self._runs = runs = store.runs()
        self._is_new = not runs
        last = store.last_complete()
        self.compared = last_ended([*runs, last] if last else runs, self._started_at)
        self._first_today = bool(runs) and _day(runs[0].started_at) != _day(self._started_at)
        for run in runs:
            if run.inputs == asked:
                self._alike.append(run)
                if run.complete:
                    break
        if not self._again:
            if self._settings.max_age:
                self._since = self._started_at - self._settings.max_age
            if resumes:
                self._resume(store)
        store.begin(self._started_at, asked)

    def _resume(self, store: Store) -> None:
        """Go on with what did not finish, unless it has checked nothing."""
        now = self._started_at
        unfinished = [run for run in self._alike if not run.complete and now - RESUMED < run.started_at <= now]
        for run in unfinished:
            if next(store.observed(run.id), None) is not None:
                self.resumed = run
                self._since = min(self._since, unfinished[-1].started_at)
                return

    def throttle(self, pause: Callable[[], object], resume: Callable[[], object]) -> None:
        """Whom to tell when observations come faster than they are written; see `Store.throttle`."""
        self._with_store(lambda store: store.throttle(pause, resume))

    def read(self, records: Iterable[Record], roles: Container[Role]) -> None:
        """These have been read, and their links of some roles are to be checked next. Waits for the store, so it is
        made for another thread than the event loop's.
        """
        if self._store is None:
            return
        next_links: list[Link] = []
        for record in records:
            self._sources.setdefault(record.path, []).extend(record.problems)
            for link in record.links:
                (next_links if link.role in roles else self._others).append(link)
        self.look_up(next_links)

    def look_up(self, links: Iterable[Link]) -> None:
        """These, which have been read, are to be checked next. Waits for the store as well."""
        if self._store is None or self._is_new:
            return
        wanted: dict[str, Url | None] = {}
        self._fragments = {}
        for link in links:
            url, parsed = _asked(link)
            wanted[url] = parsed
            if fragment := link.url.partition("#")[2]:
                self._fragments.setdefault(url, set()).add(fragment)
        self._known = self._with_store(lambda store: store.latest(wanted)) or {}
        self._earlier = self._look_back(self.compared) if self.compared else {}
        self._meet([url for url in wanted.values() if url])

    def _look_back(self, compared: float) -> dict[str, Seen]:
        """The last check of each URL that is known by the time that changes are told against."""
        since = {url for url, seen in self._known.items() if seen.observation.observed_at >= compared}
        earlier = self._with_store(lambda store: store.latest(since, before=compared)) if since else {}
        return {url: seen for url, seen in self._known.items() if url not in since} | (earlier or {})

    def _meet(self, urls: Iterable[Url]) -> None:
        """Look up the hosts of these that are new."""
        hosts = {url.origin: url.host for url in urls if url.origin not in self._met}
        self._met |= hosts.keys()
        if hosts:
            self._rests |= self._with_store(lambda store: store.rests({*hosts.values()})) or {}
            if self._obeys_robots:
                self._robots |= self._with_store(lambda store: store.robots(hosts)) or {}

    def recall(self, url: str, role: Role) -> Recalled | None:
        """The last check of a URL that was just read, if it was checked in this role."""
        seen = self._known.get(url)
        if seen is None or seen.role is not role:
            return None
        return Recalled(seen.observation, self._is_enough(seen.observation, self._fragments.get(url, set())))

    def recall_compared(self, url: str, role: Role) -> Observation | None:
        """The last check of a URL that was just read before the last complete run ended, if it was in this role."""
        seen = self._earlier.get(url)
        return None if seen is None or seen.role is not role else seen.observation

    def _is_enough(self, known: Observation, fragments: set[str]) -> bool:
        """Whether a check is new enough, and has looked for these fragments if there was anything to look at."""
        return self._since <= known.observed_at <= time() and (
            known.failure is not None or fragments.issubset(known.metadata.fragments)
        )

    def rest(self, host: str) -> Rest | None:
        """Until when a host is to be left alone (`HostMemory`); known of hosts that links name."""
        return self._rests.get(host)

    def robots_file(self, origin: str) -> RobotsFile | None:
        """The robots.txt of an origin (`HostMemory`), for whoever asks first; known of origins that links name."""
        return self._robots.pop(origin, None)

    def leave_alone(self, rest: Rest) -> None:
        """Keep until when a host is to be left alone."""
        if store := self._store:
            store.leave_alone(rest)

    def keep_robots(self, file: RobotsFile) -> None:
        """Keep a robots.txt."""
        if store := self._store:
            store.keep_robots(file)

    def history(self, urls: Sequence[str]) -> Mapping[str, Sequence[Seen]]:
        """All checks of each URL, oldest first (`Store.history`); those of this run may be missing."""
        if self._is_new:
            return {}
        return self._with_store(lambda store: store.history(urls)) or {}

    def read_all(self, targets: Iterable[Named]) -> None:
        """Everything has been read: where each link is written is known, and kept. `targets` have the links of the
        roles that `read` was told of, and gain no more.
        """
        self._whole = True
        self._known = self._earlier = {}
        named = chain([*targets], map(_placed, self._others))
        self._with_store(lambda store: store.written(self._sources, named))

    def observe(self, observation: Observation, role: Role) -> None:
        """Keep one check."""
        if store := self._store:
            store.observe(observation, role)

    def opinions(self, keys: Iterable[str]) -> dict[str, Remembered]:
        """What archives have said before; see `Store.opinions`."""
        return self._with_store(lambda store: store.opinions(keys)) or {}

    def keep_opinion(self, remembered: Remembered) -> None:
        """Keep what an archive said."""
        self._with_store(lambda store: store.keep_opinion(remembered))

    def finish(self, run: Run) -> None:
        """The run is over. Blocks until all of it is written."""
        self._with_store(lambda store: store.finish(run))
        if self._whole:
            self._with_store(self._forget_places)
        if self._first_today:
            self._with_store(lambda store: store.roll_up(self._started_at - self._settings.keep))

    def _forget_places(self, store: Store) -> None:
        """Nothing is written any more in a file that is gone: one that a run over the same inputs has read and this one
        has not found, or one that was to be found by these inputs.
        """
        gone = {record.path for run in self._alike for record in store.records(run.id)}
        for run in self._runs:
            if run not in self._alike:
                gone |= {record.path for record in store.records(run.id) if self._misses(record.path)}
        if gone:
            store.written(dict.fromkeys(gone, ()), ())

    def _misses(self, path: str | None) -> bool:
        """Whether a file would have been read, were it still there."""
        return (
            path is not None
            and path not in self._sources
            and any(covers(one, path) for one in self._inputs)
            and not Path(path).exists()
        )

    def close(self) -> None:
        """Let go of the store, if it was opened here, once all is written."""
        own, self._own, self._store = self._own, None, None
        if own is not None:
            try:
                own.close()
            except RunError as error:
                self.failure = self.failure or error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if self.failure is not None and error is None:
            raise self.failure

    def _with_store(self, ask: Callable[[Store], T]) -> T | None:
        """What the store answers; None where there is none, or none any more."""
        if self._store is None:
            return None
        try:
            return ask(self._store)
        except RunError as error:
            self.failure = error
            self._store = None
            return None


def _asked(link: Link) -> tuple[str, Url | None]:
    """The URL that a link asks for, as targets have it, and what there is to know of it; None where it is none."""
    parsed = parse(link.url)
    if isinstance(parsed, Failure):
        return link.url, None
    return (link.url if parsed.href == link.url else parsed.href), parsed


def _placed(link: Link) -> Placed:
    return Placed(_asked(link)[0], link.role, (link,))


def last_ended(runs: Iterable[PastRun], now: float) -> float | None:
    """When the newest complete one of these, which come newest first, ended; in seconds since the epoch (UTC). None
    where there is none, or only by a clock that was ahead of `now`.
    """
    ends = (run.finished_at for run in runs if run.complete and run.finished_at is not None)
    return next((end for end in ends if end <= now), None)


def _day(at: float) -> float:
    """Days since the epoch (UTC)."""
    return at // SECONDS["d"]
