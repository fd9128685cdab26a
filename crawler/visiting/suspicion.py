"""What the visits of a run know together of pages that are not what was linked to.

Most pages are above suspicion and cost one look. For a doubtful one, the site is asked once a folder for a sibling that
can't exist; where many unrelated URLs end at one, each of them is doubtful.
"""

from collections import OrderedDict
from dataclasses import replace
from typing import Final, NamedTuple

from crawler.config import Fetch
from crawler.http.url import Url, parse
from crawler.media.answer import Answer
from crawler.media.converging import Converging
from crawler.media.page import classify
from crawler.media.sibling import family, sibling
from crawler.media.signs import CONVERGING
from crawler.model.observation import Evidence

REMEMBERED = 256
"""Answers to siblings that are kept, each with the front of a body: the latest ones, since hosts come in bunches."""


class Doubt(NamedTuple):
    """What a look at a page gave."""

    evidence: Evidence | None = None
    """None where nothing speaks against it."""
    sibling: Url | None = None
    """What to ask its site for, to settle the matter; None where that would add nothing."""


_NO_DOUBT: Final = Doubt()


class Suspicions:
    """Looks at pages, and remembers what settles doubts. One for all visits of a run."""

    def __init__(self, seed: str) -> None:
        """`seed` makes the names of siblings: the same seed, the same requests."""
        self._seed = seed
        self._converging = Converging()
        self._siblings: OrderedDict[str, Answer | None] = OrderedDict()

    def __reduce__(self) -> tuple[object, ...]:
        """To another process without what it remembers."""
        return Suspicions, (self._seed,)

    def look(self, page: Answer) -> Doubt:
        """Judge a page by itself, and by its folder's sibling where that is known already."""
        converging = self._converging.note(page.asked, page.final) if page.redirected else 0
        found = classify(page, None, converging)
        if not found.ask_sibling:
            evidence = _evidence(found.reason, found.words)
            return _NO_DOUBT if evidence is None else Doubt(evidence)
        key = family(page.asked)
        if key in self._siblings:
            self._siblings.move_to_end(key)
            known = classify(page, self._siblings[key], converging)
            return Doubt(_evidence(known.reason, known.words))
        name = sibling(page.asked, self._seed)
        there = parse(name) if name else None
        return Doubt(_evidence(found.reason, found.words), there if isinstance(there, Url) else None)

    def converge(self, asked: Url, final: Url) -> bool:
        """Whether so many unrelated URLs end at one, this one counted, that it has to be looked at."""
        return self._converging.note(asked, final) >= CONVERGING

    def recall(self, page: Answer) -> Doubt | None:
        """The doubt in a page, settled by what its sibling gave to an earlier visit; None where none has asked."""
        key = family(page.asked)
        return Doubt(self.settle(page, self._siblings[key])) if key in self._siblings else None

    @staticmethod
    def is_wall(page: Answer) -> bool:
        """Whether a page is a guard against programs rather than the site."""
        return classify(page).reason == "bot-wall"

    def settle(self, page: Answer, answer: Answer | None) -> Evidence | None:
        """Judge a doubtful page by what its sibling gave; None where that gave no page."""
        key = family(page.asked)
        self._siblings[key] = answer
        self._siblings.move_to_end(key)
        if len(self._siblings) > REMEMBERED:
            self._siblings.popitem(last=False)
        found = classify(page, answer)
        return _evidence(found.reason, found.words)

    @staticmethod
    def once(fetch: Fetch) -> Fetch:
        """How siblings are asked for: without second tries."""
        return replace(fetch, retries=0)


def _evidence(reason: str | None, words: tuple[str, ...]) -> Evidence | None:
    return Evidence(reason, words) if reason or words else None
