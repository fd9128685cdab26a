"""Unrelated URLs that end at one."""

import re

from hypothesis import given
from hypothesis import strategies as st

from crawler.media.converging import Converging
from crawler.media.signs import CONVERGING
from tests.media.answers import url

SAME_PAGE = re.compile(r"/(?:amp|index\.\w{2,5}|print)?/?$|\.amp$|\.html?$")
PIECES = st.sampled_from(
    [
        "/",
        "/amp",
        "/index.",
        "/print",
        ".html",
        ".htm",
        ".amp",
        "xhtml",
        "php",
        "story",
        "a",
        "_",
    ]
)

END = url("https://www.example.org/summer")


def test_unrelated_urls_are_counted_each_once() -> None:
    converging = Converging()
    counts = [converging.note(url(f"https://www.example.org/deals/{n}"), END) for n in (1, 1, 2, 3, 4)]
    assert counts == [1, 1, 2, CONVERGING, CONVERGING]


def test_addresses_of_one_page_are_one() -> None:
    converging = Converging()
    for address in (
        "http://example.org/deals/may",
        "https://www.example.org/deals/may/",
        "https://amp.example.org/deals/may/amp/",
        "https://m.example.org/deals/may.html?utm_source=x",
    ):
        assert converging.note(url(address), END) == 1


def test_a_page_that_moves_to_another_address_of_its_own_does_not_count() -> None:
    converging = Converging()
    assert converging.note(url("http://example.org/summer/"), END) == 0
    assert converging.note(END, END) == 0


def test_memory_is_bounded_and_the_oldest_end_is_forgotten() -> None:
    converging = Converging(limit=2)
    asked = url("https://www.example.org/a")
    ends = [url(f"https://www.example.org/end/{n}") for n in range(3)]
    for end in ends:
        converging.note(asked, end)
    other = url("https://www.example.org/b")
    assert converging.note(other, ends[2]) == 2
    assert converging.note(other, ends[0]) == 1


@given(st.lists(PIECES, max_size=6).map("".join))
def test_a_path_less_what_parts_addresses_of_one_page_is_that_page(path: str) -> None:
    address = url(f"https://www.example.org/news{path}")
    page = SAME_PAGE.sub("", address.path)
    converging = Converging()
    assert converging.note(address, url(f"https://m.example.org{page}x")) == 1
    if SAME_PAGE.sub("", page) == page and page:
        assert converging.note(address, url(f"https://m.example.org{page}")) == 0
