"""Which store a URL names."""

from crawler.errors import UsageError
from crawler.store.port import Store

PATIENCE = 30.0
"""Seconds to wait while another program writes: ten times what a batch of a slow disk takes."""


def open_store(url: str, *, create: bool = True, patience: float = PATIENCE) -> Store:
    """Open the store that a URL in SQLAlchemy's form names: `sqlite:///FILE`, `postgresql://USER:PASSWORD@HOST/DATABASE`.

    It is made where there is none, and brought up to date where it is of an older version. With `create=False` only
    what is there is opened. Raises UsageError where the URL makes no sense or its driver is not installed, RunError
    where the store is missing, locked, read-only, damaged, of a newer version or not ours.
    """
    from sqlalchemy import make_url  # 150 ms, for whoever wants a store
    from sqlalchemy.exc import ArgumentError

    from crawler.store.database import Database
    from crawler.store.postgresql import open_postgresql
    from crawler.store.sqlite import open_sqlite

    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        shown = "…" if "@" in url else repr(url)  # there may be a password before it
        raise UsageError(f"the store {shown} is no URL, such as sqlite:///.crawler/links.db") from error
    match parsed.drivername:
        case "sqlite" | "sqlite+pysqlite":
            backend = open_sqlite(parsed, patience, create=create)
        case "postgresql" | "postgresql+psycopg" | "postgres":
            backend = open_postgresql(parsed, patience)
        case other:
            raise UsageError(f"the store {other}://… is in no database known here: sqlite or postgresql")
    return Database(backend, create=create)
