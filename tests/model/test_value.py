"""Values, which can be used as named tuples can."""

import copy
import pickle

import pytest

from crawler.model.link import Link
from crawler.model.observation import Hop, Metadata, Observation
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.value import Value
from crawler.model.verdict import Finding, Kind, Level, Verdict

URL = "https://www.example.org/a"
LINK = Link(URL, Role.WEB, "records/a.md", line=3, column=7)
SEEN = Observation(URL, (Hop(URL, 301), Hop(f"{URL}/", 200)), metadata=Metadata(title="A", bytes=7))
VALUES: list[Value] = [
    LINK,
    Hop(URL, None),
    Metadata(title="A"),
    SEEN,
    Outcome(URL, Role.WEB, (LINK,), SEEN, Verdict(Kind.ALIVE, "ok", "200 OK", Level.OFF)),
    Finding("http-404", Level.ERROR, "404 Not Found", URL),
]


@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_what_it_holds(value: Value) -> None:
    twin = type(value)(*value)
    assert twin == value
    assert hash(twin) == hash(value)
    assert repr(twin) == repr(value)
    assert all(value != other for other in VALUES if other is not value)
    assert value != tuple(value)


@pytest.mark.parametrize("value", VALUES)
def test_a_value_travels(value: Value) -> None:
    assert pickle.loads(pickle.dumps(value)) == value
    assert copy.deepcopy(value) == value


@pytest.mark.parametrize("value", VALUES)
def test_fields_stand_in_the_order_of_arguments(value: Value) -> None:
    fields = value._asdict()
    assert type(value)(**fields) == value
    assert tuple(fields.values()) == tuple(value)
    assert all(getattr(value, name) == held for name, held in fields.items())


def test_one_with_other_fields() -> None:
    assert Hop(URL, None)._replace(status=200) == Hop(URL, 200)
    assert SEEN._replace(metadata=Metadata()) == Observation(URL, SEEN.hops)
    with pytest.raises(TypeError):
        Hop(URL, None)._replace(colour="red")


def test_a_value_says_what_it_holds() -> None:
    assert repr(Hop("a", 200)) == "Hop(url='a', status=200)"
