"""What bytes are that are no image: mostly the error page, the login page or the empty answer that came instead."""

import re
from typing import NamedTuple

from crawler.media.image.boxes import brands
from crawler.media.image.facts import NotImage
from crawler.media.image.markup import decoded, root
from crawler.media.image.prefix import Short

HEADER = 1445
"""Bytes that decide what a resource is (WHATWG MIME Sniffing, section 5.2)."""
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
"""Binary data bytes (WHATWG MIME Sniffing, section 3): text has none."""


class _Signature(NamedTuple):
    what: str
    media_type: str
    start: re.Pattern[bytes]


_SIGNATURES = (
    _Signature("pdf", "application/pdf", re.compile(rb"%PDF-")),
    _Signature("video", "video/webm", re.compile(rb"\x1a\x45\xdf\xa3")),
    _Signature("archive", "application/gzip", re.compile(rb"\x1f\x8b\x08")),
    _Signature("archive", "application/zip", re.compile(rb"PK\x03\x04")),
    _Signature("json", "application/json", re.compile(rb'[{\[]\s*+(?:["{}\[\]\d-]|true|false|null)')),
)
"""Looked for behind a byte order mark and white space (WHATWG MIME Sniffing, sections 6 and 7)."""


def identify(data: bytes) -> NotImage:
    """What the data is, given that it is no image."""
    text = decoded(data)
    if not text:
        return NotImage("empty", None)
    if brands(data):
        return NotImage("video", "video/mp4")
    for what, media_type, start in _SIGNATURES:
        if start.match(text):
            return NotImage(what, media_type)
    if markup := _markup(text):
        return markup
    return NotImage("binary", None) if _BINARY.search(text[:HEADER]) else NotImage("text", "text/plain")


def _markup(text: bytes) -> NotImage | None:
    try:
        element = root(text)
    except Short:
        return NotImage("xml", "text/xml") if text.startswith(b"<?xml") else NotImage("html", "text/html")
    if element is None:
        return None
    is_html = element.name.lower() == "html" or not element.is_xml  # servers answer in fragments as well
    return NotImage("html", "text/html") if is_html else NotImage("xml", "text/xml")
