"""Opening the store that a command reads from."""

import click

from crawler.config import Config
from crawler.errors import UsageError
from crawler.store.choose import open_store
from crawler.store.port import PastRun, Store

store_option = click.option(
    "--store",
    metavar="URL",
    help="The store to read: sqlite:///FILE or postgresql://…  [default: sqlite:///.crawler/links.db]",
)
"""Sets `store.url`, as the same option of `crawler check` does."""


def opened(config: Config) -> Store:
    """The store of a configuration, which has to be there.

    Raises UsageError where none is named, RunError where it is missing or can't be used.
    """
    if config.store.url is None:
        raise UsageError("there is no store to read: store.url is null; name one with --store")
    return open_store(config.store.url, create=False)


def past_runs(store: Store, config: Config, limit: int) -> tuple[PastRun, ...]:
    """The last runs, newest first, of which there is one at least. Raises UsageError where nothing is remembered."""
    runs = store.runs(limit)
    if not runs:
        raise UsageError(f"{config.store.url} remembers no run yet: crawler check makes one")
    return runs
