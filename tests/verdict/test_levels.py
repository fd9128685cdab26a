"""When findings fail a run."""

from typing import Literal

import pytest

from crawler.model.verdict import Level
from crawler.verdict.levels import fails, lower


@pytest.mark.parametrize(
    ("error", "warning", "info", "fail_on", "expected"),
    [
        (1, 0, 0, "error", True),
        (0, 5, 5, "error", False),
        (0, 1, 0, "warning", True),
        (1, 0, 0, "warning", True),
        (0, 0, 5, "warning", False),
        (0, 0, 1, "info", True),
        (0, 0, 0, "info", False),
        (9, 9, 9, "never", False),
    ],
)
def test_fails(
    error: int, warning: int, info: int, fail_on: Literal["error", "warning", "info", "never"], expected: bool
) -> None:
    assert fails({Level.ERROR: error, Level.WARNING: warning, Level.INFO: info}, fail_on) is expected


@pytest.mark.parametrize("a", Level)
@pytest.mark.parametrize("b", Level)
def test_lower(a: Level, b: Level) -> None:
    loudest_first = list(Level)
    assert lower(a, b) is max(a, b, key=loudest_first.index)
