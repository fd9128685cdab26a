"""What was set, one layer upon the other, as plain data that is not checked yet."""

from typing import Any, TypeVar

from crawler.config import Config
from crawler.config.keys import KeyPath, is_section, kind_at, kinds
from crawler.config.place import DEFAULT, Place

_T = TypeVar("_T")

BRIEF = {"notify": "urls"}
"""Sections that may be written as the list of their one key."""


class Layers:
    """The values set so far, and who set them. Starts empty; each later value wins."""

    def __init__(self) -> None:
        self.tree: dict[str, Any] = {}
        """Sections and keys as a file has them, without what is default."""
        self.places: dict[KeyPath, Place] = {}

    def start(self, tree: dict[str, Any], places: dict[KeyPath, Place]) -> None:
        """Lay the file down, the lowest layer. A section with every key commented out (`pool:`) is not there."""
        self.tree = _without_empty(Config, tree)
        self.places = dict(places)
        for section, key in BRIEF.items():
            if isinstance(self.tree.get(section), list):
                self.tree[section] = {key: self.tree[section]}
                below = {path: place for path, place in places.items() if path[:1] == (section,)}
                self.places |= {(section, key, *path[1:]): place for path, place in below.items()}

    def put(self, place: Place, path: KeyPath, value: Any, *, adding: bool = False) -> None:
        """Set one key, or one entry of a table of keys, on top of all that is there.

        With `adding`, a list goes in front of what is there. Where a lower layer has something that can't hold the
        key or take the list, it stays, for the check to find it wrong.
        """
        node = self.tree
        for depth, step in enumerate(path[:-1], 1):
            node = node.setdefault(str(step), dict(_default(path[:depth], dict)))
            if not isinstance(node, dict):
                return
        name = str(path[-1])
        if adding and isinstance(value, (list, tuple)):
            there = node.get(name, _default(path, tuple))
            if not isinstance(there, (list, tuple)):
                return
            value = [*value, *there]
        node[name] = value
        for below in [known for known in self.places if known[: len(path)] == path]:
            del self.places[below]
        self.places[path] = place

    def place_of(self, path: KeyPath) -> Place:
        """Where a value, or else what holds it, was set."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, DEFAULT)

    def values(self) -> dict[KeyPath, Place]:
        """The places of all that was set, sections left out."""
        return {path: place for path, place in self.places.items() if path and not is_section(kind_at(path))}


def _without_empty(section: Any, tree: Any) -> Any:
    if not is_section(section) or not isinstance(tree, dict):
        return tree
    below = {name: kinds(section).get(name) for name in tree}
    return {
        name: _without_empty(below[name], value)
        for name, value in tree.items()
        if value is not None or not is_section(below[name])
    }


def _default(path: KeyPath, kind: type[_T]) -> _T:
    """What is added to where no lower layer set it: the default, if it is of this kind, else an empty one."""
    value: Any = Config()
    for step in path:
        value = getattr(value, str(step), None)
    return value if isinstance(value, kind) else kind()
