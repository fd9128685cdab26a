"""What the last answer of a visit says."""

import gzip
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.http.content import OPENING
from crawler.media.answer import BEHIND_HEAD, NEAR, WHOLE
from crawler.media.facts import DIGESTED, FRONT, Facts, read_facts, whole_length
from crawler.media.head import TEXT_LIMIT
from crawler.media.image import STEPS
from crawler.media.media_type import media_type
from crawler.media.page import classify
from crawler.model.exchange import Fields, Response
from crawler.model.observation import Metadata
from crawler.model.role import Role
from tests.media.answers import url
from tests.media.image_files import FILES

ASKED, FINAL = "https://example.org/old", "https://www.example.org/news/bridge"
HTML = "text/html; charset=utf-8"
MARKUP = (
    b'<!doctype html><html amp><head><title>A bridge</title><link rel="canonical" href="/news/bridge">'
    b'<link rel="amphtml" href="/amp"><meta property="og:image" content="a.png"><meta name="robots" content="NoIndex">'
    b'<meta http-equiv="refresh" content="3; url=/next"></head><body><h2 id="costs">Costs</h2></body></html>'
)


def facts(
    body: bytes = b"",
    role: Role = Role.WEB,
    status: int = 200,
    fragments: tuple[str, ...] = (),
    complete: bool = True,
    sent: dict[str, str] | None = None,
) -> Facts:
    """Facts of an answer, sent with these fields."""
    response = Response(status, Fields((sent or {}).items()), body, complete)
    return read_facts(response, role, url(ASKED), url(FINAL), fragments)


def typed(kind: str, **more: str) -> dict[str, str]:
    """Fields of an answer, `Content-Type` first."""
    return {"content-type": kind} | {name.replace("_", "-"): value for name, value in more.items()}


def test_a_page_is_read_from_where_it_was_found() -> None:
    found = facts(MARKUP, sent=typed(HTML, etag='"1"', last_modified="Sat, 31 Jan 2026 02:00:00 GMT"))
    assert found.metadata == Metadata(
        content_type="text/html",
        etag='"1"',
        last_modified="Sat, 31 Jan 2026 02:00:00 GMT",
        title="A bridge",
        canonical="https://www.example.org/news/bridge",
        amphtml="https://www.example.org/amp",
        og_image="https://www.example.org/news/a.png",
        robots="noindex",
        bytes=len(MARKUP),
        is_amp=True,
    )
    assert found.refresh == (3.0, "https://www.example.org/next")
    assert found.page is not None
    assert (found.page.asked.href, found.page.final.href, found.page.status) == (ASKED, FINAL, 200)
    assert found.need is None


@pytest.mark.parametrize(
    ("kind", "is_page"),
    [
        ("text/html", True),
        ("TEXT/HTML;charset=utf-8", True),
        ("application/xhtml+xml", True),
        (None, True),
        ("", True),
        ("application/pdf", False),
        ("text/plain", False),
        ("image/jpeg", False),
    ],
)
def test_what_is_a_page_is_said_by_its_type(kind: str | None, is_page: bool) -> None:
    found = facts(MARKUP) if kind is None else facts(MARKUP, sent=typed(kind))
    assert (found.page is not None) is is_page
    assert found.metadata.title == ("A bridge" if is_page else None)
    assert found.metadata.is_amp is (True if is_page else None)


def test_pages_of_errors_are_read_too() -> None:
    found = facts(MARKUP, status=404, sent=typed(HTML))
    assert found.page is not None
    assert found.metadata.title == "A bridge"


def test_what_is_packed_is_unpacked_and_counted_as_sent() -> None:
    packed = gzip.compress(MARKUP)
    found = facts(packed, sent=typed(HTML, content_encoding="gzip"))
    assert (found.metadata.title, found.metadata.bytes) == ("A bridge", len(packed))


@pytest.mark.parametrize(("encoding", "body"), [("br", b"\x0b\x02\x80hello"), ("gzip", b"no gzip at all")])
@pytest.mark.parametrize("role", [Role.WEB, Role.IMAGE])
def test_of_what_cannot_be_unpacked_nothing_is_known(encoding: str, body: bytes, role: Role) -> None:
    found = facts(body, role, sent=typed(HTML, content_encoding=encoding))
    assert found.metadata == Metadata("text/html", bytes=len(body))
    assert found.page is None


def test_an_empty_page_is_no_amp_page_but_an_unread_one_may_be() -> None:
    assert facts(b"", Role.AMP, sent=typed(HTML)).metadata.is_amp is False
    assert facts(b"", Role.AMP, complete=False, sent=typed(HTML)).metadata.is_amp is None


def test_fields_are_kept_short() -> None:
    found = facts(sent=typed("x/" + "y" * 999, etag="e" * 999, last_modified="m" * 999)).metadata
    assert [len(text or "") for text in (found.content_type, found.etag, found.last_modified)] == [TEXT_LIMIT] * 3


LONG = b'<p id="early">' + b"a" * WHOLE + b'<p id="late">'

PLACES = {
    "there": (MARKUP, True, {}, ("costs",), ()),
    "not there": (MARKUP, True, {}, ("costs", "crew"), ("crew",)),
    "in a part of a page": (MARKUP, False, {}, ("crew",), ()),
    "in a page that is too long once unpacked": (
        gzip.compress(LONG),
        True,
        {"content-encoding": "gzip"},
        ("late",),
        (),
    ),
    "in a page of another encoding": (
        '<p id="цена">'.encode("cp1251"),
        True,
        {"content-type": "text/html; charset=windows-1251"},
        ("цена", "вес"),
        ("вес",),
    ),
    "in what is no page": (MARKUP, True, {"content-type": "application/pdf"}, ("page=5", "crew"), ()),
    "nowhere": (MARKUP, True, {}, (), ()),
}


@pytest.mark.parametrize(("body", "complete", "fields", "fragments", "lost"), PLACES.values(), ids=PLACES)
def test_places(
    body: bytes, complete: bool, fields: dict[str, str], fragments: tuple[str, ...], lost: tuple[str, ...]
) -> None:
    found = facts(body, fragments=fragments, complete=complete, sent=typed(HTML) | fields)
    assert found.metadata.missing_fragments == lost


JPEG = next(file for file in FILES.values() if file.format == "jpeg" and file.width).data


@pytest.mark.parametrize("name", FILES)
def test_pictures_are_what_their_bytes_are(name: str) -> None:
    form, data, width, height = FILES[name]
    found = facts(data, Role.IMAGE, sent=typed("text/plain")).metadata
    assert (found.format, found.is_image, found.width, found.height) == (form, True, width, height)
    assert found.content_type == "text/plain"


def test_pictures_are_no_pages_whatever_they_are_called() -> None:
    found = facts(JPEG, Role.IMAGE, sent=typed(HTML))
    assert (found.page, found.metadata.is_image, found.metadata.title) == (None, True, None)


@pytest.mark.parametrize(
    ("body", "kind", "what", "is_page"),
    [
        (MARKUP, HTML, "html", True),
        (MARKUP, "image/jpeg", "html", False),
        (b'{"error": "gone"}', "application/json", "json", False),
        (b"Not found", "text/plain", "text", False),
        (b"", "image/jpeg", "empty", False),
        (b"%PDF-1.7 ...", "image/jpeg", "pdf", False),
    ],
)
def test_what_stands_in_a_pictures_place(body: bytes, kind: str, what: str, is_page: bool) -> None:
    found = facts(body, Role.IMAGE, sent=typed(kind))
    assert (found.metadata.format, found.metadata.is_image) == (what, False)
    assert (found.page is not None) is is_page
    assert found.need is None


@pytest.mark.parametrize("status", [404, 403, 500, 304])
def test_only_a_success_is_held_to_be_a_picture(status: int) -> None:
    assert facts(MARKUP, Role.IMAGE, status, sent=typed("image/png")).metadata.is_image is None


def late(before: int) -> bytes:
    """The front of a JPEG that says its size after so many bytes."""
    segment = b"\xff\xe2" + (65_002).to_bytes(2, "big") + bytes(65_000)
    return b"\xff\xd8" + segment * (before // 65_000)


def test_more_is_asked_for_where_more_would_tell() -> None:
    found = facts(late(130_000)[: STEPS[0]], Role.IMAGE, complete=False)
    assert (found.need, found.metadata.is_image, found.metadata.width) == (STEPS[1], True, None)
    whole = facts(late(130_000), Role.IMAGE)
    assert (whole.need, whole.metadata.is_image, whole.metadata.width) == (None, True, None)


RANGES = {
    "from the start": ("bytes 0-99/5000", True, 5000),
    "from the start, in capitals": ("Bytes 0-99/5000", True, 5000),
    "from the start, of unknown length": ("bytes 0-99/*", True, None),
    "another part": ("bytes 100-199/5000", False, 5000),
    "unreadable": ("lines 1-2/3", True, None),
    "absurd": ("bytes 0-99/99999999999999999999", True, None),
}


@pytest.mark.parametrize(("field", "is_start", "length"), RANGES.values(), ids=RANGES)
def test_ranges(field: str, is_start: bool, length: int | None) -> None:
    found = facts(b"x" * 100, Role.IMAGE, 206, complete=False, sent=typed("image/png", content_range=field))
    assert (found.metadata.is_image is False) is is_start
    response = Response(206, Fields([("content-range", field)]), b"x" * 100, complete=False)
    assert whole_length(response) == length


@pytest.mark.parametrize(
    ("response", "length"),
    [
        (Response(200, Fields(), b"abc"), 3),
        (Response(200, Fields([("content-length", "900")]), b"abc", complete=False), 900),
        (Response(200, Fields(), b"abc", complete=False), None),
        (Response(200, Fields([("content-length", "-1")]), b"abc", complete=False), None),
        (Response(200, Fields([("content-length", "٣")]), b"abc", complete=False), None),
        (Response(200, Fields([("content-length", "9" * 5000)]), b"abc", complete=False), None),
        (Response(206, Fields(), b"abc"), None),
    ],
)
def test_whole_lengths(response: Response, length: int | None) -> None:
    assert whole_length(response) == length


def digest(body: bytes, status: int = 200, sent: dict[str, str] | None = None) -> int | None:
    return facts(body, Role.IMAGE, status, complete=sent is None, sent=sent).metadata.digest


def test_digests_tell_pictures_apart() -> None:
    data, other = JPEG + bytes(2 * DIGESTED), JPEG + bytes(2 * DIGESTED + 1)
    front, last = data[:DIGESTED], DIGESTED - 1
    assert digest(data) == crc32(front, len(data))
    assert digest(data) != digest(other)
    assert digest(front, 206, {"content-range": f"bytes 0-{last}/{len(data)}"}) == digest(data)
    assert digest(front, 200, {"content-length": str(len(data))}) == digest(data)
    assert digest(front, 206, {"content-range": f"bytes 0-{last}/*"}) is None, "many begin alike"
    assert digest(front, 200, {}) is None
    assert digest(MARKUP) is None


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("text/html", "text/html"),
        (" Text/HTML ; charset=x", "text/html"),
        (";charset=x", None),
        ("", None),
        (None, None),
    ],
)
def test_media_types(field: str | None, kind: str | None) -> None:
    assert media_type(field) == kind


@settings(deadline=None)
@given(
    st.one_of(st.binary(max_size=300), st.sampled_from([MARKUP, JPEG, b"<svg", b"{"])),
    st.sampled_from(Role),
    st.sampled_from([200, 206, 304, 404]),
    st.dictionaries(
        st.sampled_from(["content-type", "content-range", "content-encoding", "content-length", "etag"]),
        st.one_of(st.text(max_size=30), st.sampled_from(["text/html", "gzip", "bytes 0-9/99", "bytes 5-9/99"])),
    ),
    st.booleans(),
)
def test_any_answer_is_read(body: bytes, role: Role, status: int, fields: dict[str, str], complete: bool) -> None:
    response = Response(status, Fields(fields.items()), body, complete)
    found = read_facts(response, role, url(ASKED), url(FINAL), ("costs",))
    assert found.metadata.bytes == len(body)
    assert found.need is None or found.need in STEPS


def long_page(head: bytes = b"", end: bytes = b"") -> bytes:
    """A page of 300 KB, with a head of its own and something at its very end."""
    paragraph = b'<p>Some words, and <a href="/there">a link</a>.</p>\n'
    return b"<html><head><title>A story</title>%b</head><body>%b%b</body></html>" % (head, paragraph * 6000, end)


@pytest.mark.parametrize("packed", [False, True])
def test_a_long_page_is_looked_at_from_its_front(packed: bool) -> None:
    markup = long_page()
    sent = typed(HTML, content_encoding="gzip") if packed else typed(HTML)
    page = facts(gzip.compress(markup) if packed else markup, sent=sent).page
    assert page is not None
    assert page.body == markup[: page.behind_head + BEHIND_HEAD]
    assert markup[page.behind_head :].startswith(b"</head>")
    assert page.whole().body == markup
    assert page.whole().head == page.head


def test_a_head_longer_than_the_front_is_read_to_its_end() -> None:
    style = b"<style>%b</style>" % (b"p{color:red}" * (FRONT // 10))
    found = facts(long_page(style + b'<link rel="canonical" href="/late">'), sent=typed(HTML))
    assert found.metadata.canonical == "https://www.example.org/late"
    assert found.page is not None
    assert found.page.body[found.page.behind_head :].startswith(b"</head>")


def test_a_title_behind_all_the_rest_is_found() -> None:
    markup = b"<!--%b--><title>At last</title>" % bytes(2 * FRONT)
    assert facts(markup, sent=typed(HTML)).metadata.title == "At last"


@pytest.mark.parametrize(("page", "reason"), [(b"/404", "soft-404"), (b"/news/[id]", None)])
def test_what_an_application_says_at_the_end_of_a_page_is_heard(page: bytes, reason: str | None) -> None:
    markup = long_page(
        b'<script src="/_next/static/main.js"></script>',
        b'<script id="__NEXT_DATA__" type="application/json">{"props":{},"page":"%b"}</script>' % page,
    )
    found = facts(gzip.compress(markup), sent=typed(HTML, content_encoding="gzip")).page
    assert found is not None
    assert classify(found).reason == reason


PARTS = (
    *(b"<html>", b"<head>", b"<title>A story</title>", b"</head>", b"</HEAD >", b"<body class=error404>", b"<title>"),
    *(
        b'<meta property="og:image" content="/picture.jpg">',
        b'<meta property="og:image" content="https://a.example/b">',
    ),
    *(
        b'<link rel=canonical href="https://www.example.org/news/bridge">',
        b"<link rel=amphtml href=amp>",
        b"<base href=/x/>",
    ),
    *(b"<script>", b"</script>", b"<!--", b"-->", b'<meta content="', b'">', b"<style>" + b"p{}" * 900 + b"</style>"),
    *(b"<h1>Bridges</h1>", b"<H1>Page not found</H1>", b"<h1 hidden>404</h1>", b"<h2>Page not found</h2>", b"<h1>"),
    *(b"<p>word " * 500, b"-" * (OPENING - 200), b"-" * NEAR, b"-" * 900, b"\xff\xfe", b"/_next/", b"just a moment"),
    *(b'<script src="https://img.sedoparking.com/x">', b'{"page":"/404"}', b'<script id="__NEXT_DATA__">'),
)
"""What heads and what comes behind them are made of, in any order: what ends a head may stand where it ends none."""


INTRODUCED = b"".join(PARTS[at] for at in (0, 1, 2, 7, 9))


@given(
    st.sampled_from([b"", INTRODUCED, INTRODUCED + PARTS[3]]),
    st.lists(st.sampled_from(PARTS), max_size=25),
    st.sampled_from([HTML, "text/html; charset=utf-16", "text/html; charset=cp1251"]),
)
@settings(max_examples=200)
def test_a_page_says_the_same_however_it_was_sent(head: bytes, parts: list[bytes], kind: str) -> None:
    markup = head + b"".join(parts)
    plain = facts(markup, sent=typed(kind))
    packed = facts(gzip.compress(markup, 1), sent=typed(kind, content_encoding="gzip"))
    assert packed.metadata._replace(bytes=len(markup)) == plain.metadata
    assert packed.refresh == plain.refresh
    assert packed.page is not None
    assert plain.page is not None
    assert (packed.page.head, packed.page.behind_head) == (plain.page.head, plain.page.behind_head)
    assert packed.page.glimpsed == plain.page.glimpsed
    assert classify(packed.page) == classify(plain.page)
    assert packed.page.body == plain.page.body


@pytest.mark.parametrize("top", [b"<h1>Bridges</h1>", b"<header></header><H1 class=a>Bridges</H1>"])
def test_of_a_page_that_is_introduced_no_more_is_decoded_than_a_glance_needs(top: bytes) -> None:
    markup = long_page(
        b'<link rel="canonical" href="https://www.example.org/news/bridge">'
        b'<meta property="og:image" content="https://www.example.org/bridge.jpg">'
    ).replace(b"<p>", top + b"<p>", 1)
    page = facts(gzip.compress(markup), sent=typed(HTML, content_encoding="gzip")).page
    assert page is not None
    assert classify(page).reason is None
    assert page.glimpsed == ("Bridges",)
    assert page.near == markup[: len(page.near)]
    assert len(page.near) <= OPENING
    assert page.whole().body == markup


def test_what_is_pasted_below_the_top_of_a_page_is_seen_at_a_glance() -> None:
    heading = b"<h1>Page not found</h1>"
    markup = long_page(
        b'<link rel="canonical" href="https://www.example.org/news/bridge">'
        b'<meta property="og:image" content="https://www.example.org/bridge.jpg">'
    )
    at = markup.find(b"<p>", BEHIND_HEAD)
    page = facts(gzip.compress(markup[:at] + heading + markup[at:]), sent=typed(HTML, content_encoding="gzip")).page
    assert page is not None
    assert page.glimpsed == ("Page not found",)
