"""Which reader reads what. Each is imported when there is something for it to read: a list of URLs needs no YAML."""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import BinaryIO

from crawler.model.link import Record
from crawler.records.files import unreadable
from crawler.records.schema import Schema
from crawler.records.source import Kind, Source

Whole = Callable[[Source, Schema], Iterator[Record]]
Streamed = Callable[[BinaryIO, Source, Schema], Iterator[Record]]

WHOLE = {
    Kind.MARKDOWN: ("markdown", "read_markdown"),
    Kind.JSON: ("data", "read_json"),
    Kind.YAML: ("data", "read_yaml"),
}
"""Kinds of which one file is in memory at a time, and no more than `records.bounds.file_bytes` of it: module and
function of each."""
STREAMED = {
    Kind.JSON_LINES: ("json_lines", "read_json_lines"),
    Kind.TABLE: ("table", "read_table"),
    Kind.URL_LIST: ("url_list", "read_url_list"),
}
"""Kinds of which only some lines are in memory at a time; a file may have any size."""


def read_source(source: Source, schema: Schema) -> Iterator[Record]:
    """The records of a file. What keeps it from being read is a problem of a record, and no exception."""
    if source.kind in WHOLE:
        yield from whole(source.kind)(source, schema)
        return
    try:
        with open(source.path, "rb") as stream:  # noqa: PTH123 - as in `files`
            yield from streamed(source.kind)(stream, source, schema)
    except OSError as error:
        yield Record(source.path, (), (unreadable(source.path, error),))


def whole(kind: Kind) -> Whole:
    """The reader of one of the kinds in `WHOLE`."""
    reader: Whole = _function(*WHOLE[kind])
    return reader


def streamed(kind: Kind) -> Streamed:
    """The reader of one of the kinds in `STREAMED`."""
    reader: Streamed = _function(*STREAMED[kind])
    return reader


def _function(module: str, name: str) -> Callable[..., Iterator[Record]]:
    function: Callable[..., Iterator[Record]] = getattr(import_module(f"crawler.records.{module}"), name)
    return function
