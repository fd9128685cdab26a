"""Observations as rows, and back."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from crawler.model.exchange import Failure
from crawler.model.observation import NOTHING, Evidence, Hop, Metadata, Observation
from crawler.model.role import Role
from crawler.store.packing import Packing
from crawler.store.port import Seen
from crawler.store.text import dumps, key_of, parse, restored, storable

COLUMNS = (
    *("run_id", "role", "observed_at", "status", "reason", "attempts", "elapsed"),
    *("hops", "metadata", "failure", "evidence", "cert_expires", "retry_after", "read_at", "distrusted"),
)
"""The columns of `observations` that `row` gives after the link's key and `seen` takes after its URL."""

METADATA = Packing(Metadata, tuples=("missing_fragments", "fragments"))
FAILURE = Packing(Failure)
EVIDENCE = Packing(Evidence, tuples=("words",))

_NOTHING = METADATA.pack(NOTHING)

_metadata_of = lru_cache(maxsize=256)(METADATA.unpack)
"""Most checks of a URL read what the one before did, and come one after the other: a third of the time of a history."""


def row(observation: Observation, role: Role, run: int) -> tuple[Any, ...]:
    """The key of its link, then `COLUMNS`. Made once an observation while a crawl is on: it takes 6 us."""
    hops, failure, metadata, evidence = (
        observation.hops,
        observation.failure,
        observation.metadata,
        observation.evidence,
    )
    return (
        key_of(observation.url),
        run,
        str(role),
        observation.observed_at,
        hops[-1].status if hops else None,
        None if failure is None else storable(failure.reason),
        observation.attempts,
        observation.elapsed,
        None if len(hops) == 1 and hops[0].url == observation.url else dumps([(hop.url, hop.status) for hop in hops]),
        None if metadata is NOTHING or (packed := METADATA.pack(metadata)) == _NOTHING else packed,
        None if failure is None else FAILURE.pack(failure),
        None if evidence is None else EVIDENCE.pack(evidence),
        observation.cert_expires,
        observation.retry_after,
        observation.read_at,
        dumps(observation.distrusted) if observation.distrusted else None,
    )


def seen(url: str, found: Sequence[Any]) -> Seen:
    """From its link's URL as stored, and `COLUMNS`."""
    run, role, observed_at, status, _, attempts, elapsed, hops, metadata, failure, evidence, *times, distrusted = found
    cert, retry, read_at = times
    url = restored(url)
    return Seen(
        Observation(
            url,
            (Hop(url, status),) if hops is None else hops_of(hops),
            None if failure is None else FAILURE.unpack(failure),
            NOTHING if metadata is None else _metadata_of(metadata),
            observed_at,
            elapsed,
            attempts,
            evidence=None if evidence is None else EVIDENCE.unpack(evidence),
            cert_expires=cert,
            retry_after=retry,
            read_at=read_at,
            distrusted=() if distrusted is None else tuple(parse(distrusted)),
        ),
        Role(role),
        run,
    )


def hops_of(text: str) -> tuple[Hop, ...]:
    """The hops that the column holds where it is not NULL."""
    return tuple([Hop(url, status) for url, status in parse(text)])
