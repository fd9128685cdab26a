"""Soft 404s: pages that are not there though their server says 200. Signs are weighed here; what decides the doubtful
cases is a sibling that can't exist (`crawler.media.sibling`).

A phrase in running text is no sign at all: "no longer available" stands in living articles.
"""

from enum import IntEnum
from typing import NamedTuple

from crawler.media.answer import Answer
from crawler.media.head import NO_INDEX
from crawler.media.sibling import Comparison, Outcome
from crawler.media.signs import (
    Sign,
    Weight,
    claims_home,
    converges,
    headed_not_found,
    rendered_as_404,
    sent_home,
    sent_to_error_page,
    sent_to_section,
    titled_not_found,
)


class Level(IntEnum):
    """How far suspicion goes."""

    NONE = 0
    SUSPECT = 1
    """Ask the site for a sibling of the page."""
    CERTAIN = 2
    """It is gone; asking would add nothing."""


class Suspicion(NamedTuple):
    """All signs of one page together."""

    level: Level
    signs: tuple[Sign, ...] = ()


def suspicion(page: Answer, converging: int = 0) -> Suspicion:
    """What speaks for a page's being gone. `page` was answered with success, and is no wall, login or parked domain."""
    led_here = (
        (sent_to_error_page(page), sent_home(page), sent_to_section(page), converges(page, converging))
        if page.redirected
        else ()
    )
    signs = tuple(filter(None, (*led_here, claims_home(page), rendered_as_404(page), *_said(page))))
    return Suspicion(Level(max(sign.weight for sign in signs)), signs) if signs else _NONE


_NONE = Suspicion(Level.NONE)


def is_gone(page: Answer, suspected: Suspicion, comparison: Comparison | None) -> bool:
    """Whether a page is a soft 404, by its signs and, where these leave doubt, its sibling.

    Without a sibling's word the page must say so itself, in its title and at the top of the page.
    """
    if suspected.level != Level.SUSPECT:
        return suspected.level == Level.CERTAIN
    if comparison is None or comparison.outcome == Outcome.UNKNOWN:
        return {"title", "heading"} <= {sign.name for sign in suspected.signs} and page.is_short
    return comparison.outcome == Outcome.SOFT_404


def _said(page: Answer) -> list[Sign]:
    """What the page itself says. A title that is kept out of search engines, over next to nothing, is enough."""
    title, heading = titled_not_found(page), headed_not_found(page)
    signs = []
    if title:
        unlisted = any(word in (page.head.robots or "").lower() for word in NO_INDEX)
        certain = title.whole and unlisted and page.is_short
        signs.append(Sign("title", Weight.CERTAIN if certain else Weight.SUSPECT, f"the title says {title.text!r}"))
    if heading:
        signs.append(Sign("heading", Weight.SUSPECT, f"a heading says {heading.text!r}"))
    return signs
