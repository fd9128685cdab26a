"""What the last answer of a visit says: the facts of its fields and of the body's prefix."""

import re
from typing import Final
from zlib import crc32

from crawler.http.content import Content, content
from crawler.http.url import Url
from crawler.media.answer import NEAR, WHOLE, Answer
from crawler.media.fragments import missing
from crawler.media.head import TEXT_LIMIT, Head
from crawler.media.html import END, read_front, read_head
from crawler.media.image import Need, NotImage, probe
from crawler.media.media_type import PAGES, media_type
from crawler.model.exchange import Response
from crawler.model.observation import Metadata
from crawler.model.role import IMAGE, Role

FRONT: Final = 32_768
"""Bytes of a page that are decoded at first: most heads end before that, with a good deal of the body behind them."""

DIGESTED: Final = 4_096
"""Bytes of an image that its digest covers, beside its length."""

_RANGE: Final = re.compile(r"\s*bytes (\d{1,15})-(\d{1,15})/(?:(\d{1,15})|\*)\s*", re.IGNORECASE | re.ASCII)
"""`Content-Range` of one part; the whole length may be unknown (RFC 9110, section 14.4)."""


class Facts:
    """What there is to know of an answer."""

    __slots__ = ("metadata", "need", "page", "refresh")

    def __init__(
        self,
        metadata: Metadata,
        page: Answer | None = None,
        refresh: tuple[float, str] | None = None,
        need: int | None = None,
    ) -> None:
        self.metadata: Final = metadata
        self.page: Final = page
        """For those who judge pages; None for what is no page."""
        self.refresh: Final = refresh
        """Seconds, and the URL a page sends its readers to by itself."""
        self.need: Final = need
        """Bytes from the start that would say an image's size, where those at hand don't."""


def read_facts(response: Response, role: Role, asked: Url, final: Url, fragments: tuple[str, ...] = ()) -> Facts:
    """Read what `final` answered to a visit that began at `asked`."""
    kind = media_type(response.fields.get("content-type"))
    body = content(response.body, response.fields.get("content-encoding"), WHOLE)
    found = None
    if body is not None and role is IMAGE and 200 <= response.status < 300 and _from_start(response):
        found = _image_facts(kind, response, body.read(WHOLE))
        if found.metadata.format != "html":
            return found
    if body is not None and (kind is None or kind in PAGES):
        return _page_facts(kind, response, body, asked, final, fragments, found.metadata.format if found else None)
    return Facts(found.metadata if found else _metadata(kind, response))


def _page_facts(
    kind: str | None,
    response: Response,
    body: Content,
    asked: Url,
    final: Url,
    fragments: tuple[str, ...],
    instead: str | None,
) -> Facts:
    """`instead` is what stands there where an image is expected; None where none is."""
    content_type = response.fields.get("content-type")
    front, said, end = _front(body, content_type, final.href)
    page = Answer(
        asked,
        final,
        response.status,
        response.fields,
        front,
        said,
        complete=response.complete,
        behind_head=end,
        content=body,
    )
    missed: tuple[str, ...] = ()
    if fragments and response.complete and len(whole := body.read(WHOLE)) < WHOLE:
        missed = missing(whole, fragments, content_type)
    metadata = Metadata(
        kind,
        _short(response.fields.get("etag")),
        _short(response.fields.get("last-modified")),
        said.title,
        said.canonical,
        said.amphtml,
        said.og_image,
        said.robots,
        None,  # neither width
        None,  # nor height
        len(response.body),
        said.is_amp if front or response.complete else None,
        instead,
        None if instead is None else False,
        None,
        missed,
    )
    return Facts(metadata, page, said.refresh)


def _front(body: Content, content_type: str | None, url: str) -> tuple[bytes, Head, int]:
    """As much of a page as had to be decoded for its head, what that says, and where it ends."""
    end = body.decode(END, NEAR, FRONT)
    if end >= 0 and body.is_open():
        front = body.front(0)
        found = read_front(front, content_type, url, end)
        if found is not None:
            return front, found[0], found[1]
    front = body.front(FRONT)
    said, end = read_head(front, content_type, url, FRONT) if front else (Head(), 0)
    if len(front) >= FRONT and (end == FRONT or said.title is None):
        said, end = read_head(body.read(WHOLE), content_type, url)
    return front, said, end


def _image_facts(kind: str | None, response: Response, body: bytes) -> Facts:
    length = whole_length(response)
    whole = length == len(response.body)
    found = probe(body, complete=whole)
    need = None
    if isinstance(found, Need):
        need = found.next
        found = probe(body, complete=True)
    assert not isinstance(found, Need)
    if isinstance(found, NotImage):
        return Facts(_metadata(kind, response, found.what, False), need=need)
    digest = None if length is None else crc32(body[:DIGESTED], length)
    known = _metadata(kind, response, found.format, True, found.width, found.height, digest)
    return Facts(known, need=need)


def _metadata(
    kind: str | None,
    response: Response,
    what: str | None = None,
    is_image: bool | None = None,
    width: int | None = None,
    height: int | None = None,
    digest: int | None = None,
) -> Metadata:
    """What there is to know of what is no page."""
    return Metadata(
        kind,
        _short(response.fields.get("etag")),
        _short(response.fields.get("last-modified")),
        width=width,
        height=height,
        bytes=len(response.body),
        format=what,
        is_image=is_image,
        digest=digest,
    )


def _from_start(response: Response) -> bool:
    """Whether a body begins where the whole one does: a server may send another part than was asked for."""
    span = _RANGE.fullmatch(response.fields.get("content-range") or "") if response.status == 206 else None
    return span is None or int(span[1]) == 0


def whole_length(response: Response) -> int | None:
    """Bytes of the whole body as sent; None where nothing says."""
    if response.status == 206:
        span = _RANGE.fullmatch(response.fields.get("content-range") or "")
        return int(span[3]) if span and span[3] else None
    if response.complete:
        return len(response.body)
    length = response.fields.get("content-length") or ""
    return int(length) if length.isascii() and length.isdigit() and len(length) < 16 else None


def _short(value: str | None) -> str | None:
    return value and value[:TEXT_LIMIT]
