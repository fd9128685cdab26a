"""Content codings (RFC 9110, section 8.4): the decoded front of a body, whatever the server says of it and sends."""

import zlib
from collections.abc import Callable, Generator, Iterator
from typing import Any

try:
    from zlib_ng import zlib_ng  # inflates in half the time
except ImportError:  # there is no wheel for this system
    INFLATER: Callable[[int], Any] = zlib.decompressobj
    FAULT: type[Exception] = zlib.error
else:
    INFLATER, FAULT = zlib_ng.decompressobj, zlib_ng.error  # type: ignore[assignment]

CODINGS_LIMIT = 2
"""Codings laid over one another. Real servers apply one; two come from a proxy that compresses what was compressed."""
MEMBERS_LIMIT = 64
"""Members of one gzip body (RFC 1952, section 2.2) that are read. Each costs a copy of what follows it, so that a
body of nothing but empty members would take time that grows with the square of its length."""
HEADERS = 1024
"""What a stream has before its first byte of data at most: a header and a Huffman table. A literal then takes 15 bits
at most (RFC 1951, section 3.2.7), so that `2 * limit + HEADERS` bytes of a stream always give `limit` bytes."""
PIECE = 1024
"""Bytes fed to zlib at once: it keeps back what a piece with a fault in it would have given."""
STEP = 65_536
"""Bytes that are decoded at once at most."""

GZIP, ZLIB, BARE = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS
"""How zlib names the wrappings of a deflate stream: RFC 1952, RFC 1950, none."""


class Content:
    """A body that is decoded as far as somebody reads, and no further: a page's head stands in a fifth of it."""

    __slots__ = ("_front", "_rest")

    def __init__(self, front: bytes, rest: Iterator[bytes]) -> None:
        self._front = front
        self._rest: Iterator[bytes] | None = rest

    def read(self, limit: int) -> bytes:
        """Its first `limit` bytes at most."""
        front = self.front(limit)
        return front if len(front) <= limit else front[:limit]

    def front(self, least: int) -> bytes:
        """Its first `least` bytes at least, and what more of it is there already: no byte is copied for that. One that
        breaks off or breaks down half-way gives what was good of it."""
        if len(self._front) < least and self._rest is not None:
            parts, size = [self._front], len(self._front)
            while size < least:
                part = next(self._rest, None)
                if part is None:
                    self._rest = None
                    break
                parts.append(part)
                size += len(part)
            self._front = b"".join(parts)
        return self._front


def content(body: bytes, content_encoding: str | None, most: int) -> Content | None:
    """What `body`, which may be cut off anywhere, stands for: its first `most` bytes at least, ready to be read.

    `content_encoding` is the value of the `Content-Encoding` field, all of its lines joined by commas. None where it
    can't be decoded: a coding that is not known here (`br`, `zstd`), more than `CODINGS_LIMIT` of them, or a body that
    is not what the field says.
    """
    if content_encoding is None:
        return Content(body, iter(()))
    named = [name for part in content_encoding.split(",") if (name := part.strip().lower())]
    codings = [name for name in named if name != "identity"]
    if len(codings) > CODINGS_LIMIT or not all(name in DECODERS for name in codings):
        return None
    decoded = Content(body, iter(()))
    for layer in reversed(range(len(codings))):
        parts = DECODERS[codings[layer]](decoded.read(2 * most + HEADERS if layer < len(codings) - 1 else len(body)))
        try:
            decoded = Content(next(parts, b""), parts)
        except FAULT:
            return None
    return decoded


def inflate(body: bytes, content_encoding: str | None, limit: int) -> bytes | None:
    """The first `limit` bytes at most of what `body` stands for; None where it can't be decoded, as for `content`."""
    decoded = content(body, content_encoding, limit)
    return None if decoded is None else decoded.read(limit)


def _gzip(body: bytes) -> Iterator[bytes]:
    """The parts of a gzip body. Raises FAULT, at once, where there is no such stream at all."""
    rest = body
    for number in range(MEMBERS_LIMIT):
        try:
            rest = yield from _inflated(rest, GZIP)
        except FAULT:
            if number == 0:
                raise
            return
        if not rest:
            return


def _deflate(body: bytes) -> Iterator[bytes]:
    """In zlib's wrapping, as section 8.4.1.2 asks for, or bare, as some servers send it and every browser takes it."""
    try:
        yield from _inflated(body, ZLIB)
    except FAULT:
        yield from _inflated(body, BARE)


def _inflated(body: bytes, wrapping: int) -> Generator[bytes, None, bytes]:
    """What comes out of a stream, in parts of `STEP` bytes at most; returns what follows its end. Raises FAULT
    where nothing came out before its first fault, and ends with what is good before any other."""
    stream, good = INFLATER(wrapping), False
    for start in range(0, len(body), PIECE):
        piece = body[start : start + PIECE]
        while piece and not stream.eof:  # at its end, `unconsumed_tail` has what follows it
            try:
                part = stream.decompress(piece, STEP)
            except FAULT:
                if good:
                    return b""
                raise
            if part:
                good = True
                yield part
            piece = stream.unconsumed_tail
        if stream.eof:
            unused: bytes = stream.unused_data
            return unused + body[start + PIECE :]
    return b""


DECODERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {"gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate}
"""The parts of what a body stands for. `x-gzip` is to be taken for `gzip` (section 8.4.1.3)."""
