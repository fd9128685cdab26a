import re
from collections.abc import Callable

import pytest

from crawler.model.past import Past, Streak
from crawler.model.report import Run
from crawler.model.verdict import Change, Finding, Kind, Level
from crawler.report.console import ConsoleReporter, Detail
from crawler.report.output import Output
from crawler.report.terminal import Terminal
from crawler.report.text import cells
from tests.report.sample import FINDINGS, HOSTILE, OUTCOMES, RUN, STARTED, A, B
from tests.report.writing import written

_PAINT = re.compile(r"\x1b\[(?:0|1|2|32|33|36|1;31)m")


SINCE = STARTED - 3 * 86_400
"""2026-01-28T02:00:00Z."""


def _make(terminal: Terminal, detail: Detail = Detail.NORMAL) -> Callable[[Output], ConsoleReporter]:
    return lambda output: ConsoleReporter(output, terminal, detail)


def _text(terminal: Terminal, detail: Detail = Detail.NORMAL, run: Run = RUN) -> str:
    return written(_make(terminal, detail), run=run).decode()


@pytest.mark.parametrize(
    ("name", "terminal", "detail"),
    [
        ("console-log.txt", Terminal(), Detail.NORMAL),
        ("console-80.txt", Terminal(width=80), Detail.NORMAL),
        ("console-40.txt", Terminal(width=40), Detail.NORMAL),
        ("console-80-colour.txt", Terminal(width=80, colour=True), Detail.NORMAL),
        ("console-80-verbose.txt", Terminal(width=80), Detail.VERBOSE),
        ("console-80-quiet.txt", Terminal(width=80), Detail.QUIET),
    ],
)
def test_golden(golden: Callable[[str, bytes], None], name: str, terminal: Terminal, detail: Detail) -> None:
    golden(name, written(_make(terminal, detail)))


def test_a_finding_is_one_line_where_lines_do_not_end() -> None:
    lines = _text(Terminal()).splitlines()
    assert (
        f"{A}:4:15  permanent-redirect  warning: Moved for good (301).  https://www.example.org/a"
        "  → https://www.example.org/b"
    ) in lines


def test_what_is_new_is_told_from_what_is_still_broken() -> None:
    gone, invalid, well = OUTCOMES[2], OUTCOMES[5], OUTCOMES[1]
    outcomes = [
        gone._replace(change=Change.STILL, past=Past(Streak(SINCE, SINCE))),
        invalid._replace(change=Change.NEW, past=Past()),
        well._replace(change=Change.RECOVERED, past=Past(well=SINCE)),
    ]
    findings = [
        FINDINGS[2]._replace(change=Change.STILL, since=SINCE),
        FINDINGS[7]._replace(change=Change.NEW),
    ]
    run = RUN._replace(summary=RUN.summary._replace(changes=dict.fromkeys(Change, 1)))
    text = written(_make(Terminal(), Detail.VERBOSE), outcomes, findings, run).decode()
    assert re.search(r"http-404  error: .*/gone  still, since 2026-01-28  → ", text)
    assert re.search(r"address-forbidden  error: .*  new$", text, re.MULTILINE)
    assert re.search(r"^broken .*/gone  still, since 2026-01-28  → ", text, re.MULTILINE)
    assert re.search(r"^alive .*/photo.jpg  recovered$", text, re.MULTILINE)
    assert "\nChanges: 1 new, 1 still broken, 1 recovered.\n" in text


@pytest.mark.parametrize("changes", [None, dict.fromkeys(Change, 0)])
def test_nothing_is_said_of_changes_where_there_are_none(changes: dict[Change, int] | None) -> None:
    text = _text(Terminal(), run=RUN._replace(summary=RUN.summary._replace(changes=changes)))
    assert "Changes:" not in text


def test_findings_are_grouped_by_file_and_those_without_one_come_first() -> None:
    groups = _text(Terminal(), Detail.QUIET).split("\n\n")
    assert groups[0].startswith("Not in a file\n")
    assert [{line.split(".md")[0] for line in group.splitlines()} for group in groups[2:4]] == [
        {A.removesuffix(".md")},
        {B.removesuffix(".md")},
    ]


def test_the_order_does_not_depend_on_what_was_known_first() -> None:
    terminal = _make(Terminal(), Detail.VERBOSE)
    assert written(terminal) == written(terminal, OUTCOMES[::-1], FINDINGS[::-1])


@pytest.mark.parametrize("width", [20, 40, 60, 80, 200])
def test_no_line_is_wider_than_the_screen_but_for_places_which_stay_whole(width: int) -> None:
    for line in _text(Terminal(width=width), Detail.VERBOSE).splitlines():
        assert cells(line) <= width or re.fullmatch(r"records/\S+\.md(:\d+:\d+)?", line)


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("width", [None, 40, 80])
def test_nothing_hostile_reaches_the_terminal(colour: bool, width: int | None) -> None:
    text = _text(Terminal(width=width, colour=colour), Detail.VERBOSE)
    plain = _PAINT.sub("", text) if colour else text
    assert all(line.isprintable() for line in plain.split("\n"))


def test_markup_is_text() -> None:
    assert "[bold]no markup[/bold] :boom:" in _text(Terminal(colour=True))


def test_endless_text_is_cut() -> None:
    endless = FINDINGS[0]._replace(message="m" * 100_000, url="u" * 100_000, path="p" * 100_000, code="c" * 100_000)
    report = written(_make(Terminal()), (), [endless._replace(replacement=None)], RUN)
    assert len(report) < 20_000


def test_only_colour_tells_a_coloured_report_from_a_plain_one() -> None:
    painted = _text(Terminal(width=80, colour=True))
    assert painted != _text(Terminal(width=80))
    assert _PAINT.sub("", painted) == _text(Terminal(width=80))


def test_an_encoding_without_our_arrow_or_their_letters_is_no_reason_to_fail() -> None:
    text = written(_make(Terminal()), encoding="ascii").decode("ascii")
    assert "-> https://www.example.org/b" in text
    assert r"records/news/2026-01-30-\xfcn\xefcode-\u8a18\u9332.md:5:9" in text


def test_a_run_that_was_cut_short_says_so() -> None:
    for detail in Detail:
        assert "Not complete: the run was stopped" in _text(Terminal(), detail, RUN._replace(complete=False))
        assert "Not complete" not in _text(Terminal(), detail)


def test_a_run_without_findings_says_so_in_one_sentence() -> None:
    summary = RUN.summary._replace(levels=dict.fromkeys(RUN.summary.levels, 0))
    text = written(_make(Terminal(), Detail.QUIET), OUTCOMES, (), RUN._replace(summary=summary)).decode()
    assert text == "No findings in 49 records; 6 URLs checked in 4.1 s.\n"


def test_verbose_tells_the_verdict_of_every_url() -> None:
    text = _text(Terminal(), Detail.VERBOSE)
    listed = text.split("\n\n")[0].splitlines()[1:]
    assert {line.split()[0] for line in listed} == set(Kind)
    assert "alive        200  ok  https://images.example.org/photo.jpg" in listed


def test_a_finding_of_a_file_as_a_whole_has_no_line() -> None:
    finding = Finding("record-unreadable", Level.ERROR, HOSTILE, path="records/x.md")
    text = written(_make(Terminal(), Detail.QUIET), (), [finding]).decode()
    assert text.startswith("records/x.md  record-unreadable  error: \\x1b[31m")
