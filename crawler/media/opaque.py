"""Files whose beginning says as much of a link as all of them: pictures, films, sounds, fonts, archives, PDFs.

Whoever asked for an image wants to know its size, and is not meant here.
"""

from typing import Final

from crawler.http.url import Url

ENOUGH = 4_096
"""Bytes of them that are read."""

_TYPES: Final = (
    *("image/", "video/", "audio/", "font/"),
    *("application/pdf", "application/zip", "application/octet-stream"),
)
_READABLE: Final = "image/svg"
_SUFFIXES: Final = frozenset(
    (
        *("jpg", "jpeg", "png", "gif", "webp", "avif", "heic", "bmp", "tif", "tiff", "ico"),
        *("mp4", "m4v", "mov", "webm", "mkv", "avi", "mpg", "mpeg", "mp3", "m4a", "ogg", "wav", "flac", "aac"),
        *("pdf", "zip", "gz", "tgz", "bz2", "xz", "7z", "rar", "iso", "dmg", "exe", "msi", "apk", "deb", "rpm"),
        *("ttf", "otf", "woff", "woff2"),
    )
)


def is_opaque(media_type: str) -> bool:
    """Whether a `Content-Type`, in lower case, names one of them."""
    return media_type.startswith(_TYPES) and not media_type.startswith(_READABLE)


def looks_opaque(url: Url) -> bool:
    """Whether a URL ends as theirs do. What it gives may be a page all the same: `/wiki/File:Bridge.jpg`."""
    path = url.path
    return path[path.rfind(".") + 1 :].lower() in _SUFFIXES
