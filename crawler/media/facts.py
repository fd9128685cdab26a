"""What an answer says of itself: the facts of its fields and of the body's prefix."""

from crawler.model.exchange import Response
from crawler.model.observation import Metadata
from crawler.model.role import Role


def metadata(response: Response, role: Role, url: str) -> Metadata:
    """Read a response to `url` for what a record may want to know of it."""
    fields = response.fields
    return Metadata(
        content_type=media_type(fields.get("content-type")),
        etag=fields.get("etag"),
        last_modified=fields.get("last-modified"),
        bytes=len(response.body),
    )


def media_type(content_type: str | None) -> str | None:
    """The type and subtype of a `Content-Type` in lower case, without parameters (RFC 9110, section 8.3.1)."""
    return content_type.partition(";")[0].strip().lower() or None if content_type else None
