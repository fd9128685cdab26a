import json
import re
from collections.abc import Callable

import pytest

from crawler.model.verdict import Change
from crawler.report.json import JsonReporter
from tests.report.sample import FINDINGS, OUTCOMES, RUN
from tests.report.writing import later, written

_TIMES = re.compile(rb'"(started_at|finished_at|checked_at)":"[^"]*"|"elapsed_ms":\d+')


def test_golden(golden: Callable[[str, bytes], None]) -> None:
    golden("report.json", written(JsonReporter))


def test_the_keys_stand_in_the_order_of_the_contract() -> None:
    report = json.loads(written(JsonReporter))
    assert list(report) == [
        "schema_version", "tool", "started_at", "finished_at", "complete", "summary", "urls", "findings",
    ]  # fmt: skip
    assert list(report["tool"]) == ["name", "version"]
    assert list(report["summary"]) == ["records", "links", "urls", "verdicts", "levels", "changes"]
    assert list(report["summary"]["verdicts"]) == [
        "alive", "moved", "broken", "unreachable", "blocked", "invalid", "skipped",
    ]  # fmt: skip
    assert list(report["summary"]["levels"]) == ["error", "warning", "info"]
    assert list(report["summary"]["changes"]) == ["new", "still", "recovered"]
    assert all(list(member)[-1] == "change" for member in report["urls"])


@pytest.mark.parametrize(
    ("change", "changes", "counts"),
    [
        (None, None, {"new": 0, "still": 0, "recovered": 0}),
        (Change.STILL, {Change.NEW: 0, Change.STILL: 7, Change.RECOVERED: 2}, {"new": 0, "still": 7, "recovered": 2}),
    ],
)
def test_changes(change: Change | None, changes: dict[Change, int] | None, counts: dict[str, int]) -> None:
    run = RUN._replace(summary=RUN.summary._replace(changes=changes))
    report = json.loads(written(JsonReporter, [OUTCOMES[0]._replace(change=change)], (), run))
    assert report["summary"]["changes"] == counts
    assert report["urls"][0]["change"] == change


def test_lists_are_sorted_by_path_line_column_and_url() -> None:
    report = json.loads(written(JsonReporter))

    def place(member: dict[str, str | int | None], url: str | None) -> tuple[str, int, int, str]:
        path, line, column = (member[key] for key in ("path", "line", "column"))
        return str(path or ""), int(line or 0), int(column or 0), url or ""

    urls = [place(member["occurrences"][0], member["url"]) for member in report["urls"]]
    assert len(urls) == len(OUTCOMES)
    assert urls == sorted(urls)
    for member in report["urls"]:
        occurrences = [place(occurrence, None) for occurrence in member["occurrences"]]
        assert occurrences == sorted(occurrences)
    findings = [(place(member, member["url"]), member["code"]) for member in report["findings"]]
    assert len(findings) == len(FINDINGS)
    assert findings == sorted(findings)


def test_two_runs_over_the_same_facts_are_the_same_bytes_but_for_times() -> None:
    again = [outcome._replace(links=outcome.links[::-1]) for outcome in later(OUTCOMES)[::-1]]
    one = written(JsonReporter)
    other = written(JsonReporter, again, FINDINGS[::-1], RUN._replace(started_at=1.0, finished_at=2.0))
    assert one != other
    assert _TIMES.sub(b"", one) == _TIMES.sub(b"", other)


def test_an_empty_run_is_a_whole_report() -> None:
    report = json.loads(written(JsonReporter, (), (), RUN._replace(complete=False)))
    assert report["urls"] == report["findings"] == []
    assert report["complete"] is False


def test_nothing_in_it_can_move_a_terminal_s_cursor() -> None:
    assert all(line.isprintable() for line in written(JsonReporter).decode("ascii").split("\n"))
