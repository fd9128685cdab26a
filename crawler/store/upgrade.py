"""Alembic, which brings a store of an older version up to date in place."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(connection: Connection, revisions: Path = MIGRATIONS / "versions") -> None:
    """Run the migrations in the folder `revisions` that a database has not had, within the transaction that is open.

    Raises ValueError where it is of a version that they don't know.
    """
    config = Config(attributes={"connection": connection})
    config.set_main_option("path_separator", "newline")
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("version_locations", str(revisions).replace("%", "%%"))
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise ValueError(str(error)) from error
