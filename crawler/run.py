"""The face's wiring, shared by the command line and the library: from inputs and a configuration to a report."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from functools import partial
from math import inf
from time import time
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import anyio
from anyio import to_thread

from crawler.config import Config
from crawler.engine import Deliver, Engine
from crawler.errors import UsageError
from crawler.events import Progress
from crawler.fetch.connect_to import Override, find, parse
from crawler.fetch.port import Transport
from crawler.http.address import AddressGuard
from crawler.http.robots import product_token
from crawler.judging import Judging
from crawler.model.link import Link, Record
from crawler.model.observation import Observation
from crawler.model.report import Run
from crawler.model.role import Role
from crawler.records.inputs import is_crawl
from crawler.records.sources import read
from crawler.remembering import Remembering
from crawler.report.port import Reporter
from crawler.store.port import HostMemory, Seen
from crawler.verdict.hindsight import Hindsight
from crawler.verdict.history import WELL
from crawler.verdict.judge import Judge
from crawler.visiting.admission import Admission
from crawler.visiting.suspicion import Suspicions
from crawler.visiting.targets import Recalled, Targets
from crawler.visiting.visit import Policy
from crawler.waiting import Waiting

if TYPE_CHECKING:
    from crawler.fetch.archive import Archive
    from crawler.shards.birth import Born
    from crawler.shards.shards import Shards
    from crawler.turns import Due

BATCH = 500
"""Links that are read at a time, away from the event loop."""
SOON = 0.05
"""Seconds until targets are judged, where they are too few by then to be worth it (`Waiting`)."""

SEED = "crawler"
"""For the names that can't exist: the same ones every time, so that a run can be repeated."""


class Ask(NamedTuple):
    """What one run is asked for, beyond what stands in its configuration."""

    inputs: tuple[str, ...] = ()
    roles: frozenset[Role] = frozenset(Role)
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    """Regular expressions, searched in URLs as written."""
    offline: bool = False
    budget: float | None = None
    """Seconds the run may take."""
    allow_empty: bool = False
    due: bool = False
    """Only what the store says is due."""

    @property
    def asked(self) -> tuple[str, ...]:
        """The inputs and what narrows them, as on a command line: runs that agree in it were to check the same."""
        narrowed = [f"--role={role}" for role in Role if role in self.roles] if len(self.roles) < len(Role) else []
        narrowed += [f"--include={pattern}" for pattern in self.include]
        narrowed += [f"--exclude={pattern}" for pattern in self.exclude]
        narrowed += [name for name, is_set in (("--offline", self.offline), ("--due", self.due)) if is_set]
        return (*self.inputs, *narrowed)


class Check:
    """One run of the main job: read, visit, judge and report, all at once.

    Raises UsageError, before anything is asked for, where the inputs or the configuration make no sense, and RunError
    where nothing is known of what is due.
    """

    def __init__(
        self,
        ask: Ask,
        config: Config,
        reporters: Sequence[Reporter],
        *,
        stdin: BinaryIO | None = None,
        remembering: Remembering | None = None,
        born: "Sequence[Born]" = (),
    ) -> None:
        """What `remembering` says went wrong does not keep the check from being made. `born` are processes that were
        forked for this run.
        """
        self._started = time()
        self._ask = ask
        self._config = config
        self._admission = admission(ask, config)
        self._remembering = remembering or Remembering()
        self._born = born
        self._records = read(ask.inputs, config.records, stdin=stdin, allow_empty=ask.allow_empty)
        self._engine: Engine | Shards | None = None
        self._scope: anyio.CancelScope | None = None
        self._unwell: dict[str, Observation] = {}
        """The last checks before this run, or before the last complete one ended, that did not find their URLs well."""
        self._read = 0
        self._obeys_robots = config.politeness.robots and is_crawl(ask.inputs)
        self._complete = False
        self.interrupted = False
        self.note: str | None = None
        """What did not come out as asked for, in a sentence for people."""
        self.not_due = 0
        """URLs that were left for a later run."""
        self._judge = Judge(config.rules, self._started)
        self._remembering.begin(
            self._started,
            ask.asked,
            inputs=ask.inputs or config.records.include,
            robots=self._obeys_robots,
            resumes=not ask.due and "-" not in ask.inputs,  # due is what was not checked; no list but this one is `-`
        )
        self._targets = Targets(self._admission.preflight, self._recall if self._remembering.is_open else None)
        if ask.due and not self._remembering.is_open:
            raise self._remembering.failure or UsageError("--due takes what the store says is due: there is no store")
        self._asks_archive = config.archive.enabled and not ask.offline
        self._judging = Judging(
            self._judge,
            reporters,
            self._hindsight(),
            self._remembering.history,
            holds_broken=self._asks_archive,
        )
        self._waiting = Waiting(
            self._judging, self._unwell, self._remembering.observe if self._remembering.is_open else None
        )

    def progress(self) -> Progress:
        """How far the run is."""
        return Progress(
            records=self._read,
            links=self._targets.links,
            targets=len(self._targets),
            done=self._waiting.taken,
            in_flight=self._engine.in_flight if self._engine else 0,
            findings=self._judging.findings,
            reading=self._waiting.reading,
        )

    def interrupt(self) -> None:
        """End the run now; the report covers what was done."""
        self.interrupted = True
        if self._scope:
            self._scope.cancel()

    async def run(self, transport: Transport) -> None:
        """Read, visit and judge. However this ends, `report` tells what was done by then."""
        archive = self._archive(transport) if self._asks_archive else None
        engine = engine_for(
            self._config,
            transport,
            self._targets,
            self._admission,
            self._waiting.take,
            robots=self._obeys_robots,
            memory=self._remembering if self._remembering.is_open else None,
            born=self._born,
        )
        self._engine = engine
        loop = asyncio.get_running_loop()
        self._remembering.throttle(engine.pause, lambda: loop.call_soon_threadsafe(engine.resume))
        with anyio.CancelScope() as self._scope:
            async with anyio.create_task_group() as group:
                group.start_soon(self._judge_in_time)
                self._complete = await engine.run(self._batches(), self._ask.budget)
                group.cancel_scope.cancel()
            self._waiting.judge()
            if archive and self._complete:
                until = inf if self._ask.budget is None else self._started + self._ask.budget
                async for outcome in archive.opinions(self._judging.broken(), until):
                    self._judging.tell(outcome)
                self.note = archive.note

    def report(self) -> Run:
        """Have the reporters write what is left to write, and the store what was learned; once, at the end."""
        self._waiting.judge()
        complete = self._complete and not self.interrupted  # an archive may have been asked then
        run = self._judging.conclude(
            self._started, time(), complete=complete, records=self._read, links=self._targets.links
        )
        try:
            self._judging.publish(run)
        finally:
            self._remembering.finish(run)
        return run

    def _archive(self, transport: Transport) -> "Archive":
        """Who names copies of what is broken."""
        from crawler.fetch.archive import Archive  # which most runs have no use for
        from crawler.fetch.enquiry import Enquiry

        return Archive(Enquiry(self._config.archive, transport), self._remembering)

    async def _batches(self) -> AsyncIterator[list[Link]]:
        batches = self._due_links() if self._ask.due else self._links()
        async for links in batches:
            self._judging.expect(links)
            yield links
        self._waiting.reading = False
        self._remembering.read_all(() if self._ask.due else self._targets)

    async def _links(self) -> AsyncIterator[list[Link]]:
        """The links of the roles that are asked for, some records' at a time."""
        roles = frozenset[Role]() if self._ask.due else self._ask.roles
        while batch := await to_thread.run_sync(self._next_batch, roles):
            links: list[Link] = []
            takes_all = len(self._ask.roles) == len(Role)
            for record in batch:
                self._read += not record.continued
                for problem in record.problems:
                    self._judging.problem(problem)
                links += record.links if takes_all else [one for one in record.links if one.role in self._ask.roles]
            yield links

    def _next_batch(self, looked_up: frozenset[Role]) -> list[Record]:
        batch = _next_batch(self._records)
        self._remembering.read(batch, looked_up)
        return batch

    async def _due_links(self) -> AsyncIterator[list[Link]]:
        """Those of them that are due, once all are read."""
        links = [link async for batch in self._links() for link in batch]
        due = await to_thread.run_sync(self._pick, links)
        self.not_due = due.left
        for start in range(0, len(due.links), BATCH):
            batch = due.links[start : start + BATCH]
            await to_thread.run_sync(self._remembering.look_up, batch)
            yield batch

    def _pick(self, links: list[Link]) -> "Due":
        from anyio import from_thread  # which most runs have no use for

        from crawler.turns import pick

        hindsight = self._hindsight()
        assert hindsight is not None, "there is a store"

        def history(urls: Sequence[str]) -> Mapping[str, Sequence[Seen]]:
            from_thread.check_cancelled()  # the budget holds, and an interrupt is heard, while the store is asked
            return self._remembering.history(urls)

        return pick(links, history, hindsight, self._config.schedule, self._started)

    async def _judge_in_time(self) -> None:
        """See that nothing waits for long to be judged."""
        while True:
            await anyio.sleep(SOON)
            if not self._waiting.reading:
                self._waiting.judge()

    def _recall(self, url: str, role: Role) -> Recalled | None:
        """What the store knows of a target in a role."""
        recalled = self._remembering.recall(url, role)
        self._unwell.pop(url, None)
        known = recalled and recalled.observation
        earlier = self._remembering.recall_compared(url, role)
        for check in (known,) if known is earlier else (known, earlier):
            if check and self._judge.verdict(url, role, check).kind not in WELL:
                self._unwell[url] = check
        return recalled

    def _hindsight(self) -> Hindsight | None:
        """None where nothing is remembered."""
        confirm = self._config.schedule.confirm
        if not self._remembering.is_open:
            return None
        return Hindsight(self._judge, confirm, self._remembering.compared)


def _next_batch(records: Iterator[Record]) -> list[Record]:
    """Some records, with about as many links as are worth a change of thread; none at the end."""
    batch: list[Record] = []
    links = 0
    for record in records:
        batch.append(record)
        links += len(record.links) + 1
        if links >= BATCH:
            break
    return batch


def engine_for(
    config: Config,
    transport: Transport,
    targets: Targets,
    admission: Admission,
    deliver: Deliver,
    *,
    robots: bool = False,
    memory: HostMemory | None = None,
    born: "Sequence[Born]" = (),
) -> "Engine | Shards":
    """What visits the targets, by robots.txt or not: the engine, or the same in as many processes as are configured,
    those that were forked for it first.
    """
    policy = Policy(config.fetch, config.politeness.retry_after_cap, admission.admit, Suspicions(SEED))
    robots_agent = product_token(config.fetch.user_agent) if robots else None
    if config.pool.processes == 1:
        return Engine(transport, targets, config.pool, policy, deliver, robots_agent=robots_agent, memory=memory)
    from crawler.shards.shards import Shards  # which most runs have no use for

    return Shards(
        transport,
        targets,
        config.pool,
        policy,
        deliver,
        network=config.network,
        robots_agent=robots_agent,
        memory=memory,
        born=born,
    )


def admission(ask: Ask, config: Config) -> Admission:
    """What a run lets through; UsageError with every problem of its patterns and addresses."""
    problems: list[str] = []
    patterns: dict[str, tuple[re.Pattern[str], ...]] = {}
    for option, written in (("--include", ask.include), ("--exclude", ask.exclude)):
        compiled = []
        for pattern in written:
            try:
                compiled.append(re.compile(pattern))
            except re.error as error:
                problems.append(f"{option} {pattern}: not a regular expression: {error}")
        patterns[option] = tuple(compiled)
    guard, overrides = AddressGuard(), tuple[Override, ...]()
    try:
        guard = AddressGuard(config.network.allow_addresses)
    except ValueError as error:
        problems.append(f"network.allow_addresses: {error}")
    try:
        overrides = tuple(map(parse, config.network.connect_to))
    except ValueError as error:
        problems.append(f"network.connect_to: {error}")
    if problems:
        raise UsageError("\n".join(problems))
    return Admission(
        guard,
        partial(find, overrides),
        patterns["--include"],
        patterns["--exclude"],
        ask.offline,
    )
