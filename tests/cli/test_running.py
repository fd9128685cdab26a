"""Signals that come late: when nothing is under way any more, and the report is being written."""

import signal

import pytest

from crawler.cli.running import Showing, run_check
from crawler.config import Config
from crawler.model.report import Outcome, Run
from crawler.model.verdict import Finding
from crawler.report.console import Detail
from crawler.run import Ask, Check

SHOWING = Showing("never", Detail.QUIET, progress=False)


class Interrupted:
    """A report during whose writing so many interrupts come."""

    def __init__(self, times: int) -> None:
        self.times = times
        self.run: Run | None = None

    def outcome(self, outcome: Outcome) -> None:
        """Takes no notice."""

    def finding(self, finding: Finding) -> None:
        """Takes no notice."""

    def finish(self, run: Run) -> None:
        """Is interrupted, and written all the same."""
        for _ in range(self.times):
            signal.raise_signal(signal.SIGINT)
        self.run = run


def check(reporter: Interrupted) -> int:
    config = Config()
    return run_check(Check(Ask(("https://news.example/",), offline=True), config, [reporter]), config, SHOWING)


def test_an_interrupt_that_comes_when_all_is_done_spoils_no_report() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    reporter = Interrupted(1)
    assert check(reporter) == 0
    assert reporter.run is not None
    assert reporter.run.complete
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


def test_a_second_one_is_heeded() -> None:
    reporter = Interrupted(2)
    with pytest.raises(KeyboardInterrupt):
        check(reporter)
    assert reporter.run is None
