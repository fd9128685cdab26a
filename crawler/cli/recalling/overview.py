"""The worst of what is written now: hosts that fail most, links that fail longest, that moved, that come and go."""

from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from crawler.cli.recalling.newest import newest
from crawler.cli.recalling.stretches import judged, telling
from crawler.cli.recalling.today import Today
from crawler.cli.recalling.url import standing_since
from crawler.http.url import parse
from crawler.model.exchange import Failure
from crawler.model.link import Link
from crawler.model.past import Check, Past
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.verdict import Kind, Verdict
from crawler.store.port import PastRun, Seen, Store
from crawler.store.portions import portions
from crawler.verdict.history import WELL, flaps

T = TypeVar("T")

FAILING = (Kind.BROKEN, Kind.UNREACHABLE, Kind.INVALID)
"""Verdicts that make a link one of the worst."""


class Standing(NamedTuple):
    """One URL that is worth a look."""

    url: str
    host: str
    """Empty where it is no URL."""
    role: Role
    verdict: Verdict
    """In the light of all its checks."""
    since: float
    """Since when it is as it is: seconds since the epoch (UTC)."""
    past: Past
    before: bool
    """Whether it has been checked before that, and was otherwise then."""
    links: tuple[Link, ...] = ()
    """Where it is written now, of those that are told of."""

    @property
    def turns(self) -> int:
        """How often it went down and came back lately; 0 where it does not come and go."""
        return self.past.flaps.turns if self.past.flaps else 0


class Host(NamedTuple):
    """One host with links that fail."""

    name: str
    urls: int
    """Of it that are written now and have been checked."""
    failing: int
    since: float
    """Since when the first of them has been failing."""


class Top(NamedTuple, Generic[T]):
    """The first of a list."""

    first: tuple[T, ...]
    total: int
    """How many there are in all."""


class Overview(NamedTuple):
    """What there is to say of all that is written now."""

    since: float
    """From when on moves count as recent: seconds since the epoch (UTC)."""
    runs: tuple[PastRun, ...]
    """The last ones, oldest first."""
    urls: dict[Kind, int]
    """How many have each verdict now."""
    hosts: Top[Host]
    """Those with most links that fail."""
    failing: Top[Standing]
    """Longest first."""
    moved: Top[Standing]
    """Those that were seen to move since then, last ones first."""
    flapping: Top[Standing]
    """Those that come and go, most often first."""


def overview(store: Store, today: Today, runs: tuple[PastRun, ...], *, since: float, limit: int) -> Overview:
    """Look at every URL that is written now, and at the whole past of those that fail, have moved, or have stumbled
    since `since` (seconds since the epoch): these are what is held, and a count a host. `limit` is the length of each
    list.
    """

    def top(found: Iterable[Standing]) -> Top[Standing]:
        listed = list(found)
        return Top(tuple([one._replace(links=store.places(one.url)) for one in listed[:limit]]), len(listed))

    stumbled = frozenset(store.stumbled(since))
    kinds = dict.fromkeys(Kind, 0)
    hosts: dict[str, int] = {}
    worth: dict[str, Role] = {}
    for url, seen in newest(store, store.urls_written()):
        kind = today.judge.verdict(url, seen.role, seen.observation).kind
        host = _host(url)
        hosts[host] = hosts.get(host, 0) + 1
        if kind in FAILING or kind is Kind.MOVED or url in stumbled:
            worth[url] = seen.role
        else:
            kinds[kind] += 1
    standings = list(_standings(store, today, worth))
    for standing in standings:
        kinds[standing.verdict.kind] += 1
    failing = sorted([one for one in standings if one.verdict.kind in FAILING], key=lambda one: (one.since, one.url))
    moved = [one for one in standings if one.verdict.kind is Kind.MOVED and one.before and one.since >= since]
    worst = _worst(failing, hosts)
    return Overview(
        since,
        runs[::-1],
        kinds,
        Top(tuple(worst[:limit]), len(worst)),
        top(failing),
        top(sorted(moved, key=lambda one: (-one.since, one.url))),
        top(sorted([one for one in standings if one.turns], key=lambda one: (-one.turns, one.url))),
    )


def _standings(store: Store, today: Today, roles: dict[str, Role]) -> Iterator[Standing]:
    for portion in portions(roles):
        for url, seen in store.history(portion).items():
            yield _standing(url, roles[url], seen, today)


def _standing(url: str, role: Role, seen: tuple[Seen, ...], today: Today) -> Standing:
    checks = telling(judged(today.judge, [one for one in seen if one.role is role]))
    present = checks[-1]
    verdict, past = present.verdict, Past(None, present.at, flaps([Check(one.at, one.verdict) for one in checks]))
    if verdict.kind not in WELL:
        outcome = Outcome(url, role, (), present.seen.observation, verdict)
        outcome = today.hindsight.see(outcome, [check.seen.observation for check in checks])
        verdict, past = outcome.verdict, outcome.past or past
    since = standing_since(past, checks)
    return Standing(url, _host(url), role, verdict, since, past, checks[0].at < since)


def _worst(failing: list[Standing], hosts: dict[str, int]) -> list[Host]:
    """Hosts by how many of their links fail, then by how large a share of all that is. `failing` begins with what has
    been failing longest.
    """
    found: dict[str, Host] = {}
    for one in failing:
        host = found.get(one.host) or Host(one.host, hosts[one.host], 0, one.since)
        found[one.host] = host._replace(failing=host.failing + 1)
    found.pop("", None)  # what is no URL has no host
    return sorted(found.values(), key=lambda host: (-host.failing, host.urls, host.name))


def _host(url: str) -> str:
    parsed = parse(url)
    return "" if isinstance(parsed, Failure) else parsed.host
