"""What may be forgotten of a URL's past."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple


class Trace(NamedTuple):
    """One observation, as far as it matters for its being kept."""

    id: int
    observed_at: float
    """Seconds since the epoch (UTC)."""
    state: tuple[object, ...] | None
    """What a reader of history would call a change if it differed: status, final URL, failure, evidence and title. None
    where nothing was asked, which changes nothing.
    """


def superfluous(traces: Sequence[Trace], before: float) -> list[int]:
    """The ids of observations from before `before` that say nothing their neighbours don't.

    `traces` are all observations of one URL, oldest first. The first and the last stay, and of each stretch without a
    change its first and its last: so when something changed is known as exactly as it ever was.
    """
    asked = [trace for trace in traces if trace.state is not None]
    kept = {trace.id for trace in (*traces[:1], *traces[-1:], *asked[:1], *asked[-1:])}
    for one, following in pairwise(asked):
        if one.state != following.state:
            kept |= {one.id, following.id}
    return [trace.id for trace in traces if trace.observed_at < before and trace.id not in kept]
