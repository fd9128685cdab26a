"""Formats that keep their sides at one offset."""

from crawler.media.image.prefix import Size, unpack


def gif(data: bytes) -> Size:
    """Width and height of the logical screen (GIF89a, section 18). Raises `Short`."""
    width, height = unpack("<HH", data, 6)
    return width, height


def psd(data: bytes) -> Size:
    """Width and height of PSD and PSB (Adobe's file format specification, file header section). Raises `Short`."""
    height, width = unpack(">II", data, 14)
    return width, height
