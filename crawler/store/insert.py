"""INSERT statements, written once and then fed with plain tuples."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, Table

Row = tuple[Any, ...]

Columns = Mapping[str, str | None]
"""Those that a row gives a value for, in its order, each with the expression that takes it: None for the value itself.
The first is never NULL.
"""

LINK = "(SELECT id FROM links WHERE key = {})"
RECORD = "(SELECT id FROM records WHERE key = {})"
"""Take the key of a row instead of its id: known rows and new ones need no asking for their ids."""


FAIL = ""
KEEP = "ON CONFLICT DO NOTHING"
"""What to do where a row is there already."""


class Insert(Protocol):
    """An INSERT into one table."""

    def run(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Insert rows, in order."""
        ...


class RowByRow:
    """An INSERT of one row, for a driver that does best when it is given many rows at once."""

    def __init__(self, table: Table, columns: Columns, conflict: str) -> None:
        self._statement = f"{into(table, columns)} VALUES ({taken(columns, ['%s'] * len(columns))}) {conflict}"

    def run(self, connection: Connection, rows: Sequence[Row]) -> None:
        if rows:
            connection.exec_driver_sql(self._statement, list(rows))


def into(table: Table, columns: Columns) -> str:
    """How the statement begins."""
    names = ", ".join([f'"{name}"' for name in columns])
    return f'INSERT INTO "{table.name}" ({names})'


def taken(columns: Columns, values: Sequence[str]) -> str:
    """The values as the columns take them."""
    return ", ".join([(taking or "{}").format(value) for taking, value in zip(columns.values(), values, strict=True)])
