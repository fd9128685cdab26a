import io
import subprocess
import sys
import threading

import pytest

from crawler.events import Progress
from crawler.report.progress import Display
from crawler.report.terminal import Terminal

NOW = Progress(targets=20, done=10, in_flight=3, findings=2, reading=False)


class Run:
    """A run that can tell when somebody has asked how far it is a few times, and from which thread."""

    def __init__(self) -> None:
        self.asked = threading.Semaphore(0)
        self.threads: set[str] = set()

    def snapshot(self) -> Progress:
        self.threads.add(threading.current_thread().name)
        self.asked.release()
        return NOW

    def wait(self, times: int) -> None:
        for _ in range(times):
            assert self.asked.acquire(timeout=30)


def test_elsewhere_a_line_comes_now_and_then() -> None:
    run, stream = Run(), io.StringIO()
    with Display(run.snapshot, stream, Terminal(), every=0.001):
        run.wait(4)
    lines = stream.getvalue().splitlines()
    assert len(lines) >= 3
    assert all(line.startswith("10/20, ") and line.endswith(", 3 in flight") for line in lines)
    assert threading.current_thread().name not in run.threads


def test_a_run_that_is_over_soon_says_nothing_there() -> None:
    stream = io.StringIO()
    with Display(lambda: NOW, stream, Terminal()):
        pass
    assert stream.getvalue() == ""


def test_a_terminal_shows_a_bar_and_is_left_clean() -> None:
    run, stream = Run(), io.StringIO()
    with Display(run.snapshot, stream, Terminal(interactive=True, width=80)):
        run.wait(2)
    drawn = stream.getvalue()
    assert "━" in drawn
    assert "10/20" in drawn
    assert drawn.rindex("\x1b[?25h") > drawn.rindex("10/20"), "the cursor is shown again"
    assert drawn.endswith("\x1b[1A\x1b[2K"), "and the line wiped"


@pytest.mark.parametrize("colour", [False, True])
def test_the_bar_has_colour_only_where_colour_is_wanted(colour: bool) -> None:
    run, stream = Run(), io.StringIO()
    with Display(run.snapshot, stream, Terminal(interactive=True, width=80, colour=colour)):
        run.wait(1)
    assert ("\x1b[9" in stream.getvalue()) is colour


def test_the_terminal_is_left_clean_by_an_exception_too() -> None:
    stream = io.StringIO()
    with pytest.raises(KeyboardInterrupt), Display(lambda: NOW, stream, Terminal(interactive=True)):
        raise KeyboardInterrupt
    assert stream.getvalue().endswith("\x1b[1A\x1b[2K")


def test_a_stream_that_nobody_reads_any_more_is_let_alone() -> None:
    run, stream = Run(), io.StringIO()
    stream.close()
    with Display(run.snapshot, stream, Terminal(), every=0.001):
        run.wait(1)


def test_nothing_is_imported_to_draw_with_where_nothing_is_drawn() -> None:
    program = (
        "import io, sys\n"
        "from crawler.events import Progress\n"
        "from crawler.report.progress import Display\n"
        "from crawler.report.terminal import Terminal\n"
        "from crawler.report import formats\n"
        "with Display(Progress, io.StringIO(), Terminal()): pass\n"
        "assert 'rich' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
