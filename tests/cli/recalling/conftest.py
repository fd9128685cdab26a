"""The sample store, filled once; and golden files: `UPDATE_GOLDEN=1 pytest tests/cli/recalling` writes them anew."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crawler.store.choose import open_store
from crawler.store.port import Store
from tests.cli.recalling.sample import filled

GOLDEN = Path(__file__).with_name("golden")


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of the sample store. To be read alone."""
    return filled(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """The sample store."""
    with open_store(place, create=False) as store:
        yield store


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compares text with the golden file of that name."""

    def compare(name: str, written: str) -> None:
        path = GOLDEN / name
        if os.environ.get("UPDATE_GOLDEN"):
            path.write_text(written, encoding="utf-8")
        assert written == path.read_text(encoding="utf-8")

    return compare
