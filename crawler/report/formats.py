"""The table of formats, and how `--format NAME[=PATH]` opens them."""

from collections.abc import Callable, Mapping, Sequence
from os.path import realpath
from typing import NamedTuple, TextIO

from crawler.errors import UsageError
from crawler.report.console import ConsoleReporter, Detail
from crawler.report.json import JsonReporter
from crawler.report.jsonl import JsonlReporter
from crawler.report.output import FileOutput, Output, StandardOutput
from crawler.report.port import Reporter
from crawler.report.terminal import Terminal, When


class Look(NamedTuple):
    """What a format for people needs to know of where it is shown."""

    terminal: Terminal
    detail: Detail


class Format(NamedTuple):
    """One way to write a report."""

    summary: str
    open: Callable[[Output, Look], Reporter]
    streams: bool = False
    """Written as it is known: nothing else can share its terminal, and its file grows under its own name."""


FORMATS: Mapping[str, Format] = {
    "console": Format("for people", lambda output, look: ConsoleReporter(output, *look)),
    "json": Format("one object", lambda output, look: JsonReporter(output)),
    "jsonl": Format("one object a line, as they are known", lambda output, look: JsonlReporter(output), streams=True),
}

DEFAULT = "console"


class Spec(NamedTuple):
    """One `--format`, read."""

    name: str
    path: str | None
    """None: standard output."""

    @classmethod
    def parse(cls, text: str) -> "Spec":
        """`NAME`, `NAME=PATH` or `NAME=-`, which is standard output. Raises `UsageError`."""
        name, equals, path = text.partition("=")
        if name not in FORMATS:
            known = ", ".join(f"{known} ({form.summary})" for known, form in FORMATS.items())
            raise UsageError(f"there is no format {name!r}; there are {known}")
        if equals and not path:
            raise UsageError(f"--format {text}: the path is missing; without `=` the report goes to standard output")
        return cls(name, path if path and path != "-" else None)


def open_reporters(
    specs: Sequence[str],
    *,
    stdout: TextIO,
    when: When = "auto",
    detail: Detail = Detail.NORMAL,
    environ: Mapping[str, str],
) -> list[Reporter]:
    """A reporter for each `NAME[=PATH]` of `specs`, or for `console` where there is none.

    `when` and `environ` decide about colour (`Terminal.of`). No file is touched before its report is written. Raises
    `UsageError` for an unknown name, a path that can't be written, and two reports that would go to one place.
    """
    parsed = [Spec.parse(text) for text in specs] or [Spec(DEFAULT, None)]
    _check_places(parsed)
    return [_open(spec, stdout, when, detail, environ) for spec in parsed]


def streams_to(stdout: TextIO, specs: Sequence[str]) -> bool:
    """Whether one of `specs` writes to a terminal while the run goes on, so that progress can't be drawn there."""
    parsed = [Spec.parse(text) for text in specs]
    return stdout.isatty() and any(spec.path is None and FORMATS[spec.name].streams for spec in parsed)


def _check_places(specs: Sequence[Spec]) -> None:
    taken: dict[str | None, str] = {}
    for name, path in specs:
        place = None if path is None else realpath(path)
        if place in taken:
            raise UsageError(
                f"{taken[place]} and {name} can't both go to {path or 'standard output'}; give one a path of its own"
            )
        taken[place] = name


def _open(spec: Spec, stdout: TextIO, when: When, detail: Detail, environ: Mapping[str, str]) -> Reporter:
    form = FORMATS[spec.name]
    if spec.path is None:
        return form.open(StandardOutput(stdout), Look(Terminal.of(stdout, when, environ), detail))
    output = FileOutput(spec.path, whole=not form.streams)
    return form.open(output, Look(Terminal(colour=when == "always"), detail))
