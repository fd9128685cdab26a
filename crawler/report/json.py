"""`json`: the whole report as one object, as the contract has it, a member of its lists on each line."""

import json
from itertools import islice

from crawler.config import VERSION
from crawler.model.report import Outcome, Run
from crawler.model.verdict import Change, Finding, Kind, Level
from crawler.report.member import finding_line, outcome_line, timestamp
from crawler.report.order import finding_key, occurrences, outcome_place, sortable
from crawler.report.output import Output
from crawler.report.spool import Spool

SCHEMA_VERSION = 1

_AT_ONCE = 64
"""Members that are written in one go."""


class JsonReporter:
    """Encodes each member when it is known, spools it, and writes everything in order at the end.

    Two runs over the same facts write the same bytes but for times. Raises `RunError` when the disk is full.
    """

    def __init__(self, output: Output) -> None:
        self._output = output
        self._urls = Spool()
        self._findings = Spool()

    def outcome(self, outcome: Outcome) -> None:
        """Keeps a member of `urls`."""
        links = occurrences(outcome.links)
        self._urls.add(sortable(outcome_place(outcome, links)), outcome_line(outcome, links))

    def finding(self, finding: Finding) -> None:
        """Keeps a member of `findings`."""
        place, code = finding_key(finding)
        self._findings.add(sortable(place, code), finding_line(finding))

    def finish(self, run: Run) -> None:
        """Writes the report."""
        with self._urls as urls, self._findings as findings, self._output as output:
            output.write(_head(run))
            _write_list(output, b"urls", urls)
            _write_list(output, b"findings", findings)
            output.write(b"}\n")


def _head(run: Run) -> bytes:
    """Everything before the lists, without the closing brace."""
    summary = run.summary
    head = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "crawler", "version": VERSION},
        "started_at": timestamp(run.started_at),
        "finished_at": timestamp(run.finished_at),
        "complete": run.complete,
        "summary": {
            "records": summary.records,
            "links": summary.links,
            "urls": summary.urls,
            "verdicts": {kind: summary.verdicts.get(kind, 0) for kind in Kind},
            "levels": {level: summary.levels.get(level, 0) for level in (Level.ERROR, Level.WARNING, Level.INFO)},
            "changes": {change: (summary.changes or {}).get(change, 0) for change in Change},
        },
    }
    return json.dumps(head, separators=(",", ":")).removesuffix("}").encode("ascii")


def _write_list(output: Output, name: bytes, members: Spool) -> None:
    output.write(b',\n"' + name + b'":[')
    rest = iter(members)
    separator = b"\n"
    while some := [*islice(rest, _AT_ONCE)]:
        output.write(separator)
        output.write(b",\n".join(some))
        separator = b",\n"
    output.write(b"]" if separator == b"\n" else b"\n]")
