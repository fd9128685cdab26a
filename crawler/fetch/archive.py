"""A second opinion on what is broken: where a web archive has the page as it was when it was linked to."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from datetime import datetime
from math import inf
from time import time
from typing import Protocol

from anyio import to_thread

from crawler.fetch.enquiry import Enquiry
from crawler.http.archive import Question, Remembered, first_published
from crawler.http.url import Url, parse
from crawler.model.report import Outcome
from crawler.model.verdict import Replacement

DAY = 86_400.0
FOUND_LASTS, EMPTY_LASTS = 30 * DAY, 1 * DAY
"""How long an answer is taken for what the archive would say now. A copy stays where it is; that none was named may be
no more than a bad day of the archive's."""


class Memory(Protocol):
    """Remembers what archives have said, from one run to the next. Called away from the event loop."""

    def opinions(self, keys: Iterable[str]) -> Mapping[str, Remembered]:
        """What is remembered under each of these keys, however old; a key without anything is left out."""
        ...

    def keep_opinion(self, remembered: Remembered) -> None:
        """Remember this instead of what was remembered under its key."""
        ...


class Archive:
    """What one archive says, or has said not long ago, of one run's links. Asked by one caller at a time."""

    def __init__(self, enquiry: Enquiry, memory: Memory | None = None, now: Callable[[], float] = time) -> None:
        """`memory` is None where nothing is remembered. `now` gives seconds since the epoch (UTC)."""
        self._enquiry = enquiry
        self._memory = memory
        self._now = now
        self._unheard = 0
        """Questions on which there was no answer, not even an old one."""

    @property
    def note(self) -> str | None:
        """What to tell whoever runs this: that the archive was not heard on everything, and why; else None."""
        if not self._unheard:
            return None
        links = "1 broken link" if self._unheard == 1 else f"{self._unheard:,} broken links"
        why = f": {self._enquiry.over}" if self._enquiry.over else ""
        return f"the archive at {self._enquiry.endpoint.host} was not heard on {links}{why}"

    async def opinions(self, outcomes: Iterable[Outcome], until: float = inf) -> AsyncIterator[Outcome]:
        """The same outcomes, each with its copy as the replacement where the archive names one and there is none yet.

        First come those of which the answer is remembered. Of the others, what was never asked about is asked first,
        and then what was asked about longest ago: over some runs, all have their turn. `until` is when the run has to
        end, in seconds since the epoch (UTC).
        """
        self._enquiry.end_by(until)
        asked = [(Question(outcome.url, first_published(outcome.links)), outcome) for outcome in outcomes]
        known = await self._remembered([self._key(question) for question, _ in asked])

        def turn(entry: tuple[Question, Outcome]) -> tuple[bool, float]:
            before = known.get(self._key(entry[0]))
            return not self._holds(before), before.asked_at if before else 0.0

        for question, outcome in sorted(asked, key=turn):
            yield _with_copy(outcome, await self._opinion(question, known.get(self._key(question))))

    async def nearest(self, url: str, published: datetime | None = None) -> Replacement | None:
        """The copy of a page that is nearest to a moment, or to now. None is no proof that there is none: the archive
        named none, or was not heard.
        """
        question = Question(url, published)
        key = self._key(question)
        return await self._opinion(question, (await self._remembered([key])).get(key))

    async def _opinion(self, question: Question, before: Remembered | None) -> Replacement | None:
        copy = before.copy if before else None
        if not self._holds(before) and self._enquiry.can_have(question.url):
            said = await self._enquiry.ask(question)
            if said is not None:
                copy = said.copy
                await self._remember(Remembered(self._key(question), copy, self._now()))
            elif before is None:
                self._unheard += 1
        return _replacement(copy)

    def _key(self, question: Question) -> str:
        return question.key(self._enquiry.endpoint.href)

    def _holds(self, before: Remembered | None) -> bool:
        """Whether an answer of before is as good as a new one."""
        return before is not None and self._now() - before.asked_at < (FOUND_LASTS if before.copy else EMPTY_LASTS)

    async def _remembered(self, keys: list[str]) -> Mapping[str, Remembered]:
        return {} if self._memory is None else await to_thread.run_sync(self._memory.opinions, keys)

    async def _remember(self, remembered: Remembered) -> None:
        if self._memory is not None:
            await to_thread.run_sync(self._memory.keep_opinion, remembered)


def remembered(memory: Memory, endpoint: str, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The same outcomes, each with its copy as the replacement where the archive has named one before and there is none
    yet. Nobody is asked.
    """
    there = parse(endpoint)
    if not isinstance(there, Url):
        yield from outcomes
        return
    asked = [(Question(outcome.url, first_published(outcome.links)).key(there.href), outcome) for outcome in outcomes]
    known = memory.opinions([key for key, _ in asked])
    for key, outcome in asked:
        yield _with_copy(outcome, _replacement(known[key].copy if key in known else None))


def _replacement(copy: str | None) -> Replacement | None:
    return None if copy is None else Replacement(copy, "archive", safe=False)


def _with_copy(outcome: Outcome, copy: Replacement | None) -> Outcome:
    verdict = outcome.verdict
    return outcome._replace(verdict=verdict._replace(replacement=verdict.replacement or copy))
