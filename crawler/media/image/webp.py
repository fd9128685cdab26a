"""WebP (RFC 9649): a RIFF file whose first chunk is one of three.

EXIF orientation is left alone: it stands behind the pixels, and no browser heeds it in WebP.
"""

from crawler.media.image.prefix import Malformed, Size, take, unpack

_CHUNK = 12
"""Offset of the first chunk: `RIFF`, size, `WEBP`."""
_CONTENT = _CHUNK + 8


def size(data: bytes) -> Size:
    """Width and height. Raises `Short` and `Malformed`."""
    match take(data, _CHUNK, 4):
        case b"VP8 ":  # RFC 6386, section 9.1: 14 bits a side, the two above them are a scaling hint
            start_code, width, height = unpack("<3sHH", data, _CONTENT + 3)
            if start_code == b"\x9d\x01\x2a":
                return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":  # RFC 9649, section 3.4: 14 bits a side, less one
            signature, bits = unpack("<BI", data, _CONTENT)
            if signature == 0x2F:
                return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":  # RFC 9649, section 2.7: 24 bits a side, less one
            sides = take(data, _CONTENT + 4, 6)
            return int.from_bytes(sides[:3], "little") + 1, int.from_bytes(sides[3:], "little") + 1
    raise Malformed
