import pytest

from crawler.events import Progress
from crawler.report.pace import WINDOW, Pace, Pacer, clock, fitting, pieces


def test_the_rate_is_that_of_the_last_seconds() -> None:
    pacer = Pacer(100.0)
    assert pacer.mark(Progress(done=0), 100.0).rate == 0
    assert pacer.mark(Progress(done=50), 105.0).rate == 10
    for second in range(6, 40):
        pace = pacer.mark(Progress(done=50 + 2 * (second - 5)), 100.0 + second)
    assert pace.rate == 2
    assert WINDOW < 30


def test_a_burst_is_forgotten_when_nothing_follows() -> None:
    pacer = Pacer(0.0)
    pacer.mark(Progress(done=1_000), 1.0)
    for second in range(2, 30):
        pace = pacer.mark(Progress(done=1_000, targets=2_000, reading=False), float(second))
    assert pace.rate == 0
    assert pace.left is None


@pytest.mark.parametrize(
    ("progress", "left"),
    [
        (Progress(targets=30, done=10, reading=False), 2.0),
        (Progress(targets=30, done=10, reading=True), None),
        (Progress(targets=30, done=0, reading=False), None),
        (Progress(targets=10, done=10, reading=False), 0.0),
    ],
)
def test_what_is_left_is_told_once_everything_is_known(progress: Progress, left: float | None) -> None:
    assert Pacer(0.0).mark(progress, 1.0).left == left


def test_a_line_says_what_is_known() -> None:
    reading = Pace(Progress(targets=5678, done=1234, in_flight=128, findings=1, reading=True), 412.4, None)
    assert pieces(reading) == ["1,234/5,678+", "412/s", "1 finding", "128 in flight"]
    known = reading._replace(progress=reading.progress._replace(reading=False, findings=7), left=12.0)
    assert pieces(known) == ["1,234/5,678", "412/s", "7 findings", "0:12 left", "128 in flight"]


@pytest.mark.parametrize(
    ("width", "line"),
    [(80, "aaaa  bbbb  cc"), (14, "aaaa  bbbb  cc"), (13, "aaaa  bbbb"), (4, "aaaa"), (3, ""), (0, "")],
)
def test_a_narrow_terminal_shows_the_most_important(width: int, line: str) -> None:
    assert fitting(["aaaa", "bbbb", "cc"], width) == line


@pytest.mark.parametrize(("seconds", "text"), [(0.4, "0:00"), (12, "0:12"), (185, "3:05"), (3723, "1:02:03")])
def test_clock(seconds: float, text: str) -> None:
    assert clock(seconds) == text
