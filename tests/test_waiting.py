"""What waits to be judged."""

import pytest

from crawler.config import Rules
from crawler.judging import Judging
from crawler.model.exchange import Failure
from crawler.model.link import Link
from crawler.model.observation import Hop, Observation
from crawler.model.report import Outcome, Run
from crawler.model.role import Role
from crawler.model.verdict import Finding
from crawler.verdict.judge import Judge
from crawler.visiting.targets import Target
from crawler.waiting import AT_ONCE, Waiting


class Told:
    """A reporter that remembers what it was told."""

    def __init__(self) -> None:
        self.seen: list[Observation] = []

    def outcome(self, outcome: Outcome) -> None:
        self.seen.append(outcome.observation)

    def finding(self, finding: Finding) -> None: ...

    def finish(self, run: Run) -> None: ...


def target(url: str) -> Target:
    return Target(url, "www.example.org", Link(url, Role.WEB))


def judging(told: Told) -> Judging:
    return Judging(Judge(Rules(), 0.0), [told])


def test_it_is_judged_as_it_came_in_and_once() -> None:
    reached = target("https://www.example.org/a")
    refused = target("https://www.example.org/b")
    failed = target("https://www.example.org/c")
    barred = target("https://www.example.org/d")
    given = [
        (reached, Observation(reached.url, (Hop(reached.url, 200),), observed_at=1.5, elapsed=0.5, attempts=1)),
        (refused, Observation(refused.url, failure=Failure("budget-exhausted", "over"), observed_at=2.5)),
        (failed, Observation(failed.url, failure=Failure("timeout", "late"), observed_at=3.5, elapsed=9.0, attempts=3)),
        (barred, Observation(barred.url, failure=Failure("robots-disallowed", "no"), observed_at=4.5)),
    ]
    told, kept = Told(), list[tuple[Observation, Role]]()
    waiting = Waiting(judging(told), {}, lambda observation, role: kept.append((observation, role)))
    for one, observation in given:
        waiting.take(one, observation)
    assert waiting.taken == 4
    assert kept == [(observation, Role.WEB) for _, observation in given]
    assert told.seen == []
    waiting.judge()
    waiting.judge()
    assert told.seen == [observation for _, observation in given]


@pytest.mark.parametrize("reading", [True, False])
def test_once_all_is_read_it_is_judged_some_at_a_time(reading: bool) -> None:
    told = Told()
    waiting = Waiting(judging(told), {})
    waiting.reading = reading
    for number in range(AT_ONCE + 1):
        url = f"https://www.example.org/{number}"
        waiting.take(target(url), Observation(url, (Hop(url, 200),), attempts=1))
    assert len(told.seen) == (0 if reading else AT_ONCE)
