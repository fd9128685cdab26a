"""What servers do, case by case: each name is a host of its own, `<name>.hostile.example`.

Whoever tests against it says what should come of each; that no case is left out is a test of theirs.
"""

import gzip
import zlib

from tests.web.authority import Certificate
from tests.web.behaviour import (
    Answer,
    Behaviour,
    Drip,
    Flood,
    Next,
    Reset,
    Script,
    Send,
    Stall,
    head,
    redirect,
)
from tests.web.host import Door
from tests.web.seen import Seen
from tests.web.web import Web

TITLE = b"<!DOCTYPE html><title>A story</title><p>Text.</p>"
ZIPPED = gzip.compress(TITLE, mtime=0)
BOMB = gzip.compress(bytes(30_000_000), mtime=0)
ALERT = bytes.fromhex("15030300020228")
"""The TLS alert `handshake_failure`, fatal (RFC 8446, section 6)."""
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
MEGABYTES = 8 << 20
COOKIES = 2000


def needs_accept(seen: Seen) -> Answer:
    """406 to a client that does not say that it takes HTML."""
    return Answer(200, TITLE) if "text/html" in seen.fields.get("accept", "") else Answer(406)


def cookie_wall(seen: Seen) -> Answer:
    """Lets in who brings the cookie, and sends everyone else back to the same URL with one."""
    return (
        Answer(200, TITLE)
        if "pass=1" in seen.fields.get("cookie", "")
        else redirect(seen.target, 302, (("Set-Cookie", "pass=1; Path=/"),))
    )


def endless_redirect(seen: Seen) -> Answer:
    """Leads from /1 to /2 to /3."""
    return redirect(f"/{int(seen.target.strip('/') or 0) + 1}", 302)


def packed(coding: str, body: bytes) -> Answer:
    """A body that `Content-Encoding` says is packed."""
    return Answer(200, body, (("Content-Type", "text/html"), ("Content-Encoding", coding)))


ANSWERS: dict[str, Behaviour] = {
    "page": Answer(200, TITLE),
    "chunked": Answer(200, TITLE, chunked=True),
    "empty": Answer(200),
    "no-content": Answer(204),
    "gone": Answer(410, b"<title>Gone</title>"),
    "status-999": Answer(999, b"denied"),
    "too-many-requests": Answer(429, b"slow down", (("Retry-After", "120"),)),
    "conditional": Answer(200, TITLE, etag='"v1"'),
    "ranges": Answer(200, bytes(range(256)) * 4, (("Content-Type", "image/png"),), ranges=True),
    "ranges-ignored": Answer(200, bytes(range(256)) * 4, (("Content-Type", "image/png"),)),
    "needs-accept": needs_accept,
    "cookie-wall": cookie_wall,
    "http-1.0-without-length": (Send(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + TITLE),),
    "interim-answers": (
        Send(b"HTTP/1.1 100 Continue\r\n\r\n" + head(103, (("Link", "</a.css>; rel=preload"),)) + OK),
        Send(b"Content-Length: %d\r\n\r\n" % len(TITLE) + TITLE),
        Next(),
    ),
    "body-after-head": (Send(OK + b"Content-Length: %d\r\n\r\n" % len(TITLE) + TITLE), Next()),
    "length-too-short": (Send(OK + b"Content-Length: 5\r\n\r\n" + TITLE), Next()),
    "gzip": packed("gzip", ZIPPED),
    "deflate": packed("deflate", zlib.compress(TITLE)),
    "brotli": packed("br", b"\x0b\x18\x80" + TITLE),
    "gzip-lie": packed("gzip", TITLE),
    "gzip-bomb": packed("gzip", BOMB),
    "many-cookies": Answer(200, TITLE, tuple(("Set-Cookie", f"c{n}=1; Path=/{n}") for n in range(COOKIES))),
    "field-in-latin-1": Answer(200, TITLE, (("X-Place", "Café".encode("latin-1")),)),
    "field-in-utf-8": Answer(200, TITLE, (("X-Place", "Café".encode()),)),
    "endless-body": (Send(OK + b"\r\n"), Flood(b"<p>and so on</p>" * 512)),
    "endless-chunks": (Send(OK + b"Transfer-Encoding: chunked\r\n\r\n"), Flood(b"4\r\nmore\r\n" * 512)),
    "endless-redirect": endless_redirect,
    "redirect": redirect("/to"),
    "redirect-without-location": Answer(301, b"moved"),
    "redirect-relative": redirect("../to?a=b"),
    "redirect-protocol-relative": redirect("//page.hostile.example/to"),
    "redirect-with-space": redirect(" /a b "),
    "redirect-with-fragment": redirect("/to#part"),
    "redirect-to-scheme": redirect("ftp://page.hostile.example/to"),
    "redirect-in-latin-1": redirect("/café".encode("latin-1")),
    "redirect-in-utf-8": redirect("/café".encode()),
}
"""Hosts that answer."""

BREAKDOWNS: dict[str, Script] = {
    "close-unanswered": (),
    "close-in-head": (Send(OK),),
    "reset-unanswered": (Reset(),),
    "reset-in-body": (Send(OK + b"Content-Length: 500\r\n\r\n" + TITLE), Reset()),
    "cut-length": (Send(OK + b"Content-Length: 500\r\n\r\n" + TITLE),),
    "cut-chunked": (Send(OK + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % (len(TITLE) + 9) + TITLE),),
    "bad-chunk": (Send(OK + b"Transfer-Encoding: chunked\r\n\r\nno hex\r\n" + TITLE),),
    "garbage": (Send(bytes(range(256)) + b"\r\n\r\n"),),
    "another-protocol": (Send(b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n\r\n"),),
    "length-of-digits": (Send(OK + b"Content-Length: %b\r\n\r\n" % (b"9" * 5000) + TITLE),),
    "two-lengths": (Send(OK + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\n" + TITLE),),
    "head-of-megabytes": (Send(OK), Flood(b"X-Filler: " + b"x" * 1000 + b"\r\n", MEGABYTES)),
    "field-of-megabytes": (Send(OK + b"X-Filler: "), Flood(b"x" * 1000, MEGABYTES)),
}
"""Hosts that break down, at once."""

DELAYS: dict[str, Script] = {
    "stall-unanswered": (Stall(),),
    "stall-in-head": (Send(OK), Stall()),
    "stall-in-body": (Send(OK + b"Content-Length: 500\r\n\r\n" + TITLE), Stall()),
    "drip-head": (Drip(OK + b"X-Filler: x\r\n" * 1000),),
    "drip-body": (Send(OK + b"Content-Length: 5000\r\n\r\n"), Drip(b"x" * 5000)),
    "endless-interim-answers": (Flood(b"HTTP/1.1 100 Continue\r\n\r\n"),),
}
"""Hosts that never come to an end."""

DOORS: dict[str, Door | Script] = {
    "refused": Door.REFUSED,
    "unanswered": Door.UNANSWERED,
    "tls-stall": (Stall(),),
    "tls-reset": (Reset(),),
    "tls-close": (),
    "tls-alert": (Send(ALERT),),
    "tls-plain-http": (Send(b"HTTP/1.1 400 Bad Request\r\n\r\n"),),
}
"""Hosts that don't get as far as HTTP; asked with TLS."""

CERTIFICATES: dict[str, Certificate] = {
    "certificate-good": Certificate.GOOD,
    "certificate-expired": Certificate.EXPIRED,
    "certificate-not-yet-valid": Certificate.NOT_YET_VALID,
    "certificate-of-another": Certificate.WRONG_HOST,
    "certificate-self-signed": Certificate.SELF_SIGNED,
    "certificate-unknown-authority": Certificate.UNKNOWN_AUTHORITY,
}

NAMES = (*ANSWERS, *BREAKDOWNS, *DELAYS, *DOORS, *CERTIFICATES)


HTTP: dict[str, Behaviour] = {**ANSWERS, **BREAKDOWNS, **DELAYS}


def serve(web: Web, *names: str) -> dict[str, str]:
    """The URL of each case, all of them unless some are named; those of HTTP have no TLS, which is faster."""
    return {name: _served(web, name) for name in names or NAMES}


def host_name(name: str) -> str:
    """The host of a case."""
    return f"{name}.hostile.example"


def _served(web: Web, name: str) -> str:
    host = web.host(host_name(name), CERTIFICATES.get(name, Certificate.GOOD), DOORS.get(name, Door.OPEN))
    host.otherwise = HTTP.get(name, HTTP["page"])
    return host.http() if name in HTTP else host.https()
