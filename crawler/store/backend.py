"""What differs between databases: how one is opened, written to, and what its errors mean."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy import Connection, Engine, Table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from crawler.errors import RunError
from crawler.store.insert import Columns, Insert

TOLD = 200
"""Characters of a database's own words that are passed on."""


class Backend(NamedTuple):
    """One database, not yet looked at."""

    engine: Engine
    name: str
    """How it is called in messages: a path, or a URL without its password."""
    begin: str
    """The statement that a writing transaction begins with, so that it waits for its turn once and at its start."""
    lock: str
    """The statement that has a transaction, once begun, wait until no other makes or changes the tables."""
    insert: Callable[[Table, Columns, str], Insert]
    """Writes an INSERT into a table, with what to do where a row is there already."""
    alone: bool
    """Whether a database belongs to one program: then a table that is not ours makes it somebody else's."""
    explain: Callable[[DBAPIError], str]
    """What went wrong, for people, and what to do about it."""
    passes: Callable[[DBAPIError], bool]
    """Whether the same transaction may well go through when it is tried again at once."""
    probe: Callable[[Connection], str | None]
    """Looks whether the database can hold what we write: None, or why not."""

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turns every error of the database into a `RunError` that says which store it is."""
        try:
            yield
        except DBAPIError as error:
            raise RunError(f"the store {self.name}: {self.explain(error)}") from error
        except PoolTimeoutError as error:
            raise RunError(f"the store {self.name}: {brief(error)}") from error


def brief(error: Exception) -> str:
    """The first line of what an error says."""
    lines = str(error).strip().splitlines()
    return lines[0][:TOLD] if lines else type(error).__name__
