"""markdown-it-py, made to keep the places of what it reads. Everything that is particular to that library stands here.

It leaves a link's destination as written instead of normalising it, refuses none for its scheme, and hands each one
over as a string that knows where in its inline text it stands. Emphasis and entities make no link and are not looked
for.
"""

from functools import cache
from types import SimpleNamespace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkLabel, parseLinkTitle
from markdown_it.rules_inline import StateInline, autolink, html_inline

MAX_NESTING = 40
"""Levels of quotes, lists (two each) and brackets. What is deeper is left out, by the library's own default from 20 on;
the time that open brackets take grows with it."""
START = "start"
"""In a raw tag's `meta`: its offset in the inline text."""


class Destination(str):
    """Where a link leads, unescaped, and where it is written: `content[start:end]`."""

    content: str
    start: int
    end: int

    @classmethod
    def of(cls, url: str, content: str, start: int, end: int) -> "Destination":
        """The URL with its place, angle brackets around it left out."""
        made = cls(url)
        if content.startswith("<", start):
            start, end = start + 1, end - 1
        made.content, made.start, made.end = content, start, end
        return made


class CommonMark(MarkdownIt):
    """The parser: tokens' `href` and `src` are `Destination`s."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"maxNesting": MAX_NESTING})
        self.helpers: Any = SimpleNamespace(
            parseLinkDestination=_destination, parseLinkLabel=parseLinkLabel, parseLinkTitle=parseLinkTitle
        )
        self.disable(["emphasis", "entity", "balance_pairs", "text_join"])
        self.inline.ruler.at("autolink", _autolink)
        self.inline.ruler.at("html_inline", _html_inline)

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        """As written."""
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        """Any: whether it can be checked is for others to say."""
        return True


@cache
def parser() -> CommonMark:
    """The one parser: it keeps nothing between two texts."""
    return CommonMark()


def _destination(string: str, pos: int, maximum: int) -> Any:
    result = parseLinkDestination(string, pos, maximum)
    if result.ok:
        result.str = Destination.of(result.str, string, pos, result.pos)
    return result


def _autolink(state: StateInline, silent: bool) -> bool:
    start = state.pos
    found = autolink(state, silent)
    if found and not silent:
        opening = state.tokens[-3]
        opening.attrs["href"] = Destination.of(str(opening.attrs["href"]), state.src, start, state.pos)
    return found


def _html_inline(state: StateInline, silent: bool) -> bool:
    start = state.pos
    found = html_inline(state, silent)
    if found and not silent:
        state.tokens[-1].meta[START] = start
    return found
