import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from crawler.errors import UsageError
from crawler.report.console import ConsoleReporter, Detail
from crawler.report.formats import FORMATS, Spec, open_reporters, streams_to
from crawler.report.json import JsonReporter
from crawler.report.port import Reporter
from crawler.report.terminal import When
from tests.report.writing import report


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def _open(specs: Sequence[str], stdout: io.StringIO | None = None, when: When = "auto") -> list[Reporter]:
    return open_reporters(specs, stdout=stdout or io.StringIO(), when=when, detail=Detail.NORMAL, environ={})


def test_without_a_format_there_is_the_console() -> None:
    [reporter] = _open([])
    assert isinstance(reporter, ConsoleReporter)


def test_each_format_goes_where_it_is_told(tmp_path: Path) -> None:
    stdout = io.StringIO()
    paths = {name: tmp_path / f"report.{name}" for name in FORMATS}
    reporters = _open([*(f"{name}={path}" for name, path in paths.items()), "json"], stdout)
    assert list(tmp_path.iterdir()) == []
    for reporter in reporters:
        report(reporter)
    assert paths["json"].read_text() == stdout.getvalue()
    assert len(paths["jsonl"].read_text().splitlines()) > len(json.loads(stdout.getvalue())["urls"])
    assert paths["console"].read_text().endswith(" s.\n")


@pytest.mark.parametrize(
    ("specs", "message"),
    [
        (["xml"], r"there is no format 'xml'; there are console \(for people\), json"),
        (["=x"], "there is no format ''"),
        (["JSON"], "there is no format 'JSON'"),
        (["json="], "--format json=: the path is missing"),
        (["json", "jsonl"], "json and jsonl can't both go to standard output"),
        (["console", "console"], "console and console can't both go to standard output"),
        (["json=-", "console"], "json and console can't both go to standard output"),
        (["json=/dev/null", "jsonl=/dev/../dev/null"], "json and jsonl can't both go to /dev/../dev/null"),
        (["json=/nowhere/at/all.json"], "there is no folder /nowhere/at"),
    ],
)
def test_what_makes_no_sense_is_told_before_the_run(specs: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        _open(specs)


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        ("json", Spec("json", None)),
        ("json=-", Spec("json", None)),
        ("json=a=b.json", Spec("json", "a=b.json")),
        ("console=report.txt", Spec("console", "report.txt")),
    ],
)
def test_parsing(text: str, spec: Spec) -> None:
    assert Spec.parse(text) == spec


def test_json_on_a_terminal_is_the_same_json() -> None:
    screen, pipe = Screen(), io.StringIO()
    for stdout in (screen, pipe):
        [reporter] = _open(["json"], stdout, "always")
        assert isinstance(reporter, JsonReporter)
        report(reporter)
    assert screen.getvalue() == pipe.getvalue()


@pytest.mark.parametrize(
    ("stdout", "when", "painted"),
    [
        (Screen(), "auto", True),
        (Screen(), "never", False),
        (io.StringIO(), "auto", False),
        (io.StringIO(), "always", True),
    ],
)
def test_colour_is_for_terminals_and_for_who_asks(stdout: io.StringIO, when: When, painted: bool) -> None:
    [reporter] = _open([], stdout, when)
    report(reporter)
    assert ("\x1b[" in stdout.getvalue()) is painted


@pytest.mark.parametrize(("when", "painted"), [("auto", False), ("always", True)])
def test_a_file_for_people_is_painted_only_for_who_asks(tmp_path: Path, when: When, painted: bool) -> None:
    path = tmp_path / "report.txt"
    [reporter] = _open([f"console={path}"], Screen(), when)
    report(reporter)
    assert ("\x1b[" in path.read_text()) is painted


@pytest.mark.parametrize(
    ("stdout", "specs", "streams"),
    [
        (Screen(), ["jsonl"], True),
        (Screen(), ["jsonl=out.jsonl", "json"], False),
        (Screen(), [], False),
        (io.StringIO(), ["jsonl"], False),
    ],
)
def test_a_format_that_streams_to_a_terminal_leaves_no_room_for_progress(
    stdout: io.StringIO, specs: list[str], streams: bool
) -> None:
    assert streams_to(stdout, specs) is streams
