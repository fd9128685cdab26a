"""A store in each kind of database: what holds for one holds for the other."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.store.choose import open_store
from crawler.store.port import Store
from tests.store.postgres import NoServerError, Server, server


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> Iterator[Server]:
    """PostgreSQL for real. Where it can't be had, its tests are skipped, and a line nobody can overlook says so."""
    try:
        with server() as running:
            yield running
    except NoServerError as missing:
        with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
            print(f"\n*** NOT TESTED: the store in PostgreSQL: {missing} ***", file=sys.stderr, flush=True)
        pytest.skip(str(missing))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place for a store where there is none yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new/folder/links.db"
    server: Server = request.getfixturevalue("postgres")
    return server.new_place()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A new store."""
    with open_store(url) as store:
        yield store
