"""The end of the console report: what was counted, in a table and in one sentence."""

from crawler.model.report import Run, Summary
from crawler.model.verdict import Change, Kind, Level
from crawler.report.screen import KIND_STYLES, Part, Screen

_NOUNS = {Level.ERROR: ("error", "errors"), Level.WARNING: ("warning", "warnings"), Level.INFO: ("info", "info")}
_CHANGES = {Change.NEW: "new", Change.STILL: "still broken", Change.RECOVERED: "recovered"}
_LABEL = 10
_VALUE = 9
_HANG = " " * (_LABEL + _VALUE + 2)
_MINUTE = _MINUTES_AN_HOUR = 60


def write_table(screen: Screen, run: Run) -> None:
    """Records, links, URLs with their verdicts, findings with their levels, time and rate."""
    summary = run.summary
    took = _took(run)
    kinds = [(kind, summary.verdicts.get(kind, 0)) for kind in Kind]
    rows: tuple[tuple[str, str, list[Part]], ...] = (
        ("Records", f"{summary.records:,}", []),
        ("Links", f"{summary.links:,}", []),
        ("URLs", f"{summary.urls:,}", [Part(f"{count:,} {kind}", KIND_STYLES[kind]) for kind, count in kinds if count]),
        ("Findings", f"{sum(summary.levels.values()):,}", [Part(text, level) for level, text in _levels(summary)]),
        ("Time", duration(took), [Part(f"{summary.urls / took:,.0f} URLs/s")] if took > 0 else []),
    )
    for label, value, details in rows:
        screen.line(Part(f"{label:<{_LABEL}}{value:>{_VALUE}}"), *details, hang=_HANG)


def write_closing(screen: Screen, run: Run, places: int) -> None:
    """The result in one sentence, after a warning where the run was cut short. `places`: files with findings."""
    if not run.complete:
        screen.prose("Not complete: the run was stopped before every URL was checked.", "warning")
    if compared := _changes(run.summary):
        screen.prose(compared)
    worst = next((level for level in _NOUNS if run.summary.levels.get(level)), None)
    screen.prose(closing(run, places), worst or "good")


def closing(run: Run, places: int) -> str:
    """`2 errors, 1 warning in 3 of 49 records; 143 URLs checked in 4.1 s.`"""
    summary = run.summary
    checked = summary.urls - summary.verdicts.get(Kind.SKIPPED, 0)
    found = ", ".join(text for _, text in _levels(summary))
    if summary.records and not found:
        where = f" in {_count(summary.records, 'record', 'records')}"
    elif summary.records and places:
        where = f" in {places:,} of {_count(summary.records, 'record', 'records')}"
    else:
        where = ""
    return f"{found or 'No findings'}{where}; {_count(checked, 'URL', 'URLs')} checked in {duration(_took(run))}."


def _changes(summary: Summary) -> str:
    """`Changes: 3 new, 12 still broken, 2 recovered.`, against the last complete run; nothing where there are none."""
    counts = summary.changes or {}
    found = [f"{counts[change]:,} {words}" for change, words in _CHANGES.items() if counts.get(change)]
    return f"Changes: {', '.join(found)}." if found else ""


def duration(seconds: float) -> str:
    """A time as people say it: `4.1 s`, `3 min 20 s`, `2 h 05 min`."""
    if round(seconds, 1) < _MINUTE:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), _MINUTE)
    if minutes < _MINUTES_AN_HOUR:
        return f"{minutes} min {rest:02} s"
    hours, minutes = divmod(minutes, _MINUTES_AN_HOUR)
    return f"{hours:,} h {minutes:02} min"


def _took(run: Run) -> float:
    """Never negative, though clocks are set back."""
    return max(0.0, run.finished_at - run.started_at)


def _levels(summary: Summary) -> list[tuple[Level, str]]:
    """Each level that has findings, with their number in words."""
    return [
        (level, _count(summary.levels[level], *nouns)) for level, nouns in _NOUNS.items() if summary.levels.get(level)
    ]


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
