"""What a reader sees of a page, in whatever state it comes."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.media.charset import CODECS, WIDE
from crawler.media.text import (
    APART,
    HEADING_LIMIT,
    HEADINGS_LIMIT,
    HEADINGS_TRIED,
    MARKUP_LIMIT,
    TEXT_LIMIT,
    glimpsed,
    seen,
    words,
)


def test_text_is_what_a_reader_sees() -> None:
    page = seen(
        b"<html><head><title>T</title><style>p{}</style></head><body><!-- no --><h1>Big <b>news</b></h1>"
        b"<script>var x='no'</script><noscript>no</noscript><template><p>no</p></template><p>Told&nbsp;here.</p>",
        "text/html",
    )
    assert page.headings == ("Big news",)
    assert page.words == ("big", "news", "told", "here")


@pytest.mark.parametrize(
    ("markup", "headings"),
    [
        (b"<h1>One</h1><H1 class=x>Two</H1><h1>Three</h1><h1>Four</h1>", ("One", "Two", "Three")),
        (b"<h2>Only second level</h2>", ("Only second level",)),
        (b"<h1>First</h1><h2>Second</h2>", ("First",)),
        (b"<h1 hidden>Not found</h1><h1>Shown</h1>", ("Shown",)),
        (b'<h1 style="display: none">Not found</h1><h1>Shown</h1>', ("Shown",)),
        (b"<script type=text/template><h1>Not found</h1></script><h1>Shown</h1>", ("Shown",)),
        (b"<!-- <h1>Not found</h1> --><h1>Shown</h1>", ("Shown",)),
        (b"<!--><h1>Shown</h1>", ("Shown",)),
        (b"<h1>&Eacute;t&eacute; &amp; hiver</h1>", ("Été & hiver",)),
        (b"<h1><img src=logo.png></h1><h1>Shown</h1>", ("Shown",)),
        (b"<h1>never closed", ("never closed",)),
        (b"<h10>No</h10><header>No</header>", ()),
        (b"<script><h1>Swallowed", ()),
    ],
)
def test_headings(markup: bytes, headings: tuple[str, ...]) -> None:
    assert seen(b"<body>" + markup, "text/html").headings == headings


def test_a_glimpse_sees_more_but_never_less() -> None:
    page = b"<body><script><h1>In code</h1></script><h1>Shown</h1>"
    assert glimpsed(page, None) == ("In code", "Shown")
    assert seen(page, None).headings == ("Shown",)


@pytest.mark.parametrize(
    ("body", "content_type", "words_seen"),
    [
        ("<p>Größe".encode(), None, ("grösse",)),
        ("<p>Größe".encode("latin-1"), "text/html; charset=ISO-8859-1", ("grösse",)),
        (b"<meta charset=windows-1251><p>" + "Ошибка".encode("cp1251"), None, ("ошибка",)),
        ("<h1>ページ".encode("cp932"), 'text/html; charset="Shift_JIS"', ("ペ", "ー", "ジ")),
        ("\ufeff<p>wide</p>".encode("utf-16-le"), None, ("wide",)),
        (b"<p>fine", "text/html; charset=no-such-thing", ("fine",)),
    ],
)
def test_encodings(body: bytes, content_type: str | None, words_seen: tuple[str, ...]) -> None:
    assert seen(body, content_type).words == words_seen


def test_ascii_is_read_alike_in_every_encoding() -> None:
    """So that nobody has to know the encoding of a heading in ASCII; escapes are another matter."""
    ascii_bytes = bytes(byte for byte in range(0x80) if byte != 0x1B)
    assert {ascii_bytes.decode(codec) for codec in set(CODECS.values()) - WIDE} == {ascii_bytes.decode("ascii")}
    escaped = b"<h1>" + "ページ".encode("iso2022_jp_2") + b"</h1>"
    assert glimpsed(escaped, "text/html; charset=iso-2022-jp") == ("ページ",)


def test_headings_that_stand_together_are_enough() -> None:
    near, far = b" " * (APART - 20), b" " * APART
    page = b"<p>" + far + b"<h1>The Post</h1>" + near + b"<h1>Page not found</h1>" + far + b"<h1>News</h1>"
    assert glimpsed(page, None, 0, APART) == ("The Post", "Page not found")
    assert glimpsed(page, None) == ("The Post", "Page not found", "News")
    assert glimpsed(far + b"<h1></h1>" + far + b"<h1>Late</h1>", None, 0, APART) == ("Late",)


def test_a_glimpse_behind_the_head_knows_what_the_head_says_of_its_encoding() -> None:
    head = b"<meta charset=windows-1251><h1>In the head</h1></head>"
    assert glimpsed(head + "<h1>Ошибка".encode("cp1251"), None, len(head)) == ("Ошибка",)
    wide = "\ufeff<title></title><h1>Größe".encode("utf-16-le")
    assert glimpsed(wide, None, len(wide)) == ("Größe",)


def test_headings_are_tried_as_many_of_each_level() -> None:
    others = b"<h2>Other</h2>" * (2 * HEADINGS_TRIED)
    assert seen(others + b"<h1>A story</h1>", None).headings == ("A story",)
    assert seen(b"<h1></h1>" * (HEADINGS_TRIED - 1) + b"<h1>A story</h1>", None).headings == ("A story",)
    assert seen(b"<h1></h1>" * HEADINGS_TRIED + b"<h1>A story</h1>", None).headings == ()


@pytest.mark.parametrize("label", sorted(label for label, codec in CODECS.items() if codec in WIDE))
def test_wide_encodings_are_noticed_at_a_glance(label: str) -> None:
    body = "<h1>Größe</h1>".encode(CODECS[label])
    assert glimpsed(body, f"text/html; charset={label.upper()}") == ("Größe",)
    assert glimpsed("\ufeff<h1>Größe</h1>".encode(CODECS[label]), None) == ("Größe",)


def test_scripts_without_spaces_are_split_by_character() -> None:
    assert words("北部フェリー reopens") == ["北", "部", "フ", "ェ", "リ", "ー", "reopens"]


@given(st.binary(max_size=2_000), st.sampled_from([None, "text/html", "text/html; charset=utf-16", "x; charset=utf-7"]))
def test_any_bytes_are_read_within_bounds(body: bytes, content_type: str | None) -> None:
    page = seen(body, content_type)
    assert len(page.headings) <= HEADINGS_LIMIT
    assert all(0 < len(heading) <= HEADING_LIMIT for heading in page.headings)
    assert sum(map(len, page.words)) <= 3 * TEXT_LIMIT


HOSTILE = (
    *(b"<div>", b"<ul><li>", b"<a><div>", b"<script>", b"<!--", b"<h1", b"<h1>", b"<h1 a", b"<body", b"<", b"</script"),
    *(b"<noscript>x</noscript>", b"<style>", b"&amp;", b"<h2><h1>", b"<svg>", b"<textarea>"),
)


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_markup_takes_time_that_grows_with_its_length(unit: bytes) -> None:
    """Measured against itself, not a clock: eight times the markup would take 64 times as long if it were quadratic."""
    page = unit * (262_144 // len(unit))
    assert _seconds(page) < 24 * _seconds(page[:32_768]) + 0.3


def _seconds(body: bytes) -> float:
    start = time.perf_counter()
    seen(body, None)
    return time.perf_counter() - start


def test_what_was_not_read_is_told() -> None:
    assert not seen(b"<body><p>short</p>", None).cut
    assert seen(b"<body>" + b"<i></i>" * MARKUP_LIMIT, None).cut
    assert seen(b"<body>" + b"word " * TEXT_LIMIT, None).cut
