import json
import re
from collections.abc import Callable
from pathlib import Path

from crawler.report.json import JsonReporter
from crawler.report.jsonl import JsonlReporter
from crawler.report.output import FileOutput
from tests.report.sample import FINDINGS, OUTCOMES, RUN
from tests.report.writing import later, written

_TIMES = re.compile(rb'"checked_at":"[^"]*"|"elapsed_ms":\d+')


def test_golden(golden: Callable[[str, bytes], None]) -> None:
    golden("report.jsonl", written(JsonlReporter))


def test_the_lines_are_the_members_of_the_json_report() -> None:
    lines = [json.loads(line) for line in written(JsonlReporter).splitlines()]
    report = json.loads(written(JsonReporter))
    urls, findings = lines[: len(OUTCOMES)], lines[len(OUTCOMES) :]
    assert findings == report["findings"]
    assert sorted(urls, key=str) == sorted(report["urls"], key=str)


def test_the_lines_of_two_runs_are_the_same_bytes_but_for_times() -> None:
    one = _TIMES.sub(b"", written(JsonlReporter)).splitlines()
    other = _TIMES.sub(b"", written(JsonlReporter, later(OUTCOMES)[::-1], FINDINGS[::-1])).splitlines()
    assert one != other
    assert sorted(one) == sorted(other)


def test_an_outcome_can_be_read_as_soon_as_it_is_known(tmp_path: Path) -> None:
    path = tmp_path / "report.jsonl"
    reporter = JsonlReporter(FileOutput(str(path), whole=False))
    for number, outcome in enumerate(OUTCOMES, 1):
        reporter.outcome(outcome)
        assert json.loads(path.read_bytes().splitlines()[-1])["url"] == outcome.url
        assert path.read_bytes().count(b"\n") == number
    reporter.finish(RUN)


def test_a_run_without_links_leaves_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "report.jsonl"
    JsonlReporter(FileOutput(str(path), whole=False)).finish(RUN)
    assert path.read_bytes() == b""
