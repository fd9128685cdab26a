"""Files in folders."""

import os
from collections.abc import Iterator
from typing import NamedTuple

SKIPPED = frozenset({"node_modules", "bower_components", "__pycache__"})
"""Folders, besides hidden ones, that hold what programs have put there."""
_ENVIRONMENT = "pyvenv.cfg"
"""The file that marks a folder as a Python environment (PEP 405)."""


class Met(NamedTuple):
    """A file in a folder, or a folder that can't be read."""

    path: str
    """With the folder as it was given before it, `/` between folders."""
    key: str
    """The same for every path to the file, through whatever links."""
    error: OSError | None = None


class _Folder(NamedTuple):
    prefix: str
    real: str
    level: int


def walk(folder: str, depth: int | None = None) -> Iterator[Met]:
    """Every file under a folder, hidden ones and what `SKIPPED` names left out, `depth` folders down at most.

    Links to folders are followed, each folder once: loops end. What a link leads to comes after all that is really
    there, so that a file met twice is met under its own name first.
    """
    pending = [_Folder(prefix(folder), os.path.realpath(folder), 0)]
    linked: list[_Folder] = []
    linked_files: list[Met] = []
    entered: set[str] = set()
    while pending or linked:
        at = (pending or linked).pop()
        if at.real in entered:
            continue
        entered.add(at.real)
        try:
            with os.scandir(at.prefix or ".") as found:
                entries = [entry for entry in found if not entry.name.startswith(".") and entry.name not in SKIPPED]
        except OSError as error:
            yield Met(at.prefix, at.real, error)
            continue
        if at.level and any(entry.name == _ENVIRONMENT for entry in entries):
            continue
        for entry in entries:
            path, link = at.prefix + entry.name, entry.is_symlink()
            real = os.path.realpath(path) if link else f"{at.real}{os.sep}{entry.name}"
            if _is_folder(entry):
                if depth is None or at.level < depth:
                    (linked if link else pending).append(_Folder(f"{path}/", real, at.level + 1))
            elif link:
                linked_files.append(Met(path, real))
            elif entry.is_file():
                yield Met(path, real)
    yield from linked_files


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def prefix(folder: str) -> str:
    """What stands before the names in a folder; nothing for the current one."""
    return "" if folder in ("", ".", "./") else folder.rstrip("/") + "/"
