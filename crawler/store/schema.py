"""The schema of a database: made where there is none, brought up to date where it is old, else refused."""

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, insert, inspect, select

from crawler.errors import RunError
from crawler.store.backend import Backend
from crawler.store.tables import VERSION, metadata

VERSION_TABLE = "store_version"
"""Alembic's table, under a name of ours: a shared database may have one of its own."""

_version = Table(
    VERSION_TABLE,
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name=f"{VERSION_TABLE}_pkc"),
)


def prepare(backend: Backend, *, create: bool) -> None:
    """See that a database has the schema of `tables`. One process at a time makes or changes it.

    Raises RunError where it has none (without `create`), one of a newer program, or tables of somebody else.
    """
    with backend.told():
        with backend.engine.connect() as connection:
            if refusal := backend.probe(connection):
                raise RunError(f"the store {backend.name}: {refusal}")
            if _found(connection, backend) == VERSION:
                return
        with backend.engine.connect() as connection, connection.begin():
            connection.exec_driver_sql(backend.begin)
            connection.exec_driver_sql(backend.lock)
            found = _found(connection, backend)  # again: another process may have been at it
            if found is None:
                if not create:
                    raise RunError(f"there is no store {backend.name} yet: a check that keeps what it learns makes one")
                metadata.create_all(connection, checkfirst=False)
                _version.create(connection, checkfirst=False)
                connection.execute(insert(_version).values(version_num=VERSION))
            elif found < VERSION:
                from crawler.store.upgrade import upgrade  # Alembic takes 100 ms, and hardly ever has work

                try:
                    upgrade(connection)
                except ValueError as error:
                    raise RunError(f"the store {backend.name} can't be brought up to date: {error}") from error


def _found(connection: Connection, backend: Backend) -> str | None:
    """The version of the schema that is there; None where there is none. Raises RunError for one that is no use."""
    names = set(inspect(connection).get_table_names())
    if VERSION_TABLE in names:
        versions = connection.scalars(select(_version.c.version_num)).all()
        if not versions:
            return ""  # no migration has been made yet
        if len(versions) == 1 and versions[0] <= VERSION:
            return str(versions[0])
        raise RunError(
            f"the store {backend.name} is of a newer version of this program:"
            f" its schema is {', '.join(versions)}, and {VERSION} is the newest known here"
        )
    if names if backend.alone else names & metadata.tables.keys():
        raise RunError(f"the store {backend.name} is a database of another program: name a file or database of its own")
    return None
