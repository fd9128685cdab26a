import fcntl
import io
import os
import pty
import struct
import termios
from collections.abc import Iterator, Mapping
from typing import TextIO

import pytest

from crawler.report.terminal import Terminal, When


@pytest.fixture
def terminal() -> Iterator[TextIO]:
    """A real terminal of 57 columns."""
    outer, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 57, 0, 0))
    with os.fdopen(inner, "w") as stream:
        yield stream
    os.close(outer)


@pytest.mark.parametrize(
    ("when", "environ", "interactive", "width", "colour"),
    [
        ("auto", {"TERM": "xterm-256color"}, True, 57, True),
        ("auto", {}, True, 57, True),
        ("never", {"TERM": "xterm"}, True, 57, False),
        ("auto", {"NO_COLOR": "1"}, True, 57, False),
        ("auto", {"NO_COLOR": ""}, True, 57, True),
        ("always", {"NO_COLOR": "1"}, True, 57, True),
        ("auto", {"TERM": "dumb"}, False, 57, False),
        ("always", {"TERM": "dumb"}, False, 57, True),
        ("auto", {"COLUMNS": "120"}, True, 120, True),
        ("auto", {"COLUMNS": "wide"}, True, 57, True),
        ("auto", {"COLUMNS": "0"}, True, 57, True),
        ("auto", {"COLUMNS": "3"}, True, 20, True),
    ],
)
def test_a_terminal(
    terminal: TextIO, when: When, environ: Mapping[str, str], interactive: bool, width: int, colour: bool
) -> None:
    assert Terminal.of(terminal, when, environ) == Terminal(interactive, width, colour)


@pytest.mark.parametrize(("when", "colour"), [("auto", False), ("never", False), ("always", True)])
def test_a_pipe_has_no_width_and_only_the_colour_that_is_asked_for(when: When, colour: bool) -> None:
    environ = {"TERM": "xterm", "COLUMNS": "40"}
    assert Terminal.of(io.StringIO(), when, environ) == Terminal(False, None, colour)
