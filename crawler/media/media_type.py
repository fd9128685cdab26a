"""The media type that a `Content-Type` names, and those that are pages."""

from functools import lru_cache
from typing import Final

from crawler.media.head import TEXT_LIMIT

PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})


@lru_cache(maxsize=128)
def media_type(content_type: str | None) -> str | None:
    """The type and subtype of a `Content-Type` in lower case, without parameters (RFC 9110, section 8.3.1)."""
    return content_type.partition(";")[0].strip().lower()[:TEXT_LIMIT] or None if content_type else None
