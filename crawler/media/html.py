"""What the head of a page says of it: title, canonical address, AMP page, preview image, robots, refresh.

No tree is built. The last place at which a tag can matter is found by searching bytes for words (a pattern takes three
times as long), the markup up to there is cut into tags, and only tags of interest have their attributes read: a third
of the time that a parser takes for the same head, and no parser's depth or memory.
"""

import re
from contextlib import suppress
from functools import lru_cache
from html import unescape
from html.entities import html5
from string import ascii_letters, digits
from typing import Final

from ada_url import join_url

from crawler.http.search import find, rfind
from crawler.media.charset import WIDE, encoding, may_be_wide
from crawler.media.head import TEXT_LIMIT, Head
from crawler.media.tags import SPACE, Tag, attributes, tags
from crawler.media.text import folded

WINDOW: Final = 262_144
"""Bytes that are looked at: far more than any head has."""
URL_LIMIT: Final = 2_000
"""Characters of a URL; a longer one counts as none."""
FRONT: Final = 2_048
"""Bytes in which `<html>` stands."""
SHORT: Final = 1_024
"""Bytes of a head that is read tag by tag, whatever is in it."""
OPENING: Final = 256
"""Bytes in which the tags begin, behind the longest of doctypes."""
BEHIND: Final = 1_024
"""Bytes behind what looks like the end of the head in which a comment may end that it stands in."""
END: Final = b"</head>"
"""What nearly all heads end with."""
EXPANSION: Final = 16
"""Bytes that are read for each character that is kept: references and white space take more than they give."""

LINKS: Final = ("canonical", "amphtml")
"""Link types of interest."""
METAS: Final = {
    "og:image": "og_image",
    "og:url": "og_url",
    "robots": "robots",
    "refresh": "refresh",
    "prerender-status-code": "prerendered",
    "render:status_code": "prerendered",
}
"""What `<meta>` of interest is called by `property`, `name` or `http-equiv`, and what it is kept as."""

_WORD: Final = re.compile(r"[^ \t\n\r\f\v]+")
_END: Final = re.compile(rb"<(?:/head|body)[\s/>]", re.IGNORECASE)
_BASE: Final = re.compile(rb"<base\s", re.IGNORECASE)
_AMP: Final = re.compile(r"(?:^|\s)(?:amp|\xe2\x9a\xa1(?:\xef\xb8\x8f)?)(?=[\s=/]|$)", re.IGNORECASE | re.ASCII)
"""`amp` or the bytes of `⚡`."""
_REFERENCE: Final = re.compile(r"&(?:#(?:[0-9]+|[xX][0-9a-fA-F]+);?|([a-zA-Z][a-zA-Z0-9]*(?:;|(?![a-zA-Z0-9;=]))))")
_REFRESH: Final = re.compile(
    r"\s*([0-9]{0,9})[0-9.]*(?:[;,\s]\s*(?:url\s*=\s*)?(?:\"([^\"]*)|'([^']*)|(.*)))?", re.IGNORECASE | re.DOTALL
)
_PLAIN_ORIGIN: Final = re.compile(r"https?://(?:[a-z0-9][a-z0-9-]*+\.)++[a-z]{2,}+")
_PLAIN: Final = frozenset(f"{ascii_letters}{digits}_~!$*+,:;=@./?%-".encode())
_IF_PLAIN: Final = bytes(byte if byte in _PLAIN else 255 - byte for byte in range(256))
"""What leaves URLs alone that are as WHATWG has them already, and changes all others, if their origin is plain, no
label of it is in Punycode and no segment of the path begins with a dot. Most are: joining takes five times as long as
seeing that."""


def head(body: bytes, content_type: str | None, url: str) -> Head:
    """Read the front of a page, no longer content-encoded. `url` is the page's own: URLs in it are relative to it.

    Nothing is raised, whatever the bytes are; the time grows with their number up to `WINDOW`, and no further.
    """
    return read_head(body, content_type, url)[0]


def read_head(body: bytes, content_type: str | None, url: str, stop: int = WINDOW) -> tuple[Head, int]:
    """The same of the first `stop` bytes, and where in them the head seems to end: what is for readers comes later.
    Where no end is seen, it is the number of bytes that were looked at.
    """
    stop = min(stop, len(body))
    page = _Page(body, content_type, url, stop, find(body, END, 0, stop))
    return page.head(), page.end


def read_front(front: bytes, content_type: str | None, url: str, end: int) -> tuple[Head, int] | None:
    """The same of a page of which no more than the front is at hand; None where more of it might say something else.
    `end` is where the first `END` stands in it."""
    page = _Page(front, content_type, url, len(front), end)
    if page.is_open or page.end + BEHIND > len(front):
        return None
    said = page.head()
    return None if page.is_open or said.title is None else (said, page.end)


def _is_amp(raw: str) -> bool:
    return ("amp" in raw.lower() or "\xe2\x9a\xa1" in raw) and _AMP.search(raw) is not None


def _reach(body: bytes, stop: int, end: int) -> tuple[int, int]:
    """Where the last `<meta>` before `stop` may begin, and where the head seems to end: what comes later is none of
    its. `end` is where the first `END` stands before `stop`; negative where there is none.

    Pages write their tags one way: a long head is searched for capitals only where it begins in them, or has no
    `<meta>` in small letters. What is pasted otherwise is read where it stands before one that is not."""
    if end < 0:
        mark = _END.search(body, 0, stop)
        end = mark.start() if mark else stop
    if end <= SHORT:
        return (stop, stop) if _is_quoted(body, 0, end) else (end, end)
    last = max(rfind(body, b"<meta", 0, end), 0)  # `<Meta>` counts where a head is short
    if last == 0 or find(body, b"<H", 0, OPENING) >= 0:  # a page whose tags are written in capitals has no others
        last = max(last, rfind(body, b"<META", last, end))
    return (stop, stop) if _is_quoted(body, last, end) else (last, end)


def _is_quoted(body: bytes, start: int, end: int) -> bool:
    """Whether what looks like the end of the head stands in a script or a comment that began after `start`."""
    script = rfind(body, b"<script", start, end)
    if script >= 0 and find(body, b"</script", script, end) < 0:
        return True
    comment = find(body, b"-->", end, end + BEHIND)
    return comment >= 0 and find(body, b"<!--", end, comment) < 0


def _read(cut: list[Tag]) -> dict[str, str]:
    """What tags say, as written: by the name of a `Head`'s field, `base` and `html`."""
    found: dict[str, str] = {}
    for name, raw in cut:
        if name == "meta":
            if (
                "og:" in raw
                or "obots" in raw
                or "efresh" in raw
                or "OBOTS" in raw
                or "EFRESH" in raw
                or "status" in raw
            ):
                _read_meta(raw, found)
        elif name == "link":
            if "anonical" in raw or "amphtml" in raw or "CANONICAL" in raw:
                _read_link(raw, found)
        elif name == "base":
            for key, value in attributes(raw):
                if key == "href" and "base" not in found:
                    found["base"] = value
        elif name not in found:
            found[name] = raw
    return found


def _read_link(raw: str, found: dict[str, str]) -> None:
    kinds = href = ""
    for name, value in attributes(raw):
        if name == "rel":
            kinds = kinds or value.lower()
        elif name == "href":
            href = href or value
    if href:
        for kind in LINKS:
            if kind in kinds and kind not in found and (kinds == kind or kind in _WORD.findall(kinds)):
                found[kind] = href


def _read_meta(raw: str, found: dict[str, str]) -> None:
    field: str | None = None
    content: str | None = None
    for name, value in attributes(raw):
        if name == "content":
            content = content or value
        elif field is None and (name == "property" or name == "name" or name == "http-equiv"):
            field = METAS.get(value) or METAS.get(value.strip(SPACE).lower())
            if field is not None and (field == "refresh") is not (name == "http-equiv"):
                field = None
    if field is None or content is None:
        return
    if field == "robots" and field in found:
        found[field] = found[field][: EXPANSION * TEXT_LIMIT] + ", " + content
    elif field not in found:
        found[field] = content


class _Page:
    """One page, and what is needed to make text and URLs of what it says."""

    __slots__ = ("_base", "_body", "_codec", "_content_type", "_stop", "_url", "end", "found", "is_open")

    def __init__(self, body: bytes, content_type: str | None, url: str, stop: int, end: int) -> None:
        self._codec: str | None = None
        length = stop
        if may_be_wide(body, content_type):
            codec = encoding(body, content_type)
            if codec in WIDE:
                body, self._codec = body[:stop].decode(codec, "replace").encode(), "utf-8"
                stop = len(body)
                end = find(body, END, 0, stop)
        self._body = body
        self._stop = stop
        self._content_type = content_type
        self._url = url
        self._base: str | None = None
        self.is_open = self._codec is not None
        """Whether what comes behind `stop` might have been read otherwise than what has been."""
        reach, end = _reach(body, stop, end)
        self.end = end if self._codec is None else length  # the bytes are others than those that were given
        self._read(reach)
        more = self._missed(reach + 1, end)
        if 0 <= more < end:
            self._read(more)
            more = self._missed(more + 1, end)
        if more >= 0:
            self._read(stop)

    def _read(self, reach: int) -> None:
        """See what the tags say that begin up to `reach`."""
        cut, is_open = tags(self._body, reach, self._stop)
        self.found = _read(cut)
        self.is_open = self.is_open or is_open or reach == self._stop

    def _missed(self, start: int, end: int) -> int:
        """Where the last of what is still to be found may begin; negative if there is nothing more. What was found
        first may stand in a comment, a script or an attribute, and so may what looked like the end of the head."""
        at, found, body = -1, self.found, self._body
        if "title" not in found:
            at = max(find(body, b"<title", start, self._stop), find(body, b"<TITLE", start, self._stop))
        if "canonical" not in found:
            at = max(at, find(body, b"anonical", start, end))
        if "amphtml" not in found:
            at = max(at, find(body, b"amphtml", start, end))
        if "html" not in found:
            front = min(FRONT, self._stop)
            at = max(at, find(body, b"<html", start, front), find(body, b"<HTML", start, front))
        return at

    def head(self) -> Head:
        """All of it."""
        found = self.found
        return Head(
            self.title(found.get("title")),
            self.url(found.get("canonical")),
            self.url(found.get("amphtml")),
            self.url(found.get("og_image")),
            self.url(found.get("og_url")),
            self.robots(found.get("robots")),
            _is_amp(found.get("html", "")),
            self.refresh(found.get("refresh")),
            self.value(found["prerendered"], TEXT_LIMIT).strip() if "prerendered" in found else None,
        )

    def text(self, raw: str, limit: int) -> str:
        """Bytes as text, enough of them for so many characters."""
        if len(raw) > EXPANSION * limit:
            raw = raw[: EXPANSION * limit]
        if raw.isascii() and "\x1b" not in raw:  # ISO-2022-JP says everything in ASCII bytes, with escapes
            return raw
        self._codec = self._codec or encoding(self._body, self._content_type)
        return raw.encode("latin-1").decode(self._codec, "replace")

    def title(self, raw: str | None) -> str | None:
        """A title with white space folded."""
        if raw is None:
            return None
        text = self.text(raw, TEXT_LIMIT)
        return folded(_unescaped(text) if "&" in text else text)[:TEXT_LIMIT] or None

    def robots(self, raw: str | None) -> str | None:
        """What is said to robots, in lower case."""
        return None if raw is None else self.value(raw, TEXT_LIMIT).strip().lower()[:TEXT_LIMIT] or None

    def value(self, raw: str, limit: int) -> str:
        """An attribute's value. References in it are read by the rule for attributes: `&copy=` is none."""
        text = self.text(raw, limit)
        return _REFERENCE.sub(_referred, text) if "&" in text else text

    def url(self, raw: str | None) -> str | None:
        """An attribute's value as an absolute URL; None where it can't be one."""
        if raw is None:
            return None
        if len(raw) <= URL_LIMIT and _is_plain(raw):
            return raw
        return self._absolute(self.value(raw, URL_LIMIT))

    def refresh(self, raw: str | None) -> tuple[float, str] | None:
        """The seconds and the URL of a refresh; a page that loads itself again names none."""
        if raw is None:
            return None
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
            if "base" not in self.found:
                self.is_open = True
                if _BASE.search(self._body, 0, self._stop):
                    self._read(self._stop)
            self._base = self._url
            if "base" in self.found:
                with suppress(ValueError):
                    self._base = join_url(self._url, self.value(self.found["base"], URL_LIMIT))
        return self._base


def _is_plain(url: str) -> bool:
    """Whether a URL is seen to be as WHATWG has it."""
    end = url.find("/", 8)
    if end < 0 or "/." in url or not _is_plain_origin(url[:end]):
        return False
    written = url.encode("latin-1")
    return written.translate(_IF_PLAIN) == written


@lru_cache(maxsize=1_024)
def _is_plain_origin(origin: str) -> bool:
    return "xn--" not in origin and _PLAIN_ORIGIN.fullmatch(origin) is not None


def _unescaped(text: str) -> str:
    """A text with characters for references to them. Most are names that end as they should: looking these up takes a
    fifth of the time that `unescape` does."""
    told, at = "", 0
    ampersand = text.find("&")
    while ampersand >= 0:
        end = text.find(";", ampersand) + 1
        character = html5.get(text[ampersand + 1 : end]) if end > 0 else None
        if character is None:
            return told + unescape(text[at:])
        told = f"{told}{text[at:ampersand]}{character}"
        at = end
        ampersand = text.find("&", at)
    return told + text[at:]


def _referred(reference: re.Match[str]) -> str:
    """What a character reference in an attribute stands for."""
    name = reference[1]
    return unescape(reference[0]) if name is None else html5.get(name, reference[0])
