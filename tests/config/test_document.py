"""YAML to plain values and places."""

from math import isinf, isnan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config.document import BYTES, DEPTH, VALUES, read
from crawler.config.quote import quote

SCALARS: dict[str, Any] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "False": False,
    "off": "off",
    "no": "no",
    "Yes": "Yes",
    "7": 7,
    "-7": -7,
    "0x1F": 31,
    "0o17": 15,
    "017": 17,
    "1.5": 1.5,
    ".5": 0.5,
    "1e3": 1000.0,
    "7d": "7d",
    "12:30": "12:30",
    "2026-01-31": "2026-01-31",
    "1_000": "1_000",
    '"7"': "7",
    "'true'": "true",
    "!!str 7": "7",
    "! 7": "7",
    "9" * 101: "9" * 101,
    "söß 😀": "söß 😀",
}
"""By the core schema of YAML 1.2, section 10.3.2."""

BROKEN = {
    "two documents": ("a: 1\n---\nb: 2\n", 2, "a second document"),
    "an unclosed list": ("a: [1\nb: 2\n", 2, "not YAML"),
    "a tab for indentation": ("a:\n\tb: 2\n", 2, "not YAML"),
    "a control character": ("a: 1\nb: \x01\n", 2, "not YAML: control characters are not allowed"),
    "a key twice": ("a: 1\nb: 2\na: 3\n", 3, "stands twice; first on line 1"),
    "an alias": ("a: &x [1]\nb: *x\n", 2, "aliases are not followed"),
    "an alias of what holds it": ("a: &x [*x]\n", 1, "aliases are not followed"),
    "an object of Python": ("a: !!python/object/apply:os.system [x]\n", 1, "tags have no meaning"),
    "a key that is a list": ("ok: 1\n? [a]\n: 1\n", 2, "a key that is no text"),
    "nesting by lists": ("[" * 100_000, 1, f"nested more than {DEPTH} levels"),
    "nesting by braces": ("{a: " * 10_000, 1, f"nested more than {DEPTH} levels"),
    "nesting by keys that are keys": ("{" * 100_000, 1, f"nested more than {DEPTH} levels"),
    "nesting by dashes": ("- " * 10_000 + "x", 1, f"nested more than {DEPTH} levels"),
    "too many values": ("- 1\n" * (VALUES + 1), VALUES, f"more than {VALUES} values"),
    "too many bytes": ("#" * (BYTES + 1), 1, f"larger than {BYTES} bytes"),
}


@pytest.mark.parametrize(("written", "value"), SCALARS.items())
def test_what_a_scalar_is(written: str, value: Any) -> None:
    document = read(f"key: {written}".encode(), "f")
    assert document.value == {"key": value}
    assert type(document.value["key"]) is type(value)
    assert not document.faults


def test_numbers_that_are_none_come_through_to_be_refused_as_values() -> None:
    up, down, none = read(b"[.inf, -.inf, .nan]", "f").value
    assert isinf(up)
    assert up > 0
    assert isinf(down)
    assert down < 0
    assert isnan(none)


@pytest.mark.parametrize(("text", "line", "words"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_is_said_with_its_line(text: str, line: int, words: str) -> None:
    faults = read(text.encode(), "c.yaml").faults
    assert [fault for fault in faults if fault.place == ("c.yaml", line) and words in fault.message], faults


def test_what_is_not_utf8_is_said_with_its_line() -> None:
    (fault,) = read(b"a: 1\nb: caf\xe9\n", "c.yaml").faults
    assert str(fault) == "c.yaml:2: not UTF-8"


def test_one_document_has_all_its_faults_told() -> None:
    faults = read(b"a: 1\na: 2\nb: !x 3\nc: *d\n", "f").faults
    assert [fault.place.line for fault in faults] == [2, 3, 4]


def test_of_a_key_that_stands_twice_the_first_counts() -> None:
    document = read(b"a: {x: 1}\na: {x: 2, y: 3}\n", "f")
    assert document.value == {"a": {"x": 1}}
    assert document.places["a", "x"].line == 1


def test_every_value_has_its_place() -> None:
    document = read(b"\xef\xbb\xbf# comment\r\na:\r\n  b: 1\r\n  c:\r\n  - d: 2\r\n    e: |\r\n      text\r\n", "f")
    assert {path: place.line for path, place in document.places.items()} == {
        (): 2,
        ("a",): 2,
        ("a", "b"): 3,
        ("a", "c"): 4,
        ("a", "c", 0): 5,
        ("a", "c", 0, "d"): 5,
        ("a", "c", 0, "e"): 6,
    }


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "---\n...\n"])
def test_nothing_is_no_fault(text: str) -> None:
    document = read(text.encode(), "f")
    assert document.value is None
    assert not document.faults


VALUES_OF_ALL_KINDS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=50),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text(max_size=20), below, max_size=4),
    max_leaves=20,
)


@given(VALUES_OF_ALL_KINDS)
def test_what_is_quoted_reads_as_it_was(value: Any) -> None:
    document = read(f"- {quote(value)}".encode(), "f")
    assert not document.faults
    assert document.value == [value]


@given(st.binary(max_size=300) | st.text(alphabet="[]{}:-?&*!|>'\"%@`#,ab1 \t\n", max_size=300).map(str.encode))
def test_whatever_comes_is_read_or_refused(raw: bytes) -> None:
    document = read(raw, "f")
    assert document.faults or read(f"- {quote(document.value)}".encode(), "f").value == [document.value]
    assert all(
        1 <= place.line <= len(raw) + 1 for place in [*document.places.values(), *(f.place for f in document.faults)]
    )
