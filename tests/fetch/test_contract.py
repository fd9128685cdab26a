"""The contract of the transport port, case by case: what comes of everything that a server can do.

The cases are those of the hostile web. Each runs over every transport of `tests/fetch/transports.py`.
"""

import re
from typing import NamedTuple

import anyio
import pytest

from crawler.config import Fetch
from crawler.fetch.shape import IMAGE, PAGE
from crawler.model.exchange import MESSAGE_LIMIT, Failure, Request, Response
from crawler.model.role import Role
from tests.fetch.conftest import GENEROUS, Open
from tests.web import Answer, Web, hostile
from tests.web.hostile import BOMB, COOKIES, MEGABYTES, TITLE, ZIPPED, host_name, serve

SHORT = 0.4
"""Seconds until an exchange is given up, in the cases that must come to that."""
TRACES = re.compile(r"0x[0-9a-f]{6}|<\w+ |\b(bytearray|bytes|None|Error|Exception)\b|b'")
"""What only Python would say."""


class Answered(NamedTuple):
    """The response that is expected: its status, and what of it matters."""

    status: int = 200
    body: bytes | None = TITLE
    complete: bool = True
    fields: tuple[tuple[str, str], ...] = ()


class Failed(NamedTuple):
    """The failure that is expected; `words` is a pattern that its message must hold."""

    reason: str
    words: str = ""
    connected: bool = True


EXPECTED: dict[str, Answered | Failed] = {
    "page": Answered(fields=(("content-type", "text/html; charset=utf-8"),)),
    "chunked": Answered(),
    "empty": Answered(body=b""),
    "no-content": Answered(204, b""),
    "gone": Answered(410, None),
    "status-999": Answered(999, b"denied"),
    "too-many-requests": Answered(429, None, fields=(("retry-after", "120"),)),
    "conditional": Answered(fields=(("etag", '"v1"'),)),
    "ranges": Answered(body=None),
    "ranges-ignored": Answered(body=None),
    "needs-accept": Answered(),
    "cookie-wall": Answered(302, b"", fields=(("set-cookie", "pass=1; Path=/"),)),
    "http-1.0-without-length": Answered(),
    "interim-answers": Answered(),
    "body-after-head": Answered(),
    "length-too-short": Answered(body=TITLE[:5]),
    "gzip": Answered(body=ZIPPED, fields=(("content-encoding", "gzip"),)),
    "deflate": Answered(body=None, fields=(("content-encoding", "deflate"),)),
    "brotli": Answered(body=None, fields=(("content-encoding", "br"),)),
    "gzip-lie": Answered(),
    "gzip-bomb": Answered(body=BOMB),
    "many-cookies": Answered(),
    "field-in-latin-1": Answered(fields=(("x-place", "Café"),)),
    "field-in-utf-8": Answered(fields=(("x-place", "Café"),)),
    "endless-body": Answered(body=None, complete=False),
    "endless-chunks": Answered(body=None, complete=False),
    "endless-redirect": Answered(302, b"", fields=(("location", "/1"),)),
    "redirect": Answered(301, b"", fields=(("location", "/to"),)),
    "redirect-without-location": Answered(301, b"moved"),
    "redirect-relative": Answered(301, b"", fields=(("location", "../to?a=b"),)),
    "redirect-protocol-relative": Answered(301, b"", fields=(("location", "//page.hostile.example/to"),)),
    "redirect-with-space": Answered(301, b"", fields=(("location", "/a b"),)),
    "redirect-with-fragment": Answered(301, b"", fields=(("location", "/to#part"),)),
    "redirect-to-scheme": Answered(301, b"", fields=(("location", "ftp://page.hostile.example/to"),)),
    "redirect-in-latin-1": Answered(301, b"", fields=(("location", "/café"),)),
    "redirect-in-utf-8": Answered(301, b"", fields=(("location", "/café"),)),
    "close-unanswered": Failed("protocol-error", "(?i)empty reply"),
    "close-in-head": Failed("protocol-error"),
    "reset-unanswered": Failed("connection-reset", "reset"),
    "reset-in-body": Failed("connection-reset", "reset"),
    "cut-length": Failed("body-truncated"),
    "cut-chunked": Failed("body-truncated"),
    "bad-chunk": Failed("protocol-error"),
    "garbage": Failed("protocol-error"),
    "another-protocol": Failed("protocol-error"),
    "length-of-digits": Failed("protocol-error"),
    "two-lengths": Failed("protocol-error"),
    "head-of-megabytes": Failed("too-large"),
    "field-of-megabytes": Failed("too-large"),
    "stall-unanswered": Failed("timeout", f"{SHORT:g} s"),
    "stall-in-head": Failed("timeout", f"{SHORT:g} s"),
    "stall-in-body": Failed("timeout", f"{SHORT:g} s"),
    "drip-head": Failed("timeout", f"{SHORT:g} s"),
    "drip-body": Failed("timeout", f"{SHORT:g} s"),
    "endless-interim-answers": Failed("timeout"),
    "refused": Failed("connect-refused", "refused", connected=False),
    "unanswered": Failed("timeout", "connect", connected=False),
    "tls-stall": Failed("timeout", "TLS"),
    "tls-reset": Failed("tls-handshake", "reset"),
    "tls-close": Failed("tls-handshake"),
    "tls-alert": Failed("tls-handshake", "alert"),
    "tls-plain-http": Failed("tls-handshake", "wrong version number|packet length"),
    "certificate-good": Answered(),
    "certificate-expired": Failed("tls-expired", "expired"),
    "certificate-not-yet-valid": Failed("tls-untrusted", "not yet valid"),
    "certificate-of-another": Failed("tls-wrong-host", "(?i)match"),
    "certificate-self-signed": Failed("tls-untrusted", "self.signed"),
    "certificate-unknown-authority": Failed("tls-untrusted", "issuer"),
}

OTHERWISE: dict[tuple[str, str], Failed] = {
    ("curl", "endless-interim-answers"): Failed("too-large"),
}
"""What a transport says instead, with as good a right: libcurl counts the bytes of interim answers, and has soon seen
enough of them."""

GIVEN_UP = frozenset(name for name, expected in EXPECTED.items() if getattr(expected, "reason", "") == "timeout")


def test_no_case_of_the_hostile_web_is_left_out() -> None:
    assert set(EXPECTED) == set(hostile.NAMES)


@pytest.mark.parametrize("name", EXPECTED)
async def test_case(name: str, web: Web, open_transport: Open, request: pytest.FixtureRequest) -> None:
    url = serve(web, name)[name]
    limit = SHORT if name in GIVEN_UP else GENEROUS
    transport = open_transport(limit, limit)
    with anyio.fail_after(GENEROUS):
        outcome = await transport.fetch(Request(url))
    transport_name = request.node.callspec.params["open_transport"]
    check(outcome, OTHERWISE.get((transport_name, name), EXPECTED[name]))
    assert web.find(host_name(name)).most_under_way <= 1


def check(outcome: Response | Failure, expected: Answered | Failed) -> None:
    """Against what is expected, and against what holds of every outcome."""
    assert 0 < outcome.elapsed < GENEROUS
    assert outcome.address is not None
    assert outcome.address.startswith("127.0.0.1:")
    if isinstance(expected, Failed):
        assert isinstance(outcome, Failure), outcome
        assert (outcome.reason, outcome.connected) == (expected.reason, expected.connected), outcome
        assert re.search(expected.words, outcome.message), outcome
        assert 0 < len(outcome.message) <= MESSAGE_LIMIT
        assert outcome.message.isprintable()
        assert not TRACES.search(outcome.message), outcome
        return
    assert isinstance(outcome, Response), outcome
    assert (outcome.status, outcome.complete) == (expected.status, expected.complete)
    assert expected.body in (None, outcome.body)
    assert len(outcome.body) <= Request("").body_limit
    assert [(name, outcome.fields.get(name)) for name, _ in expected.fields] == list(expected.fields)


@pytest.mark.parametrize("name", ["endless-body", "endless-chunks", "head-of-megabytes", "field-of-megabytes"])
async def test_what_never_ends_is_not_read_on(name: str, web: Web, open_transport: Open) -> None:
    """The server could send no more than what the buffers on the way hold."""
    url = serve(web, name)[name]
    await open_transport().fetch(Request(url, body_limit=1000))
    await anyio.to_thread.run_sync(web.wait_closed)
    assert web.seen[0].sent < MEGABYTES


async def test_all_of_a_crowd_of_field_lines_is_kept(web: Web, open_transport: Open) -> None:
    outcome = await open_transport().fetch(Request(serve(web, "many-cookies")["many-cookies"]))
    assert isinstance(outcome, Response)
    assert len(outcome.fields.get_all("set-cookie")) == COOKIES


BODY = bytes(range(256)) * 8


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("limit", [0, 1, len(BODY) - 1, len(BODY), len(BODY) + 1])
async def test_a_body_is_kept_up_to_the_limit(limit: int, chunked: bool, web: Web, open_transport: Open) -> None:
    host = web.host("long.example")
    answer = Answer(200, BODY, chunked=chunked)
    host.on("/", answer)
    outcome = await open_transport().fetch(Request(host.http(), body_limit=limit))
    assert isinstance(outcome, Response)
    assert outcome.body == BODY[:limit]
    if limit == len(BODY) and chunked:
        return  # whether more would come is not known before it comes
    assert outcome.complete is (limit >= len(BODY))


@pytest.mark.parametrize("limit", [0, len(TITLE)])
async def test_what_is_not_wanted_is_not_waited_for(limit: int, web: Web, open_transport: Open) -> None:
    outcome = await open_transport().fetch(Request(serve(web, "stall-in-body")["stall-in-body"], body_limit=limit))
    check(outcome, Answered(body=TITLE[:limit], complete=False))


@pytest.mark.parametrize("name", ["unanswered", "tls-stall"])
async def test_connecting_has_a_time_of_its_own(name: str, web: Web, open_transport: Open) -> None:
    url = serve(web, name)[name]
    check(await open_transport(GENEROUS, SHORT).fetch(Request(url)), EXPECTED[name])


async def test_an_answer_may_take_longer_than_connecting(web: Web, open_transport: Open) -> None:
    host = web.host("slow.example")
    host.delay = 2 * SHORT
    host.page("/", TITLE)
    check(await open_transport(GENEROUS, SHORT).fetch(Request(host.http())), Answered())


@pytest.mark.parametrize(
    ("name", "request_", "expected"),
    [
        ("body-after-head", Request("", method="HEAD"), Answered(body=b"")),
        ("gone", Request("", method="HEAD"), Answered(410, b"")),
        ("conditional", Request("", fields=(("If-None-Match", '"v1"'),)), Answered(304, b"")),
        ("cookie-wall", Request("", fields=(("Cookie", "pass=1"),)), Answered()),
        ("needs-accept", Request("", Role.IMAGE), Answered(406, b"")),
        ("ranges", Request("", Role.IMAGE, fields=(("Range", "bytes=0-9"),)), Answered(206, bytes(range(10)))),
        ("ranges", Request("", Role.IMAGE, fields=(("Range", "bytes=5000-"),)), Answered(416, b"")),
        ("ranges-ignored", Request("", Role.IMAGE, fields=(("Range", "bytes=0-9"),)), Answered(200, None)),
    ],
)
async def test_what_is_asked_for(
    name: str, request_: Request, expected: Answered, web: Web, open_transport: Open
) -> None:
    outcome = await open_transport().fetch(request_.to(serve(web, name)[name]))
    check(outcome, expected)


@pytest.mark.parametrize(("name", "method"), [("body-after-head", "HEAD"), ("length-too-short", "GET")])
async def test_bytes_too_many_are_not_taken_for_the_next_answer(
    name: str, method: str, web: Web, open_transport: Open
) -> None:
    url = serve(web, name)[name]
    web.find(host_name(name)).page("/next", b"next")
    transport = open_transport()
    check(await transport.fetch(Request(url, method=method)), Answered(body=None))
    check(await transport.fetch(Request(url + "next")), Answered(body=b"next"))


@pytest.mark.parametrize(("role", "accept"), [(Role.WEB, PAGE), (Role.AMP, PAGE), (Role.IMAGE, IMAGE)])
async def test_a_request_looks_like_a_person_s(role: Role, accept: str, web: Web, open_transport: Open) -> None:
    host = web.host("news.example")
    own = (("Cookie", "a=1; b=2"), ("If-None-Match", '"v1"'))
    await open_transport().fetch(Request(host.http("/a?b=c"), role, fields=own))
    (seen,) = host.seen
    assert (seen.method, seen.target) == ("GET", "/a?b=c")
    assert [tuple(line.split(": ", 1)) for line in seen.lines] == [
        ("Host", "news.example"),
        ("User-Agent", Fetch().user_agent),
        ("Accept", accept),
        ("Accept-Language", "en-US,en;q=0.5"),
        ("Accept-Encoding", "gzip"),
        *own,
    ]


@pytest.mark.parametrize(
    "target", ["/", "/?", "/a%20b?c=%22d'e", "/a|b[c]^{d}~;p=1,2", "/?a=`{|}[]^&b=/../", "/%E2%82%AC//x/."]
)
async def test_the_target_is_sent_as_it_stands(target: str, web: Web, open_transport: Open) -> None:
    host = web.host("news.example")
    await open_transport().fetch(Request(host.http(target)))
    assert host.seen[0].target == target


async def test_host_field_and_port(web: Web, open_transport: Open) -> None:
    transport = open_transport()
    for authority in ("news.example", "news.example:8080", "news.example.", "[2001:db8::7]:81", "203.0.113.7"):
        await transport.fetch(Request(f"http://{authority}/"))
    assert sorted(seen.fields["host"] for seen in web.seen) == sorted(
        ["news.example", "news.example:8080", "news.example.", "[2001:db8::7]:81", "203.0.113.7"]
    )


async def test_facts_of_an_answer_over_tls(web: Web, open_transport: Open) -> None:
    host = web.host("news.example")
    outcome = await open_transport().fetch(Request(host.page("/")))
    assert isinstance(outcome, Response)
    assert outcome.address == f"127.0.0.1:{web.port}"
    assert outcome.cert_expires is not None
    assert outcome.cert_expires > 2_000_000_000
    assert outcome.http_version == "1.1"
    plain = await open_transport().fetch(Request(host.http()))
    assert isinstance(plain, Response)
    assert plain.cert_expires is None


@pytest.mark.parametrize("url", ["news.example/", "ftp://news.example/", "http://", "http://news.example:99999/"])
async def test_what_is_no_url_is_not_asked(url: str, web: Web, open_transport: Open) -> None:
    outcome = await open_transport().fetch(Request(url))
    assert isinstance(outcome, Failure)
    assert outcome.reason == "url-malformed"
    assert not web.connections


async def test_fields_that_would_break_the_request_are_not_sent(web: Web, open_transport: Open) -> None:
    host = web.host("news.example")
    outcome = await open_transport().fetch(Request(host.http(), fields=(("Cookie", "a=1\r\nX-Evil: 1"),)))
    assert isinstance(outcome, Failure)
    assert outcome.reason == "protocol-error"
    assert not host.seen
