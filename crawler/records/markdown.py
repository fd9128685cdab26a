"""Markdown records: front matter and body."""

from collections.abc import Iterator

from crawler.model.link import Link, Problem, Record
from crawler.records.articles import Walk
from crawler.records.body import read_body
from crawler.records.files import load
from crawler.records.front_matter import split
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
    if parts.start < parts.end:
        for number, tree in enumerate(documents(page.text, parts.start, parts.end, schema.bounds)):
            if number and tree.root is not None:
                tree.flaws.append(Flaw("a second document in the front matter", tree.start(tree.root)))
            walk = Walk(tree, page, schema)
            walk.visit(tree.root, schema.steps)
            links += walk.links()
            problems += map(page.problem, tree.flaws)
            problems += walk.problems
    if schema.bodies and parts.body < len(page.text):
        in_body, wrong = read_body(page, parts.body, schema.bounds)
        links += in_body
        problems += wrong
    return Record(page.path, tuple(links), capped(problems, page.path))
