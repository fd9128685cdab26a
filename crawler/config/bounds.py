"""Bounds of a setting that is a number, as notes of its annotation: `Annotated[int, Gt(0), Le(200)]`.

pydantic knows the like from `annotated_types`, whose import took a tenth of the time in which the program starts.
"""

from collections.abc import Callable
from functools import partial
from operator import ge, gt, le
from typing import Any


class Bound:
    """What a number is compared with, and how; `name` is pydantic's for it."""

    __slots__ = ("_compare", "_name", "_number")

    def __init__(self, name: str, compare: Callable[[Any, Any], bool], number: float) -> None:
        self._name = name
        self._compare = compare
        self._number = number

    def holds(self, value: Any) -> bool:
        """Whether a number is within it."""
        return self._compare(value, self._number)

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return {**handler(source), self._name: self._number}


Ge = partial(Bound, "ge", ge)
Gt = partial(Bound, "gt", gt)
Le = partial(Bound, "le", le)
