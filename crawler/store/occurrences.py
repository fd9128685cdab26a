"""Occurrences: where links are written now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from sqlalchemy import Connection, Engine, and_, bindparam, case, delete, or_, select

from crawler.model.link import Article, Link, Problem, Record
from crawler.store import places
from crawler.store.backend import Backend
from crawler.store.checks import new_links
from crawler.store.insert import FAIL, KEEP, LINK, RECORD, Row
from crawler.store.port import Named
from crawler.store.portions import PAGE
from crawler.store.steps import Steps
from crawler.store.tables import articles, links, occurrences, records
from crawler.store.text import key_of, restored, storable

PORTION = 2_000
"""Occurrences that one transaction writes, or a few more: other writers get their turn in between."""


class Occurrences:
    """Writes down where links are written.

    Each run's occurrences stand beside those of the runs before until all are there; then the records turn to them, in
    one transaction, and what no record turns to is deleted. Of two runs at once, the one that began last is right.
    """

    def __init__(self, backend: Backend) -> None:
        self._links = new_links(backend)
        self._records = backend.insert(records, dict.fromkeys(("key", "path")), KEEP)
        self._articles = backend.insert(
            articles, {"record_id": RECORD} | dict.fromkeys(("run_id", "number", "facts")), FAIL
        )
        self._occurrences = backend.insert(
            occurrences, {"run_id": None, "record_id": RECORD, "link_id": LINK} | dict.fromkeys(places.COLUMNS), FAIL
        )
        self._read = backend.insert(
            records,
            dict.fromkeys(("key", "path", "run_id", "problems")),
            "ON CONFLICT (key) DO UPDATE SET run_id = excluded.run_id, problems = excluded.problems"
            " WHERE records.run_id IS NULL OR records.run_id < excluded.run_id",
        )

    def write(
        self, run: int, now: float, sources: Mapping[str | None, Sequence[Problem]], targets: Iterable[Named]
    ) -> Steps[None]:
        """All that a run read. `now` is when links that are new were first seen."""
        paths = sorted(sources, key=lambda path: path or "")  # as for links: the same order in every run
        known = [(places.path_key(path), None if path is None else storable(path)) for path in paths]
        yield partial(self._records.run, rows=known)
        for portion in _portions(run, now, targets):
            yield partial(self._portion, *portion)
        problems = [places.problems_text(sources[path]) for path in paths]
        read = [(*record, run, problem) for record, problem in zip(known, problems, strict=True)]
        yield partial(self._turn, run, read)

    def _portion(
        self, new: Sequence[Row], about: Sequence[Row], written: Sequence[Row], connection: Connection
    ) -> None:
        self._links.run(connection, new)
        self._articles.run(connection, about)
        self._occurrences.run(connection, written)

    def _turn(self, run: int, read: Sequence[Row], connection: Connection) -> None:
        self._read.run(connection, read)
        for table in (occurrences, articles):
            turned = select(records.c.run_id).where(records.c.id == table.c.record_id).scalar_subquery()
            connection.execute(
                delete(table).where(
                    table.c.record_id.in_(select(records.c.id).where(records.c.run_id >= run)), table.c.run_id < turned
                )
            )


def _portions(run: int, now: float, targets: Iterable[Named]) -> Iterator[tuple[list[Row], list[Row], list[Row]]]:
    """Rows of links, articles and occurrences, some at a time."""
    numbers: dict[tuple[str | None, int], int] = {}
    """Of the articles of each record, told apart by identity: links of one article share it."""
    new: list[Row] = []
    about: list[Row] = []
    written: list[Row] = []
    for target in targets:
        url = target.url
        key = key_of(url)
        new.append((key, storable(url), now))
        for link in target.links:
            number = None
            if link.article is not None:
                number = numbers.get((link.path, id(link.article)))
                if number is None:
                    number = numbers[link.path, id(link.article)] = len(numbers)
                    about.append((places.path_key(link.path), run, number, places.ARTICLE.pack(link.article)))
            written.append(places.row(link, url, key, run, number))
        if len(written) >= PORTION:
            yield sorted(new), about, written
            new, about, written = [], [], []
    yield sorted(new), about, written


_PLACE = tuple(occurrences.c[name] for name in places.COLUMNS)
_ABOUT = and_(
    articles.c.record_id == occurrences.c.record_id,
    articles.c.run_id == occurrences.c.run_id,
    articles.c.number == occurrences.c.article,
)
_RECORDS = (
    select(records.c.id, occurrences.c.id, records.c.path, records.c.problems, links.c.url, articles.c.facts, *_PLACE)
    .select_from(records)
    .outerjoin(
        occurrences,
        and_(
            occurrences.c.record_id == records.c.id,
            occurrences.c.run_id == records.c.run_id,
            # Where the last page ended, so that a record of a million links is not gone through again for each.
            occurrences.c.id > case((records.c.id == bindparam("record"), bindparam("occurrence")), else_=0),
        ),
    )
    .outerjoin(links, links.c.id == occurrences.c.link_id)
    .outerjoin(articles, _ABOUT)
    .where(
        records.c.run_id == bindparam("run"),
        records.c.id >= bindparam("record"),
        or_(records.c.id > bindparam("record"), occurrences.c.id.is_not(None)),
    )
    .order_by(records.c.id, occurrences.c.id)
    .limit(PAGE)
)
_PLACES = (
    select(links.c.url, records.c.path, articles.c.facts, *_PLACE)
    .select_from(links)
    .join(occurrences, occurrences.c.link_id == links.c.id)
    .join(records, and_(records.c.id == occurrences.c.record_id, records.c.run_id == occurrences.c.run_id))
    .outerjoin(articles, _ABOUT)
    .where(links.c.key == bindparam("key"))
    .order_by(records.c.path, occurrences.c.id)
)


def read(engine: Engine, run: int) -> Iterator[Record]:
    """What a run read and no later one has read since; a record of many links comes in parts."""
    record = occurrence = 0
    shared: dict[int, Article] = {}
    while True:
        with engine.connect() as connection:
            rows = connection.execute(_RECORDS, {"run": run, "record": record, "occurrence": occurrence}).all()
        for number, of_record in groupby(rows, key=lambda row: row[0]):
            continued = number == record
            if not continued:
                record, shared = number, {}
            found = []
            for _, written, path, problems, url, about, *place in of_record:  # noqa: B007 - the same in all rows
                occurrence = written or 0
                if written:
                    found.append(places.link(url, path, place, _article(place[0], about, shared)))
            yield Record(
                None if path is None else restored(path),
                tuple(found),
                () if continued else places.problems_of(problems),
                continued,
            )
        if len(rows) < PAGE:
            return


def of_url(engine: Engine, url: str) -> tuple[Link, ...]:
    """Where a URL is written now."""
    with engine.connect() as connection:
        return tuple(
            places.link(stored, path, place, None if about is None else places.article_of(about))
            for stored, path, about, *place in connection.execute(_PLACES, {"key": key_of(url)})
        )


def _article(number: int | None, about: str | None, shared: dict[int, Article]) -> Article | None:
    """The article of a link: the same value for all links of one, which is how an article is told from its double."""
    if number is None or about is None:
        return None
    if number not in shared:
        shared[number] = places.article_of(about)
    return shared[number]
