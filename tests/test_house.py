"""The house: which room may import what, how long a file may be, and what stands at the top of the project.

Imports run downward only. Lazy imports inside functions count, and so do those for type checkers; a file in no room of
the table fails, so that whoever opens a new room says where it stands.
"""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
FILES = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in ROOT.glob("crawler/**/*.py")}

LONGEST_FILE = 400
TOP_LEVEL = {
    *("pyproject.toml", "hatch_build.py", "crawler", "tests", "README.md", "config.yaml"),
    *("LICENSE", "CHANGELOG.md"),
}
"""… and whatever begins with a dot."""


class Floor(NamedTuple):
    """A level of the house."""

    number: int
    rooms: frozenset[str]
    """Packages and modules directly below `crawler`; `__init__` is the package's own file."""
    pure: bool = False
    """No async, clock, randomness, files or sockets."""
    sideways: bool = True
    """Whether its rooms may import each other."""


FLOORS = (
    Floor(0, frozenset({"model", "errors", "events"}), pure=True),
    Floor(0, frozenset({"config"})),  # reads its file
    Floor(1, frozenset({"http", "media", "verdict", "visiting"}), pure=True),
    Floor(2, frozenset({"fetch", "store", "records", "report"}), sideways=False),
    Floor(3, frozenset({"engine", "hosts", "judging", "memory", "shards", "turns", "waiting", "cluster"})),
    Floor(4, frozenset({"__init__", "__main__", "cli", "demo", "library", "remembering", "run"})),
)
FLOOR_OF = {room: floor for floor in FLOORS for room in floor.rooms}

LIBRARIES = {
    "ada_url": {"http", "media"},
    "alembic": {"store"},
    "anyio": {"fetch", "store", "engine", "shards", "cluster", "run", "library", "cli", "demo"},
    "apprise": {"report"},
    "certifi": {"fetch"},
    "click": {"cli"},
    "cryptography": {"fetch"},
    "httpcore": {"fetch"},
    "httpx": {"fetch"},
    "markdown_it": {"records"},
    "prometheus_client": {"report"},
    "protego": {"http"},
    "psycopg": {"store"},
    "publicsuffixlist": {"http"},
    "pycurl": {"fetch"},
    "pydantic": {"config"},
    "rich": {"report", "cli"},
    "selectolax": {"media", "records"},
    "sqlalchemy": {"store"},
    "stringzilla": {"http"},
    "uvloop": {"engine", "cli", "library"},
    "yaml": {"config", "records"},
    "zlib_ng": {"http"},
}
"""The rooms in which a library may be imported: swapping one is then one room's work."""

UNSEEN = {"sniffio"}
"""Declared for a library that looks for it and is slow without it: httpcore searches the disk at every request."""

IMPURE = {
    *("time", "sched", "random", "secrets", "uuid"),
    *("io", "os", "pathlib", "glob", "shutil", "tempfile", "fcntl", "mmap", "sqlite3", "logging", "importlib"),
    *("socket", "socketserver", "ssl", "select", "selectors", "http", "urllib.request"),
    *("anyio", "asyncio", "concurrent", "multiprocessing", "queue", "signal", "subprocess", "threading"),
}
"""What decisions and values may not import: they are told the time, and are given bytes."""

IMPURE_CALLS = {"open", "print", "input", "datetime.now", "datetime.utcnow", "datetime.today", "date.today"}


def room_of(module: str) -> str:
    """The room that a module of `crawler` stands in."""
    return [*module.split("."), "__init__"][1]


def module_of(path: str) -> str:
    """`crawler/http/url.py` is `crawler.http.url`."""
    return path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


class Import(NamedTuple):
    """One import, wherever in a file it is made."""

    line: int
    module: str
    """The imported module, dotted; a name taken from it may be a module of its own."""
    name: str = ""


def imports(tree: ast.Module, module: str, *, package: bool) -> Iterator[Import]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                for alias in names:
                    yield Import(node.lineno, alias.name)
            case ast.ImportFrom(module=source, names=names, level=level):
                here = module.split(".") if package else module.split(".")[:-1]
                base = here[: len(here) - level + 1] if level else []
                for alias in names:
                    yield Import(node.lineno, ".".join([*base, source] if source else base), alias.name)


def broken_imports(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    module = module_of(path)
    room = room_of(module)
    floor = FLOOR_OF.get(room)
    if floor is None:
        yield 1, f"{room} is in no floor of the house"
        return
    for line, target, name in imports(tree, module, package=path.endswith("/__init__.py")):
        top = target.split(".")[0]
        if top == "crawler":
            other = name if target == "crawler" and name in FLOOR_OF else room_of(target)
            above = FLOOR_OF.get(other)
            if above is None:
                yield line, f"{room} imports {other}, which is in no floor of the house"
            elif above.number > floor.number:
                yield line, f"{room} (floor {floor.number}) imports {other} (floor {above.number})"
            elif above is floor and other != room and not floor.sideways:
                yield line, f"{room} imports {other}, beside it on floor {floor.number}"
        elif top in sys.stdlib_module_names:
            if floor.pure and not IMPURE.isdisjoint({top, target, f"{target}.{name}"}):
                yield line, f"{room} (floor {floor.number}, pure) imports {target}"
        elif top not in LIBRARIES:
            yield line, f"{room} imports {top}, a library that no room is named for"
        elif room not in LIBRARIES[top]:
            yield line, f"{room} imports {top}, a library of {', '.join(sorted(LIBRARIES[top]))} alone"


def broken_purity(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    floor = FLOOR_OF.get(room_of(module_of(path)))
    if floor is None or not floor.pure:
        return
    for node in ast.walk(tree):
        match node:
            case ast.AsyncFunctionDef(name=name):
                yield node.lineno, f"{name} is async on floor {floor.number}"
            case ast.Call(func=function) if (called := ast.unparse(function)) in IMPURE_CALLS:
                yield node.lineno, f"{called}() is called on floor {floor.number}"


def broken(path: str, source: str) -> list[str]:
    """Each rule of the house that a file breaks, with its place."""
    tree = ast.parse(source)
    rules = [*broken_imports(path, tree), *broken_purity(path, tree)]
    lines = source.count("\n")
    if lines > LONGEST_FILE:
        rules.append((lines, f"{lines} lines; over {LONGEST_FILE}, a file is two"))
    return [f"{path}:{line}: {words}" for line, words in sorted(rules)]


@pytest.mark.parametrize("path", sorted(FILES))
def test_a_file_keeps_the_rules_of_the_house(path: str) -> None:
    faults = broken(path, FILES[path])
    assert not faults, "\n" + "\n".join(faults)


BREAKING = {
    "upward": (
        "crawler/http/url.py",
        "from crawler.fetch.port import Transport",
        "http (floor 1) imports fetch (floor 2)",
    ),
    "upward and lazy": (
        "crawler/model/link.py",
        "def f():\n    from crawler.http import url",
        "model (floor 0) imports http (floor 1)",
    ),
    "upward by a name": (
        "crawler/verdict/judge.py",
        "from crawler import engine",
        "verdict (floor 1) imports engine (floor 3)",
    ),
    "upward to the face": ("crawler/engine.py", "import crawler", "engine (floor 3) imports __init__ (floor 4)"),
    "upward and relative": (
        "crawler/http/url.py",
        "from ..fetch import port",
        "http (floor 1) imports fetch (floor 2)",
    ),
    "upward and relative in a package": (
        "crawler/http/__init__.py",
        "from ..fetch import port",
        "http (floor 1) imports fetch (floor 2)",
    ),
    "upward for types": (
        "crawler/errors.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import crawler.cli.check",
        "errors (floor 0) imports cli (floor 4)",
    ),
    "sideways": (
        "crawler/fetch/stock.py",
        "from crawler.records import sources",
        "fetch imports records, beside it on floor 2",
    ),
    "a new room": ("crawler/util/text.py", "", "util is in no floor of the house"),
    "of a new room": (
        "crawler/cli/check.py",
        "import crawler.util",
        "cli imports util, which is in no floor of the house",
    ),
    "a clock": ("crawler/visiting/frontier.py", "from time import monotonic", "visiting (floor 1, pure) imports time"),
    "a part of a module": ("crawler/http/url.py", "from urllib import request", "http (floor 1, pure) imports urllib"),
    "files": ("crawler/model/link.py", "import os.path", "model (floor 0, pure) imports os.path"),
    "another room's library": ("crawler/engine.py", "import httpx", "engine imports httpx, a library of fetch alone"),
    "a library of nobody": (
        "crawler/fetch/stock.py",
        "import requests",
        "fetch imports requests, a library that no room",
    ),
    "an async decision": ("crawler/verdict/judge.py", "async def judge(): ...", "judge is async on floor 1"),
    "a clock by another name": (
        "crawler/verdict/judge.py",
        "from datetime import datetime\nx = datetime.now()",
        "datetime.now() is called on floor 1",
    ),
    "an open file": ("crawler/media/html.py", "open('x')", "open() is called on floor 1"),
    "a long file": ("crawler/cli/check.py", "\n" * 401, "401 lines; over 400"),
}

KEEPING = {
    "downward": (
        "crawler/cli/check.py",
        "from crawler.engine import Engine\nfrom crawler import errors",
    ),
    "sideways among decisions": ("crawler/visiting/visit.py", "from crawler.http.url import parse"),
    "within a room": ("crawler/fetch/stock.py", "from crawler.fetch.port import Transport\nfrom . import port"),
    "the standard library": ("crawler/http/url.py", "import re\nfrom urllib.parse import quote"),
    "files at the edge": ("crawler/records/sources.py", "import os, pathlib\nx = open('y')"),
    "a library in its room": ("crawler/fetch/stock.py", "import httpx"),
    "a module named as one of ours": ("crawler/fetch/stock.py", "import http.client"),
}


@pytest.mark.parametrize(("path", "source", "words"), BREAKING.values(), ids=BREAKING)
def test_what_breaks_the_house_is_found(path: str, source: str, words: str) -> None:
    (fault,) = broken(path, source)
    assert words in fault


@pytest.mark.parametrize(("path", "source"), KEEPING.values(), ids=KEEPING)
def test_what_keeps_it_is_not(path: str, source: str) -> None:
    assert broken(path, dedent(source)) == []


def test_nothing_else_stands_at_the_top() -> None:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("what belongs to the project is known in a git checkout alone")
    command = [git, "-c", "safe.directory=*", "-C", str(ROOT), "ls-files", "-z"]
    names = {path.split("/")[0] for path in subprocess.check_output(command, text=True).split("\0") if path}
    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


def libraries(folder: str) -> set[str]:
    """The distributions that the files of a folder import."""
    distributions = packages_distributions()
    found = set()
    for path in ROOT.glob(f"{folder}/**/*.py"):
        module = module_of(path.relative_to(ROOT).as_posix())
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for _, target, _ in imports(tree, module, package=path.name == "__init__.py"):
            top = target.split(".")[0]
            if top not in {"crawler", "tests"} and top not in sys.stdlib_module_names:
                found.add(normal(distributions.get(top, [top])[0]))
    return found


def normal(requirement: str) -> str:
    """The name of a distribution, without versions, as names are compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~;\[ ]", requirement)[0]).lower()


def test_what_is_imported_is_what_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {extra: {normal(name) for name in names} for extra, names in project["optional-dependencies"].items()}
    development = extras.pop("dev")
    declared = {normal(name) for name in project["dependencies"]}.union(*extras.values())
    assert libraries("crawler") == declared - UNSEEN
    assert libraries("tests") <= declared | development
