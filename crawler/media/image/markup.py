"""The root element of a document in XML or HTML, found without a parser: nothing is expanded, nested or fetched.

Enough of XML 1.0 for the road to the first start tag: byte order mark, declaration, comments, processing instructions,
DOCTYPE with an internal subset. Entities are never resolved, so that none of them can grow.
"""

import re
from typing import NamedTuple

from crawler.media.image.prefix import LIMIT, Short

_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_UTF8 = b"\xef\xbb\xbf"
_SPACE = re.compile(rb"\s*+")
_DOCTYPE = re.compile(rb"<!doctype\s++([\w.:-]++)(?=[\s>\[])", re.IGNORECASE)
_SUBSET = re.compile(rb"""["'\[\]>]|<!--|<\?""")
_CLOSERS = {b'"': b'"', b"'": b"'", b"<!--": b"-->", b"<?": b"?>"}
_PARTIAL = re.compile(rb"<(?:[\w.:-]*+|!-?|!d[a-z]*+(?:\s++[\w.:-]*+)?)\Z", re.IGNORECASE)
_NAME = re.compile(rb"<(?:[\w.-]++:)?([A-Za-z][\w.-]*+)(?=[\s/>])")
_ATTRIBUTE = re.compile(rb"""\s*+([^\s=>/"'<]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
_UNFINISHED = re.compile(rb"""\s*+(?:[^\s=>/"'<]++\s*+(?:=\s*+(?:"[^"]*+|'[^']*+)?)?|/)?\Z""")


class Root(NamedTuple):
    """The first element of a document."""

    name: str
    """Without a namespace prefix; `html` as well where a DOCTYPE says so."""
    is_xml: bool
    """Whether an XML declaration stands before it, or a namespace at it."""
    attributes: dict[bytes, bytes] | None
    """Values as written. None: the tag goes on past the prefix."""


def decoded(data: bytes) -> bytes:
    """Text in UTF-8, without byte order mark and leading white space."""
    encoding = _UTF16.get(data[:2])
    return (data[2:].decode(encoding, "ignore").encode() if encoding else data.removeprefix(_UTF8)).lstrip()


def root(data: bytes) -> Root | None:
    """The root element; None for what is no markup. Raises `Short` where the prefix ends before it is known."""
    text = decoded(data)
    try:
        return _root(text)
    except Short:
        raise Short(len(data) + 1) from None


def _root(text: bytes) -> Root | None:
    at, is_xml = 0, text.startswith(b"<?xml")
    for _ in range(LIMIT):
        if text.startswith(b"<?", at):
            at = _after(text, b"?>", at)
        elif text.startswith(b"<!--", at):
            at = _after(text, b"-->", at)
        elif doctype := _DOCTYPE.match(text, at):
            if doctype[1].lower() == b"html":
                return Root("html", is_xml, {})
            at = _after_doctype(text, doctype.end())
        elif name := _NAME.match(text, at):
            return _element(text, name, is_xml)
        elif at == len(text) or _PARTIAL.match(text, at):
            raise Short(len(text) + 1)
        else:
            break
        at = space.end() if (space := _SPACE.match(text, at)) else at
    return None


def _after(text: bytes, token: bytes, at: int) -> int:
    found = text.find(token, at)
    if found < 0:
        raise Short(len(text) + 1)
    return found + len(token)


def _after_doctype(text: bytes, at: int) -> int:
    """Where a DOCTYPE ends that has begun before `at`; strings and comments of its internal subset are passed over."""
    depth = 0
    for _ in range(LIMIT):
        found = _SUBSET.search(text, at)
        if found is None:
            break
        token, at = found[0], found.end()
        if token == b">" and depth == 0:
            return at
        depth += (token == b"[") - (token == b"]")
        if closer := _CLOSERS.get(token):
            at = _after(text, closer, at)
    raise Short(len(text) + 1)


def _element(text: bytes, name: re.Match[bytes], is_xml: bool) -> Root:
    at = name.end()
    attributes: dict[bytes, bytes] = {}
    for _ in range(LIMIT):
        found = _ATTRIBUTE.match(text, at)
        if found is None:
            break
        attributes.setdefault(found[1], found[2] or found[3] or b"")
        at = found.end()
    is_xml = is_xml or any(key.startswith(b"xmlns") for key in attributes)
    return Root(name[1].decode(), is_xml, None if _UNFINISHED.match(text, at) else attributes)
