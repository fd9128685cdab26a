"""The little web does what its tests rely on; asked here by bare sockets, so that no client hides anything."""

import gzip
import socket
import ssl
import threading
import time

import pytest

from tests.web import (
    Answer,
    Certificate,
    Door,
    Drip,
    Flood,
    InTurn,
    Next,
    Pause,
    Reset,
    Script,
    Send,
    Stall,
    Web,
    redirect,
)
from tests.web.hostile import HTTP, NAMES, serve

SECONDS = 30.0


def dial(web: Web, port: int | None = None) -> socket.socket:
    return socket.create_connection((web.address, port or web.port), timeout=SECONDS)


def ask(web: Web, host: str, target: str = "/", *lines: str, method: str = "GET") -> bytes:
    """All that comes in answer to one request on a connection of its own."""
    with dial(web) as sock:
        sock.sendall(request(host, target, "Connection: close", *lines, method=method))
        return rest(sock)


def request(host: str, target: str = "/", *lines: str, method: str = "GET") -> bytes:
    return "\r\n".join([f"{method} {target} HTTP/1.1", f"Host: {host}", *lines, "", ""]).encode()


def rest(sock: socket.socket) -> bytes:
    received = b""
    while data := sock.recv(65536):
        received += data
    return received


def handshaken(web: Web, name: str | None, cacert: str | None = None) -> ssl.SSLSocket:
    context = ssl.create_default_context(cafile=cacert or web.cacert)
    context.check_hostname = name is not None
    return context.wrap_socket(dial(web), server_hostname=name)


def test_answers_by_name_and_path(web: Web) -> None:
    web.host("a.example").page("/x", b"one")
    web.host("b.example").page("/x", b"two", 404, (("X-Y", "z"),))
    assert ask(web, "a.example", "/x").endswith(b"\r\n\r\none")
    assert ask(web, "B.example:80", "/x?q").startswith(b"HTTP/1.1 404 Not Found\r\nX-Y: z\r\n")
    assert ask(web, "a.example", "/y").startswith(b"HTTP/1.1 404 ")
    assert ask(web, "c.example", "/x").startswith(b"HTTP/1.1 421 ")
    assert [(seen.host, seen.target) for seen in web.seen] == [
        ("a.example", "/x"), ("b.example", "/x?q"), ("a.example", "/y"), ("c.example", "/x"),
    ]  # fmt: skip
    assert [seen.target for seen in web.stranger.seen] == ["/x"]


def test_serves_one_request_after_the_other_on_a_connection(web: Web) -> None:
    host = web.host("a.example")
    host.page("/1", b"1")
    host.page("/2", b"2")
    with dial(web) as sock:
        for n in (b"1", b"2", b"1"):
            sock.sendall(request("a.example", f"/{n.decode()}"))
            assert sock.recv(65536).endswith(n)
    assert host.connections == web.connections == 1
    assert len({seen.connection for seen in host.seen}) == 1


@pytest.mark.parametrize(
    ("answer", "lines", "method", "expected"),
    [
        (Answer(), (), "GET", b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
        (Answer(204), (), "GET", b"HTTP/1.1 204 No Content\r\n\r\n"),
        (Answer(999, b"x", (("Content-Type", "a/b"),)), (), "GET", b"Content-Type: a/b\r\nContent-Length: 1\r\n\r\nx"),
        (Answer(999), (), "GET", b"HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n"),
        (Answer(200, b"x", (("Content-Type", "a/b"),)), (), "HEAD", b"Content-Type: a/b\r\nContent-Length: 1\r\n\r\n"),
        (redirect(b"/\xe9", 308), (), "GET", b"308 Permanent Redirect\r\nLocation: /\xe9\r\nContent-Length: 0\r\n\r\n"),
        (Answer(200, b"hello", chunked=True), (), "GET", b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
        (Answer(200, b"hello", ranges=True), ("Range: bytes=1-2",), "GET", b"Content-Length: 2\r\n\r\nel"),
        (Answer(200, b"hello", ranges=True), ("Range: bytes=3-",), "GET", b"Content-Length: 2\r\n\r\nlo"),
        (Answer(200, b"hello", ranges=True), ("Range: bytes=-2",), "GET", b"Content-Length: 2\r\n\r\nlo"),
        (Answer(200, b"hello", ranges=True), ("Range: bytes=9-",), "GET", b"Content-Length: 0\r\n\r\n"),
        (Answer(200, b"hello"), ("Range: bytes=1-2",), "GET", b"Content-Length: 5\r\n\r\nhello"),
        (Answer(200, b"hello", etag='"1"'), ('If-None-Match: "1"',), "GET", b'304 Not Modified\r\nETag: "1"\r\n\r\n'),
    ],
)  # fmt: skip
def test_answers(answer: Answer, lines: tuple[str, ...], method: str, expected: bytes, web: Web) -> None:
    web.host("a.example").on("/", answer)
    assert ask(web, "a.example", "/", *lines, method=method).endswith(expected)


def test_behaviours_in_turn_and_by_request(web: Web) -> None:
    host = web.host("a.example")
    host.on("/turn", [Answer(503), Answer(429), Answer(200)])
    host.on("/asked", lambda seen: Answer(200 if seen.fields.get("x") == "y" else 400))
    assert [ask(web, "a.example", "/turn")[9:12] for _ in range(4)] == [b"503", b"429", b"200", b"200"]
    assert [ask(web, "a.example", "/asked", line)[9:12] for line in ("X: y", "X: z")] == [b"200", b"400"]
    assert InTurn((Answer(1),))(web.seen[0]) == Answer(1)


@pytest.mark.parametrize(
    ("script", "received"),
    [
        ((), b""),
        ((Send(b"ab"), Pause(0), Send(b"c")), b"abc"),
        ((Drip(b"abcd", 3, 0),), b"abcd"),
        ((Flood(b"ab", 10),), b"ab" * 5),
        ((Send(b"a"), Next()), b"aa"),
    ],
)
def test_scripts(script: Script, received: bytes, web: Web) -> None:
    web.host("a.example").script("/", *script)
    with dial(web) as sock:
        sock.sendall(request("a.example"))
        if Next() in script:
            assert sock.recv(1) == b"a"
            sock.sendall(request("a.example"))
            sock.shutdown(socket.SHUT_WR)
            received = received[1:]
        assert rest(sock) == received


def test_a_reset_is_one(web: Web) -> None:
    web.host("a.example").script("/", Reset())
    with dial(web) as sock:
        sock.sendall(request("a.example"))
        with pytest.raises(ConnectionResetError):
            sock.recv(1)


def test_what_stalls_or_never_ends_is_over_when_the_client_goes(web: Web) -> None:
    host = web.host("a.example")
    host.script("/stall", Send(b"x"), Stall())
    host.script("/flood", Flood(b"x" * 1000))
    host.script("/drip", Drip(b"x" * 100_000, every=0.001))
    for target in ("/stall", "/flood", "/drip"):
        with dial(web) as sock:
            sock.sendall(request("a.example", target))
            assert sock.recv(1) == b"x"
    web.wait_closed()
    assert all(seen.ended is not None for seen in host.seen)


def test_counts_what_is_under_way_at_each_host(web: Web) -> None:
    busy, quiet = web.host("busy.example"), web.host("quiet.example")
    together = threading.Barrier(4)
    busy.delay = 0.3
    for host in (busy, quiet):
        host.page("/")

    def visit(name: str) -> None:
        together.wait(SECONDS)
        ask(web, name)

    threads = [threading.Thread(target=visit, args=(name,)) for name in ("busy.example",) * 3 + ("quiet.example",)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert (busy.most_under_way, quiet.most_under_way) == (3, 1)
    assert sorted(seen.under_way for seen in busy.seen) == [1, 2, 3]
    assert busy.under_way == 0


def test_every_name_has_a_certificate_of_its_own(web: Web) -> None:
    for name in ("a.example", "b.example", "new.example"):
        with handshaken(web, name) as sock:
            sock.sendall(request(name))
            sock.recv(1)
            certificate = sock.getpeercert() or {}
            assert certificate["subjectAltName"] == (("DNS", name),)
    assert [seen.tls_name for seen in web.seen] == ["a.example", "b.example", "new.example"]
    with handshaken(web, None) as sock:
        sock.sendall(request("a.example"))
        sock.recv(1)
    assert web.seen[-1].tls_name == ""


@pytest.mark.parametrize(
    ("certificate", "code"),
    [
        (Certificate.EXPIRED, 10),
        (Certificate.NOT_YET_VALID, 9),
        (Certificate.WRONG_HOST, 62),
        (Certificate.SELF_SIGNED, 18),
        (Certificate.UNKNOWN_AUTHORITY, 20),
    ],
)
def test_bad_certificates(certificate: Certificate, code: int, web: Web) -> None:
    web.host("bad.example", certificate)
    with pytest.raises(ssl.SSLCertVerificationError) as caught:
        handshaken(web, "bad.example")
    assert caught.value.verify_code == code


def test_doors(web: Web) -> None:
    doors: dict[str, Door | Script] = {"refused": Door.REFUSED, "unanswered": Door.UNANSWERED, "odd": (Send(b"hello"),)}
    ports = {}
    for name, door in doors.items():
        web.host(name, door=door)
        ports[name] = int(next(text for text in web.connect_to if text.startswith(f"{name}::")).rpartition(":")[2])
    with pytest.raises(ConnectionRefusedError):
        dial(web, ports["refused"])
    with pytest.raises(TimeoutError):
        socket.create_connection((web.address, ports["unanswered"]), timeout=0.2)
    with dial(web, ports["odd"]) as sock:
        sock.sendall(b"\x16")
        assert rest(sock) == b"hello"
    assert web.connect_to[-1] == f"::127.0.0.1:{web.port}"


def test_is_a_proxy_too(web: Web) -> None:
    web.host("a.example").page("/x", b"found")
    assert ask(web, "a.example", "http://a.example/x").endswith(b"found")
    with dial(web) as sock:
        sock.sendall(request("a.example:443", "a.example:443", method="CONNECT"))
        assert sock.recv(65536).startswith(b"HTTP/1.1 200 ")
        with ssl.create_default_context(cafile=web.cacert).wrap_socket(sock, server_hostname="a.example") as inner:
            inner.sendall(request("a.example", "/x"))
            assert inner.recv(65536).endswith(b"found")
    assert [(seen.method, seen.target, seen.absolute, seen.tls_name) for seen in web.seen] == [
        ("GET", "/x", True, None), ("CONNECT", "a.example:443", False, None), ("GET", "/x", False, "a.example"),
    ]  # fmt: skip


def test_ends_quickly_whatever_is_under_way() -> None:
    with Web() as web:
        web.host("a.example").script("/", Stall())
        web.host("b.example", door=(Stall(),))
        sockets = [dial(web) for _ in range(20)]
        for sock in sockets[:10]:
            sock.sendall(request("a.example"))
        sockets[11].sendall(b"\x16\x03\x01")
        started = time.monotonic()
    assert time.monotonic() - started < SECONDS
    for sock in sockets:
        sock.close()
    with pytest.raises(OSError, match="refused"):
        dial(web)


def test_every_hostile_case_can_be_served(web: Web) -> None:
    urls = serve(web)
    assert tuple(urls) == NAMES
    assert {name for name, url in urls.items() if url.startswith("http:")} == set(HTTP)
    assert gzip.decompress(ask(web, "gzip.hostile.example").partition(b"\r\n\r\n")[2]).startswith(b"<!DOCTYPE")
