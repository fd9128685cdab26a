"""When each URL is to be checked again, and in which order what is due is taken.

How often is an old question of maintenance: where looking costs something and so does every day that a failure goes
unseen, the best interval grows with the square root of the time between failures (Barlow, Hunter and Proschan, "Optimum
checking procedures", 1963). How often a URL changes is estimated as crawlers do for pages, from the changes that were
seen, plus a half (Cho and Garcia-Molina, "Estimating frequency of change", ACM TOIT 3(3), 2003): a URL that has never
changed is thought to do so the less often the longer it has been watched.
"""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from crawler.config import Schedule
from crawler.config.duration import SECONDS
from crawler.model.past import Check, Streak
from crawler.model.verdict import Kind
from crawler.verdict.history import FAILING, WELL, Standing, standings

LEAST, MOST = 0.5, 2.0
"""How far an interval may go from the one in the settings, as a factor. Twice as often is all that changes justify: a
link that changes more often than that is told of as flapping. Half as often is reached after twelve quiet intervals, a
season of weekly checks; a quarter would save a tenth of the requests in a link's first year, and could leave it dead
and unseen for a fortnight longer (`tests/simulation` counts the days)."""

WATCHED = 4.0
"""Intervals without a change that every URL is credited with, so that a new one starts at the interval of the settings:
a month for weekly checks."""

PROMPT = 0.95
"""The share of an interval after which a URL is due at the latest, once it has been seen twice. A nightly run does not
come to each URL at the same minute: without this, what is to be checked daily would often be due some minutes after the
run, and be checked every other night."""

SWAY = 0.1
"""The share of an interval by which URLs that were checked together come apart each time."""

SOON = float(SECONDS["h"])
"""Seconds that have to lie between a check and the next: within them it is the same failure, and a run that goes on
with another does nothing twice."""

NEVER = 0.0
"""When a URL is due that was never checked: before all others."""

DAY = float(SECONDS["d"])


class Turn(NamedTuple):
    """When one URL is due."""

    at: float
    """Seconds since the epoch (UTC)."""
    host: str
    url: str


def due_at(url: str, checks: Sequence[Check], schedule: Schedule) -> float:
    """When a URL is to be checked again, in seconds since the epoch (UTC), from its checks in one role, oldest first.

    Not within `SOON` of the last check, and later by at most `MOST` times the interval that the settings have for its
    verdict, or by that interval itself where it is shorter.
    A 404 that a second check has to confirm is due again as if it were `unreachable`.
    """
    asked = [check for check in checks if check.verdict.kind is not Kind.SKIPPED]
    if not asked:
        return NEVER
    stood = list(standings(asked, schedule.confirm))
    now, last = stood[-1], asked[-1].at
    usual = _usual(now, schedule)
    if now.kind is Kind.UNREACHABLE and now.streak is not None:
        return last + PROMPT * min(usual, _next_try(now.streak, schedule))
    interval = usual * _factor(asked[0].at, last, stood, usual)
    return last + max(min(usual, SOON), interval * _share(url, last, stood))


def due(turns: Iterable[Turn], now: float) -> list[Turn]:
    """Those whose time has come, in the order to take them: oldest first, by whole days, and the hosts by turns within
    a day. Whoever has no time for all of them stops where the time is over: what is left is the oldest the next time.
    """
    ready = sorted(turn for turn in turns if turn.at <= now)
    taken: dict[tuple[float, str], int] = {}
    order: list[tuple[float, int, Turn]] = []
    for turn in ready:
        day = turn.at // DAY
        nth = taken[day, turn.host] = taken.get((day, turn.host), 0) + 1
        order.append((day, nth, turn))
    return [turn for _, _, turn in sorted(order)]


def _usual(standing: Standing, schedule: Schedule) -> float:
    """The interval of the settings. What is invalid won't get better by being asked for: it waits as the broken do."""
    match standing.kind:
        case Kind.ALIVE:
            return schedule.alive
        case Kind.MOVED:
            return schedule.moved
        case Kind.UNREACHABLE:
            return schedule.unreachable
        case Kind.BLOCKED:
            return schedule.blocked
        case _:
            return schedule.broken


def _next_try(streak: Streak, schedule: Schedule) -> float:
    """Seconds from the last failure of a streak that is not settled to the next try: so that the failures which are
    still missing can be seen by the time that they have to span.
    """
    missing = max(1, schedule.confirm.failures - streak.failed)
    left = streak.since + schedule.confirm.span - streak.until
    return max(SOON, left / missing)


def _factor(first: float, last: float, stood: Sequence[Standing], usual: float) -> float:
    """How much longer than usual an interval may be, by how long the URL has been watched and how often it changed."""
    if not usual:
        return LEAST
    kinds = [_estate(standing) for standing in stood if standing.kind in WELL or standing.kind in FAILING]
    changes = sum(one is not other for one, other in pairwise(kinds))
    watched = max(0.0, last - first)
    return min(MOST, max(LEAST, sqrt((1 + watched / (WATCHED * usual)) / (1 + 2 * changes))))


def _estate(standing: Standing) -> Kind | None:
    """What a change is a change of: that a link that is down gives another reason is none."""
    return Kind.BROKEN if standing.kind in FAILING else standing.kind


def _share(url: str, last: float, stood: Sequence[Standing]) -> float:
    """How much of an interval to wait, drawn from the URL, so that what was checked together comes apart.

    What was first checked on one day, as a collection that has just been taken in, is spread over the whole interval;
    what came back on one day, as the links of a host that was down, over its second half.
    """
    drawn = _drawn(f"{last:.0f} {url}")
    if len(stood) == 1:
        return 1 - drawn
    if stood[-1].kind is not stood[-2].kind:
        return PROMPT * (1 - drawn / 2)
    return PROMPT - SWAY * drawn


def _drawn(key: str) -> float:
    """A number from 0 to 1, always the same for the same key: for keys that are alike, as the URLs of one site are, as
    good as random, which a checksum is not.
    """
    return int.from_bytes(blake2b(key.encode(errors="replace"), digest_size=8).digest()) / 2**64
