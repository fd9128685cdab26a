"""INSERT statements that take many rows at once."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Table

from crawler.store.backend import Backend


class Insert:
    """An INSERT into one table, written once for one database and then fed with plain tuples."""

    def __init__(self, backend: Backend, table: Table, columns: Mapping[str, str | None], conflict: str = "") -> None:
        """`columns` are those that a row gives a value for, in its order, each with the expression that takes it: None
        for the value itself. `conflict` is what to do where a row is there already.
        """
        quote = backend.engine.dialect.identifier_preparer.quote
        names = ", ".join(map(quote, columns))
        row = f"({', '.join((taking or '{}').format(backend.placeholder) for taking in columns.values())})"
        begin = f"INSERT INTO {quote(table.name)} ({names}) VALUES "  # noqa: S608 - names of ours
        self._statements = {rows: f"{begin}{', '.join([row] * rows)} {conflict}" for rows in backend.rows}

    def run(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows, in order."""
        start = 0
        for size, statement in self._statements.items():
            if size == 1 and start < len(rows):
                connection.exec_driver_sql(statement, list(rows[start:]))
                return
            while start + size <= len(rows):
                values = tuple(chain.from_iterable(rows[start : start + size]))
                connection.exec_driver_sql(statement, values)
                start += size


LINK = "(SELECT id FROM links WHERE key = {})"
RECORD = "(SELECT id FROM records WHERE key = {})"
"""Take the key of a row instead of its id: known rows and new ones need no asking for their ids."""
