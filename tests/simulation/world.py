"""A small web under a fake clock: links that stay, die, move, come and go, and hide behind walls.

What each link answers on each night is drawn from its URL and the night alone, so that whoever asks, and however often,
finds the same world.
"""

from enum import StrEnum
from hashlib import blake2b
from typing import NamedTuple

from crawler.model.exchange import Failure
from crawler.model.observation import Hop, Observation

DAY = 86_400.0
START = 1_767_225_600.0
"""2026-01-01 00:00 UTC."""
NIGHTS = 365
HOSTS = 20
NOISE = 0.005
"""The share of nights on which a link that is well gives no answer, for no reason of its own."""
OUR_OUTAGES = (100, 230)
"""Nights on which our own network is down."""
DARK, BETWEEN = 2, 120
"""Nights that an outage of a host lasts, fewer than it takes for a failure to count as lasting, and from each to the
next."""


class Fate(StrEnum):
    """What becomes of a link within the year."""

    STAYS = "stays"
    DIES = "dies"
    """With a definite answer, from one night on."""
    FADES = "fades"
    """With failures that might pass, from one night on."""
    MOVES = "moves"
    FLAPS = "flaps"
    WALLED = "walled"
    """Refuses us on most nights."""
    FADES_BEHIND_A_WALL = "fades, walled"
    """Refuses us on every third night or so, and fails on the others from one night on."""


SHARES = (
    (Fate.DIES, 0.06),
    (Fate.FADES, 0.04),
    (Fate.MOVES, 0.05),
    (Fate.FLAPS, 0.02),
    (Fate.WALLED, 0.05),
    (Fate.FADES_BEHIND_A_WALL, 0.01),
)
"""Of all links; the others stay. About a tenth dies in the year, as studies of links in articles find them to."""

DEAD = (Fate.DIES, Fate.FADES, Fate.FADES_BEHIND_A_WALL)
DEFINITE = (404, 404, 404, 410)
FADING = ("timeout", "connect-refused", "dns-failure", "http-5xx")


class Thing(NamedTuple):
    """One link and its fate."""

    url: str
    host: str
    fate: Fate
    turns: float
    """When its fate comes, in seconds since the epoch."""

    def is_dead(self, now: float) -> bool:
        """Whether a reader would never again get what was linked to."""
        return self.fate in DEAD and now >= self.turns

    def observe(self, now: float) -> Observation:
        """What a check gives."""
        url, night = self.url, int((now - START) // DAY)
        if night in OUR_OUTAGES:
            return _failed(url, "dns-failure", now)
        if _is_dark(self.host, night) or drawn("noise", url, night) < NOISE:
            return _failed(url, "timeout", now)
        over = now >= self.turns
        match self.fate:
            case Fate.DIES if over:
                return _answered(url, DEFINITE[_pick(url, len(DEFINITE))], now)
            case Fate.FADES if over:
                return _failing(url, now)
            case Fate.FADES_BEHIND_A_WALL if drawn("limit", url, night) < 1 / 3:
                return _answered(url, 429, now)
            case Fate.FADES_BEHIND_A_WALL if over:
                return _failing(url, now)
            case Fate.MOVES if over:
                return Observation(url, (Hop(url, 301), Hop(f"{url}/new", 200)), observed_at=now, attempts=2)
            case Fate.FLAPS if (night + _pick(url, 4)) % 4 == 0:
                return _answered(url, 503, now)
            case Fate.WALLED if drawn("wall", url, night) < 0.9:
                return _answered(url, 403, now)
        return _answered(url, 200, now)


def things(count: int) -> list[Thing]:
    """So many links, on `HOSTS` hosts."""
    made = []
    for number in range(count):
        host = f"h{number % HOSTS}.example"
        url = f"https://{host}/{number}"
        made.append(Thing(url, host, _fate(url), START + drawn("turns", url) * NIGHTS * DAY))
    return made


def drawn(*words: object) -> float:
    """A number from 0 to 1, always the same for the same words."""
    return int.from_bytes(blake2b(" ".join(map(str, words)).encode(), digest_size=8).digest()) / 2**64


def _fate(url: str) -> Fate:
    left = drawn("fate", url)
    for fate, share in SHARES:
        if left < share:
            return fate
        left -= share
    return Fate.STAYS


def _is_dark(host: str, night: int) -> bool:
    """Whether a host has one of its outages."""
    return (night + _pick(host, BETWEEN)) % BETWEEN < DARK


def _pick(word: str, among: int) -> int:
    return int(drawn("pick", word) * among)


def _failing(url: str, now: float) -> Observation:
    reason = FADING[_pick(url, len(FADING))]
    return _answered(url, 503, now) if reason == "http-5xx" else _failed(url, reason, now)


def _answered(url: str, status: int, now: float) -> Observation:
    return Observation(url, (Hop(url, status),), observed_at=now, attempts=1)


def _failed(url: str, reason: str, now: float) -> Observation:
    return Observation(url, (Hop(url, None),), Failure(reason, reason), observed_at=now, attempts=1)
