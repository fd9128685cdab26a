"""The values of one document with their places, whatever its notation: as little of them as key paths can reach."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from crawler.records.page import Flaw
from crawler.records.paths import EACH


class Collection:
    """A value with others in it."""

    __slots__ = ("start",)

    start: int


class Mapping(Collection):
    """An object: its members in the order written, doubled keys included, and what `<<` merges into it."""

    __slots__ = ("_table", "items", "merges")

    def __init__(self, start: int) -> None:
        self.start = start
        self.items: list[tuple[str, Node]] = []
        self.merges: list[Node] = []
        self._table: dict[str, Node] | None = None

    def members(self) -> "Iterable[tuple[str, Node]]":
        """(key, value) of each: its own, then those merged into it and not there yet (yaml.org/type/merge)."""
        return _merged(self, set()) if self.merges else self.items

    @property
    def table(self) -> "dict[str, Node]":
        """The same by key, once all is read; of doubled keys the last counts, as in every loader."""
        if self._table is None:
            self._table = dict(self.members())
        return self._table


class Sequence(Collection):
    """A list."""

    __slots__ = ("items",)

    def __init__(self, start: int) -> None:
        self.start = start
        self.items: list[Node] = []


Leaf: TypeAlias = Any
"""A scalar as its notation's parser hands it over: decoded and placed only when somebody asks its tree."""
Node: TypeAlias = Any
"""A Mapping, a Sequence, a Leaf, or None where there is nothing to be read."""
MERGE = "<<"


class Tree(ABC):
    """One document. Every offset is one of the page's text."""

    __slots__ = ("flaws", "root")

    def __init__(self) -> None:
        self.root: Node = None
        """None: there is no value, or nothing of it can be read."""
        self.flaws: list[Flaw] = []

    @abstractmethod
    def value(self, leaf: Leaf) -> str | None:
        """A scalar's text, decoded from its notation; None for null."""

    @abstractmethod
    def fact(self, leaf: Leaf) -> str | None:
        """The same for what is declared: None too where the value is not what its notation makes of it."""

    @abstractmethod
    def span(self, leaf: Leaf) -> tuple[int, int]:
        """Where the scalar's text is written, white space around it left out: (start, end)."""

    @abstractmethod
    def leaf_start(self, leaf: Leaf) -> int:
        """Where the scalar begins, quotes and all."""

    def start(self, node: Node) -> int:
        """Where a node begins."""
        return node.start if isinstance(node, Collection) else self.leaf_start(node)

    def find(self, node: Node, path: tuple[str, ...] = ()) -> str | None:
        """The fact that a key path leads to; of doubled keys the last, of a list the first member."""
        for segment in path:
            if isinstance(node, Mapping) and segment != EACH:
                node = node.table.get(segment)
            elif isinstance(node, Sequence) and segment == EACH:
                node = next(iter(node.items), None)
            else:
                return None
        return None if node is None or isinstance(node, Collection) else self.fact(node)


def _merged(mapping: Mapping, taken: set[str]) -> Iterator[tuple[str, Node]]:
    yield from (item for item in mapping.items if item[0] not in taken)
    taken.update(name for name, _ in mapping.items)
    for source in mapping.merges:
        for one in source.items if isinstance(source, Sequence) else [source]:
            if isinstance(one, Mapping):
                yield from _merged(one, taken)
