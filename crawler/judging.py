"""From facts to reports: what a run and the rendering of one from the store have in common."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from crawler.errors import RunError
from crawler.model.link import Link, Problem
from crawler.model.observation import Observation
from crawler.model.report import Outcome, Run, Summary
from crawler.model.verdict import Change, Finding, Kind, Level
from crawler.report.port import Reporter
from crawler.store.port import Named, Seen
from crawler.verdict.gathering import Gathering
from crawler.verdict.hindsight import Hindsight
from crawler.verdict.judge import Judge

History = Callable[[Sequence[str]], Mapping[str, Sequence[Seen]]]
"""All checks of each URL, oldest first, those after the present too; what has none is left out (`Store.history`)."""

BATCH = 500
"""Targets whose past is asked for at a time."""


class Judging:
    """Judges the targets of one run and tells every reporter, and counts.

    A target whose past can change what is said of it is judged at the end: the past is asked for in batches. All others
    are judged at once, and nothing is held of them but what their articles wait for. What is broken may be held back,
    for a second opinion.
    """

    def __init__(
        self,
        judge: Judge,
        reporters: Sequence[Reporter],
        hindsight: Hindsight | None = None,
        history: History = lambda urls: {},
        *,
        holds_broken: bool = False,
    ) -> None:
        """Without `hindsight`, nothing is remembered, and every target is judged by its present alone. With
        `holds_broken`, what is broken is told once it has been handed to `tell`, or at the end.
        """
        self._judge = judge
        self._reporters = reporters
        self._hindsight = hindsight
        self._history = history
        self._gathering = Gathering()
        self._concludes = False
        self._faults: list[RunError] = []
        self._late: list[Outcome] = []
        self._holds_broken = holds_broken
        self._held: dict[str, Outcome] = {}
        self._verdicts = dict.fromkeys(Kind, 0)
        self._levels = {Level.ERROR: 0, Level.WARNING: 0, Level.INFO: 0}
        self._changes = dict.fromkeys(Change, 0)

    @property
    def findings(self) -> int:
        """How many there are so far."""
        return sum(self._levels.values())

    def problem(self, problem: Problem) -> None:
        """A record has something wrong with it."""
        finding = self._judge.problem(problem)
        if finding is not None:
            self._find([finding])

    def expect(self, links: Iterable[Link]) -> None:
        """Links that targets will come for. All links of an article come before the target of any."""
        self._gathering.expect(links)

    def take(self, target: Named, observation: Observation, *known: Observation | None) -> None:
        """A target that will gain no more links, and what was observed of it. `known` are its last checks before that
        in the same role, as `Hindsight.matters` has them.
        """
        url, role = target.url, target.role
        verdict = self._judge.verdict(url, role, observation)
        outcome = Outcome(url, role, target.links, observation, verdict)
        if self._hindsight is not None and self._hindsight.matters(outcome, *known):
            self._late.append(outcome)
        else:
            self._settle(outcome)

    def broken(self) -> list[Outcome]:
        """What is held back, once all targets are taken: judge what is left, and see."""
        self._judge_late()
        return [*self._held.values()]

    def tell(self, outcome: Outcome) -> None:
        """Report a target. What was held back of it is no longer."""
        self._held.pop(outcome.url, None)
        self._verdicts[outcome.verdict.kind] += 1
        if outcome.change is not None:
            self._changes[outcome.change] += 1
        for reporter in self._reporters:
            try:
                reporter.outcome(outcome)
            except RunError as error:
                self._lose(reporter, error)
        self._find(self._judge.findings(outcome))
        for occurrences in self._gathering.take(outcome):
            self._find(self._judge.article(occurrences))

    def conclude(self, started_at: float, finished_at: float, *, complete: bool, records: int, links: int) -> Run:
        """Judge what is left, and sum up. Once, at the end."""
        self._concludes = True
        for outcome in self.broken():
            self.tell(outcome)
        for occurrences in self._gathering.rest():
            self._find(self._judge.article(occurrences))
        self._find(self._judge.closing())
        changes = None if self._hindsight is None else self._changes
        summary = Summary(records, links, sum(self._verdicts.values()), self._verdicts, self._levels, changes)
        return Run(started_at, finished_at, complete, summary)

    def publish(self, run: Run) -> None:
        """Have the reporters write what they have left to write, once that is concluded. Raises the first RunError of
        any of them when all have had their turn.
        """
        for reporter in self._reporters:
            try:
                reporter.finish(run)
            except RunError as error:
                self._faults.append(error)
        if self._faults:
            raise self._faults[0]

    def _judge_late(self) -> None:
        late, self._late = self._late, []
        for start in range(0, len(late), BATCH):
            batch = late[start : start + BATCH]
            past = self._history([outcome.url for outcome in batch])
            for outcome in batch:
                self._settle(self._in_hindsight(outcome, past.get(outcome.url, ())))

    def _in_hindsight(self, outcome: Outcome, past: Iterable[Seen]) -> Outcome:
        assert self._hindsight is not None
        return self._hindsight.see(outcome, [seen.observation for seen in past if seen.role is outcome.role])

    def _settle(self, outcome: Outcome) -> None:
        if self._holds_broken and outcome.verdict.kind is Kind.BROKEN:
            self._held[outcome.url] = outcome
        else:
            self.tell(outcome)

    def _find(self, findings: list[Finding]) -> None:
        for finding in findings:
            self._levels[finding.level] += 1
            for reporter in self._reporters:
                try:
                    reporter.finding(finding)
                except RunError as error:
                    self._lose(reporter, error)

    def _lose(self, reporter: Reporter, error: RunError) -> None:
        """Go on without a reporter that can't write any more, as long as there is another or an end in sight."""
        self._reporters = [one for one in self._reporters if one is not reporter]
        self._faults.append(error)
        if not self._reporters and not self._concludes:
            raise error
