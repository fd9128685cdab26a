"""What programs may rely on: the names of the package, how they are called, and that each is described."""

import ast
import inspect
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import crawler

ROOT = Path(__file__).parents[1]

SIGNATURES = {"check": ("inputs", "config", "store"), "crawl": ("links", "config")}

HEAVY = (
    *("alembic", "asyncio", "anyio", "click", "httpx", "markdown_it", "publicsuffixlist", "pydantic", "pycurl", "rich"),
    *("sqlalchemy", "yaml"),
)


def test_the_package_has_these_names_and_no_other() -> None:
    assert sorted(crawler.__all__) == ["__version__", "check", "crawl"]
    assert not [name for name in crawler.__all__ if not hasattr(crawler, name)]


def test_no_room_stands_in_the_place_of_a_name() -> None:
    rooms = {path.stem for path in (ROOT / "crawler").iterdir()}
    assert not rooms.intersection(crawler.__all__), "importing a module puts it in the package, over the function"


@pytest.mark.parametrize(("name", "parameters"), SIGNATURES.items())
def test_how_they_are_called(name: str, parameters: tuple[str, ...]) -> None:
    signature = inspect.signature(getattr(crawler, name))
    assert tuple(signature.parameters) == parameters
    assert signature.parameters["config"].default is None
    assert len(inspect.getdoc(getattr(crawler, name)) or "") > 100


def test_check_is_awaited_and_crawl_is_iterated() -> None:
    assert inspect.iscoroutinefunction(crawler.check)
    assert inspect.isasyncgenfunction(crawler.crawl)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="xyzzy"):
        crawler.xyzzy  # noqa: B018


def test_the_version_is_that_of_the_distribution_and_the_change_log() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["hatch"]["version"]["path"] == "crawler/config/__init__.py"
    assert f"## {crawler.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_importing_the_package_imports_nothing_heavy() -> None:
    program = f"import crawler, json, sys; print(json.dumps([name for name in {HEAVY} if name in sys.modules]))"
    assert json.loads(subprocess.check_output([sys.executable, "-c", program])) == []


def undescribed(path: str, source: str) -> list[str]:
    """The public things of a module that have no docstring: the module, its classes and its functions."""
    tree = ast.parse(source)
    things = [node for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)]
    bare = [node for node in things if not node.name.startswith("_") and not ast.get_docstring(node)]
    missing = [f"{path}:1: the module"] if tree.body and not ast.get_docstring(tree) else []
    return missing + [f"{path}:{node.lineno}: {node.name}" for node in bare]


@pytest.mark.parametrize("path", sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("crawler/**/*.py")))
def test_everything_public_is_described(path: str) -> None:
    missing = undescribed(path, (ROOT / path).read_text(encoding="utf-8"))
    assert not missing, "no docstring:\n" + "\n".join(missing)


def test_what_is_not_described_is_found() -> None:
    source = "class A:\n    x = 1\nclass _B: ...\nasync def c(): 'Yes.'\ndef d(): ...\n"
    assert undescribed("x.py", source) == ["x.py:1: the module", "x.py:1: A", "x.py:5: d"]
