"""When a server asks us to come back, and how long we wait otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.http.retry import LONGEST_PAUSE, pause, stay_away
from crawler.model.exchange import Fields, Response

NOW = 1_767_225_600.0  # 2026-01-01T00:00:00Z


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("Thu, 01 Jan 2026 00:01:30 GMT", 90.0),
        ("Thursday, 01-Jan-26 00:01:30 GMT", 90.0),
        ("Wed, 31 Dec 2025 23:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("", None),
        ("٣", None),
        ("9" * 400, 999_999_999.0),
    ],
)
def test_retry_after_in_both_forms(value: str, seconds: float | None) -> None:
    assert stay_away(Response(503, Fields([("Retry-After", value)])), NOW) == seconds


def test_no_retry_after() -> None:
    assert stay_away(Response(503, Fields()), NOW) is None


@given(st.text())
def test_no_value_raises(value: str) -> None:
    seconds = stay_away(Response(429, Fields([("retry-after", value)])), NOW)
    assert seconds is None or seconds >= 0


def test_pauses_double_with_jitter_and_end_somewhere() -> None:
    pauses = [pause(attempt, "https://www.example.org/") for attempt in range(1, 9)]
    for attempt, seconds in enumerate(pauses):
        assert 0.5 * min(2**attempt, LONGEST_PAUSE) <= seconds <= 1.5 * min(2**attempt, LONGEST_PAUSE)


def test_urls_that_failed_together_come_back_apart_and_always_alike() -> None:
    together = {pause(1, f"https://www.example.org/{number}") for number in range(100)}
    assert len(together) > 90
    assert together == {pause(1, f"https://www.example.org/{number}") for number in range(100)}


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({"RateLimit-Remaining": "0", "RateLimit-Reset": "30"}, 30.0),
        ({"RateLimit-Remaining": "1", "RateLimit-Reset": "30"}, None),
        ({"RateLimit-Reset": "30"}, None),
        ({"RateLimit-Remaining": "0"}, None),
        ({"RateLimit-Remaining": "0", "RateLimit-Reset": "soon"}, None),
        ({"RateLimit": '"default";r=0;t=30'}, 30.0),
        ({"RateLimit": '"default";r=5;t=30'}, None),
        ({"RateLimit": '"burst";r=0;t=7, "daily";r=900;t=40000'}, 7.0),
        ({"RateLimit": "nonsense"}, None),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1767225660"}, 60.0),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1767225500"}, 0.0),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "45"}, 45.0),
        ({"Retry-After": "9", "RateLimit-Remaining": "0", "RateLimit-Reset": "30"}, 9.0),
    ],
)
def test_rate_limits_that_are_used_up(fields: dict[str, str], seconds: float | None) -> None:
    assert stay_away(Response(200, Fields(fields.items())), NOW) == seconds
