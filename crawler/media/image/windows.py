"""The bitmaps of Windows: BMP, and icons and cursors."""

import struct

from crawler.media.image.prefix import LIMIT, Malformed, Size, take, unpack

_CORE = 12
"""Size of BITMAPCOREHEADER, whose sides are 16 bits; all later headers begin with 32 bits a side."""


def bmp(data: bytes) -> Size:
    """Width and height, by the size of the header behind the file header. Raises `Short` and `Malformed`.

    A negative height means rows from the top down (BITMAPINFOHEADER).
    """
    (header,) = unpack("<I", data, 14)
    if header == _CORE:
        width, height = unpack("<HH", data, 18)
    else:
        width, height = unpack("<ii", data, 18)
    if width < 0:
        raise Malformed
    return width, abs(height)


def ico(data: bytes) -> Size:
    """Width and height of the largest picture of an icon or cursor (ICONDIR). Raises `Short` and `Malformed`.

    A side of zero stands for 256.
    """
    (count,) = unpack("<H", data, 4)
    if not 0 < count <= LIMIT:
        raise Malformed
    entries = struct.iter_unpack("BB14x", take(data, 6, count * 16))
    sizes: list[Size] = [(width or 256, height or 256) for width, height in entries]
    return max(sizes, key=lambda sides: sides[0] * sides[1])
