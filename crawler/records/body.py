"""Links and images of a Markdown body, each at the very characters of its URL."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from crawler.config import Bounds
from crawler.model.link import Link, Problem
from crawler.model.role import Role, stricter
from crawler.records import html
from crawler.records.page import Flaw, Page
from crawler.records.strand import Strand
from crawler.records.white import WHITE, trim

FIELD = "body"
_ABSOLUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
"""With a scheme (RFC 3986, section 3.1), or with a host and the scheme of its page. Anything else is relative to a page
that nobody names here, and no public link."""
_CONSTRUCTS = ("](", "]:", "<")
"""What every link and image has one of: inline, by definition, autolink or HTML."""
_SIGNS = (":", "//", "@", "&")
"""What every absolute destination has one of; an address in an autolink has `@`, and an entity may stand for any."""
_MARKS = "\n!#$%&*+-:<=>@[\\]^_`{}~"
"""Where markdown-it-py stops to look for something, which takes it some microseconds each."""


class _Spot(NamedTuple):
    """A destination, and where it is written in a strand."""

    role: Role
    url: str
    strand: Strand
    start: int
    end: int


def read_body(page: Page, start: int, bounds: Bounds) -> tuple[list[Link], list[Problem]]:
    """The links of the body that begins at an offset of the page, in the order written.

    CommonMark's links, images, autolinks and link definitions that are used, and raw HTML; nothing in code or
    comments, no bare URL in prose, and nothing relative. `//host/path` is taken for https. A definition is one link
    however often it is used.
    """
    text = page.text[start:]
    if not (any(sign in text for sign in _SIGNS) and any(construct in text for construct in _CONSTRUCTS)):
        return [], []
    marks = sum(map(text.count, _MARKS))
    if marks > bounds.nodes:
        message = f"a body with more than {bounds.nodes:,} line ends, brackets and the like (records.bounds.nodes)"
        return [], [page.problem(Flaw(message, start), field=FIELD)]
    links: list[Link] = []
    problems: list[Problem] = []
    for spot in _spots(page, start, text):
        url = spot.url.strip(WHITE)
        if _ABSOLUTE.match(url):
            links.append(_link(spot, f"https:{url}" if url.startswith("//") else url, page, problems))
    return sorted(links, key=lambda link: link.start or 0), problems


def _link(spot: _Spot, url: str, page: Page, problems: list[Problem]) -> Link:
    offset = spot.strand.offset(spot.start)
    start, end = trim(page.text, offset, offset + spot.end - spot.start)
    line, column = page.place(start)
    if page.text[offset : offset + spot.end - spot.start] != spot.strand.content[spot.start : spot.end]:
        return Link(url, spot.role, page.path, FIELD, line)
    if spot.url != spot.url.strip(WHITE):
        flaw = Flaw("white space around the URL", start, end - start, "url-whitespace")
        problems.append(page.problem(flaw, field=FIELD, role=spot.role, url=url))
    return Link(url, spot.role, page.path, FIELD, line, column, page.base + start, end - start)


def _spots(page: Page, start: int, text: str) -> Iterator[_Spot]:
    from crawler.records.commonmark import START, Destination, parser  # takes 50 ms, and most records have no body

    environment: dict[str, Any] = {}
    tokens = parser().parse(text, environment)
    definitions = {id(one["href"]): one for one in environment.get("references", {}).values()}
    used: dict[int, Role] = {}
    for token in tokens:
        if not token.map or token.type not in ("inline", "html_block"):
            continue
        strand = Strand(page, start, token.content, token.map[0])
        if token.type == "html_block":
            yield from _in_html(token.content, strand, 0)
        for child in token.children or ():
            if child.type == "html_inline":
                yield from _in_html(child.content, strand, child.meta[START])
                continue
            destination = child.attrs.get("src" if child.type == "image" else "href")
            role = Role.IMAGE if child.type == "image" else Role.WEB
            if id(destination) in definitions:
                used[id(destination)] = stricter(role, used.get(id(destination), role))
            elif isinstance(destination, Destination):
                yield _Spot(role, str(destination), strand, destination.start, destination.end)
    for key, role in used.items():
        written: Destination = definitions[key]["href"]
        strand = Strand(page, start, written.content, definitions[key]["map"][0])
        yield _Spot(role, str(written), strand, written.start, written.end)


def _in_html(markup: str, strand: Strand, base: int) -> Iterator[_Spot]:
    return (_Spot(one.role, one.url, strand, base + one.start, base + one.end) for one in html.urls(markup))
