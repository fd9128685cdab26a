"""SVG (SVG 2, section 8): sides by `width` and `height`, else by the view box; packed with gzip as well (`svgz`)."""

import math
import re
import zlib
from collections.abc import Callable
from typing import TypeVar

from crawler.media.image.markup import root
from crawler.media.image.prefix import Malformed, Short, Size

_T = TypeVar("_T")

_PIXELS = {
    b"": 1.0,
    b"px": 1.0,
    b"pt": 96 / 72,
    b"pc": 96 / 6,
    b"in": 96.0,
    b"cm": 96 / 2.54,
    b"mm": 96 / 25.4,
    b"q": 96 / 101.6,
    b"em": 16.0,
    b"rem": 16.0,
}
"""CSS pixels a unit (CSS Values 4, section 6). A picture's own font size is the initial one, 16 pixels."""
_NUMBER = rb"\+?(?:\d++\.?\d*+|\.\d++)(?:e[+-]?\d++)?"
_LENGTH = re.compile(rb"\s*+(" + _NUMBER + rb")([a-z]*+)\s*+", re.IGNORECASE)
_VIEW_BOX = re.compile(rb"\s*+(?:[\d.e+-]++[\s,]++){2}(" + _NUMBER + rb")[\s,]++(" + _NUMBER + rb")\s*+", re.IGNORECASE)
_VALUE_LIMIT = 100
"""Bytes of an attribute that can hold a length or a view box in good faith."""
_INFLATE_LIMIT = 65_536
"""Bytes that are unpacked of a packed picture, however much it would grow to."""


def is_svg(data: bytes) -> bool:
    """Whether the root element is SVG's. Raises `Short`."""
    element = root(data)
    return element is not None and element.name == "svg"


def size(data: bytes) -> Size | None:
    """Width and height in CSS pixels, rounded; None where the picture has none of its own. Raises `Short`.

    A side in per cent counts as absent; an absent one follows from the other by the view box's ratio (SVG 2, section
    8.12). With both absent the view box stands for them.
    """
    element = root(data)
    if element is None or element.attributes is None:
        raise Short(len(data) + 1)
    width = _length(element.attributes.get(b"width", b""))
    height = _length(element.attributes.get(b"height", b""))
    if not (width and height):
        box = _view_box(element.attributes.get(b"viewBox", b""))
        if box is None:
            return None
        across, down = box
        if width:
            height = width * down / across
        elif height:
            width = height * across / down
        else:
            width, height = box
    return _rounded(width), _rounded(height)


def is_svgz(data: bytes) -> bool:
    """Whether the data is gzip (RFC 1952) with SVG in it. Raises `Short`."""
    try:
        return data.startswith(b"\x1f\x8b\x08") and _unpacked(data, is_svg)
    except Malformed:
        return False


def svgz_size(data: bytes) -> Size | None:
    """As `size`, of gzip data. Raises `Short` and `Malformed`."""
    return _unpacked(data, size)


def _unpacked(data: bytes, read: Callable[[bytes], _T]) -> _T:
    try:
        text = zlib.decompressobj(wbits=31).decompress(data, _INFLATE_LIMIT)
    except zlib.error:
        raise Malformed from None
    try:
        return read(text)
    except Short:
        if len(text) >= _INFLATE_LIMIT:
            raise Malformed from None
        raise Short(len(data) + 1) from None


def _length(raw: bytes) -> float | None:
    found = _LENGTH.fullmatch(raw[:_VALUE_LIMIT])
    per_unit = found and _PIXELS.get(found[2].lower())
    return _positive(float(found[1]) * per_unit) if found and per_unit else None


def _view_box(raw: bytes) -> tuple[float, float] | None:
    found = _VIEW_BOX.fullmatch(raw[:_VALUE_LIMIT])
    across, down = (_positive(float(found[1])), _positive(float(found[2]))) if found else (None, None)
    return (across, down) if across and down else None


def _positive(value: float) -> float | None:
    return value if 0 < value < math.inf else None


def _rounded(side: float) -> int:
    return max(1, math.floor(min(side, 1e9) + 0.5))
