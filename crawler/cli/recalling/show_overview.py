"""The overview for people: how the runs went, then the worst of what is written now.

Whatever a server or a record wrote is made safe here, each piece on its own.
"""

from collections.abc import Sequence

from crawler.cli.recalling.overview import FAILING, Host, Overview, Standing
from crawler.cli.recalling.table import Cell, Row, write_rows
from crawler.cli.recalling.words import counted, moment, place, span
from crawler.model.verdict import Kind
from crawler.report.screen import KIND_STYLES, Part, Screen
from crawler.report.text import safe
from crawler.store.port import PastRun

BAR = 20
"""Columns of the longest bar."""


def show_overview(screen: Screen, overview: Overview, now: float) -> None:
    """Write all of it."""
    screen.prose("Runs (UTC), each as it counted", "strong")
    write_rows(screen, _runs(overview.runs))
    hosts, failing, moved, flapping = overview.hosts, overview.failing, overview.moved, overview.flapping
    _show(screen, "Hosts with most failing links", [_host(host, now) for host in hosts.first], hosts.total)
    _show(screen, "Failing longest", [_failing(one, now) for one in failing.first], failing.total)
    days = span(now - overview.since)
    _show(screen, f"Moved in the last {days}", [_moved(one) for one in moved.first], moved.total)
    _show(screen, "Coming and going", [_flapping(one) for one in flapping.first], flapping.total)
    screen.gap()
    kinds = [Part(f"{count:,} {kind}", KIND_STYLES[kind]) for kind, count in overview.urls.items() if count]
    screen.line(Part(f"{counted(sum(overview.urls.values()), 'URL')} written now"), *kinds)
    screen.prose("One in full: crawler history URL", "faint")


def _show(screen: Screen, title: str, rows: Sequence[Row], total: int) -> None:
    """A list, if there is anything in it."""
    if not rows:
        return
    screen.gap()
    screen.prose(title, "strong")
    write_rows(screen, rows)
    if total > len(rows):
        screen.line(Part(f"  … and {total - len(rows):,} more; --limit shows them", "faint"))


def _runs(runs: Sequence[PastRun]) -> list[Row]:
    """A line a run below a heading, with those verdicts that any of them had, and a bar for what failed."""
    kinds = [kind for kind in Kind if any(run.summary and run.summary.verdicts.get(kind) for run in runs)]
    most = max(map(_failed, runs))
    numbers = ("records", "links", *kinds)
    heading = [Cell("run", "faint", right=True), Cell("started", "faint")]
    heading += [Cell(name, "faint", right=True) for name in numbers]
    return [Row(heading), *[_run(run, kinds, most) for run in runs]]


def _run(run: PastRun, kinds: Sequence[Kind], most: int) -> Row:
    number, started, summary = Cell(str(run.id), right=True), Cell(moment(run.started_at)), run.summary
    if summary is None:
        return Row([number, started, *[Cell("")] * (2 + len(kinds)), Cell("did not finish", "warning")])
    counts = [summary.verdicts.get(kind, 0) for kind in kinds]
    bar = "█" * (BAR * _failed(run) // most) if most else ""
    return Row(
        [
            number,
            started,
            Cell(f"{summary.records:,}", right=True),
            Cell(f"{summary.links:,}", right=True),
            *[
                Cell(f"{count:,}", KIND_STYLES[kind] if count else "faint", right=True)
                for kind, count in zip(kinds, counts, strict=True)
            ],
            Cell(bar, "error") if run.complete else Cell("not complete", "warning"),
        ]
    )


def _failed(run: PastRun) -> int:
    return sum(run.summary.verdicts.get(kind, 0) for kind in FAILING) if run.summary else 0


def _host(host: Host, now: float) -> Row:
    return Row(
        [
            Cell(safe(host.name)),
            Cell(f"{host.failing:,} of {counted(host.urls, 'URL')}", "error", right=True),
            Cell(f"{100 * host.failing // host.urls}%", right=True),
            Cell(f"since {moment(host.since)}"),
            Cell(span(now - host.since), "faint", right=True),
        ]
    )


def _failing(one: Standing, now: float) -> Row:
    streak = one.past.streak
    return Row(
        [
            Cell(moment(one.since)),
            Cell(span(now - one.since), right=True),
            Cell(one.verdict.kind, KIND_STYLES[one.verdict.kind]),
            Cell(one.verdict.reason),
            Cell(f"{streak.failed:,} of {counted(streak.checks, 'check')}" if streak else "", right=True),
            Cell(safe(one.url)),
        ],
        _places(one),
    )


def _moved(one: Standing) -> Row:
    new = one.verdict.replacement
    return Row(
        [Cell(moment(one.since)), Cell(safe(one.url)), Cell(f"→ {safe(new.url)}" if new else "", "good")],
        _places(one),
    )


def _flapping(one: Standing) -> Row:
    flaps = one.past.flaps
    assert flaps is not None, "only what comes and goes is in this list"
    return Row(
        [
            Cell(f"{flaps.turns:,} times in {counted(flaps.checks, 'check')}", right=True),
            Cell(f"since {moment(flaps.since)}"),
            Cell(one.verdict.kind, KIND_STYLES[one.verdict.kind]),
            Cell(safe(one.url)),
        ],
        _places(one),
    )


def _places(one: Standing) -> list[list[Part]]:
    """The first place where a URL is written, and how many more there are."""
    if not one.links:
        return []
    more = len(one.links) - 1
    others = [Part(f"and {more:,} more", "faint")] if more else []
    return [[Part(f"      {place(one.links[0])}", whole=True), *others]]
