"""YAML by libyaml's events: one pass gives values, places and splices, and no bound can be overrun.

`yaml.compose` calls itself once a level, in C, and crashes the process on some 30 KB of `[`; and libyaml's scanner
takes time quadratic in the depth of flow collections. Events are read one at a time here: both end at the bound.
"""

import re
from collections.abc import Iterator
from itertools import count

from yaml._yaml import CParser
from yaml.reader import ReaderError

from crawler.config import Bounds
from crawler.records.page import BOM, Flaw
from crawler.records.tree import Collection, Leaf, Tree
from crawler.records.white import trim, trim_escaped
from crawler.records.yaml_composer import BLOCK, Composer
from crawler.records.yaml_scalars import unconstructible

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
"""YAML 1.1's null, as a plain scalar (yaml.org/type/null.html)."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What no YAML text may hold (YAML 1.1, section 5.1, c-printable); libyaml refuses the whole text for one of them."""
_PROPERTIES = re.compile(r"(?:[&!]\S*|#[^\r\n\x85\u2028\u2029]*|\s)*+")
"""Anchor, tag and what stands between them and the scalar that they belong to."""
_HEADER = re.compile(r"[^\r\n\x85\u2028\u2029]*+")
"""A block scalar's first line, `|2- # comment`."""
_TAG_DIRECTIVES = 100
"""`%TAG` lines in one stream at most: libyaml compares each with all the others."""


class YamlTree(Tree):
    """One YAML document; its leaves are libyaml's scalar events."""

    __slots__ = ("base", "text")

    def __init__(self, text: str, base: int) -> None:
        super().__init__()
        self.text = text
        self.base = base

    def value(self, leaf: Leaf) -> str | None:
        value: str = leaf.value
        if value in _NULLS and leaf.implicit[0]:
            return None
        return value.removesuffix("\n") if leaf.style in BLOCK else value

    def fact(self, leaf: Leaf) -> str | None:
        value = self.value(leaf)
        return None if value is None or (leaf.implicit[0] and unconstructible(value)) else value

    def span(self, leaf: Leaf) -> tuple[int, int]:
        start, end = self.leaf_start(leaf), self.base + leaf.end_mark.index
        if leaf.style == '"':
            return trim_escaped(self.text, start + 1, end - 1)
        if leaf.style == "'":
            return trim(self.text, start + 1, end - 1)
        if leaf.style in BLOCK:
            start = _after(_HEADER, self.text, start)
        return trim(self.text, start, end)

    def leaf_start(self, leaf: Leaf) -> int:
        start: int = self.base + leaf.start_mark.index
        return _after(_PROPERTIES, self.text, start) if leaf.anchor or leaf.tag else start


def documents(text: str, start: int, end: int, bounds: Bounds) -> Iterator[YamlTree]:
    """The documents of the YAML stream in `text[start:end]`, as far as it can be read; the flaws say what could not.

    A stream that breaks off gives what stands before the break: what is read there holds for itself. One that overruns
    a bound gives nothing of the document that does.
    """
    while text.startswith(BOM, start, end):
        start += len(BOM)  # libyaml does not count one that its input begins with
    given = 0
    try:
        for tree in _stream(text, text[start:end], start, bounds):
            given += 1
            yield tree
    except ReaderError:
        clean = _FORBIDDEN.sub("\ufffd", text[start:end])
        for number, tree in enumerate(_stream(text, clean, start, bounds)):
            if number == given:
                tree.flaws[:0] = _forbidden(text, start, end)
            if number >= given:
                yield tree


def _stream(text: str, piece: str, start: int, bounds: Bounds) -> Iterator[YamlTree]:
    """The documents of `piece`, which stands at `start` in the text."""
    if piece.count("%TAG") > _TAG_DIRECTIVES:
        tree = YamlTree(text, start)
        tree.flaws.append(Flaw(f"more than {_TAG_DIRECTIVES} %TAG directives", start))
        yield tree
        return
    get_event = CParser(piece).get_event
    for number in count():
        composer = Composer(piece, start, bounds)
        more = composer.compose(get_event)
        tree = YamlTree(text, start)
        tree.flaws = composer.flaws
        if isinstance(composer.root, Collection) or (composer.root and tree.value(composer.root) is not None):
            tree.root = composer.root
        if number >= bounds.nodes:
            tree.flaws.append(Flaw(f"more than {bounds.nodes:,} documents (records.bounds.nodes)", start))
            more = False
        if tree.root is not None or tree.flaws:
            yield tree
        if not more:
            return


def _forbidden(text: str, start: int, end: int) -> list[Flaw]:
    found = _FORBIDDEN.search(text, start, end)
    return [Flaw(f"the control character U+{ord(found[0]):04X}", found.start(), 1)] if found else []


def _after(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return start if found is None else found.end()
