"""Front matter: what is fenced, what is broken, and that nothing is lost for it."""

from pathlib import Path
from typing import NamedTuple

import pytest

from crawler.config import Records
from tests.records.reading import files, front_matter, markdown, problems, read_all, urls

A, B, BODY = "https://a.example/", "https://b.example/", "https://body.example/"


class Fenced(NamedTuple):
    """A text, and the URLs that are found in it."""

    name: str
    text: str
    urls: list[str]


FENCED = [
    Fenced("closed by ---", f"---\nwebUrl: {A}\n---\n[x]({BODY})\n", [A, BODY]),
    Fenced("closed by ...", f"---\nwebUrl: {A}\n...\n[x]({BODY})\n", [A, BODY]),
    Fenced("space after the fences", f"--- \t\nwebUrl: {A}\n---  \n[x]({BODY})", [A, BODY]),
    Fenced("nothing after it", f"---\nwebUrl: {A}\n---", [A]),
    Fenced("nothing in it", f"---\n---\n[x]({BODY})\n", [BODY]),
    Fenced("comments in it", f"---\n# webUrl: {A}\n---\n[x]({BODY})\n", [BODY]),
    Fenced("CR", f"---\rwebUrl: {A}\r---\r[x]({BODY})\r", [A, BODY]),
    Fenced("indented fence in a value", f"---\ntext: |\n  ---\n  more\nwebUrl: {A}\n---\n[x]({BODY})", [A, BODY]),
    Fenced("longer line of dashes in it", f"---\nwebUrl: {A}\n# ----\n---\n[x]({BODY})", [A, BODY]),
    Fenced("a rule in the body", f"---\nwebUrl: {A}\n---\ntext\n\n---\n\n[x]({BODY})\n", [A, BODY]),
    Fenced("no front matter", f"# Title\n\n[x]({BODY})\n\n---\nwebUrl: {A}\n---\n", [BODY]),
    Fenced("not on the first line", f"\n---\nwebUrl: {A}\n---\n[x]({BODY})", [BODY]),
    Fenced("four dashes", f"----\nwebUrl: {A}\n----\n[x]({BODY})", [BODY]),
    Fenced("empty and null values", f"---\nwebUrl:\noriginalUrl: ''\nimages: ~\nrelated: []\n---\n[x]({BODY})", [BODY]),
]


@pytest.mark.parametrize("case", FENCED, ids=lambda case: case.name)
def test_fences(case: Fenced) -> None:
    record = markdown(case.text)
    assert urls(record) == case.urls
    assert record.problems == ()


def test_bodies_are_left_out_where_the_settings_say_so() -> None:
    assert urls(markdown(f"---\nwebUrl: {A}\n---\n[x]({BODY})", Records(bodies=False))) == [A]


class Broken(NamedTuple):
    """A text with something wrong at (line, column), words of the message, and the URLs that are read all the same."""

    name: str
    text: str
    place: tuple[int, int]
    says: str
    urls: list[str]


BROKEN = [
    Broken("an empty file", "", (1, 1), "empty file", []),
    Broken("nothing but white space", "\ufeff \n\n", (1, 1), "empty file", []),
    Broken("no closing fence", f"---\nwebUrl: {A}\n", (1, 1), "no closing ---", [A]),
    Broken("TOML", f'+++\nwebUrl = "{A}"\n+++\n[x]({BODY})', (1, 1), "TOML", [BODY]),
    Broken("a tab", f"---\nwebUrl: {A}\na:\n\t- {B}\n---\n[x]({BODY})", (4, 1), "tab", [A, BODY]),
    Broken("an at sign", f"---\nwebUrl: {A}\nby: @x\n---\n", (3, 5), "`@` begins no value", [A]),
    Broken("a tab first", f"---\n\twebUrl: {A}\n---\n[x]({BODY})", (2, 1), "tab", [BODY]),
    Broken("a colon", f"---\nwebUrl: {A}\ntitle: so: what\noriginalUrl: {B}\n---\n", (3, 10), "colon", [A]),
    Broken("a lost closing quote", f'---\nwebUrl: {A}\noriginalUrl: "{B}\ntitle: "x"\n---\n', (4, 9), "YAML", [A]),
    Broken("never closed", f'---\nwebUrl: {A}\noriginalUrl: "{B}\n---\n[x]({BODY})', (4, 1), "never closed", [A, BODY]),
    Broken("no key", f"---\nwebUrl: {A}\nnonsense\n---\n[x]({BODY})", (4, 1), "neither", [A, BODY]),
    Broken("an unclosed list", f"---\nwebUrl: {A}\nb: [1, 2\n---\n[x]({BODY})", (4, 1), "begun in line 3", [A, BODY]),
    Broken("a template", f"---\nwebUrl: {A}\ntitle: {{{{ x }}}}\n---\n[x]({BODY})", (0, 0), "", [A, BODY]),
    Broken("a control character", f"---\na: x\x07\nwebUrl: {A}\n---\n", (2, 5), "U+0007", [A]),
    Broken("two documents", f"---\nwebUrl: {A}\n--- {{webUrl: {B}}}\n---\n", (3, 5), "second document", [A, B]),
    Broken("a list", f"---\n- webUrl: {A}\n---\n[x]({BODY})", (2, 1), "a list where an object", [BODY]),
    Broken("prose", f"---\nprose\n---\n[x]({BODY})", (2, 1), "a single value where an object", [BODY]),
    Broken("no such day", f"---\npublishedDateTime: 2021-02-31\nwebUrl: {A}\n---\n", (2, 20), "does not exist", [A]),
    Broken("no such hour", f"---\nx: 2021-02-01T25:00:00Z\nwebUrl: {A}\n---\n", (2, 4), "does not exist", [A]),
    Broken("too many digits", f"---\nwebUrl: {A}\nn: {'7' * 5000}\n---\n", (3, 4), "5,000 digits", [A]),
    Broken("an unknown alias", f"---\nwebUrl: {A}\nb: *b\n---\n", (3, 4), "`*b` names nothing", [A]),
    Broken("an alias in itself", f"---\nwebUrl: {A}\nb: &b [*b]\n---\n", (3, 8), "`*b` names nothing", [A]),
]


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)
def test_what_is_broken_is_reported_and_the_rest_is_read(case: Broken) -> None:
    record = markdown(case.text)
    assert urls(record) == case.urls
    if case.says:
        (problem,) = record.problems
        assert problem.code == "record-unreadable"
        assert (problem.line, problem.column) == case.place
        assert case.says in problem.message


def test_what_an_unclosed_front_matter_runs_into_is_read_as_a_body_too() -> None:
    record = markdown(f"---\nwebUrl: {A}\n\n# Title\n\nSome [text: more]({BODY}) here.\n")
    assert urls(record) == [A, BODY]
    assert [problem.message for problem in problems(record)] == ["no closing --- after the front matter"]


def test_bytes_that_are_not_utf_8_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    files(tmp_path, {"a.md": b"---\r\na: \xc3\xbc\r\nb: Gr\xfc\xdfe\r\nwebUrl: https://a.example/\xff\r\n---\r\n"})
    (record,) = read_all([tmp_path / "a.md"])
    (link,) = record.links
    (problem,) = record.problems
    assert (link.url, link.line, link.column, link.start, link.length) == ("https://a.example/\ufffd", 4, 9, 29, 19)
    assert (problem.line, problem.column) == (3, 6)
    assert problem.message == "not UTF-8: byte 0xfc at offset 17 (invalid start byte)"


@pytest.mark.parametrize(
    ("yaml", "place", "end_column"),
    [
        (f"webUrl: {A}\nwebUrl: {B}", (3, 1), 7),
        (f'webUrl: {A}\ntitle: x\n"webUrl": {B}', (4, 1), 9),
        (f"{{webUrl: '{A}', webUrl: '{B}'}}", (2, 32), 38),
    ],
)
def test_a_key_that_stands_twice_is_reported_and_both_values_are_read(
    yaml: str, place: tuple[int, int], end_column: int
) -> None:
    record = front_matter(yaml)
    (problem,) = record.problems
    assert urls(record) == [A, B]
    assert problem.code == "duplicate-key"
    assert (problem.line, problem.column) == place
    assert problem.end_column == end_column
    assert problem.message == "`webUrl` stands twice in this object, first in line 2"


def test_a_record_reports_a_bounded_number_of_problems() -> None:
    record = front_matter("images:\n" + "- 5\n" * 1000)
    assert len(record.problems) == 101
    assert record.problems[-1].message == "900 more problems from here on"
    assert record.problems[-1].line == 103
