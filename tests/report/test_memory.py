import pytest

from crawler.model.report import Report
from crawler.report.memory import MemoryReporter
from crawler.report.order import finding_key, sorted_outcomes
from tests.report.sample import FINDINGS, OUTCOMES, RUN
from tests.report.writing import report


def test_the_report_holds_everything_in_order() -> None:
    reporter = MemoryReporter()
    report(reporter, OUTCOMES[::-1], FINDINGS[::-1])
    assert reporter.report == Report(RUN, sorted_outcomes(OUTCOMES), tuple(sorted(FINDINGS, key=finding_key)))


def test_there_is_no_report_before_the_run_is_over() -> None:
    with pytest.raises(RuntimeError, match="not over"):
        _ = MemoryReporter().report
