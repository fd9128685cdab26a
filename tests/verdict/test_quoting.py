"""Foreign text in messages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model.exchange import MESSAGE_LIMIT
from crawler.verdict.quoting import URL_LIMIT, sentence, short


@settings(deadline=None)
@given(st.text())
def test_a_sentence_is_one_line_of_bounded_length(text: str) -> None:
    line = sentence(text * 50)
    assert len(line) <= MESSAGE_LIMIT
    assert len(line.splitlines()) <= 1


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/", "https://example.org/"),
        ("x" * URL_LIMIT, "x" * URL_LIMIT),
        ("x" * 8000, "x" * (URL_LIMIT - 1) + "…"),
    ],
)
def test_a_long_url_is_cut(url: str, shown: str) -> None:
    assert short(url) == shown
