"""The lines of a stream, some hundreds at a time: a file of any size is read in little memory."""

from collections.abc import Iterator
from typing import BinaryIO, Final

from crawler.records.files import decode
from crawler.records.page import Flaw

CHUNK = 32_768
"""Bytes read at once: some hundreds of URLs."""
_CONTINUATION = bytes(range(0x80, 0xC0))
"""The bytes of UTF-8 that begin no character (RFC 3629, section 3)."""
_PLAIN = bytes([*range(0x20, 0x7F), *b"\r\n"])


class Line:
    """One line, without its end."""

    __slots__ = ("flaw", "is_plain", "number", "start", "text")

    def __init__(self, number: int, start: int, text: str, is_plain: bool, flaw: Flaw | None) -> None:
        self.number: Final = number
        self.start: Final = start
        """The offset of its first character in the file, in characters."""
        self.text: Final = text
        self.is_plain: Final = is_plain
        """Whether there is nothing in it but printable ASCII."""
        self.flaw: Final = flaw
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
        is_plain, is_text = not held.translate(None, _PLAIN), b"\0" not in held
        parts = held.splitlines(keepends=True)
        held = parts.pop() if chunk and parts and not parts[-1].endswith(b"\n") else b""
        lines: list[Line] = []
        for part in parts:
            if not is_text and b"\0" in part:
                yield [*lines, _flawed(number, start, "a NUL byte: not a text in UTF-8")]
                return
            text, flaw = (part.decode("ascii"), None) if is_plain else decode(part)
            if not skipping:
                lines.append(_line(number, start, text.rstrip("\r\n"), is_plain, flaw))
            number, start, skipping = number + 1, start + len(text), False
        if len(held) > limit:
            if not skipping:
                message = f"a line longer than {limit:,} bytes (records.bounds.file_bytes)"
                lines.append(_flawed(number, start, message))
            start, held, skipping = start + len(held.translate(None, _CONTINUATION)), b"", True
        if lines:
            yield lines


def _line(number: int, start: int, text: str, is_plain: bool, flaw: Flaw | None) -> Line:
    """`is_plain`: what it was read with is, so that nobody needs to look."""
    return Line(number, start, text, is_plain or (text.isascii() and text.isprintable()), flaw)


def _flawed(number: int, start: int, message: str) -> Line:
    return Line(number, start, "", True, Flaw(message, 0))
