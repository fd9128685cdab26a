"""What has changed since the last complete run, in a few lines of plain text for somebody who is not looking."""

import re
from heapq import nsmallest
from typing import NamedTuple

from crawler.model.report import Outcome, Run
from crawler.model.verdict import SEVERITY, Change, Finding, Level
from crawler.report.order import finding_key, occurrences, outcome_place, sortable
from crawler.report.summary import closing
from crawler.report.text import safe

SHOWN = 10
"""Links of each change that are listed at most: what is longer than a screen is read by nobody."""

LONGEST = 1_900
"""Characters of a message at most: Discord takes 2,000 with the title, other chat services twice that and more."""

WIDEST = 200
"""Characters of a URL or a path at most, so that one of each change always fits."""

_USERINFO = re.compile(r"^([^:/?#]*:?[/\\]*)[^/?#\\]*@")
"""Up to what stands before the host of a URL, as browsers read it with slashes missing or turned around: a password."""

_MARKUP = str.maketrans({character: f"%{ord(character):02X}" for character in "<>[]()*`|\\\"'@"})
"""What Markdown, HTML and chat services take for markup or for a call to somebody (`<!channel>`, `@everyone`), percent-
encoded: not every service that Apprise hands plain text to takes it for that."""


class _Entry(NamedTuple):
    """One link that has changed."""

    severity: int
    """Negative, so that the worst comes first."""
    place: str
    """Of the first of its places."""
    reason: str
    """Empty where all is well."""
    url: str
    path: str | None
    line: int | None
    places: int = 1

    @property
    def text(self) -> str:
        """`- http-404 https://www.example.org/gone in records/x.md:31 and 2 more places`."""
        words = ["-", self.reason, _inert(_USERINFO.sub(r"\1", self.url))]
        if self.path is not None:
            words.append(f"in {_inert(self.path)}" + (f":{self.line}" if self.line else ""))
        if self.places > 1:
            words.append(f"and {_count(self.places - 1, 'more place', 'more places')}")
        return " ".join(filter(None, words))


class News:
    """Gathers what has changed. What is exempt or of level `off` has no findings, and so is no news when it breaks."""

    def __init__(self) -> None:
        self._new: dict[str, _Entry] = {}
        """By URL without its fragment."""
        self._recovered: list[_Entry] = []

    def outcome(self, outcome: Outcome) -> None:
        """One target is done."""
        if outcome.change is Change.RECOVERED:
            links = occurrences(outcome.links)
            path, line = (links[0].path, links[0].line) if links else (None, None)
            place = sortable(outcome_place(outcome, links))
            self._recovered.append(_Entry(0, place, "", outcome.url, path, line, len(links)))

    def finding(self, finding: Finding) -> None:
        """One finding is known; those of one URL may come apart."""
        if finding.change is not Change.NEW or finding.url is None:
            return
        place, code = finding_key(finding)
        entry = _Entry(-SEVERITY[finding.level], sortable(place), code, finding.url, finding.path, finding.line)
        key = finding.url.partition("#")[0]
        known = self._new.get(key)
        if known is not None:
            entry = min(entry, known, key=_order)._replace(places=known.places + 1)
        self._new[key] = entry

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self._new or self._recovered)

    @property
    def worst(self) -> Level:
        """The level of the worst that is new; `OFF` where all news are good."""
        severity = max((-entry.severity for entry in self._new.values()), default=SEVERITY[Level.OFF])
        return next(level for level in Level if SEVERITY[level] == severity)

    @property
    def title(self) -> str:
        """`crawler: 3 links newly broken, 1 recovered`."""
        new, recovered = len(self._new), len(self._recovered)
        if not new:
            return f"crawler: {_count(recovered, 'link', 'links')} recovered"
        return f"crawler: {_count(new, 'link', 'links')} newly broken" + (
            f", {recovered:,} recovered" if recovered else ""
        )

    def text(self, run: Run) -> str:
        """The message below its title, with as many links as fit."""
        texts = (self._text(run, shown) for shown in range(SHOWN, 0, -1))
        return next(text for text in texts if len(text) <= LONGEST)

    def _text(self, run: Run, shown: int) -> str:
        parts = [_listed("New", [*self._new.values()], shown), _listed("Recovered", self._recovered, shown)]
        if not run.complete:
            parts.append("The run was stopped before every URL was checked.")
        return "\n\n".join([*filter(None, parts), f"In all: {closing(run, 0)}"])


def _listed(heading: str, entries: list[_Entry], shown: int) -> str:
    """The first entries under a heading; nothing where there is none."""
    if not entries:
        return ""
    lines = [entry.text for entry in nsmallest(shown, entries, key=_order)]
    if len(entries) > shown:
        lines.append(f"- and {len(entries) - shown:,} more")
    return "\n".join([f"{heading} ({len(entries):,}):", *lines])


def _order(entry: _Entry) -> tuple[int, str]:
    return entry.severity, entry.place


def _inert(text: str) -> str:
    """Untrusted text on one line, of which nobody makes more than text."""
    return safe(safe(text, WIDEST).translate(_MARKUP), WIDEST)


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
