"""What the earlier checks of a target add to its present one."""

from typing import NamedTuple

from crawler.model.verdict import Verdict


class Check(NamedTuple):
    """One check of a URL, as today's rules judge it by itself."""

    at: float
    """When it ended, in seconds since the epoch (UTC)."""
    verdict: Verdict


class Streak(NamedTuple):
    """Failures of one URL without a success between them."""

    since: float
    until: float
    """The first and the last of them, in seconds since the epoch (UTC)."""
    failed: int = 1
    checks: int = 1
    """How often the URL was checked since the first: the failures, and what said nothing for or against it."""
    is_definite: bool = False
    """Whether one of them was such that a link is broken by it alone."""


class Flaps(NamedTuple):
    """How often a URL has gone down and come back lately."""

    turns: int
    """Changes from well to failing or back."""
    checks: int
    """Checks in which they were seen."""
    since: float
    """The first of these checks, in seconds since the epoch (UTC)."""


class Past(NamedTuple):
    """What all checks of a URL together come to, the present one included."""

    streak: Streak | None = None
    """The failures since it was last well; None where it is well, or never failed."""
    well: float | None = None
    """When it was last well, in seconds since the epoch (UTC); None where it never was."""
    flaps: Flaps | None = None
    """None where it does not come and go."""
