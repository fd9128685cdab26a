"""The modules that are compiled where there is a compiler: they are there, and all of them are or none."""

import tomllib
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def modules() -> list[str]:
    """By the names that they are imported by."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    table = project["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]["modules"]
    return [f"{folder}/{name}".replace("/", ".") for folder, names in table.items() for name in names.split()]


@pytest.mark.parametrize("name", modules())
def test_what_is_compiled_has_its_source(name: str) -> None:
    assert (ROOT / name.replace(".", "/")).with_suffix(".py").is_file()


def test_all_of_them_are_compiled_or_none() -> None:
    """One that is left over from before would hide what its source says now."""
    compiled = [name for name in modules() if not str(import_module(name).__file__).endswith(".py")]
    assert compiled in ([], modules())


def test_none_is_named_twice() -> None:
    assert len(set(modules())) == len(modules())
