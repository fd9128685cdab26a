"""Globs: `*`, `?`, `[a-z]` and `**` for any number of folders."""

import os
import re
from collections.abc import Iterator
from itertools import takewhile

from crawler.errors import UsageError
from crawler.records.walk import Met, prefix, walk

_MAGIC = re.compile(r"[*?[]")
_TOKEN = re.compile(r"(?P<some>\*+)|(?P<one>\?)|\[(?P<not>!?)(?P<set>\]?[^\]/]*)\]|(?P<plain>.)", re.DOTALL)


def is_pattern(text: str) -> bool:
    """Whether a path has wild cards in it."""
    return _MAGIC.search(text) is not None


def matching(pattern: str) -> Iterator[Met]:
    """The files that a pattern matches, walked as `walk` does; and folders on the way that can't be read.

    Raises UsageError for a pattern that makes no sense.
    """
    folder, rest = _split(pattern)
    if not os.path.isdir(folder):  # noqa: PTH112 - a path is a str throughout this room
        return
    try:
        expression = _expression(rest)
    except re.error as error:
        raise UsageError(f"{pattern}: no glob: {error.msg}") from None
    start = len(prefix(folder))
    for met in walk(folder, None if "**" in rest else len(rest) - 1):
        if met.error is not None or expression.fullmatch(met.path, start):
            yield met


def covers(written: str, path: str) -> bool:
    """Whether an INPUT leads to a path, as its file, a file below its folder, or one that its pattern matches; by their
    letters alone, whether or not there is such a file.
    """
    folder, rest = _split(written)
    start = prefix(folder)
    if not rest:
        return path == written or path.startswith(start)
    try:
        return path.startswith(start) and _expression(rest).fullmatch(path, len(start)) is not None
    except re.error:
        return False


def _split(pattern: str) -> tuple[str, list[str]]:
    """The folder in which a pattern begins, and what follows from the first wild card on."""
    parts = pattern.split("/")
    fixed = [*takewhile(lambda part: not is_pattern(part), parts)]
    return "/".join(fixed) or ("/" if fixed else "."), parts[len(fixed) :]


def _expression(parts: list[str]) -> re.Pattern[str]:
    return re.compile("".join(_part(part, last=index == len(parts)) for index, part in enumerate(parts, 1)))


def _part(part: str, last: bool) -> str:
    if part == "**":
        return "(?:[^/]+/)*" + ("[^/]+" if last else "")
    return "".join(map(_token, _TOKEN.finditer(part))) + ("" if last else "/")


def _token(found: re.Match[str]) -> str:
    if found["some"]:
        return "[^/]*"
    if found["one"]:
        return "[^/]"
    if found["set"]:
        members = re.sub(r"([\\\[\]^&~|])", r"\\\1", found["set"])
        return f"[{'^/' if found['not'] else ''}{members}]"
    return re.escape(found[0])
