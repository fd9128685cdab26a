"""JSON Lines: a record a line, in a stream."""

from collections.abc import Iterator
from typing import BinaryIO

from crawler.model.link import Record
from crawler.records.data import records
from crawler.records.json_tree import document
from crawler.records.lines import batches
from crawler.records.page import Page
from crawler.records.schema import Schema
from crawler.records.source import Source


def read_json_lines(stream: BinaryIO, source: Source, schema: Schema) -> Iterator[Record]:
    """The records of a stream of JSON documents, one a line. A broken line is a problem of its own."""
    for batch in batches(stream, schema.bounds.file_bytes):
        for line in batch:
            page = Page(source.path, line.text, line.number, line.start)
            problems = [page.problem(line.flaw)] if line.flaw else []
            if line.text.strip() and (not source.met or schema.concerns(line.text)):
                yield from records([document(line.text, schema.bounds)], page, schema, source.met, problems)
            elif problems:
                yield Record(source.path, (), tuple(problems))
