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

IN_FOLDERS: dict[str, Kind] = {suffix: kind for suffix, kind in SUFFIXES.items() if kind is not Kind.URL_LIST}
"""What is looked for in folders: a text file there is hardly ever a list of URLs."""
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
        yield from _met(text, walk(text), IN_FOLDERS, in_folder=True)
    elif os.path.exists(text):  # noqa: PTH110
        yield _Found(Source(text, SUFFIXES.get(_suffix(text), Kind.MARKDOWN)), os.path.realpath(text))
    elif is_pattern(text):
        kinds = {_suffix(text): Kind.MARKDOWN, **SUFFIXES} if _suffix(text) else SUFFIXES
        yield from _met(text, matching(text), kinds, in_folder=False)
    else:
        raise UsageError(f"{text}: no such file or folder")


def _met(text: str, files: Iterable[Met], kinds: dict[str, Kind], in_folder: bool) -> Iterator[_Found]:
    """The files of these kinds, and what can't be read."""
    for file in files:
        kind = kinds.get(_suffix(file.path))
        if file.error is not None:
            path = file.path.rstrip("/") or "."
            if path == text.rstrip("/"):
                raise UsageError(f"{text}: cannot be read: {file.error.strerror}")
            yield _Found(Record(path, (), (unreadable(path, file.error),)), file.key)
        elif kind is not None:
            yield _Found(Source(file.path, kind, in_folder and kind is not Kind.MARKDOWN), file.key)


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
