"""TIFF 6.0 and BigTIFF: the first directory (IFD). EXIF has one too, by which other formats are turned."""

import struct
from typing import NamedTuple

from crawler.media.image.prefix import LIMIT, Malformed, Short, Size, take, unpack

_WIDTH, _HEIGHT, _ORIENTATION = 256, 257, 274
"""ImageWidth, ImageLength, Orientation (TIFF 6.0, section 8)."""
_TURNED = range(5, 9)
"""Orientations whose rows are the shown picture's columns (TIFF 6.0, section 8; EXIF 2.32, section 4.6.4)."""
_VALUES = {1: "B", 3: "H", 4: "I"}
"""BYTE, SHORT and LONG: the types a number may have (TIFF 6.0, section 2)."""
_ORDERS = {b"II": "<", b"MM": ">"}


class _Layout(NamedTuple):
    offset_at: int
    offset: str
    number: str
    entry: str
    """Tag, type, number of values, and the value where one fits."""
    values: dict[int, str]


_LAYOUTS = {
    42: _Layout(4, "I", "H", "HHI4s", _VALUES),
    43: _Layout(8, "Q", "Q", "HHQ8s", _VALUES | {16: "Q"}),
}
"""By the version number of the header: TIFF, and BigTIFF with its LONG8."""


def size(data: bytes) -> Size:
    """Width and height of the first picture as shown. Raises `Short` and `Malformed`."""
    tags = _directory(data)
    try:
        width, height = tags[_WIDTH], tags[_HEIGHT]
    except KeyError:
        raise Malformed from None
    return (height, width) if tags.get(_ORIENTATION) in _TURNED else (width, height)


def is_turned(exif: bytes) -> bool:
    """Whether EXIF data, from its byte order mark on, says that the picture is shown with its sides swapped."""
    try:
        return _directory(exif).get(_ORIENTATION) in _TURNED
    except (Short, Malformed):
        return False


def _directory(data: bytes) -> dict[int, int]:
    """Tag → value, of every single number in the first directory."""
    order = _ORDERS.get(take(data, 0, 2))
    layout = order and _LAYOUTS.get(unpack(order + "H", data, 2)[0])
    if not order or not layout:
        raise Malformed
    (at,) = unpack(order + layout.offset, data, layout.offset_at)
    (count,) = unpack(order + layout.number, data, at)
    if count > LIMIT:
        raise Malformed
    entry = struct.Struct(order + layout.entry)
    entries = take(data, at + struct.calcsize(layout.number), count * entry.size)
    return {
        tag: struct.unpack_from(order + layout.values[kind], value)[0]
        for tag, kind, values, value in entry.iter_unpack(entries)
        if values == 1 and kind in layout.values
    }
