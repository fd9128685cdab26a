"""The schema: made, brought up to date, or refused."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, create_engine, inspect, text

from crawler.errors import RunError
from crawler.model.observation import Hop, Metadata, Observation
from crawler.store.choose import open_store
from crawler.store.schema import VERSION_TABLE
from crawler.store.tables import VERSION, metadata
from crawler.store.text import key_of
from crawler.store.upgrade import MIGRATIONS, upgrade
from tests.store.making import link_url, run_of, seen


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """A transaction in the database itself."""
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)
    with engine.begin() as connection:
        yield connection


def described(connection: Connection) -> dict[str, Any]:
    """Everything that the database says of its tables, in no order of its own."""
    look = inspect(connection)
    return {
        table: {
            "columns": [(c["name"], repr(c["type"]), c["nullable"], c["default"]) for c in look.get_columns(table)],
            "key": look.get_pk_constraint(table),
            "foreign keys": sorted(map(repr, look.get_foreign_keys(table))),
            "unique": sorted(map(repr, look.get_unique_constraints(table))),
            "indexes": sorted(map(repr, look.get_indexes(table))),
        }
        for table in look.get_table_names()
    }


def test_the_newest_migration_is_the_version_of_the_tables() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == VERSION
    assert VERSION.isdigit()
    assert len(VERSION) == 4


def test_migrations_make_what_a_new_store_has(url: str, tmp_path: Path) -> None:
    with connected(url) as connection:
        upgrade(connection)
        migrated = described(connection)
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
        assert compare_metadata(context, metadata) == []
        for table in (*reversed(metadata.sorted_tables), VERSION_TABLE):
            connection.execute(text(f"DROP TABLE {table}"))
    open_store(url).close()
    with connected(url) as connection:
        assert described(connection) == migrated


NEXT = f"""
import sqlalchemy as sa
from alembic import op

revision = "{int(VERSION) + 1:04}"
down_revision = "{VERSION}"

def upgrade():
    op.add_column("links", sa.Column("note", sa.Text(), server_default="old"))
"""


def test_a_store_is_brought_up_to_date_in_place(url: str, tmp_path: Path) -> None:
    with open_store(url) as store:
        run = run_of(store, [seen(1)])
    versions = tmp_path / "a folder with % and spaces"
    versions.mkdir()
    for migration in (MIGRATIONS / "versions").glob("*.py"):
        (versions / migration.name).write_bytes(migration.read_bytes())
    (versions / "next.py").write_text(NEXT)
    with connected(url) as connection:
        upgrade(connection, versions)
        assert connection.scalars(text("SELECT note FROM links")).all() == ["old"]
        assert connection.scalars(text(f"SELECT version_num FROM {VERSION_TABLE}")).all() == [f"{int(VERSION) + 1:04}"]
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '{VERSION}'"))
    with open_store(url) as store:
        assert store.latest([link_url(1)])[link_url(1)].run == run


def test_a_store_is_brought_up_to_date_when_it_is_opened(url: str) -> None:
    with connected(url) as connection:  # of a version before the first
        connection.execute(text(f"CREATE TABLE {VERSION_TABLE} (version_num VARCHAR(32) NOT NULL)"))
    with open_store(url) as store:
        run_of(store, [seen(1)])
    with connected(url) as connection:
        assert connection.scalars(text(f"SELECT version_num FROM {VERSION_TABLE}")).all() == [VERSION]


def migrations(until: str, folder: Path) -> Path:
    """A copy of the migrations up to one, as an older program had them."""
    folder.mkdir()
    for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions("base", until):
        (folder / Path(script.path).name).write_bytes(Path(script.path).read_bytes())
    return folder


HELD = """
INSERT INTO runs (started_at, complete, inputs, version) VALUES (1.0, false, '[]', '0.1');
INSERT INTO links (key, url, first_seen) VALUES (:key, :url, 1.0);
INSERT INTO observations (link_id, run_id, role, observed_at, status, attempts, elapsed, metadata)
 VALUES (1, 1, 'web', 2.0, 200, 1, 0.5,
 '["text/html",null,null,"News",null,null,null,null,null,null,7,null,null,null,null,[]]');
"""
"""One check, as the first version of the schema held it."""


def test_what_the_first_version_held_is_still_known(url: str, tmp_path: Path) -> None:
    with connected(url) as connection:
        upgrade(connection, migrations("0001", tmp_path / "versions"))
        for statement in HELD.split(";\n")[:-1]:
            given = {"key": key_of(link_url(1)), "url": link_url(1)} if ":key" in statement else {}
            connection.execute(text(statement), given)
    with open_store(url, create=False) as store:
        (check,) = store.latest([link_url(1)]).values()
        assert check.observation == Observation(
            link_url(1), (Hop(link_url(1), 200),), None, Metadata("text/html", title="News", bytes=7), 2.0, 0.5, 1
        )
        confirmed = check.observation._replace(observed_at=3.0, read_at=2.0, distrusted=("etag",))
        run_of(store, [confirmed])
        assert store.latest([link_url(1)])[link_url(1)].observation == confirmed


def test_a_store_that_cannot_be_brought_up_to_date_is_left_alone(url: str) -> None:
    with connected(url) as connection:
        connection.execute(text(f"CREATE TABLE {VERSION_TABLE} (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(text(f"INSERT INTO {VERSION_TABLE} VALUES ('0000')"))
    with pytest.raises(RunError, match=r"can't be brought up to date: .*'0000'"):
        open_store(url)


def test_a_store_of_a_newer_version_is_left_alone(url: str) -> None:
    open_store(url).close()
    with connected(url) as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
        before = described(connection)
    for create in (True, False):
        with pytest.raises(RunError, match=r"is of a newer version of this program: its schema is 9999, and \d{4} is"):
            open_store(url, create=create)
    with connected(url) as connection:
        assert described(connection) == before


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/places.sqlite"
    with connected(url) as connection:
        connection.execute(text("CREATE TABLE moz_places (id INTEGER PRIMARY KEY)"))
    with pytest.raises(RunError, match=r"places\.sqlite is a database of another program"):
        open_store(url)
    with connected(url) as connection:
        assert inspect(connection).get_table_names() == ["moz_places"]


def test_a_store_that_many_open_at_once_is_made_once(url: str) -> None:
    with ThreadPoolExecutor(8) as threads:
        for store in list(threads.map(open_store, [url] * 8)):
            store.close()
    with open_store(url) as store:
        run_of(store, [seen(1)])
