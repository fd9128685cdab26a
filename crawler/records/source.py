"""One file to read, and as what."""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """The notations that records are read from."""

    MARKDOWN = "markdown"
    JSON = "json"
    JSON_LINES = "jsonl"
    YAML = "yaml"
    TABLE = "csv"
    URL_LIST = "txt"


SUFFIXES = {
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".mdx": Kind.MARKDOWN,
    ".json": Kind.JSON,
    ".jsonl": Kind.JSON_LINES,
    ".ndjson": Kind.JSON_LINES,
    ".yaml": Kind.YAML,
    ".yml": Kind.YAML,
    ".csv": Kind.TABLE,
    ".tsv": Kind.TABLE,
    ".txt": Kind.URL_LIST,
}
"""By the end of a file's name, in lower case. A file with another name that is named itself is read as Markdown."""


class Source(NamedTuple):
    """A file that an INPUT leads to."""

    path: str
    """As the user named it, or under the folder that the user named; `/` between folders."""
    kind: Kind
    met: bool = False
    """Whether it is a data file that was met in a folder. Those are often settings, and records only where they hold
    the configured key paths."""
