"""Content codings (RFC 9110, section 8.4): the decoded front of a body, whatever the server says of it and sends."""

import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from crawler.http.search import find

try:
    from zlib_ng import zlib_ng  # inflates in half the time
except ImportError:  # there is no wheel for this system
    INFLATER: Callable[[int], Any] = zlib.decompressobj
    FAULT: type[Exception] = zlib.error
else:
    INFLATER, FAULT = zlib_ng.decompressobj, zlib_ng.error  # type: ignore[assignment]

CODINGS_LIMIT: Final = 2
"""Codings laid over one another. Real servers apply one; two come from a proxy that compresses what was compressed."""
MEMBERS_LIMIT: Final = 64
"""Members of one gzip body (RFC 1952, section 2.2) that are read. Each costs a copy of what follows it, so that a
body of nothing but empty members would take time that grows with the square of its length."""
HEADERS: Final = 1024
"""What a stream has before its first byte of data at most: a header and a Huffman table. A literal then takes 15 bits
at most (RFC 1951, section 3.2.7), so that `2 * limit + HEADERS` bytes of a stream always give `limit` bytes."""
PIECE: Final = 8_192
"""Bytes fed to zlib at once. It copies what is left of them when as much has come out as was asked for."""
CAREFUL: Final = 1_024
"""The same for a stream with a fault in it: zlib keeps back what a piece with a fault would have given."""
OPENING: Final = 8_192
"""Bytes that are decoded at first."""
STEP: Final = 4_096
"""Bytes that are decoded at once while a word is looked for: a step costs as much as decoding another 700."""
MOST: Final = 65_536
"""Bytes that are decoded at once at most."""

GZIP: Final = 16 + zlib.MAX_WBITS
ZLIB: Final = zlib.MAX_WBITS
BARE: Final = -zlib.MAX_WBITS
"""How zlib names the wrappings of a deflate stream: RFC 1952, RFC 1950, none."""

DECODERS: Final[dict[str, tuple[int, ...]]] = {"gzip": (GZIP,), "x-gzip": (GZIP,), "deflate": (ZLIB, BARE)}
"""What each coding may be wrapped in. `x-gzip` is to be taken for `gzip` (section 8.4.1.3); `deflate` comes in zlib's
wrapping, as section 8.4.1.2 asks for, or bare, as some servers send it and every browser takes it."""


class Content:
    """A body that is decoded as far as somebody reads, and no further: a page's head stands in a fifth of it."""

    __slots__ = ("_front", "_rest")

    def __init__(self, front: bytes, rest: "_Decoding | None" = None) -> None:
        self._front = front
        self._rest = rest

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
                part = self._rest.part(min(least - size, MOST))
                if not part:
                    self._rest = None
                    break
                parts.append(part)
                size += len(part)
            self._front = b"".join(parts)
        return self._front

    def decode(self, word: bytes, behind: int, most: int) -> int:
        """Have it decoded to so many bytes behind the first place where a word stands; where none does, `most` bytes.
        Gives that place; negative where none is seen, or all of it was there already."""
        if self._rest is None:
            return -1
        parts, size, last = [self._front], len(self._front), self._front
        seen = find(last, word, 0, size)
        while seen < 0 and size < most:
            part = self._rest.part(min(STEP, most - size))
            if not part:
                self._rest = None
                break
            last = last[1 - len(word) :] + part
            size += len(part)
            seen = find(last, word, 0, len(last))
            if seen >= 0:
                seen += size - len(last)
            parts.append(part)
        self._front = b"".join(parts)
        self.front(seen + behind if seen >= 0 else 0)
        return seen

    def is_open(self) -> bool:
        """Whether there may be more of it than is there already."""
        return self._rest is not None and not self._rest.is_over


def content(body: bytes, content_encoding: str | None, most: int) -> Content | None:
    """What `body`, which may be cut off anywhere, stands for: its first `most` bytes at least, ready to be read.

    `content_encoding` is the value of the `Content-Encoding` field, all of its lines joined by commas. None where it
    can't be decoded: a coding that is not known here (`br`, `zstd`), more than `CODINGS_LIMIT` of them, or a body that
    is not what the field says.
    """
    if content_encoding is None:
        return Content(body)
    decoders = [DECODERS[content_encoding]] if content_encoding in DECODERS else _decoders(content_encoding)
    if decoders is None:
        return None
    decoded = Content(body)
    while decoders:
        rest = _Decoding(body, decoders.pop())
        try:
            decoded = Content(rest.part(OPENING), rest)
        except FAULT:
            return None
        if decoders:
            body = decoded.read(2 * most + HEADERS)
    return decoded


def _decoders(content_encoding: str) -> list[tuple[int, ...]] | None:
    """Those of all codings in the order in which they were applied; None where there is one that is not known."""
    named = [name for part in content_encoding.split(",") if (name := part.strip().lower())]
    codings = [name for name in named if name != "identity"]
    if len(codings) > CODINGS_LIMIT or not all(name in DECODERS for name in codings):
        return None
    return [DECODERS[name] for name in codings]


def inflate(body: bytes, content_encoding: str | None, limit: int) -> bytes | None:
    """The first `limit` bytes at most of what `body` stands for; None where it can't be decoded, as for `content`."""
    decoded = content(body, content_encoding, limit)
    return None if decoded is None else decoded.read(limit)


class _Decoding:
    """What is yet to come out of a body's streams. Of a gzip body there may be several, its members."""

    __slots__ = ("_at", "_body", "_given", "_members", "_piece", "_stream", "_wrapping", "_wrappings", "is_over")

    def __init__(self, body: bytes, wrappings: tuple[int, ...]) -> None:
        self._wrappings = wrappings
        self._members = 0
        self._begin(body, wrappings[0])

    def _begin(self, body: bytes, wrapping: int) -> None:
        self._wrapping = wrapping
        self._stream = INFLATER(wrapping)
        self._body = body
        self._at = 0
        self._piece = b""
        self._given = 0
        self.is_over = not body

    def part(self, most: int) -> bytes:
        """The next `most` bytes at most; none at the end, or behind what was good. Raises FAULT, at first, where there
        is no such stream at all."""
        while not self.is_over:
            if not self._piece:
                self._piece = self._body[self._at : self._at + PIECE]
                self._at += len(self._piece)
            try:
                part: bytes = self._stream.decompress(self._piece, most)
            except FAULT:
                part = self._before_fault()
                self.is_over = True
                if not part and not self._given and not self._members:
                    if self._wrapping == self._wrappings[-1]:
                        raise
                    self._begin(self._body, self._wrappings[-1])
                    continue
            else:
                self._go_on(len(part), most)
            if part:
                return part
        return b""

    def _go_on(self, given: int, most: int) -> None:
        """Behind what came out: in the same piece or the next, or in the next member."""
        if self._stream.eof:
            self._members += 1
            rest = self._stream.unused_data + self._body[self._at :]
            self._begin(rest if self._wrapping == GZIP and self._members < MEMBERS_LIMIT else b"", self._wrapping)
            return
        self._given += given
        self._piece = self._stream.unconsumed_tail
        # zlib may have taken in all bytes and still hold some back, for want of room
        self.is_over = not self._piece and self._at == len(self._body) and given < most

    def _before_fault(self) -> bytes:
        """What is good of a stream with a fault in it, less what was given already."""
        stream, parts = INFLATER(self._wrapping), list[bytes]()
        with suppress(FAULT):
            for start in range(0, len(self._body), CAREFUL):
                piece = self._body[start : start + CAREFUL]
                while piece:
                    parts.append(stream.decompress(piece, MOST))
                    piece = stream.unconsumed_tail
        return b"".join(parts)[self._given :]
