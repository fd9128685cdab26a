"""The report as a value, for use as a library."""

from crawler.model.report import Outcome, Report, Run
from crawler.model.verdict import Finding
from crawler.report.order import finding_key, sorted_outcomes


class MemoryReporter:
    """Collects everything; `report` is the whole once the run is over."""

    def __init__(self) -> None:
        self._outcomes: list[Outcome] = []
        self._findings: list[Finding] = []
        self._report: Report | None = None

    def outcome(self, outcome: Outcome) -> None:
        """Keeps a target."""
        self._outcomes.append(outcome)

    def finding(self, finding: Finding) -> None:
        """Keeps a finding."""
        self._findings.append(finding)

    def finish(self, run: Run) -> None:
        """Makes `report` complete."""
        findings = tuple(sorted(self._findings, key=finding_key))
        self._report = Report(run, sorted_outcomes(self._outcomes), findings)

    @property
    def report(self) -> Report:
        """The report, its lists sorted as the JSON report's. Raises `RuntimeError` before the run is over."""
        if self._report is None:
            raise RuntimeError("the run is not over")
        return self._report
