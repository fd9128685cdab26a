"""Boxes of the ISO base media file format (ISO/IEC 14496-12, section 4.2), which AVIF, HEIC and JPEG XL are made of."""

from collections.abc import Iterator

from crawler.media.image.prefix import LIMIT, Malformed, unpack

TO_THE_END = 1 << 63
"""Where a file ends whose length is not known."""

Box = tuple[bytes, int, int]
"""Type, and the offsets of its content: from, to. The latter may lie beyond the prefix."""


def boxes(data: bytes, start: int, end: int) -> Iterator[Box]:
    """The boxes between two offsets, in order. Raises `Short` and `Malformed`."""
    for _ in range(LIMIT):
        if start >= end:
            return
        length, kind = unpack(">I4s", data, start)
        content = start + 8
        if length == 1:
            (length,) = unpack(">Q", data, content)
            content += 8
        stop = start + length if length else end
        if not content <= stop <= end:
            break
        yield kind, content, stop
        start = stop
    raise Malformed


def brands(data: bytes) -> frozenset[bytes]:
    """The major and compatible brands of a file that begins with an `ftyp` box, as far as they stand in the prefix."""
    if data[4:8] != b"ftyp":
        return frozenset()
    end = min(int.from_bytes(data[:4], "big"), len(data))
    return frozenset(data[at : at + 4] for at in (8, *range(16, min(end, 4 * LIMIT) - 3, 4)))
