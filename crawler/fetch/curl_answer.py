"""What comes in of one answer, piece by piece, and when it is enough.

Stopping costs a frame on HTTP/2. On HTTP/1.1 it costs the connection, so that a small rest is read on and dropped.
"""

from collections.abc import Callable
from typing import Final

from crawler.media.opaque import ENOUGH, is_opaque
from crawler.model.exchange import Fields, Request
from crawler.model.role import IMAGE

DRAIN: Final = 262_144
"""Bytes that are read and dropped at most so that a connection of HTTP/1.1 can be kept. On loopback a new connection
costs as much CPU as reading 250 KB, with TLS several times that; anywhere else it costs two or three round trips."""
DRAIN_STREAM: Final = 16_384
"""The same for a stream of HTTP/2: no more than is on its way in any case."""

BLANK: Final = (b"\r\n", b"\n")
LENGTH_DIGITS: Final = 18
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
        "fields",
        "lines",
        "multiplexed",
        "version",
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
        self.fields: Fields | None = None
        """Those of the final answer, once they are all there."""
        self.version = "1.1"
        """Of HTTP, as its status line has it: `1.1`, `2`."""
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
        return self.fields is not None or (bool(self.lines) and self.lines[-1] in BLANK)

    def close_head(self) -> None:
        """Take the fields together, without those of interim answers and proxies, and without the trailer's."""
        begin, end = _final(self.lines)
        if end < 0:
            self.fault = "the connection was closed in the head of the answer"
            return
        status_line = self.lines[begin]
        if status_line.startswith(b"HTTP/2 "):
            self.version, self.multiplexed = "2", True
        elif not status_line.startswith(b"HTTP/1.1 "):
            self.version = _version(status_line)
            self.multiplexed = self.version.startswith(("2", "3"))
        self.fields = fields = Fields((), self.lines[begin + 1 : end])
        first = fields.first
        length = first.get("content-length")
        if length is not None and "transfer-encoding" not in first:
            if length.isascii() and length.isdigit() and len(length) <= LENGTH_DIGITS:
                self._length = int(length)
            else:
                self.fault = "the Content-Length is no length"  # an invalid message (RFC 9112, section 6.3)
        if self._role is not IMAGE:
            kind = first.get("content-type", "").lower()
            if is_opaque(kind):
                self._wanted = min(self._wanted, ENOUGH)

    def write(self, chunk: bytes) -> int | None:
        """Take a piece of the body; anything but None as the answer ends the exchange."""
        try:
            return self._take(chunk)
        except Exception as error:
            self.error = error
            return 0

    def _take(self, chunk: bytes) -> int | None:
        if self.fields is None:
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


def _final(lines: list[bytes]) -> tuple[int, int]:
    """Where the status line of the final answer stands, and the blank line that ends its fields; -1 where none does."""
    begin, end, blank = 0, -1, -1
    for at, line in enumerate(lines):
        if len(line) <= 2 and line in BLANK:
            blank = at
            if end < 0:
                end = at
        elif at > 0 and blank == at - 1 and line.startswith(b"HTTP/"):
            begin, end = at, -1
    return begin, end


def _version(status_line: bytes) -> str:
    return status_line[5:].partition(b" ")[0].strip().decode("ascii", "replace")
