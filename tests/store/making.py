"""Observations, links and runs to keep: plain ones, and any that there can be."""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import NamedTuple

from hypothesis import strategies as st

from crawler.model.exchange import Failure
from crawler.model.link import Article, Link
from crawler.model.observation import Evidence, Hop, Metadata, Observation
from crawler.model.report import Run, Summary
from crawler.model.role import Role
from crawler.model.verdict import Kind, Level
from crawler.store.port import Store

NIGHT = 1_769_824_800.0
"""2026-01-31T02:00:00Z."""
DAY = 86_400.0

SUMMARY = Summary(49, 197, 143, dict.fromkeys(Kind, 20), {Level.ERROR: 7, Level.WARNING: 11, Level.INFO: 4})


def link_url(number: int) -> str:
    """One of as many URLs as there are numbers."""
    return f"https://site{number % 7}.example/news/{number}"


def seen(number: int, observed_at: float = NIGHT, status: int = 200, title: str | None = None) -> Observation:
    """A plain answer."""
    url = link_url(number)
    return Observation(url, (Hop(url, status),), None, Metadata("text/html", title=title), observed_at, 0.05, 1)


def missed(number: int, observed_at: float = NIGHT, reason: str = "timeout", attempts: int = 3) -> Observation:
    """A failure; with no attempts, one of which nothing was asked."""
    url = link_url(number)
    hops = (Hop(url, None),) if attempts else ()
    return Observation(url, hops, Failure(reason, "as it goes"), Metadata(), observed_at, 0.5, attempts)


LONGEST = 30.0
"""Seconds after which something that should come by itself won't."""


def until(come: Callable[[], object]) -> None:
    """Wait for something that comes by itself."""
    started = monotonic()
    while not come():
        assert monotonic() - started < LONGEST


class Placed(NamedTuple):
    """A target, as `written` takes them."""

    url: str
    role: Role
    links: tuple[Link, ...]


def ended(complete: bool = True, finished_at: float = NIGHT + 60) -> Run:
    """How a run ends."""
    return Run(NIGHT, finished_at, complete, SUMMARY)


def run_of(store: Store, observations: Sequence[Observation], role: Role = Role.WEB, *, complete: bool = True) -> int:
    """A whole run that makes these observations; its number."""
    number = store.begin(NIGHT, ["records/"])
    for observation in observations:
        store.observe(observation, role)
    store.finish(ended(complete))
    return number


texts = st.text(st.characters(), max_size=12)
"""With NUL, lone surrogates and all else that a server or a file may hold."""

floats = st.floats(0, 4e9, allow_nan=False)
counts = st.integers(0, 10**6)
roles = st.sampled_from(Role)

failures = st.builds(Failure, texts, texts, floats, st.none() | texts, st.booleans())
hops = st.builds(Hop, texts, st.none() | st.integers(100, 999))
evidence = st.builds(Evidence, st.none() | texts, st.lists(texts, max_size=3).map(tuple))

_TEXTS = st.none() | texts
_NUMBERS = st.none() | st.integers()
_BOOLEANS = st.none() | st.booleans()
metadata = st.just(Metadata()) | st.builds(
    Metadata,
    **dict.fromkeys(("content_type", "etag", "last_modified", "title", "canonical", "amphtml", "og_image"), _TEXTS),
    **dict.fromkeys(("robots", "format"), _TEXTS),
    **dict.fromkeys(("width", "height", "digest"), _NUMBERS),
    bytes=counts,
    **dict.fromkeys(("is_amp", "is_image"), _BOOLEANS),
    **dict.fromkeys(("missing_fragments", "fragments"), st.lists(texts, max_size=3).map(tuple)),
)
observations = st.builds(
    Observation,
    texts,
    st.lists(hops, max_size=3).map(tuple),
    st.none() | failures,
    metadata,
    floats,
    floats,
    counts,
    st.just(False),
    st.none() | evidence,
    st.none() | floats,
    st.none() | floats,
    st.none() | floats,
    st.lists(texts, max_size=3).map(tuple),
)

articles = st.builds(
    Article,
    texts,
    _TEXTS,
    _TEXTS,
    _TEXTS,
    st.lists(st.tuples(roles, texts, texts), max_size=3).map(tuple),
)
places = st.none() | counts
links = st.builds(
    Link,
    texts,
    roles,
    _TEXTS,
    _TEXTS,
    places,
    places,
    places,
    counts,
    _NUMBERS,
    _NUMBERS,
    _BOOLEANS,
    st.none() | articles,
)
