"""PostgreSQL that can't be used, or not for the moment."""

import pytest

from crawler.errors import RunError
from crawler.model.role import Role
from crawler.store.choose import open_store
from tests.store.making import NIGHT, ended, run_of, seen
from tests.store.postgres import Server


def test_no_server() -> None:
    with pytest.raises(RunError, match=r"postgresql://crawler:\*\*\*@/links.*: .*nowhere"):
        open_store("postgresql://crawler:secret@/links?host=/nowhere")


def test_no_such_database(postgres: Server) -> None:
    with pytest.raises(RunError, match='database "nothing" does not exist'):
        open_store(postgres.url("nothing"))


def test_no_such_user(postgres: Server) -> None:
    with pytest.raises(RunError, match='role "stranger" does not exist'):
        open_store(postgres.url("postgres", "stranger"))


def test_a_database_that_cannot_hold_every_character(postgres: Server) -> None:
    postgres.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING LATIN1 LC_COLLATE 'C' LC_CTYPE 'C'")
    with pytest.raises(RunError, match="the database has encoding LATIN1, and URLs need UTF8"):
        open_store(postgres.url("latin"))


def test_a_store_that_must_exist_is_not_made(postgres: Server) -> None:
    url = postgres.new_place()
    for _ in range(2):
        with pytest.raises(RunError, match=r"there is no store .* yet"):
            open_store(url, create=False)


def test_a_database_that_others_use_too(postgres: Server) -> None:
    url = postgres.new_place()
    postgres.execute("CREATE TABLE alembic_version (version_num text); CREATE TABLE articles_of_ours (id int)", url)
    with open_store(url) as store:
        run_of(store, [seen(1)])


def test_a_database_with_tables_of_our_names(postgres: Server) -> None:
    url = postgres.new_place()
    postgres.execute("CREATE TABLE links (id int)", url)
    with pytest.raises(RunError, match="is a database of another program"):
        open_store(url)


def test_a_connection_that_is_lost_between_batches_is_made_anew(postgres: Server) -> None:
    with open_store(postgres.new_place()) as store:
        run = store.begin(NIGHT, [])
        for number in range(3):
            postgres.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'crawler'"
            )
            store.observe(seen(number), Role.WEB)
            store.finish(ended())
        assert [check.observation for check in store.observed(run)] == [seen(0), seen(1), seen(2)]


def test_tables_that_are_locked(postgres: Server) -> None:
    import psycopg

    url = postgres.new_place()
    with open_store(url, patience=0.01) as store:
        store.begin(NIGHT, [])
        with psycopg.connect(url) as other:
            other.execute("LOCK TABLE observations")
            store.observe(seen(1), Role.WEB)
            with pytest.raises(RunError, match="it is locked: another program"):
                store.finish(ended())


def test_a_database_that_is_read_only(postgres: Server) -> None:
    url = postgres.new_place()
    open_store(url).close()
    read_only = url + "%20-c%20default_transaction_read_only%3Don"
    with (
        open_store(read_only) as store,
        pytest.raises(RunError, match="it can't be written to: the database is read-only"),
    ):
        store.begin(NIGHT, [])


def test_the_url_may_say_more_to_the_driver(postgres: Server) -> None:
    url = postgres.new_place()
    with open_store(url + "%20-c%20statement_timeout%3D60000&application_name=nightly") as store:
        run_of(store, [seen(1)])
