"""Values as text that is safe to print."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import Exemption
from crawler.config.quote import masked, quote

QUOTED: list[tuple[Any, str]] = [
    (None, "null"),
    (True, "true"),
    (1.5, "1.5"),
    ("köln", '"köln"'),
    ('a "b" \\', r'"a \"b\" \\"'),
    ("\x1b[31m\n", r'"\u001b[31m\n"'),
    ("\u202eevil\u2066", r'"\U0000202eevil\U00002066"'),
    ("\udc80", r'"\U0000dc80"'),
    ((1, ["a"]), '[1, ["a"]]'),
    ({"a": ()}, '{"a": []}'),
    (Exemption("x", "y"), '{"url": "x", "reason": "y", "codes": [], "until": null}'),
    ("http://me:secret@proxy:3128/", '"http://me:***@proxy:3128/"'),
    (["socks5://me:s:e@cret@proxy"], '["socks5://me:***@cret@proxy"]'),
]


@pytest.mark.parametrize(("value", "text"), QUOTED)
def test_how_a_value_is_quoted(value: Any, text: str) -> None:
    assert quote(value) == text


@pytest.mark.parametrize("url", ["http://proxy:3128", "http://me@proxy:80/", "https://a/b:c@d", "x:y@z"])
def test_what_is_no_password_stays(url: str) -> None:
    assert masked(url) == url


@given(st.text(), st.integers(1, 80))
def test_what_is_quoted_is_one_printable_line_of_bounded_length(text: str, limit: int) -> None:
    assert quote(text).isprintable()
    assert len(quote(text, limit)) <= limit
