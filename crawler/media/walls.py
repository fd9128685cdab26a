"""Bot walls: an answer that is about us and says nothing of the page."""

from functools import cache
from typing import NamedTuple

from crawler.media.busy import is_busy
from crawler.media.clues import Clue, Exhibit, Where
from crawler.media.landmarks import landmarks
from crawler.media.wall_signatures import SIGNATURES, Signature
from crawler.model.exchange import Fields


class Wall(NamedTuple):
    """A wall, whose it is, and what showed it."""

    vendor: str
    action: str
    """What it does: one of the actions of `wall_signatures`."""
    evidence: str
    """For people: `Cloudflare challenges browsers (field cf-mitigated)`."""


READ = 65_536
"""Bytes of a body that are looked at. Walls are small; most are under 10 KB."""


def wall(status: int, fields: Fields, body: bytes, title: str | None, final_url: str) -> Wall | None:
    """The wall that an answer is, if it is one. `body` is the front of the body, no longer content-encoded; `final_url`
    is in WHATWG form."""
    signatures = _trial(status).signatures(fields, final_url, busy=is_busy(body, READ))
    if not signatures:
        return None
    exhibit = Exhibit(status, fields, body[:READ], title, final_url)
    for signature in signatures:
        if all(map(exhibit.shows, signature.clues)):
            return Wall(
                signature.vendor, signature.action, f"{signature.vendor} {signature.action} ({_shown(signature)})"
            )
    return None


class _Trial(NamedTuple):
    """What an answer with one status is held against."""

    all: tuple[Signature, ...]
    """In the order they are tried, each with what is cheap to see first."""
    brief: tuple[Signature, ...]
    """Those that ask for few words, so that no busy page has them."""
    others: tuple[Signature, ...]
    fields: frozenset[str]
    addresses: tuple[str, ...]
    """Of each of `others`, the field it asks for or the parts of URLs it asks for one of."""
    anywhere: bool
    """Whether some of `others` ask for neither."""

    def signatures(self, fields: Fields, url: str, *, busy: bool) -> tuple[Signature, ...]:
        """What is left to try once fields, URL and a glance at the page are seen; most often nothing."""
        if (
            self.anywhere
            or not self.fields.isdisjoint(fields.first)
            or any(map(url.lower().__contains__, self.addresses))
        ):
            return self.others if busy else self.all
        return () if busy else self.brief


@cache
def _trial(status: int) -> _Trial:
    tried = tuple(
        signature._replace(clues=tuple(sorted(signature.clues, key=_cost)))
        for signature in SIGNATURES
        if all(status in clue.numbers for clue in signature.clues if clue.where is Where.STATUS)
    )
    brief = tuple(signature for signature in tried if any(clue.where is Where.WORDS for clue in signature.clues))
    others = tuple(signature for signature in tried if signature not in brief)
    told = [_told_outside(signature) for signature in others]
    return _Trial(
        tried,
        brief,
        others,
        fields=frozenset(clue.name for clue in told if clue and clue.where is Where.FIELD),
        addresses=tuple(
            {part for clue in told if clue and clue.where is not Where.FIELD for part in landmarks(clue.pattern)}
        ),
        anywhere=None in told,
    )


def _told_outside(signature: Signature) -> Clue | None:
    """The clue that is seen without a look at the page; the one that fewest answers have where there are more."""
    clues = (clue for clue in signature.clues if clue.where in (Where.HOST, Where.PATH, Where.FIELD))
    return min(clues, key=lambda clue: len(landmarks(clue.pattern)), default=None)


_CHEAPEST_FIRST = (
    Where.STATUS,
    Where.SIZE,
    Where.HOST,
    Where.PATH,
    Where.TITLE,
    Where.FIELD,
    Where.BODY,
    Where.WORDS,
)


def _cost(clue: Clue) -> int:
    return _CHEAPEST_FIRST.index(clue.where)


def _shown(signature: Signature) -> str:
    """The clues that tell most, in words."""
    return ", ".join(
        f"{clue.where.value} {clue.name}".strip()
        for clue in signature.clues
        if clue.where not in (Where.SIZE, Where.WORDS)
    )
