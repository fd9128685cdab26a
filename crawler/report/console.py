"""`console`: what an editor reads: findings by file, a table of what was counted, and the result in one sentence."""

from enum import Enum
from typing import NamedTuple, Self

from crawler.model.report import Outcome, Run
from crawler.model.verdict import Change, Finding, Kind
from crawler.report.order import finding_key, occurrences, outcome_place, sortable
from crawler.report.output import Output
from crawler.report.screen import KIND_STYLES, Part, Screen
from crawler.report.spool import Spool
from crawler.report.summary import write_closing, write_table
from crawler.report.terminal import Terminal
from crawler.report.text import safe
from crawler.verdict.quoting import day


class Detail(Enum):
    """How much is said."""

    QUIET = "quiet"
    """Findings and the closing sentence."""
    NORMAL = "normal"
    VERBOSE = "verbose"
    """The verdict of every URL as well."""


PATH_LIMIT = 4096
"""Characters of a path at most (`PATH_MAX` of Linux): cut short it could not be opened at a click."""

_KIND_WIDTH = max(map(len, Kind))


class _Line(NamedTuple):
    """A finding as it is shown: safe text only, so that no tab or line feed stands in it."""

    path: str
    level: str
    place: str
    code: str
    message: str
    url: str
    """Empty where it is the place already."""
    change: str
    replacement: str

    @classmethod
    def of(cls, finding: Finding) -> Self:
        path = safe(finding.path or "", PATH_LIMIT)
        place = [path, *(str(number) for number in (finding.line, finding.column) if number is not None)]
        return cls(
            path=path,
            level=finding.level,
            place=":".join(place) if path else safe(finding.url or "-"),
            code=safe(finding.code),
            message=safe(finding.message),
            url=safe(finding.url or "") if path else "",
            change=_course(finding.change, finding.since),
            replacement=safe(finding.replacement.url) if finding.replacement else "",
        )


class _Verdict(NamedTuple):
    """An outcome as it is shown, safe text only."""

    kind: str
    status: str
    reason: str
    url: str
    change: str
    replacement: str

    @classmethod
    def of(cls, outcome: Outcome) -> Self:
        verdict = outcome.verdict
        streak = outcome.past.streak if outcome.past else None
        return cls(
            kind=verdict.kind,
            status=str(outcome.observation.status or "-"),
            reason=safe(verdict.reason),
            url=safe(outcome.url),
            change=_course(outcome.change, streak.since if streak else None),
            replacement=safe(verdict.replacement.url) if verdict.replacement else "",
        )


class ConsoleReporter:
    """Writes everything at the end, in the order of every report; holds what it will write in a spool."""

    def __init__(self, output: Output, terminal: Terminal | None = None, detail: Detail = Detail.NORMAL) -> None:
        self._output = output
        self._terminal = terminal or Terminal()
        self._detail = detail
        self._verdicts = Spool()
        self._findings = Spool()

    def outcome(self, outcome: Outcome) -> None:
        """Keeps a URL's verdict, where verdicts are asked for."""
        if self._detail is Detail.VERBOSE:
            place = outcome_place(outcome, occurrences(outcome.links))
            self._verdicts.add(sortable(place), _packed(_Verdict.of(outcome)))

    def finding(self, finding: Finding) -> None:
        """Keeps a finding."""
        place, code = finding_key(finding)
        self._findings.add(sortable(place, code), _packed(_Line.of(finding)))

    def finish(self, run: Run) -> None:
        """Writes the report."""
        with self._verdicts as verdicts, self._findings as findings, self._output as output:
            screen = Screen(output, self._terminal)
            if self._detail is Detail.VERBOSE:
                _write_verdicts(screen, verdicts)
            files = _write_findings(screen, findings)
            if self._detail is not Detail.QUIET:
                write_table(screen, run)
                screen.gap()
            write_closing(screen, run, files)


def _packed(line: _Line | _Verdict) -> bytes:
    return "\t".join(line).encode()


def _write_verdicts(screen: Screen, verdicts: Spool) -> None:
    screen.prose("URLs", "strong")
    for packed in verdicts:
        verdict = _Verdict(*packed.decode().split("\t"))
        screen.line(
            Part(f"{verdict.kind:<{_KIND_WIDTH}}", KIND_STYLES[Kind(verdict.kind)]),
            Part(f"{verdict.status:>3}"),
            Part(verdict.reason),
            Part(verdict.url),
            *([Part(verdict.change, "strong")] if verdict.change else []),
            *_arrow(verdict.replacement),
        )
    screen.gap()


def _write_findings(screen: Screen, findings: Spool) -> int:
    """A group a file with an empty line after it. Returns how many files have findings."""
    files = 0
    group: str | None = None
    for packed in findings:
        line = _Line(*packed.decode().split("\t"))
        if line.path != group:
            if group is not None:
                screen.gap()
            group = line.path
            files += bool(group)
            if not group:
                screen.prose("Not in a file", "strong")
        screen.line(
            Part(line.place, "strong", whole=bool(line.path)),
            Part(line.code, line.level),
            Part(f"{line.level}: {line.message}"),
            *([Part(line.url)] if line.url else []),
            *([Part(line.change, "strong")] if line.change else []),
            *_arrow(line.replacement),
        )
    if group is not None:
        screen.gap()
    return files


def _course(change: Change | None, since: float | None) -> str:
    """What has become of a URL since the last complete run: `new`, `still, since 2026-01-28`, or nothing."""
    if change is Change.STILL and since is not None:
        return f"{change}, since {day(since)}"
    return change or ""


def _arrow(replacement: str) -> list[Part]:
    return [Part(f"→ {replacement}", "good")] if replacement else []
