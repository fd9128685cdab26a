"""Folders and globs: which files are met, and under which name."""

import os
from pathlib import Path

import pytest

from crawler.errors import UsageError
from crawler.records.pattern import covers, is_pattern, matching
from crawler.records.walk import walk
from tests.records.reading import files

TREE = [
    "a.md",
    "b.txt",
    ".hidden.md",
    ".git/x.md",
    "node_modules/x.md",
    "venv/pyvenv.cfg",
    "venv/lib/x.md",
    "sub/c.md",
    "sub/deeper/d.md",
    "sub/deeper/[e].md",
    "über/f 1.md",
]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with files, which is the current one."""
    files(tmp_path / "tree", dict.fromkeys(TREE, "x"))
    monkeypatch.chdir(tmp_path / "tree")
    return tmp_path / "tree"


VISIBLE = ["a.md", "b.txt", "sub/c.md", "sub/deeper/[e].md", "sub/deeper/d.md", "über/f 1.md"]


@pytest.mark.parametrize(
    ("folder", "prefix"), [(".", ""), ("./", ""), ("../tree", "../tree/"), ("../tree//", "../tree/"), ("", "")]
)
def test_every_visible_file_under_the_folder_as_it_was_named(folder: str, prefix: str, tree: Path) -> None:
    assert sorted(met.path for met in walk(folder)) == [prefix + path for path in VISIBLE]
    assert {met.key for met in walk(folder)} == {str(tree.resolve() / path) for path in VISIBLE}


@pytest.mark.parametrize(("folder", "found"), [(".git", [".git/x.md"]), ("venv", ["venv/lib/x.md", "venv/pyvenv.cfg"])])
def test_a_folder_that_is_named_itself_is_walked_whatever_it_is(folder: str, found: list[str], tree: Path) -> None:
    assert tree.is_dir()
    assert sorted(met.path for met in walk(folder)) == found


def test_links_to_folders_are_followed_once_and_loops_end(tree: Path) -> None:
    (tree / "aaa").symlink_to("sub")
    (tree / "sub" / "loop").symlink_to(tree)
    (tree / "sub" / "self").symlink_to("self")
    files(tree.parent, {"elsewhere/g.md": "x", "elsewhere/back/h.md": "x"})
    (tree / "out").symlink_to(tree.parent / "elsewhere")
    (tree.parent / "elsewhere" / "to tree").symlink_to(tree)
    (tree / "a2.md").symlink_to("a.md")
    (tree / "gone.md").symlink_to("nowhere.md")
    met = [*walk(".")]
    assert sorted(one.path for one in met) == sorted(
        [*VISIBLE, "out/g.md", "out/back/h.md", "a2.md", "gone.md", "sub/self"]
    )
    keys = {one.path: one.key for one in met}
    assert keys["a2.md"] == keys["a.md"]
    assert [one.path for one in met].index("a.md") < [one.path for one in met].index("a2.md")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_cannot_be_read_is_met_with_its_error(tree: Path) -> None:
    (tree / "sub").chmod(0)
    try:
        (error,) = [met for met in walk(".") if met.error]
    finally:
        (tree / "sub").chmod(0o700)
    assert error.path == "sub/"


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.md", ["a.md"]),
        ("./*.md", ["a.md"]),
        ("**/*.md", [path for path in VISIBLE if path.endswith(".md")]),
        ("sub/**", ["sub/c.md", "sub/deeper/[e].md", "sub/deeper/d.md"]),
        ("sub/**/*.md", ["sub/c.md", "sub/deeper/[e].md", "sub/deeper/d.md"]),
        ("**/deeper/*", ["sub/deeper/[e].md", "sub/deeper/d.md"]),
        ("**/**/d.md", ["sub/deeper/d.md"]),
        ("*/*.md", ["sub/c.md", "über/f 1.md"]),
        ("?.md", ["a.md"]),
        ("[!b].md", ["a.md"]),
        ("[a-c].*", ["a.md", "b.txt"]),
        ("sub/deeper/[[]e].md", ["sub/deeper/[e].md"]),
        ("über/f*", ["über/f 1.md"]),
        (".git/*.md", [".git/x.md"]),
        ("a.md*", ["a.md"]),
        ("A.*", []),
        ("nowhere/*.md", []),
        ("sub/*/c.md", []),
        ("*", ["a.md", "b.txt"]),
    ],
)
def test_globs(pattern: str, found: list[str], tree: Path) -> None:
    assert tree.is_dir()
    assert is_pattern(pattern)
    assert sorted(met.path for met in matching(pattern)) == found


def test_a_glob_from_the_root(tree: Path) -> None:
    assert [met.path for met in matching(f"{tree}/*.md")] == [f"{tree}/a.md"]


def test_what_is_no_glob_is_an_error(tree: Path) -> None:
    assert tree.is_dir()
    with pytest.raises(UsageError, match=r"\[z-a\]"):
        [*matching("[z-a].md")]


@pytest.mark.parametrize(
    ("written", "path", "does"),
    [
        ("rec", "rec/x.md", True),
        ("rec/", "rec/a/x.md", True),
        ("rec", "record/x.md", False),
        (".", "x.md", True),
        ("a.md", "a.md", True),
        ("a.md", "b.md", False),
        ("rec/**/*.md", "rec/a/b.md", True),
        ("rec/**/*.md", "rec/b.md", True),
        ("rec/*.md", "rec/a/b.md", False),
        ("rec/*.md", "rec/b.txt", False),
        ("[z-a].md", "b.md", False),
        ("https://www.example.org/", "rec/x.md", False),
    ],
)
def test_which_files_an_input_leads_to(written: str, path: str, does: bool) -> None:
    assert covers(written, path) is does
