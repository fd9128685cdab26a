"""Records in JSON and YAML files: objects with the same fields as front matter, or with any others."""

from collections.abc import Callable, Iterable, Iterator

from crawler.model.link import Link, Problem, Record
from crawler.records.articles import Walk
from crawler.records.files import load
from crawler.records.json_tree import document
from crawler.records.page import Flaw, Page, capped
from crawler.records.schema import Schema
from crawler.records.source import Source
from crawler.records.tree import Mapping, Node, Sequence, Tree
from crawler.records.yaml_tree import documents


def read_json(source: Source, schema: Schema) -> Iterator[Record]:
    """The records of a JSON file: its object, or each object of its list."""
    return _read_file(source, schema, lambda page: [document(page.text, schema.bounds)])


def read_yaml(source: Source, schema: Schema) -> Iterator[Record]:
    """The records of a YAML file: the object of each document, or each object of a document's list."""
    return _read_file(source, schema, lambda page: documents(page.text, 0, len(page.text), schema.bounds))


def records(
    trees: Iterable[Tree], page: Page, schema: Schema, met: bool, problems: Iterable[Problem] = ()
) -> Iterator[Record]:
    """The records of some documents of a page.

    An object in which no configured key path leads to a place for a URL is of another schema: every absolute http(s)
    URL in it is taken then, unless the file was `met` in a folder rather than named. So is every one in a list of
    strings.
    """
    waiting = list(problems)
    for tree in trees:
        waiting += map(page.problem, tree.flaws)
        for nodes in _grouped(tree.root):
            links, wrong = _read(nodes, tree, page, schema, met)
            yield Record(page.path, links, capped([*waiting, *wrong], page.path))
            waiting = []
    if waiting:
        yield Record(page.path, (), capped(waiting, page.path))


def _read_file(source: Source, schema: Schema, parse: Callable[[Page], Iterable[Tree]]) -> Iterator[Record]:
    page, problems = load(source.path, schema.bounds)
    if page is None:
        yield Record(source.path, (), tuple(problems))
    elif not page.text.strip():
        yield Record(source.path, (), (page.problem(Flaw("an empty file", 0)),))
    elif not source.met or schema.concerns(page.text):
        yield from records(parse(page), page, schema, source.met, problems)


def _read(
    nodes: dict[str, Node], tree: Tree, page: Page, schema: Schema, met: bool
) -> tuple[tuple[Link, ...], list[Problem]]:
    walk = Walk(tree, page, schema)
    for field, node in nodes.items():
        walk.visit(node, schema.steps if field == "" else schema.anything, field)
    if not walk.matched and not met:
        other = Walk(tree, page, schema)
        for field, node in nodes.items():
            other.visit(node, schema.anything, field)
        if other.found:
            walk = other
    return tuple(walk.links()), walk.problems


def _grouped(root: Node) -> Iterator[dict[str, Node]]:
    """The values of one record each, by field: an object, or all the members of a list that are no objects."""
    if not isinstance(root, Sequence):
        if root is not None:
            yield {"": root}
        return
    others = {f"[{index}]": node for index, node in enumerate(root.items) if not isinstance(node, Mapping)}
    if others:
        yield others
    for node in root.items:
        if isinstance(node, Mapping):
            yield {"": node}
