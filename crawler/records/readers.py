"""Which reader reads what."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from crawler.model.link import Record
from crawler.records.data import read_json, read_yaml
from crawler.records.files import unreadable
from crawler.records.json_lines import read_json_lines
from crawler.records.markdown import read_markdown
from crawler.records.schema import Schema
from crawler.records.source import Kind, Source
from crawler.records.table import read_table
from crawler.records.url_list import read_url_list

WHOLE: dict[Kind, Callable[[Source, Schema], Iterator[Record]]] = {
    Kind.MARKDOWN: read_markdown,
    Kind.JSON: read_json,
    Kind.YAML: read_yaml,
}
"""Kinds of which one file is in memory at a time, and no more than `records.bounds.file_bytes` of it."""
STREAMED: dict[Kind, Callable[[BinaryIO, Source, Schema], Iterator[Record]]] = {
    Kind.JSON_LINES: read_json_lines,
    Kind.TABLE: read_table,
    Kind.URL_LIST: read_url_list,
}
"""Kinds of which only some lines are in memory at a time; a file may have any size."""


def read_source(source: Source, schema: Schema) -> Iterator[Record]:
    """The records of a file. What keeps it from being read is a problem of a record, and no exception."""
    if whole := WHOLE.get(source.kind):
        yield from whole(source, schema)
        return
    try:
        with open(source.path, "rb") as stream:  # noqa: PTH123 - as in `files`
            yield from STREAMED[source.kind](stream, source, schema)
    except OSError as error:
        yield Record(source.path, (), (unreadable(source.path, error),))
