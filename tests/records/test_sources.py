"""INPUTs: what they lead to, in which order, and what is an error."""

import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.config import Bounds, Records
from crawler.errors import UsageError
from crawler.model.link import Link, Record
from crawler.model.role import Role
from crawler.records.sources import read
from tests.records.reading import DEFAULT, files, links, problems, read_all, urls


def page(url: str) -> str:
    return f"---\nwebUrl: {url}\n---\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with one record of each kind and some files that are none."""
    files(
        tmp_path,
        {
            "records/b.md": page("https://md.example/"),
            "records/a.markdown": page("https://markdown.example/"),
            "records/Z.MD": page("https://upper.example/"),
            "records/sub/c.md": page("https://sub.example/"),
            "records/data.json": json.dumps({"webUrl": "https://json.example/"}),
            "records/data.jsonl": json.dumps({"webUrl": "https://jsonl.example/"}),
            "records/data.yaml": "webUrl: https://yaml.example/",
            "records/table.csv": "webUrl\nhttps://csv.example/",
            "records/package.json": json.dumps({"homepage": "https://no.example/", "x": [1, {}]}),
            "records/broken settings.yaml": "{{ template }}: https://no.example/",
            "records/other.csv": "homepage\nhttps://no.example/",
            "records/robots.txt": "Disallow: /",
            "records/logo.png": "\0",
            "list.txt": "https://txt.example/\n",
            "notes.text": "[x](https://text.example/)",
        },
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_folder_gives_its_records_sorted_and_leaves_other_data_alone(folder: Path) -> None:
    records = read_all(["records"])
    assert folder.is_dir()
    assert [(link.path, link.url) for link in links(records)] == [
        ("records/Z.MD", "https://upper.example/"),
        ("records/a.markdown", "https://markdown.example/"),
        ("records/b.md", "https://md.example/"),
        ("records/data.json", "https://json.example/"),
        ("records/data.jsonl", "https://jsonl.example/"),
        ("records/data.yaml", "https://yaml.example/"),
        ("records/sub/c.md", "https://sub.example/"),
        ("records/table.csv", "https://csv.example/"),
    ]
    assert problems(records) == []


@pytest.mark.parametrize(
    ("inputs", "found"),
    [
        (["records/b.md"], ["https://md.example/"]),
        (["records/package.json"], ["https://no.example/"]),
        (["records/*.yaml", "records/b.md"], ["https://no.example/", "https://yaml.example/", "https://md.example/"]),
        (["records/**/c.md"], ["https://sub.example/"]),
        (["list.txt"], ["https://txt.example/"]),
        (["*.txt"], ["https://txt.example/"]),
        (["notes.text"], ["https://text.example/"]),
        (["*.text"], ["https://text.example/"]),
        (["records/sub", "./records/sub/c.md", "records/*/c.md"], ["https://sub.example/"]),
        (["https://a.example/#x", " HTTP://b.example "], ["https://a.example/#x", "HTTP://b.example"]),
        (["https://a.example/", "list.txt", "https://a.example/"], ["https://a.example/", "https://txt.example/"]),
    ],
)
def test_inputs(inputs: list[str], found: list[str], folder: Path) -> None:
    assert folder.is_dir()
    assert urls(read_all(inputs)) == found


def test_a_url_of_the_command_line_has_no_place() -> None:
    assert read_all(["https://a.example/"]) == [Record(None, (Link("https://a.example/", Role.WEB),))]


def test_without_inputs_the_configuration_says_what_is_read(folder: Path) -> None:
    assert folder.is_dir()
    assert urls(read_all([])) == ["https://md.example/", "https://sub.example/"]
    assert urls(read_all([], Records(include=("records/sub/*.md", "list.txt")))) == [
        "https://sub.example/",
        "https://txt.example/",
    ]


@pytest.mark.parametrize(
    ("inputs", "says"),
    [
        (["nowhere.md"], "nowhere.md: no such file or folder"),
        (["nowhere/*.md"], "nowhere/*.md: no file matches"),
        (["ftp://a.example/"], "ftp://a.example/: no such file"),
        ([""], "no such file"),
        (["records/*.nope", "records/[xyz]"], "records/*.nope: no file matches\nrecords/[xyz]: no file matches"),
        (["empty"], "empty: no record in this folder"),
        (["settings"], "settings: no record in this folder"),
        (["none.txt"], "none.txt: no record in this file"),
        (["none.json"], "none.json: no record in this file"),
        (["none.csv"], "none.csv: no record in this file"),
        (["records/b.md", "x.md", "y.md"], "x.md: no such file or folder\ny.md: no such file"),
    ],
)
def test_an_input_that_leads_nowhere_is_an_error_before_anything_is_read(
    inputs: list[str], says: str, folder: Path
) -> None:
    files(
        folder,
        {
            "empty/x.png": "",
            "settings/package.json": '{"homepage": "https://no.example/"}',
            "none.txt": "# nothing\n",
            "none.json": "[]",
            "none.csv": "webUrl\n",
        },
    )
    with pytest.raises(UsageError) as raised:
        read(inputs, DEFAULT)
    assert says in str(raised.value)


def test_what_is_empty_may_be_accepted_but_not_what_is_missing(folder: Path) -> None:
    files(folder, {"empty/x.png": "", "none.txt": ""})
    assert read_all(["empty", "none.txt", "empty/*.md"], allow_empty=True) == []
    with pytest.raises(UsageError):
        read_all(["missing.md"], allow_empty=True)


def test_no_input_at_all_is_an_error() -> None:
    with pytest.raises(UsageError, match=r"records\.include"):
        read([], Records(include=()))
    assert read_all([], Records(include=()), allow_empty=True) == []


def test_standard_input_is_a_list() -> None:
    stdin = io.BytesIO(b"https://a.example/ # x\n\nhttps://b.example/\n")
    (record,) = read(["-"], DEFAULT, stdin=stdin)
    assert [(link.path, link.field, link.line, link.url) for link in record.links] == [
        ("-", None, 1, "https://a.example/"),
        ("-", None, 3, "https://b.example/"),
    ]


def test_standard_input_without_a_url_is_an_error() -> None:
    with pytest.raises(UsageError, match="-: no URL on standard input"):
        read(["-"], DEFAULT, stdin=io.BytesIO(b"# nothing\n"))
    assert [*read(["-"], DEFAULT, stdin=io.BytesIO(b""), allow_empty=True)] == []


def test_files_are_read_as_the_iterator_is_drawn_on(folder: Path) -> None:
    records = read(["records/a.markdown", "records/b.md"], DEFAULT)
    assert urls(next(records)) == ["https://markdown.example/"]
    (folder / "records/b.md").unlink()
    (problem,) = next(records).problems
    assert (problem.code, problem.path) == ("record-unreadable", "records/b.md")
    assert problem.message == "cannot be read: No such file or directory"


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_what_may_not_be_read_is_a_problem_and_the_run_goes_on(folder: Path) -> None:
    for name in ("b.md", "data.json", "data.jsonl", "table.csv", "sub"):
        (folder / "records" / name).chmod(0)
    try:
        records = read_all(["records"])
        with pytest.raises(UsageError, match="records/sub: cannot be read: Permission denied"):
            read(["records/sub"], DEFAULT)
    finally:
        (folder / "records" / "sub").chmod(0o700)
    assert [problem.path for problem in problems(records)] == [
        f"records/{name}" for name in ("b.md", "data.json", "data.jsonl", "sub", "table.csv")
    ]
    assert urls(records) == ["https://upper.example/", "https://markdown.example/", "https://yaml.example/"]


def test_a_dangling_link_in_a_folder_is_a_problem(folder: Path) -> None:
    (folder / "records/gone.md").symlink_to("nowhere.md")
    assert [problem.path for problem in problems(read_all(["records"]))] == ["records/gone.md"]


def test_a_file_beyond_the_bound_is_named(folder: Path) -> None:
    settings = Records(bounds=Bounds(file_bytes=30))
    files(folder, {"x/a.md": "x" * 30, "x/b.md": "x" * 31})
    (problem,) = problems(read_all(["x"], settings))
    assert (problem.path, problem.message) == ("x/b.md", "larger than 30 bytes (records.bounds.file_bytes)")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_a_folder_is_no_record_and_one_that_is_named_is_read(folder: Path) -> None:
    os.mkfifo(folder / "records/pipe.md")
    assert len(read_all(["records"])) == 8
    reading, writing = os.pipe()
    os.write(writing, page("https://pipe.example/").encode())
    os.close(writing)
    assert urls(read_all([f"/dev/fd/{reading}"])) == ["https://pipe.example/"]
    os.close(reading)


def test_settings_that_are_no_key_paths_are_an_error_before_anything_is_read() -> None:
    with pytest.raises(UsageError, match="no key path"):
        read(["https://a.example/"], Records(articles=("a..b",)))


def test_records_come_one_by_one_from_many_files(tmp_path: Path) -> None:
    files(tmp_path, {f"{number:04}.md": page(f"https://a.example/{number}") for number in range(300)})
    records: Iterator[Record] = read([str(tmp_path)], DEFAULT)
    assert [record.links[0].url for record in records] == [f"https://a.example/{number}" for number in range(300)]
