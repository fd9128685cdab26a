"""Text that no database takes comes back as it was."""

import json

import pytest
from hypothesis import given

from crawler.errors import RunError
from crawler.store.text import dumps, key_of, parse, restored, storable
from tests.store.making import texts


@given(texts)
def test_any_text_comes_back(text: str) -> None:
    assert restored(storable(text)) == text


@given(texts)
def test_what_is_stored_is_text_that_databases_take(text: str) -> None:
    stored = storable(text)
    assert "\0" not in stored
    stored.encode()


@pytest.mark.parametrize("text", ["", "https://www.example.org/a?b=c", "/ünï/記録", "a\\b", "'"])
def test_plain_text_stays_readable(text: str) -> None:
    assert storable(text) == text


@pytest.mark.parametrize("text", ['"', '"a"', "a\0b", "\ud800", '"\0\udfff'])
def test_other_text_is_json(text: str) -> None:
    assert json.loads(storable(text)) == text


@given(texts, texts)
def test_keys_are_as_different_as_what_they_stand_for(one: str, other: str) -> None:
    assert (key_of(one) == key_of(other)) == (one == other)
    assert len(key_of(one)) == 16


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '"', "nothing", "1" * 5_000])
def test_what_somebody_else_wrote_is_an_error_of_the_run(text: str) -> None:
    with pytest.raises(RunError, match="this program didn't write"):
        parse(text)


@pytest.mark.parametrize("text", ['"', '"a', '"a"b'])
def test_text_that_somebody_else_wrote_is_one_too(text: str) -> None:
    with pytest.raises(RunError, match="this program didn't write"):
        restored(text)


def test_json_is_ascii_and_compact() -> None:
    assert dumps(["ü\0\ud800", None, 1.5]) == r'["\u00fc\u0000\ud800",null,1.5]'
