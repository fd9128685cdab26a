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


def is_no_wall(status: int, fields: Fields, title: str, final_url: str) -> bool:
    """Whether an answer is seen to be none without a look at its body, where the head tells of the page what only its
    site knows. No vendor's challenge does, so such a page is none, whatever stands in its body, unless its status, its
    fields, its URL or its title say so. `title` is in the letters of `straight`, as walls write theirs."""
    trial = _trial(status)
    return status == 200 and not trial.is_told(fields, final_url) and not trial.may_be_titled(title)


def wall(
    status: int, fields: Fields, body: bytes, title: str | None, final_url: str, behind_head: int = 0
) -> Wall | None:
    """The wall that an answer is, if it is one. `body` is the front of the body, no longer content-encoded; `final_url`
    is in WHATWG form. `behind_head` is where in `body` the head ends; 0 where nobody has looked."""
    trial = _trial(status)
    told = trial.is_told(fields, final_url)
    signatures = trial.signatures(told, is_busy(body, READ, behind_head))
    if not signatures:
        return None
    exhibit = Exhibit(status, fields, body[:READ], title, final_url)
    for signature in signatures:
        if all(map(exhibit.shows, signature.clues)):
            return Wall(
                signature.vendor, signature.action, f"{signature.vendor} {signature.action} ({_shown(signature)})"
            )
    return None


class _Trial:
    """What an answer with one status is held against."""

    __slots__ = ("_addresses", "_all", "_anywhere", "_brief", "_fields", "_others", "_titles")

    def __init__(self, tried: tuple[Signature, ...]) -> None:
        """`tried` are signatures in the order they are tried, each with what is cheap to see first."""
        self._all = tried
        self._brief = tuple(one for one in tried if any(clue.where is Where.WORDS for clue in one.clues))
        """Those that ask for few words, so that no busy page has them."""
        self._others = tuple(one for one in tried if one not in self._brief)
        told = [_told_outside(signature) for signature in self._others]
        self._anywhere = None in told
        """Whether some of the others ask for neither a field nor a part of the URL; of each, which one it is."""
        self._fields = frozenset(clue.name for clue in told if clue and clue.where is Where.FIELD)
        self._addresses = tuple(
            {part for clue in told if clue and clue.where is not Where.FIELD for part in landmarks(clue.pattern)}
        )
        titles = {
            part
            for signature in self._brief
            for clue in signature.clues
            if clue.where is Where.TITLE
            for part in landmarks(clue.pattern)
        }
        self._titles = tuple(part for part in titles if not any(other in part for other in titles - {part}))

    def is_told(self, fields: Fields, url: str) -> bool:
        """Whether fields or URL are such that one of those has to be tried that ask for more than few words."""
        return self._anywhere or not self._fields.isdisjoint(fields.first) or _has(url.lower(), self._addresses)

    def may_be_titled(self, title: str) -> bool:
        """Whether a title may be one that the brief ones ask for."""
        return _has(title.lower(), self._titles)

    def signatures(self, told: bool, busy: bool) -> tuple[Signature, ...]:
        """What is left to try once fields, URL and a glance at the page are seen; most often nothing."""
        if told:
            return self._others if busy else self._all
        return () if busy else self._brief


def _has(text: str, parts: tuple[str, ...]) -> bool:
    for part in parts:  # noqa: SIM110 - compiled, a generator takes as long again as the search
        if part in text:
            return True
    return False


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
