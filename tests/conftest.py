"""Fixtures for every room."""

from collections.abc import Iterator

import pytest

from tests.web import Web


@pytest.fixture
def anyio_backend() -> str:
    """Async tests run on asyncio, as the program does."""
    return "asyncio"


@pytest.fixture
def web() -> Iterator[Web]:
    """A little web, empty, that serves until the test ends."""
    with Web() as web:
        yield web
