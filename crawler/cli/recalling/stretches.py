"""One URL's checks, those that came out alike folded into one."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from crawler.model.verdict import Verdict
from crawler.store.port import Seen
from crawler.verdict.judge import Judge


class Checked(NamedTuple):
    """One check, and what today's rules make of it alone."""

    seen: Seen
    verdict: Verdict

    @property
    def at(self) -> float:
        """When it ended, in seconds since the epoch (UTC)."""
        return self.seen.observation.observed_at

    @property
    def asked(self) -> bool:
        """Whether anything was asked for."""
        return self.seen.observation.attempts > 0


class Stretch(NamedTuple):
    """Checks one after another that came out alike: verdict, reason, role, and every hop with its status."""

    first: Checked
    last: Checked
    checks: int
    unasked: int
    """How often it was not asked for meanwhile, for want of time or of a network, which changes nothing."""
    fastest: float
    slowest: float
    """Seconds spent in exchanges."""


def judged(judge: Judge, checks: Iterable[Seen]) -> list[Checked]:
    """Each check of a URL as today's rules see it. What comes out as the time before is judged once."""
    found: list[Checked] = []
    for seen in checks:
        known = found[-1] if found and _decisive(found[-1].seen) == _decisive(seen) else None
        observation = seen.observation
        found.append(Checked(seen, known.verdict if known else judge.verdict(observation.url, seen.role, observation)))
    return found


def _decisive(seen: Seen) -> tuple[object, ...]:
    """All that a verdict rests on."""
    observation = seen.observation
    metadata = observation.metadata
    facts = (metadata.is_image, metadata.format, metadata.content_type)
    return seen.role, observation.hops, observation.failure, observation.evidence, *facts


def telling(checks: Sequence[Checked]) -> Sequence[Checked]:
    """The checks that say something of a URL: those that asked for it, or all where none did."""
    return [check for check in checks if check.asked] or checks


def stretches(checks: Sequence[Checked]) -> list[Stretch]:
    """Checks of one URL, oldest first, folded."""
    folded: list[Stretch] = []
    tells = set(map(id, telling(checks)))
    unasked = 0
    for check in checks:
        if id(check) not in tells:
            unasked += 1
            continue
        elapsed = check.seen.observation.elapsed
        before = folded[-1] if folded else None
        if before is not None and _state(before.last) == _state(check):
            folded[-1] = Stretch(
                before.first,
                check,
                before.checks + 1,
                before.unasked + unasked,
                min(before.fastest, elapsed),
                max(before.slowest, elapsed),
            )
        else:
            if before is not None:
                folded[-1] = before._replace(unasked=before.unasked + unasked)
                unasked = 0
            folded.append(Stretch(check, check, 1, unasked, elapsed, elapsed))
        unasked = 0
    if unasked:
        folded[-1] = folded[-1]._replace(unasked=folded[-1].unasked + unasked)
    return folded


def one_by_one(checks: Iterable[Checked]) -> list[Stretch]:
    """Every check as a stretch of its own."""
    return [Stretch(check, check, 1, 0, *[check.seen.observation.elapsed] * 2) for check in checks]


def _state(check: Checked) -> tuple[object, ...]:
    return check.verdict.kind, check.verdict.reason, check.seen.role, check.seen.observation.hops
