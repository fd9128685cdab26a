"""JSON, JSON Lines and YAML files: which records are in them."""

import io
import json
from pathlib import Path
from typing import NamedTuple

import pytest

from crawler.config import Bounds, Records
from crawler.model.role import Role
from crawler.records.json_lines import read_json_lines
from crawler.records.schema import compile_schema
from crawler.records.source import Kind, Source
from tests.records.reading import files, links, problems, read_all, urls, written

A, B, C = "https://a.example/", "https://b.example/", "https://c.example/"


class Data(NamedTuple):
    """A file, and the (field, role, URL) of each link, record by record."""

    name: str
    content: str
    found: list[list[tuple[str | None, str, str]]]


DATA = [
    Data(
        "one.json",
        json.dumps({"webUrl": A, "images": [{"url": B}]}),
        [[("webUrl", "web", A), ("images[0].url", "image", B)]],
    ),
    Data("list.json", json.dumps([{"webUrl": A}, {"webUrl": B}]), [[("webUrl", "web", A)], [("webUrl", "web", B)]]),
    Data("strings.json", json.dumps([A, "no URL", 5, None, B]), [[("[0]", "web", A), ("[4]", "web", B)]]),
    Data(
        "mixed.json",
        json.dumps([A, {"webUrl": B}, [C]]),
        [[("[0]", "web", A), ("[2][0]", "web", C)], [("webUrl", "web", B)]],
    ),
    Data("other.json", json.dumps({"x": {"y": [A]}, "note": f"see {B}"}), [[("x.y[0]", "web", A)]]),
    Data(
        "both.json", json.dumps([{"webUrl": A, "link": B}, {"link": C}]), [[("webUrl", "web", A)], [("link", "web", C)]]
    ),
    Data("string.json", json.dumps(A), [[(None, "web", A)]]),
    Data("bare images.json", json.dumps({"images": [A]}), [[("images[0]", "web", A)]]),
    Data("BOM.json", "\ufeff" + json.dumps({"webUrl": A}), [[("webUrl", "web", A)]]),
    Data("one.yaml", f"webUrl: {A}\nimages: [{{url: {B}}}]\n", [[("webUrl", "web", A), ("images[0].url", "image", B)]]),
    Data(
        "many.yml",
        f"webUrl: {A}\n---\n- webUrl: {B}\n- x: {C}\n",
        [[("webUrl", "web", A)], [("webUrl", "web", B)], [("x", "web", C)]],
    ),
    Data("strings.yaml", f"- {A}\n- {B}\n", [[("[0]", "web", A), ("[1]", "web", B)]]),
    Data("BOM.yaml", f"\ufeffwebUrl: {A}\n", [[("webUrl", "web", A)]]),
    Data(
        "lines.jsonl",
        f'{{"webUrl": "{A}"}}\n\n  {{"x": "{B}"}}\r\n"{C}"',
        [[("webUrl", "web", A)], [("x", "web", B)], [(None, "web", C)]],
    ),
    Data("lines.ndjson", f'\ufeff{{"webUrl": "{A}"}}', [[("webUrl", "web", A)]]),
]


@pytest.mark.parametrize("case", DATA, ids=lambda case: case.name)
def test_records_in_data(case: Data, tmp_path: Path) -> None:
    files(tmp_path, {case.name: case.content})
    records = read_all([tmp_path / case.name])
    assert [[(link.field, link.role.value, link.url) for link in record.links] for record in records] == case.found
    assert problems(records) == []
    lines = case.content.removeprefix("\ufeff").splitlines()
    for link in links(records):
        assert written(case.content, link) == link.url
        assert lines[(link.line or 0) - 1][(link.column or 0) - 1 :].startswith(link.url)


def test_what_is_wrong_with_known_fields_is_said_and_what_other_fields_hold_is_read(tmp_path: Path) -> None:
    files(tmp_path, {"a.json": '{"webUrl": "' + A + '", "images": 5}', "b.json": '{"images": 5}'})
    assert [problem.field for problem in problems(read_all([tmp_path / "a.json", tmp_path / "b.json"]))] == [
        "images"
    ] * 2


@pytest.mark.parametrize(
    ("name", "content", "says", "found"),
    [
        ("a.json", "", "an empty file", []),
        ("a.yaml", " \n", "an empty file", []),
        ("a.json", f'[{{"webUrl": "{A}"}}, {{"webUrl": "{B}", }}]', "broken JSON", [A, B]),
        ("a.yaml", f"- webUrl: {A}\n- webUrl: 'x\n", "broken YAML", [A]),
        ("a.jsonl", f'{{"webUrl": "{A}"}}\n{{"webUrl": \n{{"webUrl": "{B}"}}\n', "broken JSON", [A, B]),
        ("a.json", f'{{"webUrl": "{A}", "webUrl": "{B}"}}', "stands twice", [A, B]),
        (
            "a.json",
            b'{"title": "Gr\xfc\xdfe", "webUrl": "https://a.example/"}',
            "not UTF-8: byte 0xfc at offset 13",
            [A],
        ),
        ("a.json", '{"a": "x\0"}', "binary data", []),
        ("a.json", '{"a": 1}'.encode("utf-16"), "UTF-16", []),
        ("a.jsonl", b'{"a": "\xff"}\n{"webUrl": "https://a.example/"}', "not UTF-8", [A]),
        ("a.jsonl", '{"webUrl": "' + A + '"}\n{"a": 1}'.replace("1", "\0"), "NUL", [A]),
    ],
)
def test_broken_data(name: str, content: str | bytes, says: str, found: list[str], tmp_path: Path) -> None:
    files(tmp_path, {name: content})
    records = read_all([tmp_path / name])
    (problem,) = problems(records)
    assert says in problem.message
    assert urls(records) == found


def test_problems_of_json_lines_stand_in_their_lines(tmp_path: Path) -> None:
    files(tmp_path, {"a.jsonl": '{}\n\n{"a": x}\n{"b": 1, "b": 2}\n'})
    found = problems(read_all([tmp_path / "a.jsonl"]))
    assert [(problem.code, problem.line, problem.column) for problem in found] == [
        ("record-unreadable", 3, 7),
        ("duplicate-key", 4, 10),
    ]


def test_json_lines_are_bounded_line_by_line() -> None:
    schema = compile_schema(Records(bounds=Bounds(file_bytes=100_000)))
    content = (
        b'{"webUrl": "https://a.example/"}\n' * 5000 + b"[" + b" " * 200_000 + b']\n{"webUrl": "https://b.example/"}\n'
    )
    records = [*read_json_lines(io.BytesIO(content), Source("a.jsonl", Kind.JSON_LINES), schema)]
    assert len(links(records)) == 5001
    assert records[-1].links[0].line == 5002
    assert content[records[-1].links[0].start or 0 :].startswith(b"https://b.example/")
    (problem,) = problems(records)
    assert (problem.line, problem.message) == (5001, "a line longer than 100,000 bytes (records.bounds.file_bytes)")


def test_everything_configured_is_found_in_data_too(tmp_path: Path) -> None:
    files(tmp_path, {"a.json": json.dumps({"webUrl": A, "more": [B]})})
    found = links(read_all([tmp_path / "a.json"], Records(roles={Role.IMAGE: ("webUrl",), Role.AMP: ("**",)})))
    assert [(link.url, link.role.value) for link in found] == [(A, "image"), (B, "amp")]
