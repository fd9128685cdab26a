"""Rules that look back: what a URL's earlier checks say together with its present one."""

from crawler.model.link import Link
from crawler.model.report import Outcome
from crawler.model.verdict import Kind, Level
from crawler.verdict.quoting import day
from crawler.verdict.rule import Remark, Scope, beyond, reason

PERSISTENT = "persistent-failure"


def flapping(_: Link, outcome: Outcome) -> Remark | None:
    """A link that goes down and comes back again and again."""
    flaps = outcome.past.flaps if outcome.past is not None else None
    if flaps is None:
        return None
    words = f"{flaps.turns} changes between well and failing in {flaps.checks} checks since {day(flaps.since)}"
    return Remark(f"comes and goes: {words}")


REMEMBERED_REASONS = (
    reason(
        Kind.BROKEN,
        PERSISTENT,
        "keeps failing",
        """The link has failed as often (`schedule.confirm.failures`) and for as long (`schedule.confirm.span`) as the
        settings ask for before a fault counts as lasting, without one success between. The message says since when,
        how often, and what the last failure was. Refusals such as 403 and 429 don't count, neither for the link nor
        against it. Find the page's present URL, an archived copy or another source.""",
        "setting schedule.confirm",
    ),
)
"""Reasons for verdicts."""

REMEMBERED = (
    beyond(
        "flapping",
        Scope.LINK,
        Level.INFO,
        "comes and goes",
        """The link was well and failing by turns lately: within its last ten checks it has gone down for at least the
        third time. Readers meet an error now and then. Mostly the site is overloaded, or one of its several servers is
        ill; tell its owner, or link to a steadier source. Told in runs in which the link fails or has just come
        back.""",
        "https://naemon.io/documentation/usersguide/flapping",
        check=flapping,
    ),
)
"""Rules beyond the verdict."""
