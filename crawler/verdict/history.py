"""What the checks of one URL in one role come to: how it stands after each of them, and whether it comes and goes.

A night on which a site is down says nothing for good, and neither does one on which it would not talk to us. So the
failures since the last success are counted, and only many of them over a long time make a link broken.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from crawler.config import Confirm
from crawler.config.duration import SECONDS
from crawler.model.past import Check, Flaps, Streak
from crawler.model.verdict import Kind
from crawler.verdict.rule import ANSWERED

WELL = ANSWERED
"""Verdicts that end a streak."""

FAILING = (Kind.BROKEN, Kind.UNREACHABLE)
"""Verdicts that lengthen a streak. Refusals (`blocked`) and what is no matter of the web (`invalid`, `skipped`) neither
lengthen nor end one."""

WALL = 7.0 * SECONDS["d"]
"""Seconds of nothing but refusals after which the failures before them are no matter any more. A page behind a wall is
hardly ever seen well: without this, three bad nights within a year of refusals would make it a broken one. It is long
enough to take several refusals, however seldom the URL is checked."""

FLAPS = 5
"""Changes that make a URL one that flaps: an outage has two, so with the fifth a third one has begun or is over. Two
may be chance. Monitors ask for about as many (Nagios: 20% of 20 possible changes; Kibana: 4)."""

LOOKED_AT = 10
"""Checks in which they have to lie. Monitors look at the last 20 or 21 (Kibana, Nagios), which for them are minutes
apart and here days: twenty would bring up what was over long ago."""

FLAPS_WITHIN = 60.0 * SECONDS["d"]
"""Seconds in which they have to lie: with links that are checked once a week, ten checks and some nights between."""


class Standing(NamedTuple):
    """How a URL stands after some checks; before any, nothing is known of it."""

    streak: Streak | None = None
    """The failures since it was last well."""
    well: float | None = None
    """When it was last well, in seconds since the epoch (UTC)."""
    is_broken: bool = False
    """Whether it is known to be broken or invalid: kept over checks that settle nothing."""
    refused: float | None = None
    """Since when it has been refusing and nothing else, in seconds since the epoch (UTC)."""
    kind: Kind | None = None
    """What the last check comes to with those before it: `unreachable` becomes `broken` once it persists, and a 404
    that has to be confirmed is `unreachable` until then. None where it was skipped."""

    def after(self, check: Check, confirm: Confirm) -> "Standing":
        """How it stands after one more check. A 404 may have to be seen twice (`not_found`); a 410 is final at once, as
        its server means it to last (RFC 9110, section 15.5.11).
        """
        kind = check.verdict.kind
        if kind is Kind.SKIPPED:
            return self._replace(kind=None)
        if kind in WELL:
            return Standing(None, check.at, kind=kind)
        if kind not in FAILING:
            refused = check.at if self.refused is None else self.refused
            streak = self.streak and self.streak._replace(checks=self.streak.checks + 1)
            is_broken = self.is_broken or kind is Kind.INVALID
            return Standing(None if check.at - refused >= WALL else streak, self.well, is_broken, refused, kind)
        streak = _longer(self.streak, check)
        if is_persistent(streak, confirm) or (kind is Kind.BROKEN and not (confirm.not_found and self._doubts(check))):
            return Standing(streak, self.well, True, kind=Kind.BROKEN)
        return Standing(streak, self.well, self.is_broken, kind=Kind.UNREACHABLE)

    def _doubts(self, check: Check) -> bool:
        """Whether a failure is the first of its kind in a streak, and one that has to be seen twice."""
        return check.verdict.reason == "http-404" and (self.streak is None or not self.streak.is_definite)


def standings(checks: Iterable[Check], confirm: Confirm) -> Iterator[Standing]:
    """How a URL stood after each of its checks, which come oldest first."""
    standing = Standing()
    for check in checks:
        standing = standing.after(check, confirm)
        yield standing


def is_persistent(streak: Streak, confirm: Confirm) -> bool:
    """Whether failures were seen so often, and over so long a time, that they are no passing fault."""
    return streak.failed >= confirm.failures and streak.until - streak.since >= confirm.span


def flaps(checks: Sequence[Check]) -> Flaps | None:
    """How often a URL went down and came back lately; None where that is too seldom to be called flapping. `checks`
    come oldest first; those that say nothing for or against the URL are passed over.
    """
    decisive: list[Check] = []
    for check in reversed(checks):
        if check.verdict.kind in WELL or check.verdict.kind in FAILING:
            if len(decisive) == LOOKED_AT or (decisive and decisive[0].at - check.at > FLAPS_WITHIN):
                break
            decisive.append(check)
    turns = sum((one.verdict.kind in WELL) is not (other.verdict.kind in WELL) for one, other in pairwise(decisive))
    return Flaps(turns, len(decisive), decisive[-1].at) if turns >= FLAPS else None


def _longer(streak: Streak | None, check: Check) -> Streak:
    is_definite = check.verdict.kind is Kind.BROKEN
    if streak is None:
        return Streak(check.at, check.at, is_definite=is_definite)
    return Streak(
        streak.since, check.at, streak.failed + 1, streak.checks + 1, is_definite=streak.is_definite or is_definite
    )
