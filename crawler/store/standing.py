"""What stands in records now, whichever run read it, and what has stumbled of late: the questions of an overview."""

from collections.abc import Iterator

from sqlalchemy import Engine, bindparam, exists, or_, select

from crawler.model.link import Record
from crawler.store.checks import pages
from crawler.store.occurrences import read
from crawler.store.portions import PAGE
from crawler.store.tables import links, observations, occurrences, records
from crawler.store.text import restored

BAD_REQUEST = 400
"""The first status that is an error's (RFC 9110, section 15)."""

_READERS = select(records.c.run_id).where(records.c.run_id.is_not(None)).distinct().order_by(records.c.run_id)
_URLS_WRITTEN = (
    select(links.c.url, links.c.id)
    .where(
        links.c.id > bindparam("last"),
        exists().where(
            occurrences.c.link_id == links.c.id,
            records.c.id == occurrences.c.record_id,
            records.c.run_id == occurrences.c.run_id,
        ),
    )
    .order_by(links.c.id)
    .limit(PAGE)
)
_STUMBLED = select(links.c.url).where(
    links.c.id.in_(
        select(observations.c.link_id).where(
            observations.c.observed_at >= bindparam("since"),
            observations.c.attempts > 0,
            or_(
                observations.c.reason.is_not(None),
                observations.c.status >= BAD_REQUEST,
                observations.c.evidence.is_not(None),
            ),
        )
    )
)


def all_records(engine: Engine) -> Iterator[Record]:
    """All that is written now, in the order of the runs that read it."""
    with engine.connect() as connection:
        runs = connection.scalars(_READERS).all()
    for run in runs:
        yield from read(engine, run)


def urls_written(engine: Engine) -> Iterator[str]:
    """Every URL that is written somewhere now, about in the order first seen."""
    for url, _ in pages(engine, _URLS_WRITTEN, {}):
        yield restored(url)


def stumbled(engine: Engine, since: float) -> Iterator[str]:
    """Every URL of which some check since then got no plain answer."""
    with engine.connect() as connection:
        urls = connection.scalars(_STUMBLED, {"since": since}).all()
    return map(restored, urls)
