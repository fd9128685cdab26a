"""From the values of a document to links: the walk along the configured key paths."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from crawler.model.link import Article, Link, Problem
from crawler.model.role import Role
from crawler.records.facts import DECLARED, boolean, cut, pixels
from crawler.records.page import Flaw, Page
from crawler.records.paths import Step
from crawler.records.quote import quoted
from crawler.records.schema import Schema
from crawler.records.tree import Leaf, Mapping, Node, Sequence, Tree
from crawler.records.white import WHITE

HTTP_URL = re.compile(r"https?://\S+", re.IGNORECASE)
"""What `**` takes for a URL: a text that has nothing else in it."""
_NOWHERE = Step()
"""Where no path leads."""
_KEY_LIMIT = 100
"""Characters of a key that a field repeats; longer ones only occur where `**` goes."""


class _Frame:
    """An article whose links are being found."""

    __slots__ = ("field", "node", "urls")

    def __init__(self, field: str, node: Node) -> None:
        self.field = field
        self.node = node
        self.urls: list[tuple[Role, str, str]] = []


class _Scope(NamedTuple):
    """What holds for a node and all below it."""

    frame: _Frame | None = None
    """The innermost article around it."""
    deep: Role | None = None
    """The role of URLs that no path names."""


_NO_SCOPE = _Scope()


class _Found(NamedTuple):
    """A URL, before it is known what else its article has."""

    frame: _Frame
    role: Role
    field: str
    url: str
    leaf: Leaf
    owner: Mapping | None
    """The object whose member it is."""


class Walk:
    """One walk through one document, along the steps of a table. It may be given several nodes, one after the other."""

    __slots__ = ("_page", "_schema", "_tree", "found", "matched", "problems")

    def __init__(self, tree: Tree, page: Page, schema: Schema) -> None:
        self._tree = tree
        self._page = page
        self._schema = schema
        self.found: list[_Found] = []
        self.problems: list[Problem] = []
        self.matched = False
        """Whether a key path led to a place for a URL, be it an empty one."""

    def visit(
        self, node: Node, step: Step, field: str = "", scope: _Scope = _NO_SCOPE, owner: Mapping | None = None
    ) -> None:
        """Find the URLs at and below a node that stands at a step."""
        if step.article:
            scope = _Scope(_Frame(field, node), step.deep or scope.deep)
        elif step.deep:
            scope = _Scope(scope.frame, step.deep)
        if isinstance(node, Mapping):
            self._object(node, step, field, scope)
        elif isinstance(node, Sequence):
            self._list(node, step, field, scope)
        elif node is not None:
            self._scalar(node, step, field, scope, owner)

    def links(self) -> Iterator[Link]:
        """What was found, in the order written, each with the facts that its object and its article declare."""
        articles: dict[_Frame, Article] = {}
        owner, facts = None, self._declared(None)
        for found in self.found:
            article = articles.get(found.frame)
            if article is None:
                article = articles[found.frame] = self._article(found.frame)
            if found.owner is not owner:
                owner, facts = found.owner, self._declared(found.owner)
            start, end = self._tree.span(found.leaf)
            line, column = self._page.place(start)
            yield Link(
                found.url,
                found.role,
                self._page.path,
                found.field or None,
                line,
                column,
                self._page.base + start,
                end - start,
                *facts,
                article,
            )

    def _object(self, node: Mapping, step: Step, field: str, scope: _Scope) -> None:
        keys = step.keys
        if not keys and not step.article and scope.deep is None:
            self._wrong("an object", node, step, field)
            return
        prefix = f"{field}." if field else ""
        for name, child in node.members():
            following = keys.get(name, _NOWHERE)
            if following is not _NOWHERE or scope.deep is not None:
                self.visit(child, following, prefix + name[:_KEY_LIMIT], scope, node)

    def _list(self, node: Sequence, step: Step, field: str, scope: _Scope) -> None:
        each = step.each
        if each is None and scope.deep is None:
            self._wrong("a list", node, step, field)
            return
        for index, child in enumerate(node.items):
            self.visit(child, each or _NOWHERE, f"{field}[{index}]", scope)

    def _scalar(self, leaf: Leaf, step: Step, field: str, scope: _Scope, owner: Mapping | None) -> None:
        self.matched = self.matched or step.role is not None
        value = self._tree.value(leaf)
        url = value.strip(WHITE) if value else ""
        role = step.role or scope.deep
        if not url or (step.role is None and role is not None and not HTTP_URL.fullmatch(url)):
            return
        if role is None or scope.frame is None:
            self._wrong("a single value", leaf, step, field)
            return
        if url != value:
            start, end = self._tree.span(leaf)
            flaw = Flaw("white space around the URL", start, end - start, "url-whitespace")
            self.problems.append(self._page.problem(flaw, field=field or None, role=role, url=url))
        scope.frame.urls.append((role, field, url))
        self.found.append(_Found(scope.frame, role, field, url, leaf, owner))

    def _wrong(self, kind: str, node: Node, step: Step, field: str) -> None:
        subject = quoted(field) if field else "the record"
        message = f"{subject} is {kind} where {step.expects} is expected"
        self.problems.append(self._page.problem(Flaw(message, self._tree.start(node)), field=field or None))

    def _article(self, frame: _Frame) -> Article:
        title, published, domain = (self._tree.find(frame.node, path) for path in self._schema.fact_paths)
        return Article(frame.field, cut(title), cut(published), cut(domain), tuple(frame.urls))

    def _declared(self, owner: Mapping | None) -> tuple[int | None, int | None, bool | None]:
        if owner is None or owner.table.keys().isdisjoint(DECLARED):
            return None, None, None
        width, height, cached = map(owner.table.get, DECLARED)
        find = self._tree.find
        return pixels(find(width)), pixels(find(height)), boolean(find(cached))
