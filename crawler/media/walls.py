"""Bot walls: an answer that is about us and says nothing of the page."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from crawler.http.url import Url
from crawler.media.busy import is_busy
from crawler.media.clues import Clue, Exhibit, Where
from crawler.media.landmarks import landmarks, lowered
from crawler.media.wall_signatures import SIGNATURES, TITLE_WORDS, Signature
from crawler.media.wording.vocabulary import Line, has_any
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


def is_no_wall(status: int, fields: Fields, said: Line, final: Url) -> bool:
    """Whether an answer is seen to be none without a look at its body, where the head tells of the page what only its
    site knows. No vendor's challenge does, so such a page is none, whatever stands in its body, unless its status, its
    fields, its URL or its title say so. `said` has its title, and may have more."""
    return status == 200 and not said.has_word(TITLE_WORDS) and not _trial(status).is_told(fields, final)


def wall(status: int, fields: Fields, body: bytes, title: str | None, final: Url, behind_head: int = 0) -> Wall | None:
    """The wall that an answer is, if it is one. `body` is the front of the body, no longer content-encoded.
    `behind_head` is where in `body` the head ends; 0 where nobody has looked."""
    trial = _trial(status)
    told = trial.is_told(fields, final)
    busy = is_busy(body, READ, behind_head)
    if not told and (busy or not trial.may_be_brief(title, body[:READ])):
        return None
    exhibit = Exhibit(status, fields, body[:READ], title, final)
    for signature in trial.signatures(told, busy):
        if all(map(exhibit.shows, signature.clues)):
            return Wall(
                signature.vendor, signature.action, f"{signature.vendor} {signature.action} ({_shown(signature)})"
            )
    return None


class _Trial:
    """What an answer with one status is held against."""

    __slots__ = ("_all", "_anywhere", "_bodies", "_brief", "_fields", "_hosts", "_others", "_places")

    def __init__(self, tried: tuple[Signature, ...]) -> None:
        """`tried` are signatures in the order they are tried, each with what is cheap to see first."""
        self._all = tried
        self._brief = tuple(one for one in tried if any(clue.where is Where.WORDS for clue in one.clues))
        """Those that ask for few words, so that no busy page has them."""
        self._others = tuple(one for one in tried if one not in self._brief)
        told = [_told_outside(signature) for signature in self._others]
        self._anywhere = None in told
        """Whether some of the others ask for neither a field nor a part of the URL; of each, which one it is."""
        self._fields = tuple({clue.name for clue in told if clue and clue.where is Where.FIELD})
        self._hosts = _landmarks(clue for clue in told if clue and clue.where is Where.HOST)
        self._places = _landmarks(clue for clue in told if clue and clue.where is Where.PATH)
        self._bodies = _landmarks(filter(None, map(_told_inside, self._brief)))

    def is_told(self, fields: Fields, url: Url) -> bool:
        """Whether fields or URL are such that one of those has to be tried that ask for more than few words."""
        if self._anywhere or url.host.endswith(self._hosts) or has_any(url.place.lower(), self._places):
            return True
        known = fields.first
        for name in self._fields:  # noqa: SIM110 - as in `has_any`
            if name in known:
                return True
        return False

    def may_be_brief(self, title: str | None, body: bytes) -> bool:
        """Whether title or body have a word that one of those asks for that ask for few words as well."""
        return Line(title or "").has_word(TITLE_WORDS) or has_any(lowered(body), self._bodies)

    def signatures(self, told: bool, busy: bool) -> tuple[Signature, ...]:
        """What is left to try where fields, URL and a glance at the page leave anything."""
        if told:
            return self._others if busy else self._all
        return self._brief


@cache
def _trial(status: int) -> _Trial:
    tried = tuple(
        signature._replace(clues=tuple(sorted(signature.clues, key=_cost)))
        for signature in SIGNATURES
        if all(status in clue.numbers for clue in signature.clues if clue.where is Where.STATUS)
    )
    return _Trial(tried)


def _told_outside(signature: Signature) -> Clue | None:
    """The clue that is seen without a look at the page; the one that fewest answers have where there are more."""
    clues = (clue for clue in signature.clues if clue.where in (Where.HOST, Where.PATH, Where.FIELD))
    return min(clues, key=lambda clue: len(landmarks(clue.pattern)), default=None)


def _told_inside(signature: Signature) -> Clue | None:
    """The clue in the body that fewest pages have; None where the title tells already."""
    if any(clue.where is Where.TITLE for clue in signature.clues):
        return None
    clues = (clue for clue in signature.clues if clue.where is Where.BODY)
    return max(clues, key=lambda clue: min(map(len, landmarks(clue.pattern)), default=0))


def _landmarks(clues: Iterable[Clue]) -> tuple[str, ...]:
    """One of these stands where one of the clues is, in lower case."""
    parts = {part for clue in clues for part in landmarks(clue.pattern) or ("",)}
    return tuple(part for part in parts if not any(other in part for other in parts - {part}))


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
