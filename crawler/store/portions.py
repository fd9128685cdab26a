"""Many things, some at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

ASKED = 500
"""Values that one question names: well below what a statement may have, and enough to make its cost small."""

PAGE = 2_000
"""Rows that are read at a time where there is no end to them, so that nothing is kept open between pages."""


def portions(items: Iterable[T], size: int = ASKED) -> Iterator[list[T]]:
    """Lists of `size` things; the last may be shorter."""
    rest = iter(items)
    while portion := list(islice(rest, size)):
        yield portion
