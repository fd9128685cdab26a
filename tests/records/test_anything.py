"""Whatever a file holds: reading never raises, and every place lies in the text."""

import io

from hypothesis import given
from hypothesis import strategies as st

from crawler.config import Records
from crawler.model.link import Record
from crawler.model.role import Role
from crawler.records.data import records
from crawler.records.json_tree import document
from crawler.records.markdown import record
from crawler.records.page import Page
from crawler.records.readers import STREAMED, streamed
from crawler.records.schema import compile_schema
from crawler.records.source import Kind, Source

SCHEMA = compile_schema(Records(articles=(".", "a", "a[]"), roles={Role.WEB: ("a", "**"), Role.IMAGE: ("a[].a",)}))
YAML = [
    "---\n",
    "...\n",
    "a: ",
    "- ",
    "? ",
    ": ",
    "{",
    "}",
    ", ",
    "&x ",
    "*x",
    "<<: ",
    "!t ",
    "%",
    "@",
    "|\n",
    ">-\n",
    "~",
]
MARKDOWN = ["[", "]", "](", "]: ", "![", "<", ">", "<a href=", "`", "#"]
TEXT = ["a", "https://a.example/", "//b.example", "2021-02-31", "null", '"', "'", "\\", "\\x20", "👍", "\x07", "\ud800"]
SPACE = [" ", "  ", "\t", "\n", "\r", "\r\n", "\x85", "\u2028", "\ufeff"]
PIECES = st.sampled_from(YAML + MARKDOWN + TEXT + SPACE)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


def check(found: list[Record], text: str) -> None:
    """Every link and problem of the records lies in the text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for one in found:
        for link in one.links:
            assert link.url
            assert link.start is not None
            assert 0 <= link.start < link.start + link.length <= len(text)
        places = [(link.line, link.column) for link in one.links] + [
            (fault.line, fault.column) for fault in one.problems
        ]
        for line, column in places:
            assert line
            assert column
            assert column <= len(lines[line - 1]) + 1


@given(TEXTS, st.booleans())
def test_markdown(text: str, fenced: bool) -> None:
    text = (f"---\n{text}\n---\n{text}" if fenced else text).replace("\ud800", "\ufffd")
    check([record(Page("x", text), SCHEMA, [])], text)


@given(TEXTS)
def test_json(text: str) -> None:
    text = text.replace("\ud800", "\ufffd")
    check([*records([document(text, SCHEMA.bounds)], Page("x", text), SCHEMA, met=False)], text)


@given(TEXTS, st.sampled_from(sorted(STREAMED)))
def test_streams(text: str, kind: Kind) -> None:
    raw = text.encode("utf-8", "surrogatepass")
    found = [*streamed(kind)(io.BytesIO(raw), Source("x", kind), SCHEMA)]
    check(found, raw.decode("utf-8", "surrogateescape"))
