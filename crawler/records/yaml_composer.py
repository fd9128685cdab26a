"""From libyaml's events to nodes, within the bounds."""

from collections.abc import Callable
from typing import Any, NamedTuple

from yaml import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    MarkedYAMLError,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from crawler.config import Bounds
from crawler.records.page import Flaw
from crawler.records.quote import quoted
from crawler.records.tree import MERGE, Collection, Mapping, Node, Sequence
from crawler.records.yaml_scalars import unconstructible

_PLAIN_WORDS = {
    "could not find expected ':'": "a line that is neither `key: value` nor part of a value",
    "found a tab character that violates indentation": "a tab where YAML wants spaces",
    "found unexpected document indicator": "a quote that is never closed",
    "found unexpected end of stream": "a quote that is never closed",
    "mapping values are not allowed in this context": "a colon inside a value without quotes, or wrong indentation",
}
"""The commonest mistakes: libyaml's words, and an editor's."""
_WRONG_START = "found character that cannot start any token"
BLOCK = frozenset("|>")
COMPLEX = "?"
"""Stands in a field for a key that is no scalar."""
_MERGING = "<< as a merge key"
"""Stands for the key `<<` without quotes, told apart by identity."""
_NUMERIC = frozenset("0123456789+-")
_SHORTEST = 8
"""No shorter plain scalar is a timestamp, or too large a number."""


class _Anchored(NamedTuple):
    """What an anchor names, and what an alias to it counts for."""

    node: Node
    values: int
    height: int
    """Levels in it; none in a scalar."""


class _Naming:
    """An anchored collection that is being read."""

    __slots__ = ("anchor", "before", "deepest", "level", "node")

    def __init__(self, anchor: str, node: Node, before: int, level: int) -> None:
        self.anchor = anchor
        self.node = node
        self.before = before
        """Values counted when it began."""
        self.level = self.deepest = level


TOO_DEEP = "exceeded maximum nesting depth"
"""What libyaml says beyond a thousand levels, from 0.2.6 on: it reads ahead of whoever counts them."""


class _OverrunError(Exception):
    """A bound is overrun."""


class Composer:
    """Builds the nodes of one document of the stream `text`, which stands at `base` in its page.

    An alias stands for the very node that its anchor names, which is shared and not copied, and counts with all of it.
    Events are `Any`, since the stubs have it that their marks may be missing: libyaml always gives them.
    """

    __slots__ = ("_aliases", "_anchors", "_base", "_bounds", "_count", "_namings", "_text", "flaws", "root")

    def __init__(self, text: str, base: int, bounds: Bounds) -> None:
        self.root: Node = None
        self.flaws: list[Flaw] = []
        self._text = text
        self._base = base
        self._bounds = bounds
        self._count = 0
        self._aliases = 0
        self._anchors: dict[str, _Anchored] = {}
        self._namings: list[_Naming] = []

    def compose(self, get_event: Callable[[], Any]) -> bool:
        """Read one document. False: the stream is over, at its end or at a break.

        One loop over locals: it turns once for every key and every value of every record.
        """
        node: Node = None
        """The collection that is being read."""
        seen: dict[str, int] | None = None
        """Of an object: its keys, each with the index where it stood first."""
        key: str | None = None
        """Of an object: the key whose value comes next, if it is not a key that comes."""
        stack: list[tuple[Node, dict[str, int] | None, str | None]] = []
        limit = self._bounds.nodes
        event: Any = None
        try:
            while (event := get_event()) is not None:
                kind = type(event)
                if kind is ScalarEvent:
                    self._count += 1
                    child = event
                    if event.anchor:
                        self._anchors[event.anchor] = _Anchored(event, 1, 0)
                    if len(event.value) >= _SHORTEST and event.value[0] in _NUMERIC:
                        self._construct(event)
                elif kind is MappingEndEvent or kind is SequenceEndEvent:
                    if self._namings and self._namings[-1].node is node:
                        self._named()
                    node, seen, key = stack.pop()
                    continue
                elif kind is MappingStartEvent or kind is SequenceStartEvent:
                    child = self._begin(event, len(stack) + 1)
                elif kind is AliasEvent:
                    child = self._alias(event, len(stack))
                elif kind is DocumentEndEvent:
                    return True
                else:
                    continue
                if self._count > limit:
                    raise _OverrunError(f"more than {limit:,} values, aliases followed (records.bounds.nodes)")

                if seen is None:
                    if node is None:
                        self.root = child
                    else:
                        node.items.append(child)
                elif key is None:
                    key = child.value if kind is ScalarEvent else None
                    if key is None or key == MERGE or key in seen:
                        key = self._odd_key(seen, child)
                    else:
                        seen[key] = child.start_mark.index
                else:
                    if key is _MERGING:
                        node.merges.append(child)
                    else:
                        node.items.append((key, child))
                    key = None
                if kind is MappingStartEvent or kind is SequenceStartEvent:
                    stack.append((node, seen, key))
                    node, seen, key = child, {} if kind is MappingStartEvent else None, None
        except MarkedYAMLError as error:
            if type(event) is ScalarEvent:
                self._distrust(event, node)
            self._broken(error)
        except _OverrunError as overrun:
            self.root = None
            self.flaws = [Flaw(str(overrun), self._base + event.start_mark.index)]
        return False

    def _construct(self, event: Any) -> None:
        if event.implicit[0] and (fault := unconstructible(event.value)):
            where = self._base + event.start_mark.index
            self.flaws.append(Flaw(f"{quoted(event.value)} is {fault}", where, len(event.value)))

    def _begin(self, event: Any, level: int) -> Collection:
        self._count += 1
        start = self._base + event.start_mark.index
        node: Collection = Mapping(start) if type(event) is MappingStartEvent else Sequence(start)
        if event.anchor:
            self._namings.append(_Naming(event.anchor, node, self._count - 1, level))
        self._reach(level)
        return node

    def _named(self) -> None:
        """The innermost anchored collection is complete: aliases may name it from here on."""
        done = self._namings.pop()
        height = done.deepest - done.level + 1
        self._anchors[done.anchor] = _Anchored(done.node, self._count - done.before, height)
        if self._namings:
            self._namings[-1].deepest = max(self._namings[-1].deepest, done.deepest)

    def _alias(self, event: Any, level: int) -> Node:
        self._aliases += 1
        if self._aliases > self._bounds.aliases:
            raise _OverrunError(f"more than {self._bounds.aliases:,} aliases (records.bounds.aliases)")
        if event.anchor not in self._anchors:
            where = self._base + event.start_mark.index
            self.flaws.append(Flaw(f"the alias {quoted('*' + event.anchor)} names nothing that ends before it", where))
            self._count += 1
            return None
        named = self._anchors[event.anchor]
        self._count += named.values
        self._reach(level + named.height)
        return named.node

    def _reach(self, level: int) -> None:
        if level > self._bounds.depth:
            raise _OverrunError(self._too_deep())
        if self._namings:
            self._namings[-1].deepest = max(self._namings[-1].deepest, level)

    def _too_deep(self) -> str:
        return f"nested deeper than {self._bounds.depth} levels (records.bounds.depth)"

    def _odd_key(self, seen: dict[str, int], key: Node) -> str:
        """A key that is no scalar, an alias, `<<`, or there already."""
        if key is None or isinstance(key, Collection):
            return COMPLEX
        name: str = key.value
        start: int = key.start_mark.index
        first = seen.setdefault(name, start)
        if name == MERGE and key.implicit[0]:
            return _MERGING
        if first != start:
            message = f"{quoted(name)} stands twice in this object, first in line"
            length = key.end_mark.index - start
            self.flaws.append(Flaw(message, self._base + start, length, "duplicate-key", self._base + first))
        return name

    def _distrust(self, latest: Any, node: Node) -> None:
        """Take back the value right before a break if it is over several lines: a lost quote makes one of many."""
        if latest.style in BLOCK or latest.start_mark.line == latest.end_mark.line:
            return
        if node is None:
            self.root = None
        elif node.items and (node.items[-1] is latest or node.items[-1][1:] == (latest,)):
            node.items.pop()

    def _broken(self, error: MarkedYAMLError) -> None:
        problem, mark = error.problem or "", error.problem_mark
        index = mark.index if mark is not None else 0
        words = self._too_deep() if problem == TOO_DEEP else _PLAIN_WORDS.get(problem, problem)
        if problem == _WRONG_START:
            first = self._text[index : index + 1]
            words = (
                "a tab where YAML wants spaces" if first == "\t" else f"{quoted(first)} begins no value unless quoted"
            )
        since = None
        if (
            error.context
            and error.context_mark is not None
            and mark is not None
            and error.context_mark.line < mark.line
        ):
            words, since = f"{words}, {error.context} begun in line", self._base + error.context_mark.index
        self.flaws.append(Flaw(f"broken YAML: {words}", self._base + index, since=since))
