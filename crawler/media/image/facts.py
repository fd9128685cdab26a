"""The three answers of `probe`."""

from typing import NamedTuple

STEPS = (16_384, 131_072, 1_048_576)
"""Prefix lengths worth asking for, in bytes. The first has the size of nearly every image that is made for the web; the
EXIF, XMP and colour profile of a camera's own file may take more. The last is where asking further costs more than the
answer is worth."""


class Image(NamedTuple):
    """An image of a known format."""

    format: str
    """`jpeg`, `png`, `gif`, `webp`, `avif`, `heic`, `svg`, `svgz`, `bmp`, `ico`, `tiff`, `jxl` or `psd`; or `jp2`,
    `jpc`, `jxr`, which are recognized, but not read."""
    media_type: str
    width: int | None
    height: int | None
    """Pixels as shown, turned by what the file says of its orientation; both None where the file does not say them."""


class Need(NamedTuple):
    """The prefix ends too early to tell."""

    at_least: int
    """No prefix shorter than this, in bytes, can say more; always longer than the prefix that was probed."""

    @property
    def next(self) -> int | None:
        """The prefix length to ask for next, of `STEPS`; None where the answer lies beyond the last of them."""
        return next((step for step in STEPS if step >= self.at_least), None)


class NotImage(NamedTuple):
    """No image, and what it is instead."""

    what: str
    """`empty`, `html`, `json`, `xml`, `text`, `pdf`, `video`, `archive` or `binary`."""
    media_type: str | None
    """None where nothing more than bytes can be said."""
