"""Cutting a URL apart: what a WHATWG parser gives is cut and never rewritten."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.endpoint import Endpoint, split


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.example/", ("http", "a.example", 80, "a.example", "/")),
        ("https://a.example/b?c=d", ("https", "a.example", 443, "a.example", "/b?c=d")),
        ("https://a.example", ("https", "a.example", 443, "a.example", "/")),
        ("https://a.example?q", ("https", "a.example", 443, "a.example", "/?q")),
        ("https://a.example/b#c", ("https", "a.example", 443, "a.example", "/b")),
        ("https://a.example/b?#c", ("https", "a.example", 443, "a.example", "/b?")),
        ("http://a.example:8080/", ("http", "a.example", 8080, "a.example:8080", "/")),
        ("http://[2001:db8::7]/x", ("http", "2001:db8::7", 80, "[2001:db8::7]", "/x")),
        ("http://[2001:db8::7]:81/", ("http", "2001:db8::7", 81, "[2001:db8::7]:81", "/")),
        ("http://user:secret@a.example/@b:c", ("http", "a.example", 80, "a.example", "/@b:c")),
        ("http://a.example./", ("http", "a.example.", 80, "a.example.", "/")),
        (
            "http://a_b.xn--mller-kva.example/",
            ("http", "a_b.xn--mller-kva.example", 80, "a_b.xn--mller-kva.example", "/"),
        ),
        (
            "http://a.example/http://b.example/?c=//d",
            ("http", "a.example", 80, "a.example", "/http://b.example/?c=//d"),
        ),
    ],
)
def test_split(url: str, expected: tuple[str, str, int, str, str]) -> None:
    assert split(url) == Endpoint(*expected)


@pytest.mark.parametrize(
    "url",
    ["", "a.example", "/a", "//a.example/", "ftp://a.example/", "http:/a.example", "http://", "http:///a", "http://:80/",
     "http://a.example:x/", "http://a.example:65536/", "http://a.example:-1/", "http://[::1/", "http://a:1:2/"],
)  # fmt: skip
def test_what_is_no_url(url: str) -> None:
    with pytest.raises(ValueError, match=r"^(not an absolute|there is no port)"):
        split(url)


def test_the_name_for_tls_has_no_dot_at_its_end() -> None:
    assert split("https://a.example./").server_name == split("https://a.example/").server_name == "a.example"


@given(st.text())
def test_gives_parts_or_a_value_error(text: str) -> None:
    try:
        parts = split(f"http://{text}")
    except ValueError:
        return
    assert parts.authority in text
    assert parts.target.removeprefix("/") in text
    assert "@" not in parts.authority
