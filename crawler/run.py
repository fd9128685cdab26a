"""The face's wiring, shared by the command line and the library: from inputs and a configuration to a report."""

import re
from collections.abc import AsyncIterator, Iterator, Sequence
from functools import partial
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
from crawler.model.link import Link, Record
from crawler.model.observation import Observation
from crawler.model.report import Outcome, Run, Summary
from crawler.model.role import Role
from crawler.model.verdict import Finding, Kind, Level
from crawler.records.inputs import is_crawl
from crawler.records.sources import read
from crawler.report.port import Reporter
from crawler.verdict.gathering import Gathering
from crawler.verdict.judge import Judge
from crawler.verdict.rule import Occurrence
from crawler.visiting.admission import Admission
from crawler.visiting.suspicion import Suspicions
from crawler.visiting.targets import Target, Targets
from crawler.visiting.visit import Policy

if TYPE_CHECKING:
    from crawler.shards.shards import Shards

BATCH = 500
"""Links that are read at a time, away from the event loop."""

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


class Check:
    """One run of the main job: read, visit, judge and report, all at once.

    Raises UsageError, before anything is asked for, where the inputs or the configuration make no sense.
    """

    def __init__(
        self, ask: Ask, config: Config, reporters: Sequence[Reporter], *, stdin: BinaryIO | None = None
    ) -> None:
        self._started = time()
        self._judge = Judge(config.rules, self._started)
        self._ask = ask
        self._config = config
        self._reporters = reporters
        self._admission = admission(ask, config)
        self._targets = Targets(self._admission.preflight)
        self._records = read(ask.inputs, config.records, stdin=stdin, allow_empty=ask.allow_empty)
        self._engine: Engine | Shards | None = None
        self._scope: anyio.CancelScope | None = None
        self._reading = True
        self._early: list[tuple[Target, Observation]] = []
        """What was observed while targets could still gain links; judged once they can't."""
        self._gathering = Gathering()
        self._done = 0
        self._read = 0
        self._verdicts = dict.fromkeys(Kind, 0)
        self._levels = {Level.ERROR: 0, Level.WARNING: 0, Level.INFO: 0}
        self._obeys_robots = config.politeness.robots and is_crawl(ask.inputs)
        self._complete = False
        self.interrupted = False

    def progress(self) -> Progress:
        """How far the run is."""
        return Progress(
            records=self._read,
            links=self._targets.links,
            targets=len(self._targets),
            done=self._done,
            in_flight=self._engine.in_flight if self._engine else 0,
            findings=sum(self._levels.values()),
            reading=self._reading,
        )

    def interrupt(self) -> None:
        """End the run now; the report covers what was done."""
        self.interrupted = True
        if self._scope:
            self._scope.cancel()

    async def run(self, transport: Transport) -> None:
        """Read, visit and judge. However this ends, `report` tells what was done by then."""
        cap = self._config.politeness.retry_after_cap
        policy = Policy(self._config.fetch, cap, self._admission.admit, Suspicions(SEED))
        robots_agent = product_token(self._config.fetch.user_agent) if self._obeys_robots else None
        self._engine = engine_for(self._config, transport, self._targets, policy, self._deliver, robots_agent)
        with anyio.CancelScope() as self._scope:
            self._complete = await self._engine.run(self._batches(), self._ask.budget)

    def report(self) -> Run:
        """Have the reporters write what is left to write; once, at the end."""
        self._judge_early()
        for occurrences in self._gathering.rest():
            self._judge_article(occurrences)
        for finding in self._judge.closing():
            self._find(finding)
        summary = Summary(self._read, self._targets.links, sum(self._verdicts.values()), self._verdicts, self._levels)
        run = Run(self._started, time(), self._complete, summary)
        for reporter in self._reporters:
            reporter.finish(run)
        return run

    async def _batches(self) -> AsyncIterator[list[Link]]:
        while batch := await to_thread.run_sync(_next_batch, self._records):
            links: list[Link] = []
            for record in batch:
                self._read += not record.continued
                for problem in record.problems:
                    self._find(self._judge.problem(problem))
                links += [link for link in record.links if link.role in self._ask.roles]
            self._gathering.expect(links)
            yield links
        self._reading = False
        self._judge_early()

    def _deliver(self, target: Target, observation: Observation) -> None:
        self._done += 1
        if self._reading:
            self._early.append((target, observation))
        else:
            self._judge_target(target, observation)

    def _judge_early(self) -> None:
        early, self._early = self._early, []
        for target, observation in early:
            self._judge_target(target, observation)

    def _judge_target(self, target: Target, observation: Observation) -> None:
        verdict = self._judge.verdict(target.url, target.role, observation)
        outcome = Outcome(target.url, target.role, target.links, observation, verdict)
        self._verdicts[verdict.kind] += 1
        for reporter in self._reporters:
            reporter.outcome(outcome)
        for finding in self._judge.findings(outcome):
            self._find(finding)
        for occurrences in self._gathering.take(outcome):
            self._judge_article(occurrences)

    def _judge_article(self, occurrences: Sequence[Occurrence]) -> None:
        for finding in self._judge.article(occurrences):
            self._find(finding)

    def _find(self, finding: Finding | None) -> None:
        if finding is not None:
            self._levels[finding.level] += 1
            for reporter in self._reporters:
                reporter.finding(finding)


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
    policy: Policy,
    deliver: Deliver,
    robots_agent: str | None = None,
) -> "Engine | Shards":
    """What visits the targets: the engine, or the same in as many processes as are configured."""
    if config.pool.processes == 1:
        return Engine(transport, targets, config.pool, policy, deliver, robots_agent=robots_agent)
    from crawler.shards.shards import Shards  # which most runs have no use for

    return Shards(transport, targets, config.pool, policy, deliver, network=config.network, robots_agent=robots_agent)


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
