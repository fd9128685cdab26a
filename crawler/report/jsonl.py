"""`jsonl`: the members of the JSON report, one a line; URLs as they are known, then the findings."""

from crawler.model.report import Outcome, Run
from crawler.model.verdict import Finding
from crawler.report.member import finding_line, outcome_line
from crawler.report.order import finding_key, occurrences, sortable
from crawler.report.output import Output
from crawler.report.spool import Spool


class JsonlReporter:
    """Writes each outcome when it is known, so that whoever reads along sees it at once; findings follow, sorted.

    Each line is the same bytes in two runs over the same facts, but for times. The order of the outcomes is the order
    in which the web answered; sort the lines to compare two runs.
    """

    def __init__(self, output: Output) -> None:
        self._output = output
        self._findings = Spool()

    def outcome(self, outcome: Outcome) -> None:
        """Writes a member of `urls`."""
        self._output.write(outcome_line(outcome, occurrences(outcome.links)) + b"\n")
        self._output.flush()

    def finding(self, finding: Finding) -> None:
        """Keeps a member of `findings` until the last URL is out."""
        place, code = finding_key(finding)
        self._findings.add(sortable(place, code), finding_line(finding))

    def finish(self, run: Run) -> None:
        """Writes the members of `findings`."""
        with self._findings as findings, self._output as output:
            for line in findings:
                output.write(line + b"\n")
