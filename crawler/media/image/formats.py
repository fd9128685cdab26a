"""The formats: how each is recognized, and what reads its sides."""

import re
from collections.abc import Callable
from typing import NamedTuple

from crawler.media.image import boxes, fixed, heif, jpeg, jxl, png, svg, tiff, webp, windows
from crawler.media.image.prefix import Short, Size


class Format(NamedTuple):
    """One format."""

    name: str
    media_type: str
    is_one: Callable[[bytes], object]
    """Whether data begins as the format does. May raise `Short`."""
    size: Callable[[bytes], Size | None]
    """Its sides as shown. May raise `Short` and `Malformed`."""


def _starts(pattern: bytes) -> Callable[[bytes], object]:
    return re.compile(pattern, re.DOTALL).match


def _branded(*names: bytes) -> Callable[[bytes], object]:
    return lambda data: not boxes.brands(data).isdisjoint(names)


def _unread(_: bytes) -> None:
    """For formats that browsers have given up, or never had: what they are is enough."""


_BMP = rb"BM.{12}[\x0c\x10\x28\x34\x38\x40\x6c\x7c]\0\0\0"
"""With the sizes that the second header may have: two letters alone would take `BMW` for a bitmap."""
_ICO = rb"\0\0[\1\2]\0(?:[^\0].|\0[^\0])"
"""With at least one picture."""
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1")
"""Brands of ISO/IEC 23008-12, annex B, and the structural ones that stand alone now and then."""

FORMATS = (
    Format("jpeg", "image/jpeg", _starts(rb"\xff\xd8\xff"), jpeg.size),
    Format("png", "image/png", _starts(rb"\x89PNG\r\n\x1a\n"), png.size),
    Format("gif", "image/gif", _starts(rb"GIF8[79]a"), fixed.gif),
    Format("webp", "image/webp", _starts(rb"RIFF.{4}WEBPVP"), webp.size),
    Format("avif", "image/avif", _branded(b"avif", b"avis"), heif.size),
    Format("heic", "image/heic", _branded(*_HEIC), heif.size),
    Format("svg", "image/svg+xml", svg.is_svg, svg.size),
    Format("svgz", "image/svg+xml", svg.is_svgz, svg.svgz_size),
    Format("bmp", "image/bmp", _starts(_BMP), windows.bmp),
    Format("ico", "image/x-icon", _starts(_ICO), windows.ico),
    Format("tiff", "image/tiff", _starts(rb"II[*+]\0|MM\0[*+]"), tiff.size),
    Format("jxl", "image/jxl", _starts(rb"\xff\x0a"), jxl.codestream),
    Format("jxl", "image/jxl", _starts(rb"\0\0\0\x0cJXL \r\n\x87\n"), jxl.container),
    Format("psd", "image/vnd.adobe.photoshop", _starts(rb"8BPS\0[\1\2]"), fixed.psd),
    Format("jp2", "image/jp2", _starts(rb"\0\0\0\x0cjP  \r\n\x87\n"), _unread),
    Format("jpc", "image/jp2", _starts(rb"\xff\x4f\xff\x51"), _unread),
    Format("jxr", "image/jxr", _starts(rb"II\xbc"), _unread),
)
"""In the order they are tried. Signatures and media types: WHATWG MIME Sniffing (section 6.1) for the formats it has,
else each format's own specification and IANA's register."""


def identify(data: bytes) -> Format | None:
    """The format that data begins as. Raises `Short` where more of it could tell."""
    return next((form for form in FORMATS if form.is_one(data)), None)


def sniff(prefix: bytes) -> str | None:
    """The media type of an image by its first bytes, whatever a server calls it; None for what is no image.

    As WHATWG MIME Sniffing (section 6.1) does it, and for SVG and the formats that it leaves out as well.
    """
    try:
        form = identify(prefix)
    except Short:
        return None
    return form and form.media_type
