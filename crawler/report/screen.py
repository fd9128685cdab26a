"""Lines for people: painted where colours are wanted, folded where the screen ends."""

from typing import NamedTuple

from crawler.model.verdict import Kind
from crawler.report.output import Output
from crawler.report.terminal import Terminal
from crawler.report.text import cells, fold

SGR = {
    "strong": "1",
    "faint": "2",
    "good": "32",
    "info": "36",
    "warning": "33",
    "error": "1;31",
}
"""Each style as the parameters of Select Graphic Rendition (ECMA-48, section 8.3.117): the terminal's own eight
colours, which keep what contrast its owner chose. Painting a line this way takes 2 microseconds and no import; a
rendering library takes 125 and 50 milliseconds, which is felt with ten thousand findings."""

KIND_STYLES = {
    Kind.ALIVE: "good",
    Kind.MOVED: "warning",
    Kind.BROKEN: "error",
    Kind.UNREACHABLE: "warning",
    Kind.BLOCKED: "info",
    Kind.INVALID: "error",
    Kind.SKIPPED: "faint",
}
"""Levels are styles of their own name; verdicts look like the level they have unless told otherwise."""

_GAP = "  "
_HANG = "    "
_DEEPEST = 2 / 3
"""How much of a screen may be left empty before what is folded."""

_POOR = str.maketrans({"→": "->", "…": "...", "█": "#"})
"""For encodings that lack what we write ourselves; what others wrote is escaped there."""


class Part(NamedTuple):
    """A piece of a line that stays together where there is room; its text is safe already."""

    text: str
    style: str = ""
    whole: bool = False
    """Never folded, as a place in a file, which many a terminal opens at a click."""


class Screen:
    """Writes lines to an output as a terminal can show them. Encodings that lack a character get its escape."""

    def __init__(self, output: Output, terminal: Terminal) -> None:
        self._output = output
        self._colour = terminal.colour
        self._width = terminal.width
        self._poor = not _can(output.encoding)

    def line(self, *parts: Part, hang: str = _HANG) -> None:
        """One line of `parts`, two spaces between them, and on a narrow screen as many more as they take: a part that
        does not fit goes on the next line, which begins with `hang`, and is folded there."""
        if self._poor:
            parts = tuple(part._replace(text=part.text.translate(_POOR)) for part in parts)
        if self._width is None:
            self._write(_GAP.join([self._paint(text, style) for text, style, _ in parts]))
        else:
            self._write_folded(parts, self._width, hang)

    def _write_folded(self, parts: tuple[Part, ...], width: int, hang: str) -> None:
        if len(hang) > width * _DEEPEST:
            hang = _HANG
        line, used = "", 0
        for text, style, whole in parts:
            gap = _GAP if line else ""
            fits = used + len(gap) + cells(text) <= width
            for piece in [text] if fits or whole else fold(text, width - len(hang)):
                # A piece of a folded part is as wide as what is right of `hang`: it may start where that does.
                if line and not fits and used + len(gap) > len(hang):
                    self._write(line)
                    line, used, gap = hang, len(hang), ""
                line, used = line + gap + self._paint(piece, style), used + len(gap) + cells(piece)
        self._write(line)

    def prose(self, text: str, style: str = "") -> None:
        """A sentence or a heading."""
        self.line(Part(text, style), hang="")

    def gap(self) -> None:
        """An empty line."""
        self._write("")

    def _paint(self, text: str, style: str) -> str:
        return f"\x1b[{SGR[style]}m{text}\x1b[0m" if self._colour and style in SGR else text

    def _write(self, line: str) -> None:
        self._output.write(line.encode(self._output.encoding, "backslashreplace") + b"\n")


def _can(encoding: str) -> bool:
    try:
        "".join(map(chr, _POOR)).encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
