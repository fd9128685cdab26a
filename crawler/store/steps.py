"""What is written, taken apart into transactions."""

from collections.abc import Callable, Generator
from typing import Any, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")

Work = Callable[[Connection], Any]
"""What is done within one transaction; it may be done again where that was rolled back."""

Steps = Generator[Work, Any, T]
"""Transactions one after another, each told what came of the one before. Others may be made between them."""


def once(work: Callable[[Connection], T]) -> Steps[T]:
    """What takes one transaction."""
    done: T = yield work
    return done
