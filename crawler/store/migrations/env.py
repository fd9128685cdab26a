"""What Alembic runs: the migrations, on the connection that `crawler.store.upgrade` gives it."""

from alembic import context

from crawler.store.schema import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    version_table=VERSION_TABLE,
)
context.run_migrations()
