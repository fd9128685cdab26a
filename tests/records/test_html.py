"""URLs in raw HTML."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.records.html import unescape_attribute, urls


class Markup(NamedTuple):
    """A fragment, and (role, URL, as written) of each URL in it."""

    markup: str
    found: list[tuple[str, str, str]]


CASES = [
    Markup('<a href="https://a/">', [("web", "https://a/", "https://a/")]),
    Markup("<a href='https://a/'>", [("web", "https://a/", "https://a/")]),
    Markup("<a href=https://a/>", [("web", "https://a/", "https://a/")]),
    Markup("<A\n class=x HREF = 'https://a/' />", [("web", "https://a/", "https://a/")]),
    Markup('<a data-href="x" title="a > b" href="/r">', [("web", "/r", "/r")]),
    Markup('<a href="1" href="2">', [("web", "1", "1")]),
    Markup("<a href>", []),
    Markup("<a href=''>", [("web", "", "")]),
    Markup("<b href='x'><p src='y'><abbr href=z>", []),
    Markup("<img src=a.png alt='<img src=no>'>", [("image", "a.png", "a.png")]),
    Markup(
        '<img srcset="a.png 1x, b.png 2x,c.png (1,2) , d.png"/>',
        [("image", f"{name}.png", f"{name}.png") for name in "abcd"],
    ),
    Markup(
        '<img srcset="data:image/png;base64,AAA= 1x, b.png">',
        [("image", "data:image/png;base64,AAA=", "data:image/png;base64,AAA="), ("image", "b.png", "b.png")],
    ),
    Markup(
        '<source srcset=" \n a.png,\n b.png 2x" src="v.mp4">',
        [("image", "a.png", "a.png"), ("image", "b.png", "b.png"), ("web", "v.mp4", "v.mp4")],
    ),
    Markup(
        "<video src=v poster=p><audio src=s><iframe src=i><embed src=e><link href=l><area href=r>",
        [
            ("web", "v", "v"),
            ("image", "p", "p"),
            ("web", "s", "s"),
            ("web", "i", "i"),
            ("web", "e", "e"),
            ("web", "l", "l"),
            ("web", "r", "r"),
        ],
    ),
    Markup("<!-- <a href=1> --><a href=2><!--><a href=3>--><!-- <a href=4>", [("web", "2", "2"), ("web", "3", "3")]),
    Markup("<script>'<a href=1>'</script><a href=2><style><a href=3>", [("web", "2", "2")]),
    Markup("<scripts><a href=1></scripts>", [("web", "1", "1")]),
    Markup("a < b <a href=1", []),
    Markup("<a href='1><a href=2>", []),
    Markup('<a href="?a=1&amp;b=2&#x26;c&#38;d">', [("web", "?a=1&b=2&c&d", "?a=1&amp;b=2&#x26;c&#38;d")]),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.markup)
def test_urls(case: Markup) -> None:
    found = [(one.role.value, one.url, case.markup[one.start : one.end]) for one in urls(case.markup)]
    assert found == case.found


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("a&b", "a&b"),
        ("?a=1&copy=2&amp=3", "?a=1&copy=2&amp=3"),
        ("?copy;&copy;&copy", "?copy;©©"),
        ("&notit;&not;&nosuch;", "&notit;¬&nosuch;"),
        ("&#0;&#x110000;&#xD800;", "\ufffd\ufffd\ufffd"),
        ("&AMP;&amp;amp;", "&&amp;"),
    ],
)
def test_character_references_in_attributes(written: str, value: str) -> None:
    assert unescape_attribute(written) == value


@given(st.text(st.sampled_from("<>ahref='\" !-/&;imgsc,1x\n"), max_size=60))
def test_any_markup_at_all_gives_spans_of_itself(markup: str) -> None:
    for one in urls(markup):
        assert unescape_attribute(markup[one.start : one.end]) == one.url
