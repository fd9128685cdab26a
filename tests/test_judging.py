"""What a run and its rendering from the store have in common: who is judged when, and who is told."""

from collections.abc import Sequence

import pytest

from crawler.config import Confirm, Rules
from crawler.errors import RunError
from crawler.judging import BATCH, Judging
from crawler.model.link import Article, Link, Problem
from crawler.model.observation import Observation
from crawler.model.report import Report, Run
from crawler.model.role import Role
from crawler.model.verdict import Change, Kind, Level
from crawler.report.memory import MemoryReporter
from crawler.store.port import Seen
from crawler.verdict.hindsight import Hindsight
from crawler.verdict.judge import Judge
from tests.store.making import DAY, NIGHT, Placed, link_url, missed, seen

JUDGE = Judge(Rules(), NIGHT)


class Past:
    """A store's histories, and what was asked for."""

    def __init__(self, *checks: Observation, role: Role = Role.WEB) -> None:
        self._checks = checks
        self._role = role
        self.asked: list[list[str]] = []

    def __call__(self, urls: Sequence[str]) -> dict[str, tuple[Seen, ...]]:
        self.asked.append(list(urls))
        found = {url: tuple(Seen(one, self._role, 1) for one in self._checks if one.url == url) for url in urls}
        return {url: checks for url, checks in found.items() if checks}


def judging(past: Past | None = None) -> tuple[Judging, MemoryReporter]:
    """With a memory, or without one."""
    reporter = MemoryReporter()
    hindsight = None if past is None else Hindsight(JUDGE, Confirm(), NIGHT)
    return Judging(JUDGE, [reporter], hindsight, past or Past()), reporter


def at(number: int, article: Article | None = None, role: Role = Role.WEB) -> Placed:
    """A target with one place."""
    return Placed(link_url(number), role, (Link(link_url(number), role, "a.md", "webUrl", number, article=article),))


def ended(one: Judging, reporter: MemoryReporter) -> Report:
    """The report."""
    one.publish(one.conclude(NIGHT, NIGHT + 60, complete=True, records=1, links=2))
    return reporter.report


def test_without_a_memory_all_is_judged_at_once() -> None:
    one, reporter = judging()
    one.take(at(1), seen(1))
    one.take(at(2), missed(2), missed(2, NIGHT - DAY))
    assert one.findings == 1
    report = ended(one, reporter)
    assert [outcome.verdict.kind for outcome in report.outcomes] == [Kind.ALIVE, Kind.UNREACHABLE]
    assert report.run.summary.changes is None
    assert report.run.summary.verdicts[Kind.ALIVE] == 1
    assert report.run.summary.levels[Level.WARNING] == 1
    assert (report.run.summary.records, report.run.summary.links, report.run.summary.urls) == (1, 2, 2)


def test_only_those_are_asked_about_of_whom_the_past_can_change_anything() -> None:
    past = Past(*[missed(2, NIGHT - days * DAY) for days in (4, 2, 1)], seen(3, NIGHT - DAY, 404))
    one, reporter = judging(past)
    one.take(at(1), seen(1), seen(1, NIGHT - DAY))
    one.take(at(2), missed(2), None)
    one.take(at(3), seen(3, NIGHT + DAY), seen(3, NIGHT - DAY, 404))
    assert past.asked == []
    report = ended(one, reporter)
    assert past.asked == [[link_url(2), link_url(3)]]
    assert {outcome.url: (outcome.verdict.reason, outcome.change) for outcome in report.outcomes} == {
        link_url(1): ("ok", None),
        link_url(2): ("persistent-failure", Change.STILL),
        link_url(3): ("ok", Change.RECOVERED),
    }
    assert report.run.summary.changes == {Change.NEW: 0, Change.STILL: 1, Change.RECOVERED: 1}
    assert report.run.summary.verdicts[Kind.BROKEN] == 1


def test_what_was_seen_in_another_role_is_another_matter() -> None:
    past = Past(*[missed(2, NIGHT - days * DAY) for days in (4, 2, 1)], role=Role.IMAGE)
    one, reporter = judging(past)
    one.take(at(2), missed(2))
    assert ended(one, reporter).outcomes[0].verdict.reason == "timeout"


def test_the_past_is_asked_for_in_batches() -> None:
    past = Past()
    one, reporter = judging(past)
    for number in range(BATCH + 1):
        one.take(at(number), missed(number))
    assert len(ended(one, reporter).outcomes) == BATCH + 1
    assert [len(asked) for asked in past.asked] == [BATCH, 1]


def test_an_article_is_judged_once_all_of_it_is_known_however_late() -> None:
    article = Article("", urls=((Role.WEB, "webUrl", link_url(1)), (Role.AMP, "ampWebUrl", link_url(2))))
    one, reporter = judging(Past())
    page, amp, lost = at(1, article), at(2, article, Role.AMP), at(3, Article("related[0]"))
    for target in (page, amp, lost, lost):
        one.expect(target.links)
    one.take(page, missed(1))
    one.take(amp, seen(2, status=404))
    one.take(lost, seen(3, status=410))
    assert one.findings == 0
    report = ended(one, reporter)
    assert [(finding.code, finding.line) for finding in report.findings] == [
        ("timeout", 1),
        ("http-404", 2),
        ("http-410", 3),
    ]


class Full(MemoryReporter):
    """A report that a full disk does not take."""

    def finish(self, run: Run) -> None:
        raise RunError("no space left")


def test_a_report_that_can_t_be_written_costs_no_other_one() -> None:
    other = MemoryReporter()
    one = Judging(JUDGE, [Full(), other])
    with pytest.raises(RunError, match="no space left"):
        ended(one, other)
    assert other.report.run.complete


def test_problems_of_records_and_of_the_settings_are_told() -> None:
    one, reporter = judging()
    one.problem(Problem("record-unreadable", "no YAML", "b.md", 1))
    assert [finding.code for finding in ended(one, reporter).findings] == ["record-unreadable"]
