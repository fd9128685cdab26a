"""Whatever is written, in whatever style: what is read is the URL, and what its place names can be replaced."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import Records
from crawler.model.link import Record
from crawler.model.role import Role
from crawler.records.data import records
from crawler.records.json_tree import document
from crawler.records.page import Page
from crawler.records.schema import compile_schema
from crawler.records.source import Kind, Source
from crawler.records.table import read_table
from crawler.records.white import WHITE
from tests.records.reading import links, markdown

NEW = "https://new.example/"
SETTINGS = Records(roles={Role.WEB: ("a", "list[].b.c"), Role.IMAGE: ("images[].url",)})
SCHEMA = compile_schema(SETTINGS)

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=12)
URLS = st.builds("https://example.org/{}x".format, TEXT).filter(lambda url: url.strip(WHITE) == url)
ENTRIES = st.fixed_dictionaries({"b": st.fixed_dictionaries({"c": URLS, "d": TEXT})})
IMAGES = st.fixed_dictionaries({"url": URLS, "width": st.integers(1, 9999), "alt": TEXT})
NOISE = st.recursive(TEXT, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2))
OBJECTS = st.fixed_dictionaries(
    {},
    optional={
        "a": URLS,
        "title": TEXT,
        "list": st.lists(ENTRIES, max_size=3),
        "images": st.lists(IMAGES, max_size=3),
        "körper": NOISE,
    },
)
LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r"])
BEFORE = st.sampled_from(["", "\ufeff"])


def expected(value: dict[str, Any]) -> dict[str, str]:
    """The URLs of such an object, by field."""
    found = {"a": value.get("a")}
    found |= {f"list[{index}].b.c": one["b"]["c"] for index, one in enumerate(value.get("list", []))}
    found |= {f"images[{index}].url": one["url"] for index, one in enumerate(value.get("images", []))}
    return {field: url for field, url in found.items() if url is not None}


def by_field(record: Record) -> dict[str, str]:
    """The URLs that were read, by field."""
    return {link.field or "": link.url for link in record.links}


def check_places(text: str, read: Callable[[str], Record]) -> None:
    """Replace what each place names: that URL, and no other, is another one then."""
    before = read(text)
    for link in before.links:
        assert link.start is not None
        after = read(text[: link.start] + NEW + text[link.start + link.length :])
        assert by_field(after) == by_field(before) | {link.field or "": NEW}


@given(
    OBJECTS,
    st.sampled_from([None, '"', "'", "|", ">"]),
    st.booleans(),
    st.booleans(),
    st.integers(20, 200),
    BEFORE,
    LINE_ENDS,
)
def test_yaml(value: Any, style: Any, flow: bool, unicode: bool, width: int, before: str, line_end: str) -> None:
    dumped = yaml.dump(value, default_style=style, default_flow_style=flow, allow_unicode=unicode, width=width)
    text = f"{before}---\n{dumped}---\n".replace("\n", line_end)
    record = markdown(text, SETTINGS)
    assert record.problems == ()
    assert by_field(record) == expected(value)
    check_places(text, lambda changed: markdown(changed, SETTINGS))


@given(OBJECTS, st.booleans(), st.sampled_from([None, 0, 3]), BEFORE, LINE_ENDS)
def test_json(value: Any, ascii_only: bool, indent: int | None, before: str, line_end: str) -> None:
    def read(text: str) -> Record:
        (record,) = records([document(text, SCHEMA.bounds)], Page("r.json", text), SCHEMA, met=True)
        return record

    text = before + json.dumps(value, ensure_ascii=ascii_only, indent=indent).replace("\n", line_end)
    assert by_field(read(text)) == expected(value)
    check_places(text, read)


@given(st.lists(st.tuples(URLS, TEXT, URLS), min_size=1, max_size=4), st.sampled_from(",;\t|"), BEFORE, LINE_ENDS)
def test_csv(rows: list[tuple[str, str, str]], delimiter: str, before: str, line_end: str) -> None:
    def read(text: str) -> Record:
        source = Source("r.csv", Kind.TABLE)
        found = [*read_table(io.BytesIO(text.encode()), source, SCHEMA)]
        numbered = [
            link._replace(field=f"{number} {link.field}") for number, one in enumerate(found) for link in one.links
        ]
        return Record("r.csv", tuple(numbered))

    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator=line_end).writerows([("a", "note", "images[0].url"), *rows])
    text = before + file.getvalue()
    assert [link.url for link in links(read(text))] == [url for row in rows for url in (row[0], row[2])]
    check_places(text, read)
