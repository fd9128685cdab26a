"""Checked reading in the prefix of a file: past its end is `Short`, against the format's rules is `Malformed`."""

import struct
from typing import Any

LIMIT = 10_000
"""Boxes, chunks, segments or entries that are looked at in one file: far above any that a camera or an editor writes,
low enough that a file made of nothing else costs some milliseconds."""

Size = tuple[int, int]
"""Width and height, in pixels."""


class Short(Exception):  # noqa: N818 - a fact about the prefix, not an error of the program
    """The answer lies past the end of the prefix."""

    def __init__(self, at_least: int, so_far: Size | None = None) -> None:
        super().__init__(at_least, so_far)
        self.at_least = at_least
        """Length of the prefix, in bytes, below which nothing more can be said."""
        self.so_far = so_far
        """The size if what is missing changes nothing: good enough where there is no more to be had."""


class Malformed(Exception):  # noqa: N818 - a fact about the file, not an error of the program
    """The file breaks the rules of its own format: more of it would not help."""


def take(data: bytes, at: int, count: int) -> bytes:
    """The `count` bytes at offset `at`. Raises `Short`."""
    end = at + count
    if end > len(data):
        raise Short(end)
    return data[at:end]


def unpack(layout: str, data: bytes, at: int) -> tuple[Any, ...]:
    """The values at offset `at`, laid out as `struct` says. Raises `Short`."""
    end = at + struct.calcsize(layout)
    if end > len(data):
        raise Short(end)
    return struct.unpack_from(layout, data, at)
