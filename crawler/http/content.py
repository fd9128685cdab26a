"""Content codings (RFC 9110, section 8.4): the decoded front of a body, whatever the server says of it and sends."""

import zlib
from collections.abc import Callable

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

GZIP, ZLIB, BARE = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS
"""How zlib names the wrappings of a deflate stream: RFC 1952, RFC 1950, none."""


def inflate(body: bytes, content_encoding: str | None, limit: int) -> bytes | None:
    """The first `limit` bytes at most of what `body`, which may be cut off anywhere, stands for.

    `content_encoding` is the value of the `Content-Encoding` field, all of its lines joined by commas. A body that
    breaks off or breaks down half-way gives what was good of it. None where it can't be decoded: a coding that is not
    known here (`br`, `zstd`), more than `CODINGS_LIMIT` of them, or a body that is not what the field says.
    """
    named = [name for part in (content_encoding or "").split(",") if (name := part.strip().lower())]
    codings = [name for name in named if name != "identity"]
    if len(codings) > CODINGS_LIMIT or not all(name in DECODERS for name in codings):
        return None
    for layer in reversed(range(len(codings))):
        decoded = DECODERS[codings[layer]](body, 2 * limit + HEADERS if layer else limit)
        if decoded is None:
            return None
        body = decoded
    return body[:limit]


def _gzip(body: bytes, limit: int) -> bytes | None:
    out, rest = _inflated(body, GZIP, limit)
    for _ in range(MEMBERS_LIMIT - 1):
        if out is None or not rest or len(out) >= limit:
            break
        member, rest = _inflated(rest, GZIP, limit - len(out))
        out += member or b""
    return out


def _deflate(body: bytes, limit: int) -> bytes | None:
    """In zlib's wrapping, as section 8.4.1.2 asks for, or bare, as some servers send it and every browser takes it."""
    wrapped, _ = _inflated(body, ZLIB, limit)
    return wrapped if wrapped is not None else _inflated(body, BARE, limit)[0]


def _inflated(body: bytes, wrapping: int, limit: int) -> tuple[bytes | None, bytes]:
    """At most `limit` bytes of what comes out, and what follows the stream's end. None: no such stream at all."""
    stream, out = zlib.decompressobj(wrapping), bytearray()
    for start in range(0, len(body), PIECE):
        if len(out) >= limit:
            break
        try:
            out += stream.decompress(body[start : start + PIECE], limit - len(out))
        except zlib.error:
            return bytes(out) or None, b""
        if stream.eof:
            return bytes(out), stream.unused_data + body[start + PIECE :]
    return bytes(out), b""


DECODERS: dict[str, Callable[[bytes, int], bytes | None]] = {"gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate}
"""Body and limit in, as `inflate`. `x-gzip` is to be taken for `gzip` (section 8.4.1.3)."""
