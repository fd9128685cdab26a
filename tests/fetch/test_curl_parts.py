"""The parts of libcurl's transport, one by one."""

import errno
import os
import select
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from pycurl import CSELECT_IN, CSELECT_OUT, POLL_IN, POLL_INOUT, POLL_OUT, POLL_REMOVE

from crawler.config import Fetch
from crawler.errors import RunError
from crawler.fetch.authorities import Authorities, system_authorities
from crawler.fetch.curl_answer import Answer
from crawler.fetch.curl_certificate import (
    EXPIRED,
    NOT_YET_VALID,
    SELF_SIGNED,
    WRONG_HOST,
    Certificate,
    certificate,
    fault,
)
from crawler.fetch.curl_failures import End, Stage, explain, may_want_http2
from crawler.fetch.curl_lines import MOST as MOST_LINES
from crawler.fetch.curl_lines import Lines
from crawler.fetch.curl_settings import checked_proxy
from crawler.fetch.curl_sockets import Epoll, Selector, Sockets
from crawler.fetch.curl_ways import MOST, Way, Ways
from crawler.fetch.descriptors import MOST as MOST_CONNECTIONS
from crawler.fetch.descriptors import connections
from crawler.fetch.dial import Route
from crawler.fetch.endpoint import split
from crawler.fetch.failures import failure
from crawler.model.exchange import Request
from crawler.model.role import Role

SETTINGS = Fetch(timeout=7, connect_timeout=3)

ENDS: list[tuple[End, str, str, bool]] = [
    (End(7, "Failed to connect", Stage.CONNECT, errno.ECONNREFUSED), "connect-refused", "refused", False),
    (End(7, "Failed to connect", Stage.CONNECT, errno.ENETUNREACH), "connect-refused", "unreachable", False),
    (End(7, "Failed to connect", Stage.CONNECT), "connect-refused", "Failed to connect", False),
    (End(28, "timed out", Stage.CONNECT), "timeout", "no connection within 3 s", False),
    (End(28, "timed out", Stage.TLS), "timeout", "TLS handshake did not end within 3 s", True),
    (End(28, "timed out", Stage.ANSWER), "timeout", "no answer within 7 s", True),
    (End(28, "timed out", Stage.BODY), "timeout", "did not end within 7 s", True),
    (End(52, "Empty reply", Stage.ANSWER), "protocol-error", "empty reply", True),
    (End(56, "Recv failure", Stage.ANSWER, errno.ECONNRESET), "connection-reset", "before an answer", True),
    (End(56, "Recv failure", Stage.BODY, errno.ECONNRESET), "connection-reset", "in the body", True),
    (End(55, "Send failure", Stage.ANSWER, errno.EPIPE), "connection-reset", "Broken pipe", True),
    (End(56, "Illegal or missing hexadecimal sequence", Stage.BODY), "protocol-error", "hexadecimal", True),
    (End(56, "Too large response headers: 1 > 0", Stage.ANSWER), "too-large", "headers", True),
    (End(100, "Too many response headers", Stage.ANSWER), "too-large", "headers", True),
    (End(56, "CONNECT tunnel failed, response 502", Stage.ANSWER), "connect-refused", "502", False),
    (End(35, "Recv failure", Stage.TLS, errno.ECONNRESET), "tls-handshake", "in the TLS handshake", True),
    (End(35, "wrong version number", Stage.TLS), "tls-handshake", "wrong version", True),
    (End(60, "", Stage.TLS, verify=EXPIRED), "tls-expired", "expired", True),
    (End(60, "", Stage.TLS, verify=SELF_SIGNED), "tls-untrusted", "self-signed", True),
    (End(60, "no name matches", Stage.TLS, verify=WRONG_HOST), "tls-wrong-host", "no name matches", True),
    (End(60, "unable to get local issuer", Stage.TLS, verify=20), "tls-untrusted", "issuer", True),
    (End(18, "transfer closed", Stage.BODY), "body-truncated", "closed early", True),
    (End(16, "FLOW_CONTROL_ERROR", Stage.BODY), "protocol-error", "FLOW", True),
    (End(92, "INTERNAL_ERROR", Stage.ANSWER), "protocol-error", "INTERNAL", True),
    (End(9999, "", Stage.ANSWER), "protocol-error", "protocol-error", True),
]


@pytest.mark.parametrize(("end", "reason", "words", "connected"), ENDS)
def test_what_errors_mean(end: End, reason: str, words: str, connected: bool) -> None:
    known = explain(end, SETTINGS)
    assert (known.reason, known.connected) == (reason, connected)
    assert words in known.message


@pytest.mark.parametrize(
    ("found", "number"),
    [
        (None, WRONG_HOST),
        (Certificate("a", "b", 0.0, 10.0), WRONG_HOST),
        (Certificate("a", "b", 0.0, 4.0), EXPIRED),
        (Certificate("a", "b", 6.0, 10.0), NOT_YET_VALID),
        (Certificate("a", "a", 0.0, 4.0), SELF_SIGNED),
        (Certificate(None, None, None, None), WRONG_HOST),
    ],
)
def test_what_else_is_wrong_with_the_certificate_of_another_host(found: Certificate | None, number: int) -> None:
    assert fault(found, 5.0) == number


def test_certificates_are_read_as_libcurl_describes_them() -> None:
    details = [
        [
            ("Subject", "CN = a"),
            ("Issuer", "CN = b"),
            ("Start date", "nonsense"),
            ("Expire date", "Jan  1 00:00:00 3000 GMT"),
        ]
    ]
    assert certificate(details) == Certificate("CN = a", "CN = b", None, 32_503_680_000.0)
    assert certificate([]) is None


def test_fields_are_made_once_for_all_that_send_the_same() -> None:
    lines = Lines("crawler/1.0")

    def ranged(size: int, role: Role = Role.WEB) -> Request:
        return Request("http://a.example/", role, fields=(("Range", f"bytes=0-{size}"),))

    assert lines.of(Request("http://a.example/")) is lines.of(Request("http://b.example/"))
    assert lines.of(Request("", Role.IMAGE)) != lines.of(Request(""))
    few = lines.of(ranged(9))
    assert few is lines.of(ranged(9))
    assert b"User-Agent: crawler/1.0" in few
    assert b"Range: bytes=0-9" in few
    assert few not in (lines.of(ranged(10)), lines.of(ranged(9, Role.IMAGE)), lines.of(Request("")))
    for size in range(MOST_LINES + 1):
        lines.of(ranged(100 + size))
    assert lines.of(ranged(9)) == few
    assert lines.of(ranged(9)) is not few
    assert b"Cookie;" in lines.of(Request("", fields=(("Cookie", ""),)))
    for value in ("a\r\nb: c", "a\n", "a\0"):
        assert lines.of(Request("", fields=(("Cookie", value),))) == []


@pytest.mark.parametrize("make", [Epoll, Selector])
def test_sockets(make: Callable[[], Sockets]) -> None:
    sockets = make()
    ours, theirs = socket.socketpair()
    with ours, theirs:
        descriptor = ours.fileno()
        sockets.watch(POLL_IN, descriptor)
        assert list(sockets.ready()) == []
        sockets.watch(POLL_INOUT, descriptor)
        assert list(sockets.ready()) == [(descriptor, CSELECT_OUT)]
        theirs.send(b"x")
        assert list(sockets.ready()) == [(descriptor, CSELECT_IN | CSELECT_OUT)]
        sockets.watch(POLL_IN, descriptor)
        assert list(sockets.ready()) == [(descriptor, CSELECT_IN)]
        sockets.watch(POLL_OUT, descriptor)
        assert list(sockets.ready()) == [(descriptor, CSELECT_OUT)]
        watched = [sockets.watches(descriptor)]
        sockets.watch(POLL_REMOVE, descriptor)
        sockets.watch(POLL_REMOVE, descriptor)
        assert [*watched, sockets.watches(descriptor)] == [True, False]
        assert list(sockets.ready()) == []
    sockets.close()


def test_a_socket_may_be_closed_while_it_is_watched() -> None:
    sockets = Epoll()
    ours, theirs = socket.socketpair()
    descriptor = ours.fileno()
    sockets.watch(POLL_IN, descriptor)
    ours.close()
    sockets.watch(POLL_REMOVE, descriptor)
    theirs.close()
    sockets.close()


@pytest.mark.skipif(not hasattr(select, "epoll"), reason="epoll is Linux's")
def test_a_socket_that_was_let_go_is_watched_again() -> None:
    sockets = Epoll()
    ours, theirs = socket.socketpair()
    with ours, theirs:
        descriptor = ours.fileno()
        for events in (POLL_IN, POLL_INOUT, POLL_IN):
            sockets.watch(events, descriptor)
            sockets.watch(POLL_REMOVE, descriptor)
        theirs.send(b"x")
        assert [list(sockets.ready()) for _ in range(2)] == [[], []]  # nobody waits for it
        sockets.watch(POLL_IN, descriptor)
        assert list(sockets.ready()) == [(descriptor, CSELECT_IN)]
    sockets.close()


@pytest.mark.skipif(not hasattr(select, "epoll"), reason="epoll is Linux's")
def test_its_number_may_be_another_socket_s_by_then() -> None:
    sockets = Epoll()
    ours, theirs = socket.socketpair()
    others, beyond = socket.socketpair()
    with theirs, others, beyond:
        descriptor = ours.fileno()
        sockets.watch(POLL_IN, descriptor)
        sockets.watch(POLL_REMOVE, descriptor)
        ours.close()
        os.dup2(others.fileno(), descriptor)
        sockets.watch(POLL_IN, descriptor)
        beyond.send(b"x")
        assert list(sockets.ready()) == [(descriptor, CSELECT_IN)]
        os.close(descriptor)
    sockets.close()


@pytest.mark.parametrize(
    ("reason", "message", "is_so"),
    [
        ("protocol-error", "Received HTTP/0.9 when not allowed", True),
        ("protocol-error", "empty reply: the server closed the connection unanswered", True),
        ("tls-handshake", "error:0A000460:SSL routines::tlsv1 alert no application protocol", True),
        ("tls-handshake", "error:0A000410:SSL routines::ssl/tls alert handshake failure", False),
        ("timeout", "no answer within 5 s", False),
    ],
)
def test_how_a_server_of_http_2_alone_may_fail(reason: str, message: str, is_so: bool) -> None:
    assert may_want_http2(failure(reason, message)) is is_so


def test_a_way_offers_http_1_alone_only_before_it_is_greeted() -> None:
    plain, new, known = way("http://a.example/"), way("https://b.example/"), way("https://c.example/")
    known.greeted()
    for each in (plain, new, known):
        each.prefer_http1()
    assert [each.offers_http2 for each in (plain, new, known)] == [True, False, True]


def test_a_way_turns_to_http_2_only_where_nothing_was_understood() -> None:
    known, new = way("https://b.example/"), way("https://c.example/")
    for each in (known, new):
        each.prefer_http1()
        each.greeted()
    known.proven()
    assert [each.turn_to_http2() for each in (known, new)] == [False, True]
    assert (new.is_greeted, new.offers_http2, known.offers_http2) == (False, True, False)
    new.proven()
    assert new.turn_to_http2()  # for whoever had asked in HTTP/1.1 before


def way(url: str) -> Way:
    return Way(split(url), url.rstrip("/"))


@pytest.mark.parametrize(
    ("url", "route", "connect_to", "first"),
    [
        ("http://a.example/", Route(("9.9.9.9",), 80), ["::9.9.9.9:80"], "9.9.9.9:80"),
        ("https://a.example/", Route(("2620:fe::9",), 443), ["::[2620:fe::9]:443"], "[2620:fe::9]:443"),
        ("http://9.9.9.9/", Route(("9.9.9.9",), 80), [], "9.9.9.9:80"),
        ("http://9.9.9.9/", Route(("9.9.9.9",), 8080), ["::9.9.9.9:8080"], "9.9.9.9:8080"),
        ("http://[2620:fe::9]:81/", Route(("2620:fe::9",), 81), [], "[2620:fe::9]:81"),
        ("http://a.example/", None, [], None),
    ],
)
def test_where_connections_go(url: str, route: Route | None, connect_to: list[str], first: str | None) -> None:
    known = way(url)
    known.lead(route, 1.0)
    assert (known.connect_to, known.first, known.direct) == (connect_to, first, route is not None)


def test_addresses_are_tried_in_turn_and_kept_once_they_are_good() -> None:
    known = way("http://a.example/")
    known.lead(Route(("9.9.9.1", "9.9.9.2", "9.9.9.3"), 80), 1.0)
    assert known.has_choice
    assert known.pass_on("9.9.9.1:80")
    assert known.pass_on("9.9.9.1:80"), "somebody else has turned to the next one before"
    assert known.first == "9.9.9.2:80"
    known.proven()
    assert (known.first, known.has_choice) == ("9.9.9.2:80", False)
    known.lead(Route(("9.9.9.1", "9.9.9.2"), 80), 2.0)
    assert known.first == "9.9.9.2:80"
    assert known.pass_on("9.9.9.2:80")
    assert not known.pass_on("9.9.9.1:80")


def test_origins_are_forgotten_in_the_order_they_were_met() -> None:
    ways = Ways()
    for number in range(MOST + 5):
        ways.add(f"http://h{number}.example", way(f"http://h{number}.example/"))
    assert [ways.find(f"http://h{number}.example") is None for number in (0, 4, 5, MOST + 4)] == [
        True,
        True,
        False,
        False,
    ]


HEADS: dict[str, tuple[list[bytes], list[tuple[str, str]], str]] = {
    "plain": ([b"HTTP/1.1 200 OK: fine\r\n", b"A: 1\r\n", b"\r\n"], [("a", "1")], "1.1"),
    "with bare line feeds": ([b"HTTP/1.0 200\n", b"A: 1\n", b"\n"], [("a", "1")], "1.0"),
    "after interim answers": (
        [b"HTTP/1.1 103 \r\n", b"A: 0\r\n", b"\r\n", b"HTTP/1.1 200 OK\r\n", b"A: 1\r\n", b"\r\n"],
        [("a", "1")],
        "1.1",
    ),
    "after a proxy's": ([b"HTTP/1.1 200 OK\r\n", b"\r\n", b"HTTP/2 200 \r\n", b"a: 1\r\n", b"\r\n"], [("a", "1")], "2"),
    "before a trailer": ([b"HTTP/1.1 200 OK\r\n", b"A: 1\r\n", b"\r\n", b"T: 2\r\n", b"\r\n"], [("a", "1")], "1.1"),
    "with a field that looks like a status": (
        [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 x: y\r\n", b"\r\n"],
        [("http/1.1 x", "y")],
        "1.1",
    ),
}


@pytest.mark.parametrize("name", HEADS)
def test_heads(name: str) -> None:
    lines, fields, version = HEADS[name]
    answer = Answer(lambda: None)
    answer.lines.extend(lines)
    answer.close_head()
    assert answer.fields is not None
    assert (list(answer.fields.items), answer.version, answer.fault) == (fields, version, "")


def test_a_head_that_breaks_off() -> None:
    answer = Answer(lambda: None)
    answer.lines.extend([b"HTTP/1.1 200 OK\r\n", b"A: 1\r\n"])
    answer.close_head()
    assert "head of the answer" in answer.fault


@pytest.mark.parametrize("pieces", [[b"abcdef"], [b"ab", b"cd", b"ef"], [b"abc", b"def"], [b"a"] * 3])
@pytest.mark.parametrize("limit", [0, 1, 3, 5, 6, 7])
@pytest.mark.parametrize("length", [None, 6])
def test_pieces_of_a_body(pieces: list[bytes], limit: int, length: int | None) -> None:
    answer = Answer(lambda: None)
    answer.expect(Request("", body_limit=limit))
    answer.lines.extend([b"HTTP/1.1 200 OK\r\n", *([b"Content-Length: %d\r\n" % length] if length else []), b"\r\n"])
    whole = b"".join(pieces)
    for piece in pieces:
        assert answer.write(piece) is None
    assert b"".join(answer.body) == whole[:limit]
    known_to_end = length is not None and limit == length == len(whole)
    assert answer.enough is (limit <= len(whole) and not known_to_end)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (None, None),
        ("http://p.example:3128", "http://p.example:3128"),
        ("HTTPS://u:s@p.example", "https://u:s@p.example"),
        ("socks5://p.example:1080", "socks5h://p.example:1080"),
    ],
)
def test_proxies(url: str | None, told: str | None) -> None:
    assert checked_proxy(url) == told


@pytest.mark.parametrize(
    "url", ["p.example:3128", "ftp://u:secret@p.example", "http://", "http://u:secret@p:99999", "http://[::1"]
)
def test_what_is_no_proxy(url: str) -> None:
    with pytest.raises(ValueError, match="proxy") as caught:
        checked_proxy(url)
    assert "secret" not in str(caught.value)


def test_authorities_of_the_user_stand_beside_the_system_s(tmp_path: Path) -> None:
    own = tmp_path / "own.pem"
    own.write_text("-----OWN-----\n")
    authorities = Authorities(str(own))
    joined = Path(authorities.path())
    assert joined.read_text().endswith("-----OWN-----\n")
    assert "BEGIN CERTIFICATE" in joined.read_text()
    assert authorities.path() == str(joined)
    authorities.close()
    assert not joined.exists()


def test_authorities_that_can_t_be_joined_are_told_of(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"nowhere\.pem.*No such file"):
        Authorities(str(tmp_path / "nowhere.pem")).path()


def test_the_system_s_alone_are_used_as_they_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    named = tmp_path / "named.pem"
    named.write_text("")
    monkeypatch.setenv("SSL_CERT_FILE", str(named))
    assert system_authorities() == str(named)
    authorities = Authorities(None)
    assert authorities.path() == str(named)
    authorities.close()
    assert named.exists()


def test_room_for_connections() -> None:
    assert 8 <= connections() <= MOST_CONNECTIONS
