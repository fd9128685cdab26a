"""How a host of the little web behaves at one path: an answer, a script, or a choice among them. All of it is data.

An `Answer` is proper HTTP. A script is a tuple of steps, run on the bare connection, for whatever no proper server
would do; it ends by closing the connection, unless its last step is `Next`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import NamedTuple

from tests.web.seen import Seen

Pairs = tuple[tuple[str, str | bytes], ...]


class Send(NamedTuple):
    """Write these bytes."""

    data: bytes


class Drip(NamedTuple):
    """Write these bytes a few at a time, with a pause after each few."""

    data: bytes
    size: int = 1
    every: float = 0.02


class Flood(NamedTuple):
    """Write these bytes again and again until the client has gone, or so many have been written."""

    data: bytes
    most: int = 1 << 30


class Pause(NamedTuple):
    """Do nothing for so many seconds."""

    seconds: float


class Stall(NamedTuple):
    """Do nothing until the client goes."""


class Reset(NamedTuple):
    """Break the connection off with a TCP reset."""


class Next(NamedTuple):
    """Keep the connection, and wait for its next request."""


Step = Send | Drip | Flood | Pause | Stall | Reset | Next
Script = tuple[Step, ...]


class Answer(NamedTuple):
    """A proper response. `Content-Type` and `Content-Length` come by themselves where `fields` has none."""

    status: int = 200
    body: bytes = b""
    fields: Pairs = ()
    chunked: bool = False
    ranges: bool = False
    """Whether a `Range` of bytes is served (206, 416); otherwise it is ignored, as a server may."""
    etag: str | None = None
    """Answers 304 to a request that has it already."""
    delay: float = 0.0
    """Seconds until it is sent."""

    def bytes_for(self, seen: Seen) -> bytes:
        """The response to one request, as written to the connection."""
        status, body, extra = self.status, self.body, list(self.fields)
        if self.etag is not None:
            extra.append(("ETag", self.etag))
            if self.etag in seen.fields.get("if-none-match", ""):
                status, body = 304, b""
        wanted = seen.fields.get("range", "")
        if self.ranges and status == 200 and wanted.startswith("bytes="):  # not after a 304: RFC 9110, section 13.2.2
            first, last = span(wanted, len(body))
            status = 206 if first <= last else 416
            extra.append(
                ("Content-Range", f"bytes {first}-{last}/{len(body)}" if first <= last else f"bytes */{len(body)}")
            )
            body = body[first : last + 1]
        named = {name.lower() for name, _ in extra}
        if body and "content-type" not in named:
            extra.append(("Content-Type", "text/html; charset=utf-8"))
        if self.chunked:
            extra.append(("Transfer-Encoding", "chunked"))
            body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body) if body else b"0\r\n\r\n"
        elif status >= 200 and status not in (204, 304) and "content-length" not in named:
            extra.append(("Content-Length", str(len(body))))
        return head(status, extra) + (b"" if seen.method == "HEAD" else body)


def head(status: int, fields: Pairs | list[tuple[str, str | bytes]]) -> bytes:
    """Status line and field lines, with the empty line that ends them."""
    phrase = HTTPStatus(status).phrase if status in _STATUSES else "Odd"
    lines = [f"HTTP/1.1 {status} {phrase}".encode()]
    lines += [name.encode() + b": " + (value if isinstance(value, bytes) else value.encode()) for name, value in fields]
    return b"\r\n".join(lines) + b"\r\n\r\n"


_STATUSES = frozenset(HTTPStatus)


def span(wanted: str, length: int) -> tuple[int, int]:
    """First and last byte of a `Range: bytes=…` with one range; first > last where it can't be satisfied."""
    start, _, end = wanted.removeprefix("bytes=").partition("-")
    if not start:
        return max(0, length - int(end)), length - 1
    return int(start), min(int(end or length), length - 1)


def redirect(location: str | bytes, status: int = 301, fields: Pairs = ()) -> Answer:
    """An answer that leads elsewhere."""
    return Answer(status, fields=(("Location", location), *fields))


Behaviour = Answer | Script | Callable[[Seen], "Answer | Script"]
"""The last is asked at each request."""


@dataclass
class InTurn:
    """The first behaviour for the first request, the second for the second; the last one from then on."""

    behaviours: tuple[Answer | Script, ...]
    asked: int = field(default=0)

    def __call__(self, seen: Seen) -> Answer | Script:
        self.asked += 1
        return self.behaviours[min(self.asked, len(self.behaviours)) - 1]
