"""INSERT statements for SQLite, beside a busy event loop.

What counts there is how often and how long the writing thread holds the interpreter, not what SQLite does meanwhile.
Each statement takes the interpreter's lock half a dozen times, and against a loop that lets go of it every few
microseconds each time is a lottery, which costs both sides: with a statement a row, the writer falls to a tenth of its
speed and the loop loses a tenth of its own. So a batch is one statement, and its parameters are of the kinds that
Python's sqlite3 takes as they are; for all others it searches its adapters, which takes up to twenty times longer.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table

from crawler.store.insert import Columns, Row, into, taken
from crawler.store.portions import portions

SIZES = (16, 128, 1_000, 2_000)
"""How many rows a statement takes: few different ones, each of which stays prepared. SQLite takes 32,766 parameters
(https://www.sqlite.org/limits.html), and no row has more than 16.
"""

NULL = float("nan")
"""SQLite takes it for NULL (https://www.sqlite.org/floatingpoint.html), and sqlite3 for a number like any other."""


class Padded:
    """An INSERT of many rows; what a batch has fewer is NULL, and left out."""

    def __init__(self, table: Table, columns: Columns, conflict: str) -> None:
        self._width = len(columns)
        row = f"({', '.join('?' * self._width)})"
        values = taken(columns, [f"column{number}" for number in range(1, self._width + 1)])
        self._statements = {
            size: f"{into(table, columns)} SELECT {values} FROM (VALUES {', '.join([row] * size)})"  # noqa: S608 - ours
            f" WHERE column1 IS NOT NULL {conflict}"
            for size in SIZES
        }
        self._binary = [
            at
            for at, (name, taking) in enumerate(columns.items())
            if taking is not None or isinstance(table.c[name].type, LargeBinary)
        ]

    def run(self, connection: Connection, rows: Sequence[Row]) -> None:
        for part in portions(rows, SIZES[-1]):
            size = next(size for size in SIZES if size >= len(part))
            connection.exec_driver_sql(self._statements[size], self._values(part, size))

    def _values(self, rows: Sequence[Row], size: int) -> tuple[Any, ...]:
        values: list[Any] = [NULL if value is None else value for row in rows for value in row]
        for at in self._binary:
            values[at :: self._width] = map(bytearray, values[at :: self._width])
        values += [NULL] * ((size - len(rows)) * self._width)
        return tuple(values)
