"""What the store knows of one URL."""

from collections.abc import Sequence
from typing import NamedTuple

from crawler.cli.recalling.stretches import Checked, judged, telling
from crawler.cli.recalling.today import Today
from crawler.errors import UsageError
from crawler.http.url import parse
from crawler.model.exchange import Failure
from crawler.model.link import Link
from crawler.model.past import Check, Past
from crawler.model.report import Outcome
from crawler.model.role import STRICTEST_FIRST, Role
from crawler.model.verdict import Verdict
from crawler.report.order import occurrences
from crawler.report.text import safe
from crawler.store.port import Seen, Store
from crawler.visiting.due import due_at


class Story(NamedTuple):
    """One URL's past and present."""

    url: str
    role: Role
    """The strictest that it is written with now; where it is written nowhere, that of its last check."""
    links: tuple[Link, ...]
    """Where it is written now."""
    verdict: Verdict
    """Of its last check, in the light of those before."""
    since: float
    """Since when it is as it is: seconds since the epoch (UTC)."""
    past: Past
    good: Checked | None
    """Its last good check, where it is failing now."""
    due: float
    """When it is to be checked again: seconds since the epoch (UTC)."""
    remembered: int
    """How many checks there are of it."""
    checks: tuple[Checked, ...]
    """Those that are looked at, oldest first."""


def recall(store: Store, written: str, today: Today, since: float) -> Story:
    """What is known of a URL in any spelling. `since` (seconds since the epoch) bounds the checks that are looked at.

    Raises UsageError where nothing is known of it.
    """
    url, seen = _find(store, written)
    checks = judged(today.judge, seen)
    links = tuple(occurrences(store.places(url)))
    told = telling(checks)
    role = min((link.role for link in links), key=STRICTEST_FIRST.index, default=told[-1].seen.role)
    alike = [check for check in told if check.seen.role is role] or told
    present = alike[-1].seen.observation
    outcome = today.hindsight.see(
        Outcome(url, role, links, present, today.judge.verdict(url, role, present)),
        [check.seen.observation for check in alike],
    )
    past = outcome.past or Past()
    return Story(
        url,
        role,
        links,
        outcome.verdict,
        standing_since(past, alike),
        past,
        next((check for check in reversed(alike) if check.at == past.well), None) if past.streak else None,
        due_at(
            url,
            [Check(check.at, check.verdict) for check in alike if check.at <= today.now],
            today.schedule,
        ),
        len(checks),
        tuple(check for check in checks if check.at >= since),
    )


def standing_since(past: Past, checks: Sequence[Checked]) -> float:
    """Since when a URL is as it is after its checks: since it has been failing, or has had its verdict."""
    if past.streak is not None:
        return past.streak.since
    since = checks[-1]
    for check in reversed(checks):
        if check.verdict.kind is not since.verdict.kind:
            break
        since = check
    return since.at


def _find(store: Store, written: str) -> tuple[str, tuple[Seen, ...]]:
    parsed = parse(written)
    url = written if isinstance(parsed, Failure) else parsed.href
    seen = store.history([url]).get(url)
    if seen is None:
        raise UsageError(f"nothing is known of {safe(url)}: no run has checked it. To look now: crawler inspect URL")
    return url, seen
