"""Where links are written: links, articles and problems as rows, and back."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from crawler.model.link import Article, Link, Problem
from crawler.model.role import Role
from crawler.store.packing import Packing
from crawler.store.text import dumps, key_of, parse, restored, storable

COLUMNS = ("article", "written", "role", "field", "line", "column", "start", "length", "declared")
"""The columns of `occurrences` that `row` gives after the keys, and `link` takes."""

ARTICLE = Packing(Article, tuples=("urls",))
PROBLEM = Packing(Problem)

NO_PATH = bytes(16)
"""The key of the command line, which is no file."""


@lru_cache(maxsize=1024)
def path_key(path: str | None) -> bytes:
    """What stands for a path in the unique index of `records`."""
    return NO_PATH if path is None else key_of(path)


def row(link: Link, url: str, key: bytes, run: int, article: int | None) -> tuple[Any, ...]:
    """The run, the keys of its record and its target, then `COLUMNS`. `url` and `key` are the target's."""
    width, height, is_cached = link.width, link.height, link.is_cached
    declared = {}
    if not (width is height is is_cached is None):  # as with most links that are no images
        given = (("width", width), ("height", height), ("is_cached", is_cached))
        declared = {name: value for name, value in given if value is not None}
    return (
        run,
        path_key(link.path),
        key,
        article,
        None if link.url == url else storable(link.url),
        str(link.role),
        None if link.field is None else storable(link.field),
        link.line,
        link.column,
        link.start,
        link.length,
        dumps(declared) if declared else None,
    )


def link(url: str, path: str | None, found: Sequence[Any], article: Article | None) -> Link:
    """From its target's URL and its record's path as stored, and `COLUMNS`."""
    _, written, role, field, line, column, start, length, declared = found
    return Link(
        restored(url if written is None else written),
        Role(role),
        None if path is None else restored(path),
        None if field is None else restored(field),
        line,
        column,
        start,
        length,
        article=article,
        **({} if declared is None else parse(declared)),
    )


def article_of(text: str) -> Article:
    """From what `ARTICLE.pack` gave."""
    found = ARTICLE.unpack(text)
    return found._replace(urls=tuple([(Role(role), field, url) for role, field, url in found.urls]))


def problems_text(problems: Sequence[Problem]) -> str | None:
    """JSON; None where there are none."""
    return dumps(problems) if problems else None


def problems_of(text: str | None) -> tuple[Problem, ...]:
    """From what `problems_text` gave."""
    if text is None:
        return ()
    found = [PROBLEM.value(fields) for fields in parse(text)]
    return tuple([problem._replace(role=problem.role and Role(problem.role)) for problem in found])
