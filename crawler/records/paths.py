"""Key paths (`images[].url`), compiled once into a table of steps that a record is walked with.

A path is keys joined by `.`; `[]` after a key means every member of the list there; `.` alone is the object itself;
a last `**` is every string below that is an absolute http(s) URL.
"""

import re
from collections.abc import Iterable, Mapping

from crawler.errors import UsageError
from crawler.model.role import Role

EACH = "[]"
DEEP = "**"
_KEY = re.compile(r"(?P<name>[^.\[\]*]+)(?P<lists>(?:\[\])*)")


class Step:
    """Where a walk stands in the table, and what it expects to find there.

    The steps form a tree over full paths from the record's top, so that one value can match one step only: no URL is
    counted twice, whichever paths name it.
    """

    __slots__ = ("article", "deep", "each", "keys", "role")

    def __init__(self) -> None:
        self.keys: dict[str, Step] = {}
        """The next step by key, where an object is expected."""
        self.each: Step | None = None
        """The next step for every member, where a list is expected."""
        self.role: Role | None = None
        """The role of the URL that is expected here."""
        self.deep: Role | None = None
        """The role of every absolute http(s) URL at and below this step that no path names."""
        self.article = False
        """Whether an article object stands here."""

    def at(self, path: Iterable[str]) -> "Step":
        """The step that a path leads to from this one; made where there is none."""
        step = self
        for segment in path:
            if segment == EACH:
                step.each = step.each or Step()
                step = step.each
            else:
                step = step.keys.setdefault(segment, Step())
        return step

    @property
    def expects(self) -> str:
        """In words, for the message that something else was found."""
        kinds = {"an object": self.keys or self.article, "a list": self.each, "a URL": self.role}
        return " or ".join(kind for kind, expected in kinds.items() if expected)


def parse(path: str, setting: str) -> tuple[str, ...]:
    """The segments of a key path. Raises UsageError, naming the setting, for one that is none."""
    if path == ".":
        return ()
    segments: list[str] = []
    *parents, last = path.split(".")
    for part in (*parents, *([] if last == DEEP else [last])):
        found = _KEY.fullmatch(part)
        if found is None:
            raise UsageError(f"{setting}: {path!r} is no key path such as images[].url, or . or **")
        segments += [found["name"], *[EACH] * (len(found["lists"]) // 2)]
    return (*segments, DEEP) if last == DEEP else tuple(segments)


def compile_steps(articles: Iterable[str], roles: Mapping[Role, Iterable[str]]) -> Step:
    """The table for every role's paths inside every article.

    Where two paths name the same value, the innermost article's wins, then the role that is configured first; a path
    with keys always wins over `**`.
    """
    top = Step()
    prefixes = sorted((parse(article, "records.articles") for article in articles), key=len, reverse=True)
    named = [(role, parse(path, f"records.roles.{role}")) for role, paths in roles.items() for path in paths]
    for prefix in prefixes:
        top.at(prefix).article = True
        for role, path in named:
            if path[-1:] == (DEEP,):
                step = top.at((*prefix, *path[:-1]))
                step.deep = step.deep or role
            else:
                step = top.at((*prefix, *path))
                step.role = step.role or role
    return top
