"""Judging with hindsight: what a check says together with the earlier ones of the same URL."""

from collections.abc import Iterable, Sequence

from crawler.config import Confirm
from crawler.model.exchange import MESSAGE_LIMIT
from crawler.model.observation import Observation
from crawler.model.past import Check, Past, Streak
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.verdict import Change, Kind, Level, Verdict
from crawler.verdict.history import FAILING, WELL, Standing, flaps, standings
from crawler.verdict.judge import Judge
from crawler.verdict.levels import lower
from crawler.verdict.quoting import cut, day

SETTLED = (Kind.BROKEN, Kind.INVALID)

LET_ALONE = "http-5xx"
"""The reason of a failure where nothing was asked, since the host had answered 503 with a `Retry-After`. Where this URL
itself was answered like that, there is an answer, and no failure."""


class Hindsight:
    """Judges outcomes again by what was seen of their URLs before. Pure: the past is an argument."""

    def __init__(self, judge: Judge, confirm: Confirm, compared: float | None = None) -> None:
        """`compared` is when the last complete run ended, in seconds since the epoch (UTC): changes are told against
        what was known then. None where there was none: then all that is broken is new.
        """
        self._judge = judge
        self._confirm = confirm
        self._compared = compared

    def matters(self, outcome: Outcome, *known: Observation | None) -> bool:
        """Whether the past of an outcome's target can change what is said of it: where it is failing or invalid now, or
        was not well before. `known` are its last checks in this role: before this one, and by the time that changes are
        told against.
        """
        kind = outcome.verdict.kind
        if kind in WELL:
            verdict = self._judge.verdict
            return any(check and verdict(outcome.url, outcome.role, check).kind not in WELL for check in known)
        return kind in FAILING or kind is Kind.INVALID

    def see(self, outcome: Outcome, past: Iterable[Observation] = ()) -> Outcome:
        """The outcome with its verdict, its `change` and its `past` as the earlier checks have them.

        `past` are checks of the same URL in the same role, oldest first. The present one may be among them, and later
        ones too: only what lies before it counts.
        """
        present = _check(outcome.observation, outcome.verdict)
        checks = [
            *self.checks(outcome.url, outcome.role, [one for one in past if one.observed_at < present.at]),
            present,
        ]
        before = standing = Standing()
        for check, standing in zip(checks, standings(checks, self._confirm), strict=True):
            if self._compared is not None and check.at <= self._compared:
                before = standing
        return outcome._replace(
            verdict=self._verdict(outcome.verdict, standing, has_past=len(checks) > 1),
            change=_change(before, standing),
            past=Past(standing.streak, standing.well, flaps(checks)),
        )

    def checks(self, url: str, role: Role, observations: Iterable[Observation]) -> Sequence[Check]:
        """Observations of one URL in one role, judged by themselves; `skipped` where the host was let alone."""
        return [_check(one, self._judge.verdict(url, role, one)) for one in observations]

    def _verdict(self, verdict: Verdict, standing: Standing, *, has_past: bool) -> Verdict:
        """What a verdict becomes; as it is where the past has nothing to add."""
        streak = standing.streak
        if verdict.kind not in FAILING or streak is None:
            return verdict
        if verdict.kind is Kind.BROKEN:
            if standing.kind is Kind.BROKEN:
                return verdict
            level = lower(verdict.level, Level.WARNING)
            return verdict._replace(level=level, message=_with(verdict.message, "to be confirmed by the next check"))
        words = f"{_counted(streak)}, {_last_well(standing)}"
        if standing.kind is Kind.BROKEN:
            return self._judge.persistent(f"{words}; the last one: {verdict.message}")
        return verdict._replace(message=_with(verdict.message, words)) if has_past else verdict


def _check(observation: Observation, verdict: Verdict) -> Check:
    """A check, for counting: that a host wanted to be left alone, as it said of another URL, is none of this one."""
    was_let_alone = observation.failure is not None and observation.failure.reason == LET_ALONE
    return Check(observation.observed_at, verdict._replace(kind=Kind.SKIPPED) if was_let_alone else verdict)


def _change(before: Standing, now: Standing) -> Change | None:
    """What has become of a URL; None where it is as well as before, or where nothing is settled."""
    if now.kind in SETTLED:
        return Change.STILL if before.is_broken else Change.NEW
    return Change.RECOVERED if now.kind in WELL and before.is_broken else None


def _counted(streak: Streak) -> str:
    return f"{streak.failed} of {streak.checks} checks failed since {day(streak.since)}"


def _last_well(standing: Standing) -> str:
    return "never seen well" if standing.well is None else f"last well on {day(standing.well)}"


def _with(message: str, words: str) -> str:
    """A message and what is to be added to it, which is never what is cut."""
    return f"{cut(message, MESSAGE_LIMIT - len(words) - 3)} ({words})"
