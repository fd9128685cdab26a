"""One URL's history for people: how it stands, where it is written, and every change there was.

Whatever a server or a record wrote is made safe here, each piece on its own.
"""

from collections.abc import Sequence

from crawler.cli.recalling.stretches import Checked, Stretch, one_by_one, stretches
from crawler.cli.recalling.table import Cell, Row, write_rows
from crawler.cli.recalling.url import Story
from crawler.cli.recalling.words import counted, milliseconds, moment, place, span
from crawler.model.link import Link
from crawler.model.observation import Hop
from crawler.model.verdict import Level
from crawler.report.screen import KIND_STYLES, Part, Screen
from crawler.report.text import safe
from crawler.verdict.quoting import day

PLACES = 20
"""Places that are shown of a URL that is written everywhere."""

_HANG = " " * 4


def show_url(screen: Screen, story: Story, now: float, *, limit: int, verbose: bool) -> None:
    """Write all of it, of its changes the last `limit`; `verbose` has each check on its own, and every place."""
    _show_standing(screen, story, now)
    _show_places(screen, story.links if verbose else story.links[:PLACES], len(story.links))
    screen.gap()
    screen.prose("Checks (UTC)", "strong")
    lines = one_by_one(story.checks) if verbose else stretches(story.checks)
    if hidden := sum(line.checks + line.unasked for line in lines[:-limit]):
        screen.line(Part(f"  … {counted(hidden, 'earlier check')}; --limit shows more", "faint"))
    rows = []
    is_one_role = len({line.last.seen.role for line in lines}) == 1
    before: tuple[Hop, ...] = ()
    for line in lines:
        hops = line.last.seen.observation.hops
        role = "" if is_one_role else line.last.seen.role
        rows.append(_row(line, role, hops if hops != before and max(len(hops), len(before)) > 1 else ()))
        before = hops
    write_rows(screen, rows[-limit:])
    if not lines:
        screen.line(Part("  none in these days", "faint"))


def _show_standing(screen: Screen, story: Story, now: float) -> None:
    verdict, past = story.verdict, story.past
    screen.line(Part(safe(story.url), "strong"), Part(f"as {story.role}"), hang="")
    weight = "" if verdict.level is Level.OFF else f"{verdict.level}: "
    screen.line(
        Part(verdict.kind, KIND_STYLES[verdict.kind]), Part(verdict.reason), Part(f"{weight}{safe(verdict.message)}")
    )
    since = f"since {moment(story.since)} ({span(now - story.since)})"
    if past.streak is None:
        screen.prose(f"{verdict.kind} {since}; {counted(story.remembered, 'check')} remembered")
    else:
        failed = f"{past.streak.failed:,} of {counted(past.streak.checks, 'check')}"
        screen.prose(f"failing {since}, in {failed}; {counted(story.remembered, 'check')} remembered")
        screen.prose(f"last well on {_told(story.good)}" if story.good else "never seen well")
    screen.prose(_due(story.due, now), "faint")
    if past.flaps is not None:
        turns = f"{past.flaps.turns:,} times in {counted(past.flaps.checks, 'check')}"
        screen.prose(f"comes and goes: {turns} since {moment(past.flaps.since)}", "warning")
    if new := verdict.replacement:
        screen.line(Part(f"→ {safe(new.url)}", "good"), Part(new.kind))


def _due(at: float, now: float) -> str:
    return f"due again on {day(at)}" if at > now else "due now"


def _told(check: Checked) -> str:
    return f"{moment(check.at)}: {safe(check.verdict.message)}"


def _show_places(screen: Screen, links: Sequence[Link], all_of_them: int) -> None:
    screen.gap()
    screen.prose("Written", "strong")
    if not links:
        screen.line(Part("  nowhere now", "faint"))
    for link in links:
        field = [Part(safe(link.field))] if link.field else []
        screen.line(Part(f"  {place(link)}", whole=link.path is not None), *field, Part(link.role, "faint"))
    if hidden := all_of_them - len(links):
        screen.line(Part(f"  … and {counted(hidden, 'more place')}, shown with -v", "faint"))


def _row(stretch: Stretch, role: str, hops: Sequence[Hop]) -> Row:
    """A stretch, with its role where that is to be said; `hops` are shown below it."""
    first, last, checks, unasked, fastest, slowest = stretch
    verdict, seen = last.verdict, last.seen.observation
    return Row(
        [
            Cell(moment(first.at)),
            Cell("" if checks == 1 else f"… {moment(last.at)}"),
            Cell("" if checks == 1 else counted(checks, "check"), right=True),
            Cell(role, "faint"),
            Cell(verdict.kind, KIND_STYLES[verdict.kind]),
            Cell(verdict.reason),
            Cell(str(seen.status or "-"), right=True),
            Cell(milliseconds(fastest, slowest) if seen.attempts else "not asked", "faint", right=True),
            Cell(f"left out {counted(unasked, 'more time')}" if unasked else "", "faint"),
        ],
        [[Part(f"{_HANG}{hop.status or '-':>3}"), Part(safe(hop.url))] for hop in hops],
    )
