import io

import pytest
from rich.console import Console

from crawler.events import Progress
from crawler.report.bar import Bar
from crawler.report.pace import Pace

PACE = Pace(Progress(targets=5678, done=1234, in_flight=128, findings=7, reading=False), 412.0, 12.0)


def _drawn(pace: Pace, width: int) -> str:
    console = Console(file=io.StringIO(), width=width, color_system=None, highlight=False, legacy_windows=False)
    with console.capture() as capture:
        console.print(Bar(lambda: pace))
    return capture.get()


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (120, "━━━━━━━━╸                                 1,234/5,678  412/s  7 findings  0:12 left  128 in flight"),
        (80, "━━━━                    1,234/5,678  412/s  7 findings  0:12 left  128 in flight"),
        (40, "1,234/5,678  412/s  7 findings"),
        (20, "1,234/5,678  412/s"),
        (5, ""),
    ],
)
def test_what_fits_is_shown_on_one_line(width: int, line: str) -> None:
    drawn = _drawn(PACE, width)
    assert drawn.count("\n") == 1
    assert drawn.split() == line.split()


def test_while_records_are_read_the_bar_has_no_end() -> None:
    reading = PACE._replace(progress=PACE.progress._replace(reading=True), left=None)
    assert "1,234/5,678+  412/s  7 findings  128 in flight" in _drawn(reading, 80)


def test_an_empty_run_has_a_bar_too() -> None:
    assert "0/0" in _drawn(Pace(Progress(reading=False), 0.0, None), 80)
