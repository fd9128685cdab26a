"""Rolling old observations up: finding them, and deleting what may be forgotten."""

from functools import partial
from itertools import groupby

from sqlalchemy import Connection, bindparam, delete, func, select

from crawler.store.facts import EVIDENCE, METADATA, hops_of
from crawler.store.opinions import forget
from crawler.store.portions import ASKED, portions
from crawler.store.retention import Trace, superfluous
from crawler.store.steps import Steps
from crawler.store.tables import observations

_CROWDED = (
    select(observations.c.link_id)
    .where(observations.c.observed_at < bindparam("before"), observations.c.link_id > bindparam("last"))
    .group_by(observations.c.link_id)
    .having(func.count() > 1)
    .order_by(observations.c.link_id)
    .limit(ASKED)
)
_TRACES = (
    select(
        observations.c.link_id,
        observations.c.id,
        observations.c.observed_at,
        observations.c.attempts,
        observations.c.status,
        observations.c.reason,
        observations.c.hops,
        observations.c.metadata,
        observations.c.evidence,
    )
    .where(observations.c.link_id.in_(bindparam("links", expanding=True)))
    .order_by(observations.c.link_id, observations.c.observed_at, observations.c.id)
)


def roll_up(before: float) -> Steps[int]:
    """Delete what may be forgotten of each link, some links a transaction; gives how many observations went."""
    yield partial(forget, before)
    gone = last = 0
    while True:
        links, deleted = yield partial(_next, before, last)
        if not links:
            return gone
        gone += deleted
        last = links[-1]


def _next(before: float, last: int, connection: Connection) -> tuple[list[int], int]:
    """The next links with more than one old observation, and how many of those were deleted."""
    links = list(connection.scalars(_CROWDED, {"before": before, "last": last}))
    going: list[int] = []
    if links:
        for _, rows in groupby(connection.execute(_TRACES, {"links": links}), key=lambda row: row[0]):
            going += superfluous([_trace(*row) for row in rows], before)
    for ids in portions(going):
        connection.execute(delete(observations).where(observations.c.id.in_(ids)))
    return links, len(going)


def _trace(
    _: int,
    number: int,
    observed_at: float,
    attempts: int,
    status: int | None,
    reason: str | None,
    hops: str | None,
    metadata: str | None,
    evidence: str | None,
) -> Trace:
    if not attempts:
        return Trace(number, observed_at, None)
    way = None if hops is None else hops_of(hops)
    final = way[-1].url if way else None
    title = None if metadata is None else METADATA.unpack(metadata).title
    seen = None if evidence is None else EVIDENCE.unpack(evidence).reason
    return Trace(number, observed_at, (status, final, reason, seen, title))
