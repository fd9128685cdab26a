"""JSON (RFC 8259) with the places of its values. libyaml reads most of it, but no surrogate pairs and long keys."""

import json
import re

from crawler.config import Bounds
from crawler.records.page import BOM, Flaw
from crawler.records.quote import quoted
from crawler.records.tree import Leaf, Mapping, Node, Sequence, Tree
from crawler.records.white import trim_escaped

_TOKEN = re.compile(
    r"[ \t\n\r]*+(?:"
    r'(?P<string>"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+")'
    r"|(?P<plain>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][-+]?[0-9]++)?(?![0-9A-Za-z.])|(?:true|false|null)\b)"
    r"|(?P<mark>[\[\]{}:,]))",
    re.ASCII,
)
_SPACE = re.compile(r"[ \t\n\r]*+")
_END = re.compile(r"[ \t\n\r]*+\Z")
_VALUES = frozenset({"string", "plain", "[", "{"})
_ACCEPTED = {
    "a value": _VALUES,
    "a value or ]": _VALUES | {"]"},
    "a key in double quotes": frozenset({"string"}),
    "a key in double quotes or }": frozenset({"string", "}"}),
    "a colon": frozenset({":"}),
    "a comma or }": frozenset({",", "}"}),
    "a comma or ]": frozenset({",", "]"}),
    "nothing more": frozenset(),
}
"""By state, which is named for what may follow in it: the tokens that do."""
_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a pair is no character; it is replaced as browsers do (WHATWG Infra, scalar value string)."""


class JsonTree(Tree):
    """One JSON document; its leaves are the (start, end) of their tokens."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def value(self, leaf: Leaf) -> str | None:
        start, end = leaf
        written = self.text[start:end]
        if written.startswith('"'):
            return _string(written)
        return None if written == "null" else written

    fact = value

    def span(self, leaf: Leaf) -> tuple[int, int]:
        start, end = leaf
        return trim_escaped(self.text, start + 1, end - 1) if self.text[start] == '"' else (start, end)

    def leaf_start(self, leaf: Leaf) -> int:
        start: int = leaf[0]
        return start


class _Open:
    """A collection that is being read."""

    __slots__ = ("name", "node", "seen")

    def __init__(self, node: Mapping | Sequence) -> None:
        self.node = node
        self.name = ""
        """The key whose value is next."""
        self.seen: dict[str, int] = {}
        """Keys of an object, each with the offset where it stood first."""


def document(text: str, bounds: Bounds) -> JsonTree:
    """The document in a text, as far as it can be read; the flaws say what could not.

    A text that breaks off gives what stands before the break. One that overruns a bound gives nothing.
    """
    tree = JsonTree(text)
    reader = _Reader(tree)
    position = len(BOM) if text.startswith(BOM) else 0
    while reader.state != "nothing more" or not _END.match(text, position):
        found = _TOKEN.match(text, position)
        kind = (found["mark"] or found.lastgroup or "") if found else ""
        if found is None or kind not in _ACCEPTED[reader.state]:
            where = _SPACE.match(text, position)
            offset = where.end() if where else position
            tree.flaws.append(Flaw(f"broken JSON: {reader.state} expected here", offset))
            break
        reader.take(kind, *found.span(found.lastgroup or 0))
        position = found.end()
        if refusal := reader.overrun(bounds):
            tree.root, tree.flaws = None, [Flaw(refusal, position - 1)]
            break
    return tree


class _Reader:
    """Builds the nodes of one document from its tokens."""

    __slots__ = ("_count", "_stack", "_tree", "state")

    def __init__(self, tree: JsonTree) -> None:
        self.state = "a value"
        self._tree = tree
        self._stack: list[_Open] = []
        self._count = 0

    def take(self, kind: str, start: int, end: int) -> None:
        """One token that the state accepts."""
        if kind == ",":
            self.state = "a value" if isinstance(self._stack[-1].node, Sequence) else "a key in double quotes"
        elif kind == ":":
            self.state = "a value"
        elif kind in "]}":
            self._stack.pop()
            self._after_value()
        elif self.state.startswith("a key"):
            self._key(start, end)
        else:
            self._value(kind, start, end)

    def overrun(self, bounds: Bounds) -> str | None:
        """The bound that is overrun, in words."""
        if len(self._stack) > bounds.depth:
            return f"nested deeper than {bounds.depth} levels (records.bounds.depth)"
        if self._count > bounds.nodes:
            return f"more than {bounds.nodes:,} values (records.bounds.nodes)"
        return None

    def _key(self, start: int, end: int) -> None:
        top = self._stack[-1]
        top.name = _string(self._tree.text[start:end])
        first = top.seen.setdefault(top.name, start)
        if first != start:
            message = f"{quoted(top.name)} stands twice in this object, first in line"
            self._tree.flaws.append(Flaw(message, start, end - start, "duplicate-key", first))
        self.state = "a colon"

    def _value(self, kind: str, start: int, end: int) -> None:
        self._count += 1
        node: Node = Mapping(start) if kind == "{" else Sequence(start) if kind == "[" else (start, end)
        if not self._stack:
            self._tree.root = node
        elif isinstance(self._stack[-1].node, Sequence):
            self._stack[-1].node.items.append(node)
        else:
            self._stack[-1].node.items.append((self._stack[-1].name, node))
        if kind in "{[":
            self._stack.append(_Open(node))
            self.state = "a key in double quotes or }" if kind == "{" else "a value or ]"
        else:
            self._after_value()

    def _after_value(self) -> None:
        if not self._stack:
            self.state = "nothing more"
        else:
            self.state = "a comma or ]" if isinstance(self._stack[-1].node, Sequence) else "a comma or }"


def _string(written: str) -> str:
    return _SURROGATE.sub("\ufffd", json.loads(written)) if "\\" in written else written[1:-1]
