"""Markdown records: front matter and body."""

from collections.abc import Iterator

from crawler.model.link import Link, Problem, Record
from crawler.records.articles import Walk
from crawler.records.body import read_body
from crawler.records.files import load
from crawler.records.front_matter import Parts, split
from crawler.records.page import Flaw, Page, capped
from crawler.records.schema import Schema
from crawler.records.source import Source
from crawler.records.yaml_tree import documents


def read_markdown(source: Source, schema: Schema) -> Iterator[Record]:
    """The one record of a Markdown file."""
    page, problems = load(source.path, schema.bounds)
    yield Record(source.path, (), tuple(problems)) if page is None else record(page, schema, problems)


def record(page: Page, schema: Schema, problems: list[Problem]) -> Record:
    """The links of front matter and body: whatever breaks one, the other is read. `problems` is added to."""
    parts = split(page.text)
    links: list[Link] = []
    if parts.flaw is not None:
        problems.append(page.problem(parts.flaw))
    body = parts.body
    if parts.start < parts.end:
        body = _front_matter(page, schema, parts, links, problems)
    if schema.bodies and body < len(page.text):
        in_body, wrong = read_body(page, body, schema.bounds)
        links += in_body
        problems += wrong
    return Record(page.path, tuple(links), capped(problems, page.path))


def _front_matter(page: Page, schema: Schema, parts: Parts, links: list[Link], problems: list[Problem]) -> int:
    """Read the YAML, and say where the body begins: for want of a closing fence, at the line where YAML ends."""
    body = parts.body
    for number, tree in enumerate(documents(page.text, parts.start, parts.end, schema.bounds)):
        walk = Walk(tree, page, schema)
        walk.visit(tree.root, schema.steps)
        links += walk.links()
        flaws = [Flaw("a second document in the front matter", tree.start(tree.root))] if number and tree.root else []
        problems += [page.problem(flaw) for flaw in (*tree.flaws, *flaws)]
        problems += walk.problems
        if tree.broken is not None and parts.flaw is not None:
            body = page.line_start(tree.broken)
    return body
