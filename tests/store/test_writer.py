"""The writing thread: what waits for it, how much of that there may be, and who is told."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from crawler.errors import RunError
from crawler.model.role import Role
from crawler.store.choose import open_store
from crawler.store.port import Store
from crawler.store.writer import BATCH, WAITING
from tests.store.making import LONGEST, NIGHT, ended, link_url, missed, run_of, seen


def test_who_is_too_fast_is_asked_to_pause_and_to_go_on(tmp_path: Path) -> None:
    file = tmp_path / "links.db"
    paused, resumed = [], Event()
    with open_store(f"sqlite:///{file}") as store, closing(sqlite3.connect(file, isolation_level=None)) as other:
        run = store.begin(NIGHT, [])
        store.throttle(lambda: paused.append(handed), resumed.set)
        other.execute("BEGIN IMMEDIATE")  # nothing can be written now, and the store waits patiently
        for handed in range(WAITING + 2 * BATCH):
            store.observe(seen(handed), Role.WEB)
        assert len(paused) == 1
        assert WAITING - 1 <= paused[0] < WAITING + BATCH
        assert not resumed.is_set()
        other.execute("COMMIT")
        assert resumed.wait(LONGEST)
        store.finish(ended())
        assert sum(1 for _ in store.observed(run)) == WAITING + 2 * BATCH
        assert len(paused) == 1


def test_who_waits_to_go_on_is_told_when_the_store_fails(tmp_path: Path) -> None:
    file = tmp_path / "links.db"
    paused, resumed = Event(), Event()
    store = open_store(f"sqlite:///{file}")
    store.begin(NIGHT, [])
    store.throttle(paused.set, resumed.set)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for number in range(WAITING + 2 * BATCH):
            store.observe(missed(number), Role.WEB)
        assert paused.is_set()
        other.execute("DROP TABLE observations")
        other.execute("COMMIT")
    assert resumed.wait(LONGEST)
    with pytest.raises(RunError, match="no such table"):
        store.close()


def test_who_is_gone_when_it_is_time_to_go_on_is_not_missed(tmp_path: Path) -> None:
    file = tmp_path / "links.db"
    loop = asyncio.new_event_loop()
    with open_store(f"sqlite:///{file}") as store, closing(sqlite3.connect(file, isolation_level=None)) as other:
        run = store.begin(NIGHT, [])
        store.throttle(loop.close, lambda: loop.call_soon_threadsafe(print))
        other.execute("BEGIN IMMEDIATE")
        for number in range(WAITING + 2 * BATCH):
            store.observe(missed(number), Role.WEB)
        assert loop.is_closed()
        other.execute("COMMIT")
        store.finish(ended())
        assert sum(1 for _ in store.observed(run)) == WAITING + 2 * BATCH


def test_what_was_handed_over_is_written_when_the_store_closes(url: str) -> None:
    with open_store(url) as store:
        store.begin(NIGHT, [])
        for number in range(3 * BATCH):
            store.observe(seen(number), Role.WEB)
    with open_store(url) as store:
        assert len(store.latest(link_url(number) for number in range(3 * BATCH))) == 3 * BATCH


def test_runs_one_after_another_in_one_store(store: Store) -> None:
    runs = [run_of(store, [seen(1, NIGHT + number)]) for number in range(3)]
    assert [check.run for check in store.history([link_url(1)])[link_url(1)]] == runs == sorted(runs)
