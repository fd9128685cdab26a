"""What is one page, whatever way it is written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.http.url import Url, parse
from crawler.verdict import naming
from crawler.verdict.naming import page_name

PAGE = "https://www.example.org/news/Bridge"

SAME = [
    PAGE,
    "http://www.example.org/news/Bridge",
    "https://example.org/news/Bridge",
    "https://EXAMPLE.org/news/bridge",
    "https://www.example.org/news/Bridge/",
    "https://www.example.org/news/Bridge//",
    "https://www.example.org:443/news/Bridge",
    "http://www.example.org:80/news/Bridge/",
    "https://www.example.org/news/Bridge#top",
    "https://www.example.org/news/Bridge?",
    "https://www.example.org/news/Bridge/?utm_source=x&fbclid=y",
    "https://www.example.org/news/%42ridge",
    "https://www.example.org/news/./x/../Bridge",
]

OTHERS = [
    "https://www.example.org/news/bridges",
    "https://www.example.org/news",
    "https://www.example.org/",
    "https://www.example.org/news/Bridge?id=2",
    "https://www.example.org/news/Bridge?utm_source=x&id=2",
    "https://www.example.org:8443/news/Bridge",
    "https://m.example.org/news/Bridge",
    "https://www.example.net/news/Bridge",
    "https://www.example.org/news/Bridge.html",
    "https://www.org/news/Bridge",
    "https://[",
    "",
]


@pytest.mark.parametrize("url", SAME)
def test_spellings_of_one_page(url: str) -> None:
    assert page_name(url) == page_name(PAGE) == "example.org/news/bridge"


@pytest.mark.parametrize("url", OTHERS)
def test_other_pages(url: str) -> None:
    assert page_name(url) != page_name(PAGE)


def test_front_pages_have_a_name() -> None:
    assert page_name("https://www.example.org") == page_name("http://example.org/") == "example.org"


def test_parameters_that_select_are_kept_in_their_order() -> None:
    assert page_name(f"{PAGE}?b=2&utm_medium=x&a=1") == "example.org/news/bridge?b=2&a=1"


def test_escapes_of_any_script_are_one() -> None:
    assert page_name("https://example.org/Brücke") == page_name("https://example.org/br%c3%bccke")


URLS = st.one_of(
    st.text(),
    st.from_regex(
        re.compile(r"https?://(www\.)?[a-z0-9.-]{1,9}(:\d{1,3})?/[\w~/.%-]{0,9}(\?[\w=&]{0,9})?", re.ASCII),
        fullmatch=True,
    ),
)


@given(URLS)
def test_any_text_has_a_name(url: str) -> None:
    assert isinstance(page_name(url), str)


@given(URLS)
def test_the_short_way_gives_what_the_long_one_does(url: str) -> None:
    parsed = parse(url)
    if isinstance(parsed, Url) and naming._PLAIN.fullmatch(url) and parsed.href.rstrip("/") == url.rstrip("/"):
        assert page_name(url) == page_name(f"{url}?")
