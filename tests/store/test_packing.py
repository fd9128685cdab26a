"""Values as JSON lists: what is added to a value must not make what was written before unreadable."""

from typing import Any, NamedTuple

import pytest
from hypothesis import given

from crawler.errors import RunError
from crawler.model.exchange import Failure
from crawler.model.link import Article, Problem
from crawler.model.observation import Evidence, Hop, Metadata
from crawler.model.value import Value
from crawler.store.facts import EVIDENCE, FAILURE, METADATA
from crawler.store.packing import Packing
from tests.store.making import evidence, failures, metadata

FIELDS: list[tuple[tuple[Any, ...] | Value, str]] = [
    (Hop("", None), "url status"),
    (Failure("", ""), "reason message elapsed address connected"),
    (
        Metadata(),
        "content_type etag last_modified title canonical amphtml og_image robots width height bytes is_amp format"
        " is_image digest missing_fragments",
    ),
    (Evidence(None, ()), "reason words"),
    (Article(""), "field title published domain urls"),
    (Problem("", "", None), "code message path line column end_column field role url"),
]
"""What is packed, with its fields as they were in the first version of the schema, in this order for ever."""


@pytest.mark.parametrize(("value", "fields"), FIELDS)
def test_fields_are_only_added_and_only_at_the_end(value: Any, fields: str) -> None:
    known = fields.split()
    assert list(value._fields[: len(known)]) == known, "what is stored needs a migration"
    assert type(value)(*tuple(value)[: len(known)]) == value, "what was stored has no such field"


class Old(NamedTuple):
    """A value of a while ago."""

    name: str
    parts: tuple[str, ...] = ()


class New(NamedTuple):
    """The same, later."""

    name: str
    parts: tuple[str, ...] = ()
    more: tuple[int, ...] = (7,)


def test_what_an_older_program_wrote_has_new_fields_as_by_default() -> None:
    packed = Packing(Old, tuples=("parts",)).pack(Old("a", ("b",)))
    assert Packing(New, tuples=("parts", "more")).unpack(packed) == New("a", ("b",), (7,))


def test_of_what_a_newer_program_wrote_its_new_fields_are_passed_over() -> None:
    packed = Packing(New, tuples=("parts", "more")).pack(New("a", ("b",), (1, 2)))
    assert Packing(Old, tuples=("parts",)).unpack(packed) == Old("a", ("b",))


def test_what_makes_no_value_is_an_error_of_the_run() -> None:
    with pytest.raises(RunError, match="holds a Old"):
        Packing(Old).unpack("[]")


@given(failures)
def test_any_failure_comes_back(failure: Failure) -> None:
    assert FAILURE.unpack(FAILURE.pack(failure)) == failure


@given(evidence)
def test_any_evidence_comes_back(value: Evidence) -> None:
    assert EVIDENCE.unpack(EVIDENCE.pack(value)) == value


@given(metadata)
def test_any_metadata_come_back(value: Metadata) -> None:
    assert METADATA.unpack(METADATA.pack(value)) == value
