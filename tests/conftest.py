"""Fixtures for every room."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.web import Web

BUSY = (HealthCheck.too_slow, HealthCheck.filter_too_much)
"""Complaints that a busy machine brings about, or a sample that happens to be an odd one."""

settings.register_profile("patient", deadline=None, suppress_health_check=BUSY)
settings.register_profile("repeatable", settings.get_profile("patient"), derandomize=True)
settings.load_profile("repeatable" if os.environ.get("CI") else "patient")


@pytest.fixture
def anyio_backend() -> str:
    """Async tests run on asyncio, as the program does."""
    return "asyncio"


@pytest.fixture
def web() -> Iterator[Web]:
    """A little web, empty, that serves until the test ends."""
    with Web() as web:
        yield web
