"""JPEG (ITU-T T.81): the frame header, wherever it stands behind EXIF, ICC profiles and other segments."""

import re

from crawler.media.image.prefix import LIMIT, Malformed, Short, Size, take, unpack
from crawler.media.image.tiff import is_turned

# Decoders pass over fill bytes (T.81, B.1.1.2) and over stray bytes between segments: so the next marker is the next FF
# that is followed by neither FF nor a stuffed zero.
_MARKER = re.compile(rb"\xff([^\x00\xff])")

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""SOF0 to SOF15 (T.81, table B.1): baseline, progressive, lossless, arithmetic; DHT, JPG and DAC are no frames."""
_ALONE = frozenset({0x01, 0xD8, *range(0xD0, 0xD8)})
"""TEM, SOI and RST0 to RST7 have no length and no content."""
_TOO_LATE = frozenset({0xD9, 0xDA})
"""EOI and SOS: no frame header can follow."""
_APP1 = 0xE1
_EXIF = b"Exif\0\0"
_FRAME_HEADER = 9
"""Bytes from a marker to the end of the sides: marker, length, precision, lines, samples a line (T.81, B.2.2)."""


def size(data: bytes) -> Size:
    """Width and height as shown. Raises `Short` and `Malformed`."""
    at, exif = 2, b""
    for _ in range(LIMIT):
        found = _MARKER.search(data, at)
        if found is None:
            raise Short(max(at, len(data)) + _FRAME_HEADER)
        marker, at = found[1][0], found.end()
        if marker in _ALONE:
            continue
        if marker in _TOO_LATE:
            break
        if marker in _FRAMES:
            height, width = unpack(">HH", data, at + 3)
            return (height, width) if is_turned(exif) else (width, height)
        (length,) = unpack(">H", data, at)
        if length < 2:
            break
        if marker == _APP1 and not exif:
            segment = take(data, at + 2, length - 2)
            exif = segment[len(_EXIF) :] if segment.startswith(_EXIF) else b""
        at += length
    raise Malformed
