"""JSON: what Python's own reader makes of it, with places; and what is broken."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import Bounds
from crawler.records.json_tree import JsonTree, document
from crawler.records.tree import Mapping, Node, Sequence

BOUNDS = Bounds()
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)


def plain(tree: JsonTree, node: Node) -> object:
    """A node as dictionaries, lists, and scalars as they are written."""
    if isinstance(node, Mapping):
        return {key: plain(tree, value) for key, value in node.members()}
    if isinstance(node, Sequence):
        return [plain(tree, value) for value in node.items]
    return tree.value(node)


def as_written(value: Any) -> object:
    """A value with its numbers and truth values as texts, and half surrogate pairs as browsers read them."""
    if isinstance(value, dict):
        return {as_written(key): as_written(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_written(one) for one in value]
    return value if value is None or isinstance(value, str) else json.dumps(value)


@given(VALUES, st.booleans(), st.sampled_from([None, 0, "\t"]))
def test_valid_json(value: Any, ascii_only: bool, indent: Any) -> None:
    tree = document(json.dumps(value, ensure_ascii=ascii_only, indent=indent), BOUNDS)
    assert tree.flaws == []
    assert plain(tree, tree.root) == as_written(value)


def test_half_a_surrogate_pair_is_no_character() -> None:
    tree = document('["\\ud83d\\ude00 \\ud83d \\ude00"]', BOUNDS)
    assert plain(tree, tree.root) == ["😀 \ufffd \ufffd"]


@pytest.mark.parametrize(
    ("text", "offset", "says", "value"),
    [
        ("", 0, "a value", None),
        ("  nul", 2, "a value", None),
        ("01", 0, "a value", None),
        ("1 2", 2, "nothing more", "1"),
        ('{"a": 1,}', 8, "a key in double quotes", {"a": "1"}),
        ('{"a": 1, // x', 9, "a key in double quotes", {"a": "1"}),
        ('{"a" 1}', 5, "a colon", {}),
        ('{"a": 1 "b": 2}', 8, "a comma or }", {"a": "1"}),
        ("{a: 1}", 1, "a key in double quotes or }", {}),
        ("['a']", 1, "a value or ]", []),
        ("[1, 2", 5, "a comma or ]", ["1", "2"]),
        ("[1,]", 3, "a value", ["1"]),
        ('["a\nb"]', 1, "a value or ]", []),
        ('["\\q"]', 1, "a value or ]", []),
        ('["a', 1, "a value or ]", []),
        ("[1}", 2, "a comma or ]", ["1"]),
        ("[NaN]", 1, "a value or ]", []),
        ("[1.]", 1, "a value or ]", []),
    ],
)
def test_broken_json_is_read_up_to_the_break(text: str, offset: int, says: str, value: object) -> None:
    tree = document(text, BOUNDS)
    (flaw,) = tree.flaws
    assert (flaw.offset, flaw.message) == (offset, f"broken JSON: {says} expected here")
    assert (None if tree.root is None else plain(tree, tree.root)) == value


@given(st.text(st.sampled_from('{}[]:,"\\ an1-.\n'), max_size=30))
def test_what_pythons_reader_refuses_is_refused(text: str) -> None:
    def refuse(name: str) -> None:
        raise ValueError(name)

    try:
        json.loads(text, parse_constant=refuse)
        valid = True
    except ValueError:
        valid = False
    flaws = [flaw for flaw in document(text, BOUNDS).flaws if flaw.code == "record-unreadable"]
    assert (not flaws) is valid


@pytest.mark.parametrize(
    ("text", "bounds", "setting"),
    [("[" * 65, Bounds(), "depth"), ('{"a":' * 65, Bounds(), "depth"), ("[1,2,3]", Bounds(nodes=3), "nodes")],
)
def test_each_bound_is_named_when_it_is_overrun(text: str, bounds: Bounds, setting: str) -> None:
    tree = document(text, bounds)
    assert tree.root is None
    assert f"(records.bounds.{setting})" in tree.flaws[0].message


def test_a_key_that_stands_twice() -> None:
    tree = document('{"a": 1, "\\u0061": 2}', BOUNDS)
    (flaw,) = tree.flaws
    assert (flaw.code, flaw.offset, flaw.length, flaw.since) == ("duplicate-key", 9, 8, 1)
    assert isinstance(tree.root, Mapping)
    assert [name for name, _ in tree.root.items] == ["a", "a"]
