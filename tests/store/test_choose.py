"""What a store's URL may be, and what opening one costs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.errors import UsageError
from crawler.store.choose import open_store


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "no URL"),
        ("links.db", "no URL"),
        ("postgresql://a:secret@host:port/db", "no URL"),
        ("mysql://a:secret@host/db", "mysql://… is in no database known here: sqlite or postgresql"),
        ("sqlite+aiosqlite:///links.db", "sqlite+aiosqlite://… is in no database"),
        ("postgresql+psycopg2://host/db", "postgresql+psycopg2://… is in no database"),
    ],
)
def test_what_is_no_store(url: str, words: str) -> None:
    with pytest.raises(UsageError) as error:
        open_store(url)
    assert words in str(error.value)
    assert "secret" not in str(error.value)


def test_a_driver_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UsageError, match=r"needs psycopg: pip install 'crawler\[postgres\]'"):
        open_store("postgresql://host/db")


IMPORTED = """
import json, sys
from crawler.store import port, choose
before = "sqlalchemy" in sys.modules
for _ in range(2):
    choose.open_store(sys.argv[1]).close()
after = [name for name in ("sqlalchemy.orm", "alembic", "psycopg") if name in sys.modules]
print(json.dumps([before, after]))
"""


def test_what_is_slow_to_import_is_imported_when_it_is_needed(tmp_path: Path) -> None:
    program = [sys.executable, "-c", IMPORTED, f"sqlite:///{tmp_path}/links.db"]
    assert json.loads(subprocess.check_output(program)) == [False, []]
