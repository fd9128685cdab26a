"""The store in a database: what `port.Store` promises, put together."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import inf
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Connection

from crawler.errors import RunError
from crawler.http.archive import Remembered
from crawler.model.link import Link, Problem, Record
from crawler.model.observation import Observation
from crawler.model.report import Run
from crawler.model.role import Role
from crawler.store import checks, occurrences, opinions, runs, standing
from crawler.store.backend import Backend
from crawler.store.checks import Check, Checks
from crawler.store.hosts import Hosts, rests, robots_files
from crawler.store.occurrences import Occurrences
from crawler.store.opinions import Opinions
from crawler.store.port import Named, PastRun, Rest, RobotsFile, Seen
from crawler.store.rolling import roll_up
from crawler.store.schema import prepare
from crawler.store.steps import Steps
from crawler.store.writer import Writer

T = TypeVar("T")

Fact = Check | Rest | RobotsFile | Remembered
"""What is handed over one by one and written in batches."""


class Database:
    """A store in SQLite or PostgreSQL; see `port.Store`."""

    def __init__(self, backend: Backend, *, create: bool) -> None:
        """Makes the tables, or brings them up to date; raises `RunError` where the database can't be used."""
        try:
            prepare(backend, create=create)
        except BaseException:
            backend.engine.dispose()
            raise
        self._backend = backend
        self._checks = Checks(backend)
        self._hosts = Hosts(backend)
        self._opinions = Opinions(backend)
        self._occurrences = Occurrences(backend)
        self._writer: Writer[Fact] = Writer(backend, self._write)
        self._run = 0
        self._started_at = 0.0
        self._told = False
        """Whether somebody has been told why nothing is written any more."""

    @property
    def failure(self) -> RunError | None:
        return self._writer.failure

    def begin(self, started_at: float, inputs: Sequence[str]) -> int:
        self._started_at = started_at
        self._checks.links_are_known = False
        self._run = self._wait(runs.begin(started_at, inputs))
        return self._run

    def throttle(self, pause: Callable[[], object], resume: Callable[[], object]) -> None:
        self._writer.throttle(pause, resume)

    def observe(self, observation: Observation, role: Role) -> None:
        if not observation.from_store:
            self._writer.hand_over(Check(self._run, role, observation))

    def leave_alone(self, rest: Rest) -> None:
        self._writer.hand_over(rest)

    def keep_robots(self, file: RobotsFile) -> None:
        self._writer.hand_over(file)

    def keep_opinion(self, remembered: Remembered) -> None:
        self._writer.hand_over(remembered)

    def written(self, sources: Mapping[str | None, Sequence[Problem]], targets: Iterable[Named]) -> None:
        self._writer.start(self._written(sources, targets))

    def finish(self, run: Run) -> None:
        self._wait(runs.finish(self._run, run))

    def latest(self, urls: Iterable[str], *, before: float = inf) -> dict[str, Seen]:
        with self._backend.told():
            return checks.latest(self._backend.engine, urls, before)

    def history(self, urls: Iterable[str]) -> dict[str, tuple[Seen, ...]]:
        with self._backend.told():
            return checks.history(self._backend.engine, urls)

    def observed(self, run: int) -> Iterator[Seen]:
        with self._backend.told():
            yield from checks.observed(self._backend.engine, run)

    def urls(self) -> Iterator[str]:
        with self._backend.told():
            yield from checks.urls(self._backend.engine)

    def places(self, url: str) -> tuple[Link, ...]:
        with self._backend.told():
            return occurrences.of_url(self._backend.engine, url)

    def records(self, run: int) -> Iterator[Record]:
        with self._backend.told():
            yield from occurrences.read(self._backend.engine, run)

    def all_records(self) -> Iterator[Record]:
        with self._backend.told():
            yield from standing.all_records(self._backend.engine)

    def urls_written(self) -> Iterator[str]:
        with self._backend.told():
            yield from standing.urls_written(self._backend.engine)

    def stumbled(self, since: float) -> Iterator[str]:
        with self._backend.told():
            yield from standing.stumbled(self._backend.engine, since)

    def runs(self, limit: int = 100) -> tuple[PastRun, ...]:
        with self._backend.told():
            return runs.last(self._backend.engine, limit)

    def last_complete(self) -> PastRun | None:
        with self._backend.told():
            return next(iter(runs.last(self._backend.engine, 1, complete=True)), None)

    def rests(self, hosts: Iterable[str]) -> dict[str, Rest]:
        with self._backend.told():
            return rests(self._backend.engine, hosts)

    def robots(self, origins: Iterable[str]) -> dict[str, RobotsFile]:
        with self._backend.told():
            return robots_files(self._backend.engine, origins)

    def opinions(self, keys: Iterable[str]) -> dict[str, Remembered]:
        with self._backend.told():
            return opinions.read(self._backend.engine, keys)

    def roll_up(self, before: float) -> int:
        return self._wait(roll_up(before))

    def close(self) -> None:
        self._writer.stop()
        self._backend.engine.dispose()
        if self.failure is not None and not self._told:
            self._told = True
            raise self.failure

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.close()
        except RunError:
            if error is None:
                raise

    def _write(self, connection: Connection, items: Sequence[Fact]) -> None:
        kinds: defaultdict[type[Fact], list[Any]] = defaultdict(list)
        for item in items:
            kinds[type(item)].append(item)
        self._checks.write(connection, kinds[Check])
        self._hosts.write(connection, kinds[Rest], kinds[RobotsFile])
        self._opinions.write(connection, kinds[Remembered])

    def _written(self, sources: Mapping[str | None, Sequence[Problem]], targets: Iterable[Named]) -> Steps[None]:
        yield from self._occurrences.write(self._run, self._started_at, sources, targets)
        self._checks.links_are_known = True  # whatever is observed from now on was written somewhere

    def _wait(self, steps: Steps[T]) -> T:
        try:
            return self._writer.start(steps).result()
        except RunError:
            self._told = True
            raise
