"""Brings an article's links together again, once the targets of all of them are done."""

from collections.abc import Iterable, Iterator

from crawler.model.link import Article, Link
from crawler.model.report import Outcome
from crawler.verdict.rule import Occurrence


class _Waiting:
    """One article, some of whose targets are not done."""

    __slots__ = ("article", "missing", "occurrences")

    def __init__(self, article: Article) -> None:
        self.article = article
        self.missing = 0
        self.occurrences: list[Occurrence] = []


class Gathering:
    """Holds the occurrences of each article until they are complete: what it holds is what is under way, not the run.

    Articles are told apart by identity: two records may hold the same one.
    """

    def __init__(self) -> None:
        self._waiting: dict[int, _Waiting] = {}

    def expect(self, links: Iterable[Link]) -> None:
        """Links that outcomes will come for. All links of an article come before the outcome of any."""
        for link in links:
            article = link.article
            if article is not None:
                waiting = self._waiting.get(id(article))
                if waiting is None:
                    waiting = self._waiting[id(article)] = _Waiting(article)
                waiting.missing += 1

    def take(self, outcome: Outcome) -> Iterator[list[Occurrence]]:
        """Every article that this outcome completes."""
        for link in outcome.links:
            if link.article is None:
                continue
            waiting = self._waiting[id(link.article)]
            waiting.occurrences.append(Occurrence(link, outcome))
            waiting.missing -= 1
            if not waiting.missing:
                del self._waiting[id(link.article)]
                yield waiting.occurrences

    def rest(self) -> Iterator[list[Occurrence]]:
        """What there is of the articles that were not completed, when a run has ended early."""
        for waiting in self._waiting.values():
            if waiting.occurrences:
                yield waiting.occurrences
        self._waiting.clear()
