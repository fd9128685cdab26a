"""Checks: the links that are known, and every observation of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, Select, bindparam, select
from sqlalchemy.exc import IntegrityError

from crawler.model.observation import Observation
from crawler.model.role import Role
from crawler.store import facts
from crawler.store.backend import Backend
from crawler.store.insert import FAIL, KEEP, LINK, Insert
from crawler.store.port import Seen
from crawler.store.portions import PAGE, portions
from crawler.store.tables import links, observations
from crawler.store.text import key_of, restored, storable


class Check(NamedTuple):
    """An observation on its way into the store."""

    run: int
    role: Role
    observation: Observation


class Checks:
    """Writes checks into one database."""

    def __init__(self, backend: Backend) -> None:
        self.links_are_known = False
        """Whether those that are observed are taken to be there already. Adding them again takes a quarter of the time
        of all; where one is missing, that is found, and they are added from then on.
        """
        self._links = new_links(backend)
        self._observations = backend.insert(observations, {"link_id": LINK} | dict.fromkeys(facts.COLUMNS), FAIL)

    def write(self, connection: Connection, checks: Sequence[Check]) -> None:
        """Observations in order, and the links that are new with them.

        Raises IntegrityError where links were taken to be known and are not: then the transaction is to be made again.
        """
        rows = [facts.row(observation, role, run) for run, role, observation in checks]
        if not self.links_are_known:
            found = [check.observation for check in checks]
            new = [(row[0], storable(one.url), one.observed_at) for row, one in zip(rows, found, strict=True)]
            self._links.run(connection, sorted(new))
        try:
            self._observations.run(connection, rows)
        except IntegrityError:
            self.links_are_known = False
            raise


def new_links(backend: Backend) -> Insert:
    """Takes (key, URL, when first seen) of links, known ones too.

    Give them in order: of two runs that add the same links one then waits for the other, but never both.
    """
    return backend.insert(links, dict.fromkeys(("key", "url", "first_seen")), KEEP)


_CHECK: tuple[ColumnElement[Any], ...] = tuple(observations.c[name] for name in facts.COLUMNS)

_others = observations.alias()
_NEWEST = (
    select(_others.c.id)
    .where(_others.c.link_id == links.c.id, _others.c.observed_at < bindparam("before"), _others.c.attempts > 0)
    .order_by(_others.c.observed_at.desc(), _others.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_LATEST = (
    select(links.c.url, *_CHECK)
    .select_from(links)
    .join(observations, observations.c.id == _NEWEST)
    .where(links.c.key.in_(bindparam("keys", expanding=True)))
)
_HISTORY = (
    select(links.c.url, *_CHECK)
    .select_from(links)
    .join(observations, observations.c.link_id == links.c.id)
    .where(links.c.key.in_(bindparam("keys", expanding=True)))
    .order_by(links.c.id, observations.c.observed_at, observations.c.id)
)
_OBSERVED = (
    select(links.c.url, *_CHECK, observations.c.id)
    .select_from(links)
    .join(observations, observations.c.link_id == links.c.id)
    .where(observations.c.run_id == bindparam("run"), observations.c.id > bindparam("last"))
    .order_by(observations.c.id)
    .limit(PAGE)
)
_URLS = select(links.c.url, links.c.id).where(links.c.id > bindparam("last")).order_by(links.c.id).limit(PAGE)


def latest(engine: Engine, urls: Iterable[str], before: float) -> dict[str, Seen]:
    """The last check of each URL that asked for something and ended before `before`."""
    found = {}
    for keys in portions(map(key_of, urls)):
        with engine.connect() as connection:
            for url, *check in connection.execute(_LATEST, {"keys": keys, "before": before}):
                seen = facts.seen(url, check)
                found[seen.observation.url] = seen
    return found


def history(engine: Engine, urls: Iterable[str]) -> dict[str, tuple[Seen, ...]]:
    """All checks of each URL, oldest first."""
    found: defaultdict[str, list[Seen]] = defaultdict(list)
    for keys in portions(map(key_of, urls)):
        with engine.connect() as connection:
            for url, *check in connection.execute(_HISTORY, {"keys": keys}):
                seen = facts.seen(url, check)
                found[seen.observation.url].append(seen)
    return {url: tuple(checks) for url, checks in found.items()}


def observed(engine: Engine, run: int) -> Iterator[Seen]:
    """Every check of a run, in the order written."""
    for url, *check, _ in pages(engine, _OBSERVED, {"run": run}):
        yield facts.seen(url, check)


def urls(engine: Engine) -> Iterator[str]:
    """Every URL that is known, about in the order first seen."""
    for url, _ in pages(engine, _URLS, {}):
        yield restored(url)


def pages(engine: Engine, page: Select[Any], given: dict[str, Any]) -> Iterator[Sequence[Any]]:
    """All rows of a question that is put again and again for those that follow the `last` one, whose id comes last."""
    last = 0
    while True:
        with engine.connect() as connection:
            rows = connection.execute(page, {**given, "last": last}).all()
        if not rows:
            return
        yield from rows
        last = rows[-1][-1]
