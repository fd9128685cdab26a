"""The one order of every list in every report: path, line, column, URL; what has no place in a file comes first."""

from collections.abc import Iterable, Sequence
from typing import Final

from crawler.model.link import Link
from crawler.model.report import Outcome, Place, place_key
from crawler.model.verdict import Finding

_BASE: Final = 10_000_000_000
"""Added to a line or column, it makes numbers of as many digits."""


def occurrences(links: Sequence[Link]) -> Sequence[Link]:
    """The occurrences of one target in order; those at one place, as on a command line, by field and role."""
    return links if len(links) < 2 else sorted(links, key=_link_key)


def _link_key(link: Link) -> tuple[Place, str, str]:
    return place_key(link.path, link.line, link.column, link.url), link.field or "", link.role


def outcome_place(outcome: Outcome, links: Sequence[Link]) -> Place:
    """Where an outcome stands in the list of URLs: at the first of its `links`, which are given in order."""
    if not links:
        return place_key(None, None, None, outcome.url)
    first = links[0]
    return place_key(first.path, first.line, first.column, outcome.url)


def finding_key(finding: Finding) -> tuple[Place, str]:
    """Where a finding stands in the list of findings: by place, then by code."""
    return place_key(finding.path, finding.line, finding.column, finding.url), finding.code


def sortable(place: Place, word: str = "") -> str:
    """A place, and a word after it, as a text that compares as the tuple does: numbers of as many digits sort alike."""
    path, line, column, url = place
    text = f"{path}\0{_BASE + line}\0{_BASE + column}\0{url}"
    return f"{text}\0{word}" if word else text


def sorted_outcomes(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Outcomes in the order of the report, the occurrences of each in theirs."""
    inner = (outcome._replace(links=tuple(occurrences(outcome.links))) for outcome in outcomes)
    return tuple(sorted(inner, key=lambda outcome: outcome_place(outcome, outcome.links)))
