"""The labelled set: what sites answer, and what a person would say of it. Some six hundred cases, all made up here.

It is split in two by a hash of the family's name, so that near-copies never stand on both sides. Words, thresholds and
markers were tuned on `TUNING` alone; `HELD_OUT` only ever measures.
"""

from functools import cache

from tests.media.pages.case import Answered, Case
from tests.media.pages.frame import number
from tests.media.pages.handmade import handmade
from tests.media.pages.spoken import spoken

TUNING, HELD_OUT = "tuning", "held-out"

__all__ = ["HELD_OUT", "TUNING", "Answered", "Case", "cases", "half"]


def half(family: str) -> str:
    """The half that a family of cases belongs to, for good."""
    return HELD_OUT if number(f"half of {family}") % 2 else TUNING


@cache
def cases() -> tuple[Case, ...]:
    """The whole set, in a fixed order."""
    return (*handmade(), *spoken())
