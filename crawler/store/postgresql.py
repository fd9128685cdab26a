"""PostgreSQL by psycopg, for teams that share what they know."""

from typing import Any

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from crawler.errors import UsageError
from crawler.store.backend import Backend, brief
from crawler.store.insert import RowByRow

CONNECT = 10
"""Seconds to wait for a server."""

TABLES_LOCK = 0x63726177
"""The advisory lock of whoever makes or changes the tables: `craw`, in ASCII."""

WORDS = {
    "55P03": "it is locked: another program has been writing to it all the time",
    "53100": "the server's disk is full",
    "53300": "the server has no connection to spare",
    "57P": "the server is shutting down, starting up or has ended the connection",
    "25006": "it can't be written to: the database is read-only",
    "42501": "it can't be written to: access is denied",
    "28": "the server does not let this user in",
    "3D000": "there is no such database",
    "XX001": "it is damaged",
    "XX002": "it is damaged",
}
"""By SQLSTATE, or what it begins with (PostgreSQL's documentation, appendix A)."""

PASSING = {"40001", "40P01"}
"""What two transactions that met may each be told: serialization_failure, deadlock_detected."""


def open_postgresql(url: URL, patience: float) -> Backend:
    """A PostgreSQL database. `patience` is how many seconds to wait for other writers.

    Raises UsageError where its driver is not installed.
    """
    try:
        import psycopg  # noqa: F401 - to tell whether it is there
    except ImportError as error:
        raise UsageError(f"a store in PostgreSQL needs psycopg: pip install 'crawler[postgres]' ({error})") from error
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        paramstyle="format",
        pool_pre_ping=True,
        connect_args={"connect_timeout": CONNECT, "application_name": "crawler"} | dict(url.query),
    )

    @event.listens_for(engine, "connect")
    def wait_so_long(connection: Any, _: ConnectionPoolEntry) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {round(patience * 1000)}")
        connection.commit()

    return Backend(
        engine=engine,
        name=url.render_as_string(hide_password=True),
        begin="SET LOCAL synchronous_commit = off",  # as in SQLite: a crash of the server may cost the last moments
        lock=f"SELECT pg_advisory_xact_lock({TABLES_LOCK})",
        insert=RowByRow,  # psycopg sends rows without waiting for each; statements of many it reads anew every time
        alone=False,
        explain=_explain,
        passes=_passes,
        probe=_probe,
    )


def _probe(connection: Connection) -> str | None:
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    return None if encoding == "UTF8" else f"the database has encoding {encoding}, and URLs need UTF8"


def _explain(error: DBAPIError) -> str:
    state = getattr(error.orig, "sqlstate", None) or ""
    words = next((words for code, words in WORDS.items() if state.startswith(code)), None)
    told = brief(error.orig or error)
    return f"{words} ({told})" if words else told


def _passes(error: DBAPIError) -> bool:
    return error.connection_invalidated or getattr(error.orig, "sqlstate", None) in PASSING
