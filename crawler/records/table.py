"""Tables of comma-separated values (RFC 4180), in a stream: a record a row."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO, NamedTuple

from crawler.model.link import Article, Link, Record
from crawler.model.role import Role
from crawler.records.articles import HTTP_URL
from crawler.records.cells import Cell, Row, rows
from crawler.records.facts import CACHED, HEIGHT, WIDTH, boolean, cut, pixels
from crawler.records.lines import batches
from crawler.records.page import Flaw, Page
from crawler.records.schema import Schema
from crawler.records.source import Source
from crawler.records.white import WHITE

_USUAL = frozenset({"url", "link", "href"})
"""Column names, in lower case, that say enough."""
_INDEX = re.compile(r"\[\d+\]")


class _Columns(NamedTuple):
    """What the first row makes of the columns."""

    names: tuple[str, ...]
    roles: tuple[Role | None, ...]
    """Of the columns that hold URLs."""
    anywhere: Role | None
    """The role of every other cell that is an absolute http(s) URL; None: those are none of ours."""
    titled: bool
    """Whether the first row is names, and no record."""


def read_table(stream: BinaryIO, source: Source, schema: Schema) -> Iterator[Record]:
    """The records of a table.

    A column named as a key path (`webUrl`, `images[0].url`) has that path's role, and one named `url`, `link` or
    `href` is web. Where no column is named so, or `**` is configured, every cell that is an absolute http(s) URL
    counts. A first row with a URL in it is no row of names.
    """
    lines = chain.from_iterable(batches(stream, schema.bounds.file_bytes))
    columns: _Columns | None = None
    for row in rows(lines, schema.bounds.file_bytes):
        first = columns is None
        columns = columns or _columns(row, schema)
        if source.met and not any(columns.roles):
            return
        if not (first and columns.titled):
            yield _record(row, columns, source.path, schema)


def _columns(row: Row, schema: Schema) -> _Columns:
    values = [cell.value.strip(WHITE) for cell in row.cells]
    if any(map(HTTP_URL.fullmatch, values)):
        return _Columns((), (), schema.deep or Role.WEB, False)
    roles = tuple(schema.columns.get(_INDEX.sub("[]", name)) or _usual(name) for name in values)
    return _Columns(tuple(values), roles, schema.deep or (None if any(roles) else Role.WEB), True)


def _usual(name: str) -> Role | None:
    return Role.WEB if name.lower() in _USUAL else None


def _record(row: Row, columns: _Columns, path: str, schema: Schema) -> Record:
    page = Page(path, row.line.text, row.line.number, row.line.start)
    problems = [] if row.flaw is None else [page.problem(row.flaw)]
    found: list[tuple[Role, str, str, Cell]] = []
    facts: dict[str, str] = {}
    for index, cell in enumerate(row.cells):
        name = columns.names[index][:100] if index < len(columns.names) else f"column {index + 1}"
        role = columns.roles[index] if index < len(columns.roles) else None
        url = cell.value.strip(WHITE)
        if url and role is None and columns.anywhere and HTTP_URL.fullmatch(url):
            role = columns.anywhere
        if url and role is not None:
            found.append((role, name, url, cell))
        elif url:
            facts[name] = url
    article = Article(
        "",
        cut(facts.get(schema.facts.title)),
        cut(facts.get(schema.facts.published)),
        cut(facts.get(schema.facts.domain)),
        tuple((role, name, url) for role, name, url, _ in found),
    )
    size = pixels(facts.get(WIDTH)), pixels(facts.get(HEIGHT)), boolean(facts.get(CACHED))
    links = []
    for role, name, url, cell in found:
        at = Page(path, cell.line.text, cell.line.number, cell.line.start)
        line, column = at.place(cell.start)
        length = cell.end - cell.start
        if url != cell.value:
            flaw = Flaw("white space around the URL", cell.start, length, "url-whitespace")
            problems.append(at.problem(flaw, field=name, role=role, url=url))
        links.append(Link(url, role, path, name, line, column, at.base + cell.start, length, *size, article))
    return Record(path, tuple(links), tuple(problems))
