"""The lines of a stream, some hundreds at a time: a file of any size is read in little memory."""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from crawler.records.files import decode
from crawler.records.page import Flaw

CHUNK = 32_768
"""Bytes read at once: some hundreds of URLs."""
_CONTINUATION = bytes(range(0x80, 0xC0))
"""The bytes of UTF-8 that begin no character (RFC 3629, section 3)."""


class Line(NamedTuple):
    """One line, without its end."""

    number: int
    start: int
    """The offset of its first character in the file, in characters."""
    text: str
    flaw: Flaw | None = None
    """What keeps the line from being read; its offset counts from the line's beginning."""


def batches(stream: BinaryIO, limit: int) -> Iterator[list[Line]]:
    """All lines, as they come; LF, CR or CRLF ends one.

    Of a line longer than the limit, in bytes, only the flaw is left. At a NUL byte the stream is over: that is no text.
    """
    read = getattr(stream, "read1", stream.read)
    number, start, held, skipping = 1, 0, b"", False
    chunk = b"any"
    while chunk:
        chunk = read(CHUNK)
        held += chunk
        parts, is_text = held.splitlines(keepends=True), b"\0" not in held
        held = parts.pop() if chunk and parts and not parts[-1].endswith(b"\n") else b""
        lines: list[Line] = []
        for part in parts:
            text, flaw = (part.decode(), None) if part.isascii() else decode(part)
            if not is_text and b"\0" in part:
                yield [*lines, Line(number, start, "", Flaw("a NUL byte: not a text in UTF-8", 0))]
                return
            if not skipping:
                lines.append(Line(number, start, text.rstrip("\r\n"), flaw))
            number, start, skipping = number + 1, start + len(text), False
        if len(held) > limit:
            if not skipping:
                message = f"a line longer than {limit:,} bytes (records.bounds.file_bytes)"
                lines.append(Line(number, start, "", Flaw(message, 0)))
            start, held, skipping = start + len(held.translate(None, _CONTINUATION)), b"", True
        if lines:
            yield lines
