"""JPEG XL: the codestream's own header (ISO/IEC 18181-1, annex D), bare or in a container (ISO/IEC 18181-2)."""

from crawler.media.image.boxes import TO_THE_END, boxes
from crawler.media.image.prefix import Malformed, Short, Size

_HEADER = 16
"""Bytes that always hold the size and the orientation: 73 bits behind the two bytes of the signature."""
_SIDE_BITS = (9, 13, 18, 30)
_RATIOS = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))
"""Width to height, by the code 1 to 7; 0 says that the width is written out."""


def codestream(data: bytes) -> Size:
    """Width and height as shown. Raises `Short`."""
    bits = _Bits(data[2:_HEADER])
    in_eights = bits.take(1)
    height = _side(bits, in_eights)
    ratio = bits.take(3)
    if ratio:
        wide, high = _RATIOS[ratio - 1]
        width = height * wide // high
    else:
        width = _side(bits, in_eights)
    has_defaults = bits.take(1)
    orientation = 0 if has_defaults or not bits.take(1) else bits.take(3)
    return (height, width) if orientation >= 4 else (width, height)  # EXIF's 5 to 8, less one


def container(data: bytes) -> Size:
    """Width and height as shown. Raises `Short` and `Malformed`. Several `jxlp` boxes may share the codestream."""
    stream = b""
    for kind, start, end in boxes(data, 0, TO_THE_END):
        if kind in (b"jxlc", b"jxlp"):
            start += 4 * (kind == b"jxlp")  # a part's number
            stream += data[start : min(end, start + _HEADER)]
            try:
                return codestream(stream)
            except Short:
                if end > len(data):
                    raise Short(max(start + _HEADER, len(data) + 1)) from None
    raise Malformed


def _side(bits: "_Bits", in_eights: int) -> int:
    if in_eights:
        return 8 * (bits.take(5) + 1)
    return bits.take(_SIDE_BITS[bits.take(2)]) + 1


class _Bits:
    """Reads bits, the lowest of each byte first (ISO/IEC 18181-1, section B.2)."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "little")
        self._left = 8 * len(data)
        self._length = len(data)

    def take(self, count: int) -> int:
        self._left -= count
        if self._left < 0:
            raise Short(self._length + 3)  # one byte more, and the signature's two
        taken = self._value & (1 << count) - 1
        self._value >>= count
        return taken
