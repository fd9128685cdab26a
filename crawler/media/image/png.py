"""PNG (W3C, third edition), APNG with it, and the variant that Apple's tools write, whose `CgBI` chunk comes first."""

from crawler.media.image.prefix import LIMIT, Malformed, Short, Size, take, unpack
from crawler.media.image.tiff import is_turned

_FIRST = (b"IHDR", b"CgBI")
_LAST = (b"IDAT", b"IEND")


def size(data: bytes) -> Size:
    """Width and height as shown. Raises `Short` and `Malformed`.

    Chunks are read up to the first of pixels, since an `eXIf` before it turns the picture (section 11.3.4.7).
    """
    at, sides, exif = 8, None, b""
    try:
        for _ in range(LIMIT):
            length, kind = unpack(">I4s", data, at)
            content = at + 8
            if sides is None and kind not in _FIRST:
                break
            if sides and kind in _LAST:
                return (sides[1], sides[0]) if is_turned(exif) else sides
            if kind == b"IHDR":
                width, height = unpack(">II", data, content)
                sides = width, height
            elif kind == b"eXIf":
                exif = take(data, content, length)
            at = content + length + 4  # a checksum ends the chunk
    except Short as short:
        raise Short(short.at_least, sides) from None
    raise Malformed
