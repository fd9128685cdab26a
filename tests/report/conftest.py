"""Golden files: `UPDATE_GOLDEN=1 pytest tests/report` writes them anew; look at the difference before you keep it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

# A busy machine is no reason to fail.

GOLDEN = Path(__file__).with_name("golden")


@pytest.fixture
def golden() -> Callable[[str, bytes], None]:
    """Compares bytes with the golden file of that name."""

    def compare(name: str, written: bytes) -> None:
        path = GOLDEN / name
        if os.environ.get("UPDATE_GOLDEN"):
            path.write_bytes(written)
        assert written.decode("utf-8", "backslashreplace") == path.read_bytes().decode()

    return compare
