"""URLs in raw HTML, with their places: the few attributes that hold one, cut as the WHATWG tokenizer cuts them."""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from typing import NamedTuple

from crawler.model.role import Role

URL_ATTRIBUTES = {
    ("a", "href"): Role.WEB,
    ("area", "href"): Role.WEB,
    ("audio", "src"): Role.WEB,
    ("embed", "src"): Role.WEB,
    ("iframe", "src"): Role.WEB,
    ("img", "src"): Role.IMAGE,
    ("link", "href"): Role.WEB,
    ("source", "src"): Role.WEB,
    ("video", "poster"): Role.IMAGE,
    ("video", "src"): Role.WEB,
}
SOURCE_SETS = {("img", "srcset"), ("source", "srcset")}
"""Attributes with several images in them (HTML, section 4.8.4.2.1)."""

_FLAGS = re.IGNORECASE | re.DOTALL | re.ASCII
_OPENING = re.compile(
    r"<(?:!--(?:-?>|.*?--!?>|.*)"
    r"|(?P<raw>script|style|textarea|title|xmp)(?=[\s/>]).*?(?:</(?P=raw)(?=[\s/>])|\Z)"
    r"|(?P<tag>[a-z][^\s/>]*+))",
    _FLAGS,
)
"""A comment, an element whose content is no markup, or a tag. What is never closed takes all that follows, as in
browsers; that, and the possessive repeats, keep the time linear."""
_ATTRIBUTE = re.compile(
    r"[\s/]*+(?:(?P<close>>)|(?P<name>[^\s/>][^\s/>=]*+)"
    r"""(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"?|'(?P<single>[^']*+)'?|(?P<bare>[^\s>]*+)))?)""",
    _FLAGS,
)
_CANDIDATE = re.compile(r"[\s,]*+(?P<url>\S++)")
_DESCRIPTORS = re.compile(r"(?:[^,(]|\([^)]*+\)?)*+")
_REFERENCE = re.compile(r"&(?:#(?:[0-9]+|x[0-9a-f]+);?|(?P<name>[a-z0-9]+(?:;|(?![a-z0-9=]))))", _FLAGS)
"""A character reference in an attribute. One without `;` stands for itself before `=` or a letter, so that
`?a=1&copy=2` stays as it is (HTML, section 13.2.5.73)."""


class Written(NamedTuple):
    """A URL in markup: `markup[start:end]` as written."""

    role: Role
    url: str
    start: int
    end: int


def urls(markup: str) -> Iterator[Written]:
    """Every URL of a fragment, in the order written."""
    position = 0
    while opening := _OPENING.search(markup, position):
        position = opening.end()
        if tag := opening["tag"]:
            values, position = _attributes(markup, position)
            for name, (start, end) in values.items():
                yield from _values(markup, (tag.lower(), name), start, end)


def unescape_attribute(value: str) -> str:
    """An attribute's value with its character references resolved."""
    return _REFERENCE.sub(_resolve, value) if "&" in value else value


def _attributes(markup: str, position: int) -> tuple[dict[str, tuple[int, int]], int]:
    """The spans of a tag's values by name, and where the tag ends; of doubled names the first counts."""
    values: dict[str, tuple[int, int]] = {}
    while found := _ATTRIBUTE.match(markup, position):
        position = found.end()
        if found["close"]:
            return values, position
        group = next((name for name in ("double", "single", "bare") if found[name] is not None), None)
        if group:
            values.setdefault(found["name"].lower(), found.span(group))
    return {}, len(markup)


def _values(markup: str, attribute: tuple[str, str], start: int, end: int) -> Iterator[Written]:
    if role := URL_ATTRIBUTES.get(attribute):
        yield Written(role, unescape_attribute(markup[start:end]), start, end)
    elif attribute in SOURCE_SETS:
        while found := _CANDIDATE.match(markup, start, end):
            url = found["url"].rstrip(",")
            first = found.start("url")
            if url:
                yield Written(Role.IMAGE, unescape_attribute(url), first, first + len(url))
            start = found.end()
            if len(url) == len(found["url"]) and (rest := _DESCRIPTORS.match(markup, start, end)):
                start = rest.end()


def _resolve(found: re.Match[str]) -> str:
    name = found["name"]
    return found[0] if name and name not in html5 else unescape(found[0])
