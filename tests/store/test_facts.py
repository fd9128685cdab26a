"""Observations as rows."""

import pytest
from hypothesis import given

from crawler.model.exchange import Failure
from crawler.model.observation import Evidence, Hop, Metadata, Observation
from crawler.model.role import Role
from crawler.store.facts import COLUMNS, row, seen
from crawler.store.port import Seen
from crawler.store.text import storable
from tests.store.making import observations, roles

URL = "https://www.example.org/a"


@given(observations, roles)
def test_any_observation_comes_back(observation: Observation, role: Role) -> None:
    _, *columns = row(observation, role, 3)
    assert seen(storable(observation.url), columns) == Seen(observation, role, 3)


PLAIN = Observation(URL, (Hop(URL, 200),), observed_at=5.5, elapsed=0.25, attempts=1)
MOVED = PLAIN._replace(hops=(Hop(URL, 301), Hop("https://www.example.org/b", 200)), attempts=2)

ROWS = {
    "plain": (PLAIN, {"status": 200, "attempts": 1}),
    "moved": (
        MOVED,
        {"status": 200, "attempts": 2, "hops": f'[["{URL}",301],["https://www.example.org/b",200]]'},
    ),
    "failed": (
        PLAIN._replace(hops=(Hop(URL, None),), failure=Failure("timeout", "slow", 20.0, "203.0.113.7:443", True)),
        {"reason": "timeout", "attempts": 1, "failure": '["timeout","slow",20.0,"203.0.113.7:443",true]'},
    ),
    "not asked": (
        PLAIN._replace(hops=(), failure=Failure("offline", ""), attempts=0),
        {"reason": "offline", "hops": "[]", "attempts": 0, "failure": '["offline","",0.0,null,true]'},
    ),
    "read": (
        PLAIN._replace(
            metadata=Metadata(
                "text/html", '"1"', title="Ü", bytes=9, is_amp=False, missing_fragments=("x",), fragments=("x", "y")
            ),
            evidence=Evidence("soft-404", ("not found",)),
            cert_expires=7.0,
            retry_after=60.0,
        ),
        {
            "status": 200,
            "attempts": 1,
            "metadata": (
                r'["text/html","\"1\"",null,"\u00dc",null,null,null,null,null,null,9,false,null,null,null,'
                '["x"],["x","y"]]'
            ),
            "evidence": '["soft-404",["not found"]]',
            "cert_expires": 7.0,
            "retry_after": 60.0,
        },
    ),
    "confirmed": (
        PLAIN._replace(read_at=1.5, distrusted=("etag", "last-modified")),
        {"status": 200, "attempts": 1, "read_at": 1.5, "distrusted": '["etag","last-modified"]'},
    ),
}
"""What the store holds of an observation, beside role and times, and where it is not NULL."""

FIRST = {
    "read": (
        PLAIN._replace(metadata=Metadata("text/html", missing_fragments=("x",))),
        {
            "status": 200,
            "attempts": 1,
            "metadata": '["text/html",null,null,null,null,null,null,null,null,null,0,null,null,null,null,["x"]]',
        },
    ),
}
"""What only the first version of the schema held."""

HELD = [*ROWS.items(), *((f"{name} in the first version", row) for name, row in FIRST.items())]


@pytest.mark.parametrize(("observation", "columns"), [row for _, row in HELD], ids=[name for name, _ in HELD])
def test_what_was_once_written_is_read_for_ever(observation: Observation, columns: dict[str, object]) -> None:
    given = dict.fromkeys(COLUMNS) | {"run_id": 3, "role": "web", "observed_at": 5.5, "elapsed": 0.25} | columns
    assert seen(URL, list(given.values())) == Seen(observation, Role.WEB, 3)


@pytest.mark.parametrize(("observation", "columns"), ROWS.values(), ids=ROWS)
def test_what_is_written(observation: Observation, columns: dict[str, object]) -> None:
    _, *written = row(observation, Role.WEB, 3)
    held = {name: value for name, value in zip(COLUMNS, written, strict=True) if value is not None}
    assert held == {"run_id": 3, "role": "web", "observed_at": 5.5, "elapsed": 0.25} | columns
