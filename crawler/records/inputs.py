"""What INPUTs lead to: files, URLs, or standard input."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from crawler.errors import UsageError
from crawler.model.link import Link, Record
from crawler.model.role import Role
from crawler.records.files import unreadable
from crawler.records.pattern import is_pattern, matching
from crawler.records.readers import read_source
from crawler.records.schema import Schema
from crawler.records.source import SUFFIXES, Kind, Source
from crawler.records.walk import Met, walk

STANDARD_INPUT = Source("-", Kind.URL_LIST)
Item = Source | Record
"""A file to read, or a record that is known already."""

_HTTP = re.compile(r"https?://", re.IGNORECASE)


class _Found(NamedTuple):
    """One thing that an INPUT leads to."""

    item: Item
    key: str
    """The same for every path to the same file."""


def resolve(inputs: Iterable[str], schema: Schema, allow_empty: bool) -> list[Item]:
    """Everything that INPUTs lead to, in their order, the files of each sorted; what several lead to comes once.

    Raises UsageError, naming each INPUT that leads nowhere, or to no record unless `allow_empty`.
    """
    seen: set[str] = set()
    items: list[Item] = []
    faults = []
    for text in inputs:
        try:
            found = [*_find(text.replace(os.sep, "/"))]
        except UsageError as error:
            faults.append(str(error))
            continue
        if not allow_empty and not any(_holds_record(one.item, schema) for one in found):
            faults.append(f"{text}: {_nothing(text)}")
        fresh = []
        for one in found:
            if one.key not in seen:
                seen.add(one.key)
                fresh.append(one.item)
        items += sorted(fresh, key=lambda item: item.path or "")
    if faults:
        raise UsageError("\n".join(faults))
    return items


def is_crawl(inputs: Sequence[str]) -> bool:
    """Whether INPUTs lead to whatever is there, by a folder, a pattern or the configuration, rather than to what
    somebody named.
    """
    texts = [text for text in inputs if not _HTTP.match(text.strip())]
    return not inputs or any(
        os.path.isdir(text) or (is_pattern(text) and not os.path.exists(text))  # noqa: PTH110, PTH112
        for text in texts
    )


def _find(text: str) -> Iterator[_Found]:
    if text == STANDARD_INPUT.path:
        yield _Found(STANDARD_INPUT, text)
    elif _HTTP.match(text.strip()):
        yield _Found(Record(None, (Link(text.strip(), Role.WEB),)), text.strip())
    elif os.path.isdir(text):  # noqa: PTH112 - a path is a str throughout this room
        for met in walk(text):
            kind = SUFFIXES.get(_suffix(met.path), Kind.URL_LIST)
            if met.error is not None or kind is not Kind.URL_LIST:
                yield _met(met, text, kind, kind is not Kind.MARKDOWN)
    elif os.path.exists(text):  # noqa: PTH110
        key = os.path.realpath(text)
        yield _Found(Source(text, SUFFIXES.get(_suffix(text), Kind.MARKDOWN)), key)
    elif is_pattern(text):
        for met in matching(text):
            kind_or_none = SUFFIXES.get(_suffix(met.path)) or (
                Kind.MARKDOWN if _suffix(met.path) == _suffix(text) else None
            )
            if met.error is not None or kind_or_none:
                yield _met(met, text, kind_or_none or Kind.MARKDOWN, False)
    else:
        raise UsageError(f"{text}: no such file or folder")


def _met(met: Met, text: str, kind: Kind, data: bool) -> _Found:
    if met.error is None:
        return _Found(Source(met.path, kind, data), met.key)
    path = met.path.rstrip("/") or "."
    if path == text.rstrip("/"):
        raise UsageError(f"{text}: cannot be read: {met.error.strerror}")
    return _Found(Record(path, (), (unreadable(path, met.error),)), met.key)


def _holds_record(item: Item, schema: Schema) -> bool:
    """Whether reading gives anything; standard input is seen to when it is read."""
    if isinstance(item, Record) or item is STANDARD_INPUT or item.kind is Kind.MARKDOWN:
        return True
    return next(read_source(item, schema), None) is not None


def _nothing(text: str) -> str:
    if os.path.isdir(text):  # noqa: PTH112
        return "no record in this folder: no Markdown, and no JSON, YAML or CSV with the configured fields"
    return "no record in this file" if os.path.exists(text) else "no file matches"  # noqa: PTH110


def _suffix(path: str) -> str:
    return os.path.splitext(path)[1].lower()  # noqa: PTH122
