"""Places within pages, as links name them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.media.fragments import missing

PAGE = """<!doctype html><html><head><title>x</title><meta name="author" content="me"></head><body>
<h2 id="costs">Costs</h2><h2 id='the crew'>Crew</h2><h2 ID=ferry>Ferry</h2><a name="old-anchor"></a>
<h2 class="big" id = "spaced">S</h2><p id="über">Ü</p><p id="a&amp;b">A</p><div data-id="data" aria-labelledby="label">
<svg><g id="in-drawing"/></svg><a href="#in-contents">…</a><a href="#%C3%A9t%C3%A9">…</a><a href="/b#elsewhere">…</a>
<h2 id="user-content-install">Install</h2><a href="/crew">…</a><p>The id="in-text" and #hash</p></body></html>"""

PLACES = {
    "costs": True,
    "the crew": True,
    "the%20crew": True,
    "ferry": True,
    "old-anchor": True,
    "spaced": True,
    "über": True,
    "%C3%BCber": True,
    "%c3%bcber": True,
    "a&b": True,
    "in-drawing": True,
    "in-contents": True,
    "été": True,
    "install": True,
    "user-content-install": True,
    "in-text": True,
    "Costs": False,
    "crew": False,
    "cost": False,
    "data": False,
    "label": False,
    "elsewhere": False,
    "hash": False,
    "big": False,
}


@pytest.mark.parametrize(("fragment", "there"), PLACES.items())
def test_places(fragment: str, there: bool) -> None:
    assert missing(PAGE.encode(), (fragment,)) == (() if there else (fragment,))


@pytest.mark.parametrize(
    "fragment",
    [
        "",
        "top",
        "TOP",
        "!/route",
        "/route/7",
        "tab=2",
        "state&more",
        "?x",
        ":~:text=two%20years",
        "L10",
        "L10-L20",
        "L10C3-L20C8",
    ],
)
def test_what_names_no_element_is_never_missing(fragment: str) -> None:
    assert missing(b"<p>", (fragment,)) == ()


@pytest.mark.parametrize(
    ("fragment", "there"), [("costs:~:text=two%20years", True), ("gone:~:text=two%20years", False), ("L10b", False)]
)
def test_what_is_said_to_the_browser_alone_is_left_out(fragment: str, there: bool) -> None:
    assert missing(PAGE.encode(), (fragment,)) == (() if there else (fragment,))


def test_those_that_are_missing_are_told_in_their_order() -> None:
    assert missing(PAGE.encode(), ("one", "costs", "another", "top")) == ("one", "another")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ('<p id="цена">'.encode("cp1251"), "text/html; charset=windows-1251"),
        ('<meta charset="windows-1251"><p id="цена">'.encode("cp1251"), "text/html"),
        ('<p id="цена">'.encode("utf-16"), "text/html"),
        ('<p id="цена">'.encode("utf-16-be"), "text/html; charset=utf-16be"),
        ('<p id="цена">'.encode(), "text/html; charset=nobody-knows"),
        ('<p id="&#1094;ена">'.encode(), None),
    ],
)
def test_pages_in_other_encodings(body: bytes, content_type: str | None) -> None:
    assert missing(body, ("цена", "вес"), content_type) == ("вес",)


@given(st.binary(max_size=200), st.text(max_size=9), st.text(max_size=20))
def test_any_page_is_read(body: bytes, fragment: str, content_type: str) -> None:
    assert set(missing(body, (fragment,), content_type)) <= {fragment}


@pytest.mark.parametrize(
    "piece", [b' id="', b" id='x", b" id=", b" id" + b" " * 50, b' href="#' + b"a" * 490, b"\nname\n=\n"]
)
def test_a_megabyte_of_beginnings_is_no_trouble(piece: bytes) -> None:
    assert missing(piece * (1_000_000 // len(piece)), ("costs",)) == ("costs",)
