"""Short ways to read a text as a record."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from crawler.config import Records
from crawler.model.link import Link, Problem, Record
from crawler.records.files import decode
from crawler.records.markdown import record
from crawler.records.page import Page
from crawler.records.schema import compile_schema
from crawler.records.sources import read

DEFAULT = Records()


def markdown(text: str | bytes, settings: Records = DEFAULT) -> Record:
    """A Markdown record `r.md` with this text, read without a disk."""
    page = Page("r.md", text if isinstance(text, str) else decode(text)[0])
    return record(page, compile_schema(settings), [])


def front_matter(yaml: str, settings: Records = DEFAULT) -> Record:
    """A Markdown record with this front matter and no body."""
    return markdown(f"---\n{yaml}\n---\n", settings)


def files(folder: Path, contents: dict[str, str | bytes]) -> Path:
    """A folder with these files."""
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read_all(inputs: Sequence[Path | str], settings: Records = DEFAULT, *, allow_empty: bool = False) -> list[Record]:
    """The records that INPUTs lead to."""
    return [*read([str(one) for one in inputs], settings, allow_empty=allow_empty)]


def urls(records: Record | Iterable[Record]) -> list[str]:
    """The URLs of records, in the order read."""
    return [link.url for link in links(records)]


def links(records: Record | Iterable[Record]) -> list[Link]:
    """The links of records, in the order read."""
    return [link for one in ([records] if isinstance(records, Record) else records) for link in one.links]


def problems(records: Record | Iterable[Record]) -> list[Problem]:
    """The problems of records, in the order read."""
    return [problem for one in ([records] if isinstance(records, Record) else records) for problem in one.problems]


def written(text: str, link: Link) -> str:
    """What a repair of the link would replace."""
    assert link.start is not None
    return text[link.start : link.start + link.length]
