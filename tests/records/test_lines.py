"""Streams cut into lines."""

import io
import re
from typing import BinaryIO, cast

from hypothesis import given
from hypothesis import strategies as st

from crawler.records.lines import CHUNK, Line, batches


class Drip(io.RawIOBase):
    """A stream that gives a few bytes at a time."""

    def __init__(self, content: bytes, size: int) -> None:
        self.content = io.BytesIO(content)
        self.size = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        given = self.content.read(min(self.size, len(buffer)))
        buffer[: len(given)] = given
        return len(given)


def lines(content: bytes, limit: int = 1000, size: int = CHUNK) -> list[Line]:
    return [line for batch in batches(cast(BinaryIO, Drip(content, size)), limit) for line in batch]


def place(line: Line) -> tuple[int, int, str]:
    return line.number, line.start, line.text


@given(
    st.lists(st.sampled_from(["\n", "\r", "\r\n", "a", "ü", "👍", "\u2028", "\x85", "\v", "\x7f", "\ufeff", "abc"])),
    st.integers(1, 7),
)
def test_any_text_in_any_pieces(parts: list[str], size: int) -> None:
    text = "".join(parts)
    pieces = re.split(r"(\r\n|\r|\n)", text)
    expected, start = [], 0
    for number, (line, end) in enumerate(zip(pieces[::2], [*pieces[1::2], ""], strict=True), 1):
        expected.append((number, start, line))
        start += len(line) + len(end)
    if not expected[-1][2]:
        expected.pop()
    found = lines(text.encode(), size=size)
    assert [place(line) for line in found] == expected
    assert [line.is_plain for line in found] == [all(" " <= letter <= "~" for letter in line.text) for line in found]


def test_bytes_that_are_not_utf_8_spoil_their_line_only() -> None:
    first, second, third = lines(b"a\n\xffb\xc3\nc")
    assert place(first) == (1, 0, "a")
    assert second.flaw is not None
    assert second.flaw.message == "not UTF-8: byte 0xff at offset 0 (invalid start byte)"
    assert place(third) == (3, 6, "c")


def test_of_a_line_beyond_the_limit_the_flaw_is_left() -> None:
    content = "a\n" + "ü" * 1000 + "\nb\n" + "x" * 10 + "\n"
    found = lines(content.encode(), limit=50, size=16)
    assert [place(line) for line in found] == [
        (1, 0, "a"),
        (2, 2, ""),
        (3, 1003, "b"),
        (4, 1005, "x" * 10),
    ]
    assert [line.number for line in found if line.flaw] == [2]


def test_at_a_nul_byte_the_stream_is_over() -> None:
    found = lines(b"a\nb\0c\nd\n")
    assert [(line.number, line.text, bool(line.flaw)) for line in found] == [(1, "a", False), (2, "", True)]
