"""Lists of URLs, one a line, from a file or standard input."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from crawler.model.link import Link, Record
from crawler.model.role import Role
from crawler.records.lines import batches
from crawler.records.page import Page, capped
from crawler.records.schema import Schema
from crawler.records.source import Source
from crawler.records.white import trim

_COMMENT = re.compile(r"(?:^\ufeff?|\s)#.*", re.DOTALL)
"""A `#` at the beginning or after white space; elsewhere it begins a fragment."""


def read_url_list(stream: BinaryIO, source: Source, schema: Schema) -> Iterator[Record]:
    """The URLs of a stream, whatever is written in its lines, in records of some hundreds. Indentation is no fault."""
    continued, role = False, Role.WEB
    for batch in batches(stream, schema.bounds.file_bytes):
        links, problems = [], []
        for one in batch:
            number, offset, text, flaw = one.number, one.start, one.text, one.flaw
            if one.is_plain and flaw is None and "#" not in text:  # nearly every line there is
                if url := text.strip(" "):
                    start = text.find(url) if len(url) < len(text) else 0
                    links.append(Link(url, role, source.path, None, number, start + 1, offset + start, len(url)))
                continue
            page = Page(source.path, text, number, offset)
            if flaw is not None:
                problems.append(page.problem(flaw))
                continue
            start, end = trim(text, 0, len(_COMMENT.sub("", text)))
            if start < end:
                line, column = page.place(start)
                links.append(Link(text[start:end], role, source.path, None, line, column, offset + start, end - start))
        if links or problems:
            yield Record(source.path, tuple(links), capped(problems, source.path), continued)
            continued = True
