"""What the head of a page says of it: title, canonical address, AMP page, preview image, robots, refresh.

No tree is built. The last place at which a tag can matter is found by searching bytes, the markup up to there is cut
into tags, and only tags of interest have their attributes read: a third of the time that a parser takes for the same
head, and no parser's depth or memory.
"""

import re
from contextlib import suppress
from html import unescape
from html.entities import html5
from typing import NamedTuple

from ada_url import join_url

from crawler.media.charset import WIDE, encoding
from crawler.media.tags import ATTRIBUTE, tags

WINDOW = 262_144
"""Bytes that are looked at: far more than any head has."""
TEXT_LIMIT = 300
"""Characters of a title, and of what is said to robots."""
URL_LIMIT = 2_000
"""Characters of a URL; a longer one counts as none."""
FRONT = 2_048
"""Bytes in which `<html>` stands."""
EXPANSION = 16
"""Bytes that are read for each character that is kept: references and white space take more than they give."""

LINKS = {b"canonical": "canonical", b"amphtml": "amphtml"}
"""Link types of interest, and what they are kept as."""
METAS = {
    b"og:image": "og_image",
    b"og:url": "og_url",
    b"robots": "robots",
    b"refresh": "refresh",
    b"prerender-status-code": "prerendered",
    b"render:status_code": "prerendered",
}
"""What `<meta>` of interest is called by `property`, `name` or `http-equiv`, and what it is kept as."""

_MARK = re.compile(rb"<(?:([mM][eE][tT][aA])|/[hH][eE][aA][dD]|[bB][oO][dD][yY])[\s/>]")
_WIDE = re.compile(rb"\xfe\xff|\xff\xfe")
_BASE = re.compile(rb"<base\s", re.IGNORECASE)
_AMP = re.compile(rb"(?:^|\s)(?:amp|\xe2\x9a\xa1(?:\xef\xb8\x8f)?)(?=[\s=/]|$)", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#(?:[0-9]+|[xX][0-9a-fA-F]+);?|([a-zA-Z][a-zA-Z0-9]*(?:;|(?![a-zA-Z0-9;=]))))")
_REFRESH = re.compile(
    r"\s*([0-9]{0,9})[0-9.]*(?:[;,\s]\s*(?:url\s*=\s*)?(?:\"([^\"]*)|'([^']*)|(.*)))?", re.IGNORECASE | re.DOTALL
)
_PLAIN = re.compile(rb"https?://(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}/[\w~!$*+,:;=@./?&%-]*", re.ASCII)
"""URLs that are as WHATWG has them already, if no segment of their path begins with a dot and no label is in Punycode.
Most are: joining takes five times as long as seeing that."""


class Head(NamedTuple):
    """Facts of a page's head; None: not there. URLs are absolute http(s) ones in WHATWG form."""

    title: str | None = None
    """White space folded, `TEXT_LIMIT` characters at most."""
    canonical: str | None = None
    """`<link rel=canonical>` (RFC 6596); the first where there are several."""
    amphtml: str | None = None
    """`<link rel=amphtml>` (amp.dev, "Make your pages discoverable")."""
    og_image: str | None = None
    """`<meta property=og:image>` (ogp.me)."""
    og_url: str | None = None
    """`<meta property=og:url>`."""
    robots: str | None = None
    """`<meta name=robots>` in lower case; joined by commas where there are several, since all of them hold."""
    is_amp: bool = False
    """Whether `<html>` says that this is an AMP page: `amp` or `⚡` (amp.dev, "AMP HTML Specification")."""
    refresh: tuple[float, str] | None = None
    """`<meta http-equiv=refresh>`: seconds, and the URL that is shown then (WHATWG HTML, section 4.2.5.3)."""
    prerendered: str | None = None
    """The status that an application tells a prerenderer to send (https://docs.prerender.io/docs/best-practices;
    https://github.com/GoogleChrome/rendertron, "Status codes")."""


def head(body: bytes, content_type: str | None, url: str) -> Head:
    """Read the front of a page, no longer content-encoded. `url` is the page's own: URLs in it are relative to it.

    Nothing is raised, whatever the bytes are; the time grows with their number up to `WINDOW`, and no further.
    """
    return read_head(body, content_type, url)[0]


def read_head(body: bytes, content_type: str | None, url: str) -> tuple[Head, int]:
    """The same, and where in the bytes the head seems to end: what is for readers comes later. Where no end is seen, it
    is the number of bytes that were looked at.
    """
    page = _Page(body[:WINDOW], content_type, url)
    found = page.found
    said = Head(
        title=_title(page.text(found["title"], TEXT_LIMIT)) if "title" in found else None,
        canonical=page.url(found["canonical"]) if "canonical" in found else None,
        amphtml=page.url(found["amphtml"]) if "amphtml" in found else None,
        og_image=page.url(found["og_image"]) if "og_image" in found else None,
        og_url=page.url(found["og_url"]) if "og_url" in found else None,
        robots=page.value(found["robots"], TEXT_LIMIT).strip().lower()[:TEXT_LIMIT] or None
        if "robots" in found
        else None,
        is_amp="html" in found and _AMP.search(found["html"]) is not None,
        refresh=page.refresh(found["refresh"]) if "refresh" in found else None,
        prerendered=page.value(found["prerendered"], TEXT_LIMIT).strip() if "prerendered" in found else None,
    )
    return said, page.end


def _reach(body: bytes) -> tuple[int, int]:
    """Where the last tag of interest may begin, and where the head seems to end; what comes later is none of its."""
    last, end = 0, len(body)
    for mark in _MARK.finditer(body):
        if mark.lastindex is None:
            end = mark.start()
            break
        last = mark.start()
    title = body.find(b"<title", 0, end)
    if title < 0:
        title = body.find(b"<TITLE", 0, end)
    html = max(body.find(b"<html", 0, FRONT), body.find(b"<HTML", 0, FRONT))
    last = max(last, title, html, body.find(b"anonical", 0, end), body.find(b"amphtml", 0, end))
    return (len(body), len(body)) if _is_quoted(body, last, end) else (last, end)


def _is_quoted(body: bytes, start: int, end: int) -> bool:
    """Whether what looks like the end of the head stands in a script or a comment that began after `start`."""
    script = body.rfind(b"<script", start, end)
    if script >= 0 and body.find(b"</script", script, end) < 0:
        return True
    comment = body.find(b"-->", end, end + 1024)
    return comment >= 0 and body.find(b"<!--", end, comment) < 0


def _read(body: bytes, reach: int) -> dict[str, bytes]:
    """What the tags that begin up to `reach` say, as written: by the name of a `Head`'s field, `base` and `html`."""
    found: dict[str, bytes] = {}
    for name, raw in tags(body, reach):
        if name == b"meta":
            if (
                b"og:" in raw
                or b"obots" in raw
                or b"efresh" in raw
                or b"OBOTS" in raw
                or b"EFRESH" in raw
                or raw.find(b"status") >= 0
            ):
                _read_meta(raw, found)
        elif name == b"link":
            if b"anonical" in raw or b"amphtml" in raw or b"CANONICAL" in raw:
                _read_link(raw, found)
        elif name == b"title" or name == b"html":
            found.setdefault(name.decode(), raw)
        else:
            for key, a, b, c in ATTRIBUTE.findall(raw):
                if key.lower() == b"href":
                    found.setdefault("base", a or b or c)
    return found


def _read_link(raw: bytes, found: dict[str, bytes]) -> None:
    kinds = href = b""
    for name, a, b, c in ATTRIBUTE.findall(raw):
        name = name.lower()
        if name == b"rel":
            kinds = kinds or a or b or c
        elif name == b"href":
            href = href or a or b or c
    for kind in kinds.lower().split() if href else ():
        if kind in LINKS:
            found.setdefault(LINKS[kind], href)


def _read_meta(raw: bytes, found: dict[str, bytes]) -> None:
    field = content = None
    for name, a, b, c in ATTRIBUTE.findall(raw):
        name = name.lower()
        if name == b"content":
            content = content or a or b or c
        elif name in (b"property", b"name", b"http-equiv") and field is None:
            field = METAS.get((a or b or c).strip().lower())
            if field is not None and (field == "refresh") is not (name == b"http-equiv"):
                field = None
    if field is None or content is None:
        return
    if field == "robots" and field in found:
        found[field] = found[field][: EXPANSION * TEXT_LIMIT] + b", " + content
    else:
        found.setdefault(field, content)


class _Page:
    """One page, and what is needed to make text and URLs of what it says."""

    __slots__ = ("_base", "_body", "_codec", "_content_type", "_url", "end", "found")

    def __init__(self, body: bytes, content_type: str | None, url: str) -> None:
        self._codec: str | None = None
        length = len(body)
        if _WIDE.match(body) or (content_type is not None and "16" in content_type):
            codec = encoding(body, content_type)
            if codec in WIDE:
                body, self._codec = body.decode(codec, "replace").encode(), "utf-8"
        self._body = body
        self._content_type = content_type
        self._url = url
        self._base: str | None = None
        reach, end = _reach(body)
        self.end = end if self._codec is None else length  # the bytes are others than those that were given
        self.found = _read(body, reach)
        if reach < end and self._misses(reach + 1, end):
            self.found = _read(body, len(body))

    def _misses(self, start: int, end: int) -> bool:
        """Whether there may be more than was read: what was found first stands in a comment, a script or an attribute,
        and so may what looked like the end of the head."""
        found, find = self.found, self._body.find
        return (
            ("title" not in found and (find(b"<title", start) >= 0 or find(b"<TITLE", start) >= 0))
            or ("canonical" not in found and find(b"anonical", start, end) >= 0)
            or ("amphtml" not in found and find(b"amphtml", start, end) >= 0)
        )

    def text(self, raw: bytes, limit: int) -> str:
        """Bytes as text, enough of them for so many characters."""
        raw = raw[: EXPANSION * limit]
        if raw.isascii() and b"\x1b" not in raw:  # ISO-2022-JP says everything in ASCII bytes, with escapes
            return raw.decode("ascii")
        self._codec = self._codec or encoding(self._body, self._content_type)
        return raw.decode(self._codec, "replace")

    def value(self, raw: bytes, limit: int) -> str:
        """An attribute's value. References in it are read by the rule for attributes: `&copy=` is none."""
        text = self.text(raw, limit)
        return _REFERENCE.sub(_referred, text) if "&" in text else text

    def url(self, raw: bytes) -> str | None:
        """An attribute's value as an absolute URL; None where it can't be one."""
        if (
            len(raw) <= URL_LIMIT
            and _PLAIN.fullmatch(raw)
            and b"/." not in raw
            and b"xn--" not in raw
            and b"&" not in raw
        ):
            return raw.decode("ascii")
        return self._absolute(self.value(raw, URL_LIMIT))

    def refresh(self, raw: bytes) -> tuple[float, str] | None:
        """The seconds and the URL of a refresh; a page that loads itself again names none."""
        match = _REFRESH.match(self.value(raw, URL_LIMIT))
        if match is None:
            return None
        target = (match[2] or match[3] or match[4] or "").strip()
        where = self._absolute(target) if target else self._url
        return None if where is None else (float(match[1] or 0), where)

    def _absolute(self, text: str) -> str | None:
        try:
            url = join_url(self._document_base(), text)
        except ValueError:
            return None
        return url if len(url) <= URL_LIMIT and url.startswith(("http://", "https://")) else None

    def _document_base(self) -> str:
        """What relative URLs are relative to: the document's URL, or what the first `<base href>` makes of it."""
        if self._base is None:
            if "base" not in self.found and _BASE.search(self._body):
                self.found = _read(self._body, len(self._body))
            self._base = self._url
            if "base" in self.found:
                with suppress(ValueError):
                    self._base = join_url(self._url, self.value(self.found["base"], URL_LIMIT))
        return self._base


def _title(text: str) -> str | None:
    return " ".join((unescape(text) if "&" in text else text).split())[:TEXT_LIMIT] or None


def _referred(reference: re.Match[str]) -> str:
    """What a character reference in an attribute stands for."""
    name = reference[1]
    return unescape(reference[0]) if name is None else html5.get(name, reference[0])
