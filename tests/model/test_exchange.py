import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.model.exchange import Fields

BLOCKS = {
    b"": {},
    b"A: 1": {"a": "1"},
    b"A: 1\r\nB:2\nC :\t3 \r\n": {"a": "1", "b": "2", "c": "3"},
    b"A: 1\r\na: 2\r\n": {"a": "1"},
    b"HTTP/1.1 200 OK\r\nA: 1\r\n\r\n": {"a": "1"},
    b"A: b:c\r\n:nameless\r\n": {"a": "b:c", "": "nameless"},
    "A: für\r\nB: Größe\r\n".encode(): {"a": "für", "b": "Größe"},
    "A: für\r\n".encode() + "B: Größe\r\n".encode("latin-1"): {"a": "für", "b": "Größe"},
}


@pytest.mark.parametrize("block", BLOCKS)
def test_the_first_value_of_each_name_counts(block: bytes) -> None:
    fields = Fields.parse(block)
    assert fields.first == BLOCKS[block]
    assert dict(reversed(fields.items)) == BLOCKS[block]


@given(st.text("aA:\r\n \tİß\x1c\x85", max_size=40), st.sampled_from(["utf-8", "latin-1"]))
def test_first_values_are_those_of_the_items(text: str, encoding: str) -> None:
    block = text.encode(encoding, "replace")
    assert Fields.parse(block).first == dict(reversed(Fields.parse(block).items))
