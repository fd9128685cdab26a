"""What comes in of one answer, piece by piece, and when it is enough.

Stopping costs a frame on HTTP/2. On HTTP/1.1 it costs the connection, so that a small rest is read on and dropped.
"""

import re
from collections.abc import Callable

from crawler.model.exchange import Request
from crawler.model.role import Role

DRAIN = 262_144
"""Bytes that are read and dropped at most so that a connection of HTTP/1.1 can be kept. On loopback a new connection
costs as much CPU as reading 250 KB, with TLS several times that; anywhere else it costs two or three round trips."""
DRAIN_STREAM = 16_384
"""The same for a stream of HTTP/2: no more than is on its way in any case."""

OPAQUE = (
    b"image/",
    b"video/",
    b"audio/",
    b"font/",
    b"application/pdf",
    b"application/zip",
    b"application/octet-stream",
)
"""Media types of which only the beginning is read, but for whoever asked for an image: nothing that is in them says
more of a link."""
OPAQUE_BYTES = 4096
"""What is kept of them."""
READABLE = (b"image/svg",)

BLOCK = re.compile(rb"\n\r?\n(?=HTTP/)")
HEAD_END = re.compile(rb"\n\r?\n")
BLANK = (b"\r\n", b"\n")
LENGTH_DIGITS = 18
"""Decimal digits of a length that anybody could mean; libcurl reads on to the end where there are more."""


class Answer:
    """One answer as it comes in; used again for the next."""

    __slots__ = (
        "_drains",
        "_dropped",
        "_length",
        "_role",
        "_seen",
        "_wanted",
        "body",
        "enough",
        "error",
        "fault",
        "head",
        "lines",
        "multiplexed",
    )

    def __init__(self, drains: Callable[[], None]) -> None:
        """`drains` is called when it begins to drop what comes."""
        self._drains = drains
        self.lines: list[bytes] = []
        """Header lines as they come in: of interim answers and proxies, of the answer, of its trailer."""
        self.expect(Request(""))

    def expect(self, request: Request) -> None:
        """Begin anew."""
        self.lines.clear()
        self.head = b""
        """The status line and fields of the final answer, once they are all there."""
        self.body: list[bytes] = []
        self._role = request.role
        self._wanted = request.body_limit
        self._seen = self._dropped = 0
        self._length: int | None = None
        self.enough = False
        """Whether all that is wanted is there, though there is more."""
        self.multiplexed = False
        """Whether other exchanges may share the connection."""
        self.fault = ""
        """What is wrong with an answer that libcurl takes."""
        self.error: Exception | None = None
        """What came up here, and has to reach whoever waits: libcurl knows no exceptions."""

    @property
    def began(self) -> bool:
        """Whether anything of it is there."""
        return bool(self.lines)

    @property
    def head_is_over(self) -> bool:
        """Whether its fields are all there."""
        return bool(self.head) or (bool(self.lines) and self.lines[-1] in BLANK)

    @property
    def version(self) -> str:
        """Of HTTP, as the status line has it: `1.1`, `2`."""
        return self.head[5 : self.head.find(b" ")].decode("ascii", "replace")

    @property
    def fields(self) -> bytes:
        """The field lines."""
        return self.head[self.head.find(b"\n") + 1 :]

    def close_head(self) -> None:
        """Take the fields together, without those of interim answers and proxies, and without the trailer's."""
        head = b"".join(self.lines)
        if head.find(b"HTTP/", 5) > 0:
            head = BLOCK.split(head)[-1]
        if not self.lines or self.lines[-1] not in BLANK or head.find(b"\n\r\n") != len(head) - 3:
            end = HEAD_END.search(head)
            head = head[: end.end()] if end else b""
        self.head = head
        if not head:
            self.fault = "the connection was closed in the head of the answer"
            return
        self.multiplexed = head.startswith((b"HTTP/2", b"HTTP/3"))
        lower = head.lower()
        at = lower.find(b"\ncontent-length:")
        if at > 0 and b"\ntransfer-encoding:" not in lower:
            digits = lower[at + 16 : lower.find(b"\n", at + 16)].strip()
            if digits.isdigit() and len(digits) <= LENGTH_DIGITS:
                self._length = int(digits)
            else:
                self.fault = "the Content-Length is no length"  # an invalid message (RFC 9112, section 6.3)
        at = lower.find(b"\ncontent-type:")
        kind = lower[at + 14 : at + 64].lstrip() if at > 0 and self._role is not Role.IMAGE else b""
        if kind.startswith(OPAQUE) and not kind.startswith(READABLE):
            self._wanted = min(self._wanted, OPAQUE_BYTES)

    def write(self, chunk: bytes) -> int | None:
        """Take a piece of the body; anything but None as the answer ends the exchange."""
        try:
            return self._take(chunk)
        except Exception as error:
            self.error = error
            return 0

    def _take(self, chunk: bytes) -> int | None:
        if not self.head:
            self.close_head()
        size = len(chunk)
        self._seen += size
        if self.enough:
            self._dropped += size
            return None if self._dropped <= DRAIN else 0
        if size < self._wanted:
            self._wanted -= size
            self.body.append(chunk)
            return None
        self.body.append(chunk[: self._wanted])
        if size == self._wanted and self._seen == self._length:
            self._wanted = 0
            return None
        self.enough = True
        self._dropped = size - self._wanted
        if not self._is_little_left():
            return 0
        self._drains()
        return None

    def _is_little_left(self) -> bool:
        left = None if self._length is None else self._length - self._seen
        if self.multiplexed:
            return left is not None and left <= DRAIN_STREAM
        return left is None or left <= DRAIN
