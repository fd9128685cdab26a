"""Tables of comma-separated values."""

import io
from typing import NamedTuple

import pytest

from crawler.config import Records
from crawler.model.link import Record
from crawler.model.role import Role
from crawler.records.schema import compile_schema
from crawler.records.source import Kind, Source
from crawler.records.table import read_table
from tests.records.reading import DEFAULT, links, problems, written

A, B, C = "https://a.example/", "https://b.example/", "https://c.example/"


def read(content: str | bytes, settings: Records = DEFAULT, met: bool = False) -> list[Record]:
    raw = content if isinstance(content, bytes) else content.encode()
    return [*read_table(io.BytesIO(raw), Source("t.csv", Kind.TABLE, met), compile_schema(settings))]


class Table(NamedTuple):
    """A table, and the (field, role, URL, line, column) of each link."""

    name: str
    content: str
    found: list[tuple[str, str, str, int, int]]


TABLES = [
    Table("key path", f"title,webUrl\nx,{A}\ny,{B}\n", [("webUrl", "web", A, 2, 3), ("webUrl", "web", B, 3, 3)]),
    Table("key path with indices", f"images[0].url,note\n{A},{B}", [("images[0].url", "image", A, 2, 1)]),
    Table("inside an article", f"related[].ampWebUrl\n{A}", [("related[].ampWebUrl", "amp", A, 2, 1)]),
    Table("usual name", f"id;URL\n1;{A}\n", [("URL", "web", A, 2, 3)]),
    Table(
        "whatever stands there",
        f"URL,webUrl\nfoo,/bar\n,{A}",
        [("URL", "web", "foo", 2, 1), ("webUrl", "web", "/bar", 2, 5), ("webUrl", "web", A, 3, 2)],
    ),
    Table("no name that says anything", f"x\ty\n1\t{A}\n{B}\tno {C}", [("y", "web", A, 2, 3), ("x", "web", B, 3, 1)]),
    Table(
        "no names",
        f"{A},{B}\n{C},x",
        [("column 1", "web", A, 1, 1), ("column 2", "web", B, 1, 20), ("column 1", "web", C, 2, 1)],
    ),
    Table("more cells than names", f"x\n1,{A}", [("column 2", "web", A, 2, 3)]),
    Table(
        "quotes",
        f'title,webUrl\n"a, ""b""",  "{A}"\n"x","{B}"\n',
        [("webUrl", "web", A, 2, 15), ("webUrl", "web", B, 3, 6)],
    ),
    Table(
        "cells over lines",
        f'title,webUrl\n"a\r\nb,","{A}"\n"c\nd","\n{B}\n"\n',
        [("webUrl", "web", A, 3, 6), ("webUrl", "web", B, 6, 1)],
    ),
    Table("empty lines", f"webUrl\n\n{A}\n\n,,\n", [("webUrl", "web", A, 3, 1)]),
    Table("BOM, CRLF", f"\ufeffwebUrl\r\n{A}\r\n", [("webUrl", "web", A, 2, 1)]),
    Table("BOM, no names", f"\ufeff{A},x\n", [("column 1", "web", A, 1, 1)]),
    Table(
        "stray quotes",
        f'webUrl,size\n{A},5" disk\n{B},"6" disk\n',
        [("webUrl", "web", A, 2, 1), ("webUrl", "web", B, 3, 1)],
    ),
]


@pytest.mark.parametrize("case", TABLES, ids=lambda case: case.name)
def test_tables(case: Table) -> None:
    found = links(read(case.content))
    assert [(link.field, link.role.value, link.url, link.line, link.column) for link in found] == case.found
    assert [written(case.content, link) for link in found] == [link.url for link in found]


def test_what_a_row_declares() -> None:
    (record,) = read(
        f"title,publishedDateTime,provider.domain,images[].url,webUrl,width,height,isCached\nT,2021,a.example,{A},{B},10,x,true\n"
    )
    image, web = record.links
    assert (image.width, image.height, image.is_cached) == (10, None, True)
    assert image.article is web.article
    assert image.article is not None
    assert image.article == ("", "T", "2021", "a.example", ((Role.IMAGE, "images[].url", A), (Role.WEB, "webUrl", B)))


def test_every_cell_counts_where_everything_is_configured() -> None:
    settings = Records(roles={Role.IMAGE: ("picture",), Role.AMP: ("**",)})
    assert [(link.url, link.role.value) for link in links(read(f"picture,x\n{A},{B}\n", settings))] == [
        (A, "image"),
        (B, "amp"),
    ]


@pytest.mark.parametrize(("header", "found"), [("webUrl", [A]), ("link", [A]), ("homepage", [])])
def test_a_table_met_in_a_folder_needs_a_name_that_says_something(header: str, found: list[str]) -> None:
    assert [link.url for link in links(read(f"{header}\n{A}\n", met=True))] == found


def test_white_space_around_a_url_is_reported() -> None:
    (record,) = read(f'webUrl,url\n {A} ,"{B}\n"\n')
    assert [link.url for link in record.links] == [A, B]
    assert [(problem.code, problem.line, problem.column, problem.field) for problem in record.problems] == [
        ("url-whitespace", 2, 2, "webUrl"),
        ("url-whitespace", 2, 23, "url"),
    ]


def test_a_quote_that_is_never_closed_is_a_problem() -> None:
    records = read(f'webUrl,x\n{A},1\n{B},"open\n')
    assert [link.url for link in links(records)] == [A, B]
    (problem,) = problems(records)
    assert (problem.line, problem.message) == (3, "a quote that is never closed")


def test_bytes_that_are_not_utf_8_spoil_no_other_cell() -> None:
    records = read(b"title,webUrl\nGr\xfc\xdfe,https://a.example/\n")
    assert [link.url for link in links(records)] == [A]
    assert [problem.code for problem in problems(records)] == ["record-unreadable"]
