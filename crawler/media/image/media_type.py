"""Whether a server's `Content-Type` agrees with what its bytes are."""

_NAMES = {
    "jpeg": ("image/jpeg", "image/jpg", "image/pjpeg", "image/mpo"),
    "png": ("image/png", "image/apng", "image/x-png", "image/vnd.mozilla.apng"),
    "gif": ("image/gif",),
    "webp": ("image/webp",),
    "avif": ("image/avif", "image/avif-sequence", "image/heif"),
    "heic": ("image/heic", "image/heic-sequence", "image/heif", "image/heif-sequence"),
    "svg": ("image/svg+xml", "image/svg", "image/svg-xml"),
    "svgz": ("image/svg+xml", "image/svg", "image/svg-xml", "application/gzip", "application/x-gzip"),
    "bmp": ("image/bmp", "image/x-bmp", "image/x-ms-bmp", "image/x-windows-bmp"),
    "ico": ("image/x-icon", "image/vnd.microsoft.icon", "image/ico", "image/icon", "image/x-win-bitmap"),
    "tiff": ("image/tiff", "image/tif", "image/x-tiff", "image/x-tif"),
    "jxl": ("image/jxl",),
    "psd": (
        "image/vnd.adobe.photoshop",
        "image/psd",
        "image/x-psd",
        "application/photoshop",
        "application/psd",
        "application/x-photoshop",
    ),
    "jp2": ("image/jp2", "image/jpx", "image/jpm", "image/jpeg2000"),
    "jpc": ("image/jp2", "image/j2c", "image/jpeg2000", "image/x-jp2-codestream"),
    "jxr": ("image/jxr", "image/vnd.ms-photo"),
}
"""Format → the media types it goes by: IANA's first, then those of old servers and vendors."""

_SAYS_NOTHING = (
    "",
    "application/octet-stream",
    "binary/octet-stream",
    "application/binary",
    "application/unknown",
    "application/x-unknown",
    "unknown/unknown",
    "image",
    "image/*",
    "*/*",
)
"""What servers say that don't know (WHATWG MIME Sniffing, section 7, treats some of them so)."""


def matches(content_type: str | None, name: str) -> bool:
    """Whether a `Content-Type` agrees with a format, by its `Image.format`, or at least does not contradict it."""
    media_type = (content_type or "").partition(";")[0].strip().lower()
    return media_type in _SAYS_NOTHING or media_type in _NAMES.get(name, ())
