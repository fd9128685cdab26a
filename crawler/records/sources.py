"""The one way in: from INPUTs to records."""

import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import BinaryIO

from crawler.config import Records
from crawler.errors import UsageError
from crawler.model.link import Record
from crawler.records.inputs import STANDARD_INPUT, Item, resolve
from crawler.records.readers import read_source
from crawler.records.schema import Schema, compile_schema
from crawler.records.url_list import read_url_list


def read(
    inputs: Sequence[str], settings: Records, *, stdin: BinaryIO | None = None, allow_empty: bool = False
) -> Iterator[Record]:
    """Read every INPUT; with none, what `settings.include` matches.

    An INPUT is a record file, a folder, a glob, an http(s) URL, a list, JSON, JSON Lines, YAML or CSV file, or `-`,
    which is `stdin` or else the process's own. All of them are found before this returns; they are read as the iterator
    is drawn on, one file, or some hundred lines of it, in memory at a time. Problems of a record are in the record.

    Raises UsageError, before anything is read, for an INPUT that does not exist, for one with no record in it unless
    `allow_empty`, and for settings that are no key paths.
    """
    schema = compile_schema(settings)
    if not inputs and not settings.include and not allow_empty:
        raise UsageError("nothing to read: no INPUT, and records.include is empty")
    items = resolve(inputs or settings.include, schema, allow_empty)
    if STANDARD_INPUT not in items:
        return _records(items, schema, iter(()))
    lines = read_url_list(stdin or sys.stdin.buffer, STANDARD_INPUT, schema)
    first = next(lines, None)
    if first is None:
        if not allow_empty:
            raise UsageError("-: no URL on standard input")
        return _records(items, schema, iter(()))
    return _records(items, schema, chain([first], lines))


def _records(items: Sequence[Item], schema: Schema, standard_input: Iterator[Record]) -> Iterator[Record]:
    for item in items:
        if isinstance(item, Record):
            yield item
        else:
            yield from standard_input if item is STANDARD_INPUT else read_source(item, schema)
