"""SQLite: one file, one writer at a time, any number of readers beside it (https://www.sqlite.org/wal.html)."""

import sqlite3
from functools import partial
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from crawler.errors import RunError, UsageError
from crawler.store.backend import Backend, brief
from crawler.store.padded import Padded
from crawler.store.schema import VERSION_TABLE

CACHE = 16_384
"""KiB of pages that a connection keeps: index pages of a few million observations."""

PAUSE = 0.02
"""Seconds between two tries of what SQLite does not wait for by itself."""

WAL = "PRAGMA journal_mode=WAL"
"""Readers and the writer don't wait for each other."""

OURS = f"SELECT count(*) = 0 OR max(name = '{VERSION_TABLE}') FROM sqlite_master WHERE type = 'table'"  # noqa: S608
"""Whether a file is empty or a store. How another program's file is written to is not for us to change."""

SETTINGS = (
    "PRAGMA synchronous=NORMAL",  # in WAL mode safe whatever is killed; a power cut may lose the last transactions
    "PRAGMA foreign_keys=ON",
    "PRAGMA wal_autocheckpoint=4000",  # pages, 16 MB: each time costs a wait for the disk
    f"PRAGMA cache_size=-{CACHE}",
)

WORDS = {
    "SQLITE_BUSY": "it is locked: another program has been writing to it all the time",
    "SQLITE_LOCKED": "it is locked: another program has been writing to it all the time",
    "SQLITE_FULL": "the disk is full",
    "SQLITE_READONLY": "it can't be written to: the file, its folder or its file system is read-only",
    "SQLITE_PERM": "it can't be written to: access is denied",
    "SQLITE_CANTOPEN": "the file can't be opened or created: see its folder, and who may write there",
    "SQLITE_CORRUPT": "the file is damaged; move it away to begin a new one, or try `sqlite3 FILE .recover`",
    "SQLITE_NOTADB": "the file is not a SQLite database, or is damaged",
    "SQLITE_IOERR": "the disk can't be read or written",
}
"""By the name of the result code, or what it begins with (https://www.sqlite.org/rescode.html)."""


def open_sqlite(url: URL, patience: float, *, create: bool) -> Backend:
    """A SQLite file; its folder is made where it is missing, and then kept out of git. `patience` is how many seconds
    to wait for other writers where the URL does not say so (`?timeout=5`).

    Raises UsageError where the URL names no file or its timeout is no number, RunError where the folder can't be made
    or, without `create`, where the file does not exist.
    """
    if not url.database or url.database == ":memory:":
        raise UsageError(
            "a store in memory keeps nothing: name a file, as in sqlite:///.crawler/links.db, or --no-store"
        )
    try:
        patience = float(str(url.query.get("timeout", patience)))
    except ValueError as error:
        raise UsageError(f"the store {url.database}: its timeout is no number of seconds") from error
    if not url.database.startswith("file:"):
        _find(Path(url.database), create=create)
    engine = create_engine(url, connect_args={"timeout": patience})
    event.listen(engine, "connect", partial(_set, patience))
    return Backend(
        engine=engine,
        name=url.database,
        begin="BEGIN IMMEDIATE",  # a lock that is taken later can be refused without any waiting
        lock="SELECT 1",
        insert=Padded,
        alone=True,
        explain=_explain,
        passes=lambda _: False,
        probe=_probe,
    )


def _find(file: Path, *, create: bool) -> None:
    if not create and not file.exists():
        raise RunError(f"there is no store {file} yet: a check that keeps what it learns makes one")
    folder = file.parent
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            (folder / ".gitignore").write_text("*\n")
    except OSError as error:
        raise RunError(f"the store {file}: its folder can't be made: {error.strerror or error}") from error


def _set(patience: float, connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions begin where we say so
    for setting in SETTINGS:
        connection.execute(setting)
    if not connection.execute(OURS).fetchone()[0]:
        return
    give_up = monotonic() + patience
    while True:
        try:
            connection.execute(WAL)
            return
        except sqlite3.OperationalError as error:  # at once, where another process makes the same new file
            if error.sqlite_errorname != "SQLITE_BUSY" or monotonic() > give_up:
                raise
        sleep(PAUSE)


def _probe(connection: Connection) -> str | None:
    return None


def _explain(error: DBAPIError) -> str:
    name = getattr(error.orig, "sqlite_errorname", "")
    words = next((words for code, words in WORDS.items() if name.startswith(code)), None)
    return words or brief(error.orig or error)
