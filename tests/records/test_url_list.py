"""Lists of URLs."""

import io
import random

import pytest

from crawler.config import Records
from crawler.model.link import Link, Record
from crawler.model.role import Role
from crawler.records.schema import compile_schema
from crawler.records.source import Kind, Source
from crawler.records.url_list import read_url_list
from tests.records.reading import links, problems

SOURCE = Source("list.txt", Kind.URL_LIST)
SCHEMA = compile_schema(Records())


def read(content: str | bytes) -> list[Record]:
    raw = content if isinstance(content, bytes) else content.encode()
    return [*read_url_list(io.BytesIO(raw), SOURCE, SCHEMA)]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("https://a.example/\nhttps://b.example/", [("https://a.example/", 1, 1), ("https://b.example/", 2, 1)]),
        (
            "\ufeffhttps://a.example/\r\n\r\n  https://b.example/\t\r\n",
            [("https://a.example/", 1, 1), ("https://b.example/", 3, 3)],
        ),
        ("https://a.example/\rhttps://b.example/\r", [("https://a.example/", 1, 1), ("https://b.example/", 2, 1)]),
        ("# comment\n \t# comment\nhttps://a.example/#frag # comment", [("https://a.example/#frag", 3, 1)]),
        ("\ufeff# comment\nhttps://a.example/", [("https://a.example/", 2, 1)]),
        ("not a URL\nmailto:a@b.example\n", [("not a URL", 1, 1), ("mailto:a@b.example", 2, 1)]),
        ("\u00a0https://grüße.example/👍\u2028x", [("https://grüße.example/👍\u2028x", 1, 2)]),
        ("", []),
        ("\n \n#\n", []),
    ],
)
def test_lists(content: str, found: list[tuple[str, int, int]]) -> None:
    records = read(content)
    assert [(link.url, link.line, link.column) for link in links(records)] == found
    assert problems(records) == []
    for link in links(records):
        assert link == Link(link.url, Role.WEB, "list.txt", None, link.line, link.column, link.start, len(link.url))
        assert content[link.start or 0 :].startswith(link.url)


def test_a_long_list_comes_in_records_of_some_hundreds_with_places_that_go_on() -> None:
    urls = [f"https://{'ü' * random.Random(number).randrange(40)}.example/{number}" for number in range(5000)]
    content = "\n".join(urls)
    records = read(content)
    assert [link.url for link in links(records)] == urls
    assert [link.line for link in links(records)] == [*range(1, 5001)]
    assert all(content[link.start or 0 :].startswith(link.url) for link in links(records))
    assert all(100 < len(record.links) < 1500 for record in records[:-1])
    assert {record.path for record in records} == {"list.txt"}


def test_lines_that_cannot_be_read_are_problems() -> None:
    records = read(b"https://a.example/\nhttps://\xff.example/\nhttps://b.example/\n")
    assert [link.url for link in links(records)] == ["https://a.example/", "https://b.example/"]
    (problem,) = problems(records)
    assert (problem.code, problem.line, problem.column) == ("record-unreadable", 2, 9)
