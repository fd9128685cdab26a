"""SQLite files that can't be used: what is said, what is left, and what goes on all the same."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from crawler.errors import RunError, UsageError
from crawler.model.role import Role
from crawler.store.choose import open_store
from tests.store.making import NIGHT, ended, link_url, run_of, seen, until

NOBODY = 65534


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A store with one observation in it."""
    file = tmp_path / "links.db"
    with open_store(f"sqlite:///{file}") as store:
        run_of(store, [seen(1)])
    return file


def stored(file: Path) -> int:
    """How many observations there are, in a file that is in order."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        found: int = connection.execute("SELECT count(*) FROM observations").fetchone()[0]
        return found


def run_in(url: str) -> None:
    """A whole run."""
    with open_store(url) as store:
        run_of(store, [seen(1)])


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another program writes, and does not come to an end."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def test_the_folder_is_made_and_kept_out_of_git(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/a/b/links.db").close()
    assert sorted(path.name for path in (tmp_path / "a/b").iterdir()) == [".gitignore", "links.db"]
    assert (tmp_path / "a/b/.gitignore").read_text() == "*\n"


def test_a_folder_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/links.db").close()
    assert [path.name for path in tmp_path.iterdir()] == ["links.db"]


def test_the_url_may_say_how_long_to_wait(file: Path) -> None:
    with locked(file), open_store(f"sqlite:///{file}?timeout=0.01") as store, pytest.raises(RunError, match="locked"):
        store.begin(NIGHT, [])
    with pytest.raises(UsageError, match="its timeout is no number"):
        open_store(f"sqlite:///{file}?timeout=soon")


def test_the_file_is_relative_to_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    open_store("sqlite:///.crawler/links.db").close()
    assert (tmp_path / ".crawler/links.db").exists()


def test_readers_and_a_writer_do_not_wait_for_each_other(file: Path) -> None:
    with locked(file), open_store(f"sqlite:///{file}", patience=0) as store:
        assert len(store.latest([link_url(1)])) == 1


def test_a_run_that_finds_it_locked_does_not_begin(file: Path) -> None:
    url, words = f"sqlite:///{file}", r"links\.db: it is locked: another program"
    with locked(file), open_store(url, patience=0.01) as store, pytest.raises(RunError, match=words):
        store.begin(NIGHT, [])
    assert stored(file) == 1


def test_a_run_that_is_locked_out_goes_on_and_is_told_at_its_end(file: Path) -> None:
    store = open_store(f"sqlite:///{file}", patience=0.01)
    store.begin(NIGHT, [])
    with locked(file):
        store.observe(seen(2), Role.WEB)
        until(lambda: store.failure)
    store.observe(seen(3), Role.WEB)
    store.written({}, [])
    with pytest.raises(RunError, match="locked"):
        store.finish(ended())
    store.close()
    assert stored(file) == 1


def test_who_does_not_finish_is_told_when_closing(file: Path) -> None:
    store = open_store(f"sqlite:///{file}", patience=0.01)
    store.begin(NIGHT, [])
    with locked(file):
        store.observe(seen(2), Role.WEB)
        with pytest.raises(RunError, match="locked"):
            store.close()


def test_an_exception_on_its_way_is_not_hidden(file: Path) -> None:
    def fails() -> None:
        with locked(file), open_store(f"sqlite:///{file}", patience=0.01) as store:
            store.observe(seen(2), Role.WEB)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()


@contextmanager
def pages_at_most(pages: int) -> Iterator[None]:
    """A disk so small that databases have this many pages at most."""

    def limit(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(Engine, "connect", limit)
    try:
        yield
    finally:
        event.remove(Engine, "connect", limit)


def test_a_full_disk_leaves_whole_batches(file: Path) -> None:
    with pages_at_most(200):
        store = open_store(f"sqlite:///{file}")
        store.begin(NIGHT, [])
        for number in range(10_000):
            store.observe(seen(number, NIGHT + number, title="x" * 100), Role.WEB)
        with pytest.raises(RunError, match=r"links\.db: the disk is full"):
            store.finish(ended())
        store.close()
    left = stored(file) - 1
    assert 0 < left < 10_000
    with open_store(f"sqlite:///{file}") as store:
        (run, _) = store.runs()
        assert [check.observation.observed_at - NIGHT for check in store.observed(run.id)] == list(range(left))
        assert run.finished_at is None
        run_of(store, [seen(1)])


@pytest.fixture
def common() -> Iterator[Path]:
    """A folder that everybody can see, for tests as somebody else."""
    folder = Path(tempfile.mkdtemp(prefix="crawler-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@contextmanager
def not_root() -> Iterator[None]:
    """Permissions hold for whoever runs the tests; for root they don't, so root becomes nobody."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_is_read_only(common: Path) -> None:
    url = f"sqlite:///{common}/links.db"
    open_store(url).close()
    (common / "links.db").chmod(0o444)
    common.chmod(0o555)
    with not_root(), pytest.raises(RunError, match=r"links\.db: .*(read-only|can't be opened)"):
        run_in(url)


def test_a_folder_that_is_read_only(common: Path) -> None:
    common.chmod(0o555)
    with not_root(), pytest.raises(RunError, match=r"links\.db: the file can't be opened or created"):
        open_store(f"sqlite:///{common}/links.db")
    with not_root(), pytest.raises(RunError, match="its folder can't be made: Permission denied"):
        open_store(f"sqlite:///{common}/new/links.db")


def test_a_database_that_was_opened_to_be_read_only(file: Path) -> None:
    with pytest.raises(RunError, match="can't be written to: the file, its folder or its file system is read-only"):
        run_in(f"sqlite:///file:{file}?mode=ro&uri=true")


def overwritten(file: Path) -> None:
    """Garbage from the second page on."""
    size = file.stat().st_size
    with file.open("r+b") as raw:
        raw.seek(4096)
        raw.write(b"\xff" * (size - 4096))


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "pages": (overwritten, "the file is damaged"),
    "header": (lambda file: file.write_bytes(b"\0" * 100 + file.read_bytes()[100:]), "not a SQLite database"),
    "text": (lambda file: file.write_text("- just a list\n" * 500), "not a SQLite database"),
    "cut short": (lambda file: os.truncate(file, 5_000), "the file is damaged"),
}


@pytest.mark.parametrize(("damage", "words"), DAMAGE.values(), ids=DAMAGE)
def test_a_file_that_is_damaged(file: Path, damage: Callable[[Path], object], words: str) -> None:
    damage(file)
    with pytest.raises(RunError, match=rf"links\.db: .*{words}"):
        run_in(f"sqlite:///{file}")


def test_a_file_that_is_damaged_later(file: Path) -> None:
    with open_store(f"sqlite:///{file}") as store:
        run_of(store, [seen(number) for number in range(5_000)])
    with open_store(f"sqlite:///{file}") as store:
        with file.open("r+b") as raw:
            raw.seek(8 * 4096)
            raw.write(b"\xff" * 4096 * 200)
        with pytest.raises(RunError, match="the file is damaged"):
            store.history(link_url(number) for number in range(5_000))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="the file can't be opened or created"):
        open_store(f"sqlite:///{tmp_path}")


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / "links.db").touch()
    with open_store(f"sqlite:///{tmp_path}/links.db") as store:
        run_of(store, [seen(1)])


def test_a_store_that_must_exist_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"there is no store .*links\.db yet"):
        open_store(f"sqlite:///{tmp_path}/a/links.db", create=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_memory_is_no_store(url: str) -> None:
    with pytest.raises(UsageError, match="a store in memory keeps nothing"):
        open_store(url)
