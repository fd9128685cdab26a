"""Lengths of time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config.duration import LONGEST, SECONDS, duration, written

LENGTHS = {
    "0": 0,
    "90": 90,
    "1.5": 1.5,
    "90s": 90,
    "30m": 1800,
    "12h": 43_200,
    "7d": 604_800,
    "2w": 1_209_600,
    "1h30m": 5400,
    "1w2d3h4m5s": 788_645,
    "0.5h": 1800,
    " 7D ": 604_800,
}

NONSENSE = ["", " ", "h", "7 d", "7x", "-1", "+5", "1e9", "30m1h", "1h1h", "1,5h", "1.h", "inf", "nan", "٣d", "1d\n2h"]


@pytest.mark.parametrize(("text", "seconds"), LENGTHS.items())
def test_the_seconds_of_a_length(text: str, seconds: float) -> None:
    assert duration(text) == seconds


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_is_refused_with_examples_of_sense(text: str) -> None:
    with pytest.raises(ValueError, match="is no length of time: write 90s, 30m"):
        duration(text)


@pytest.mark.parametrize("text", ["36501d", "999999999999", f"{LONGEST + 1}s"])
def test_a_length_beyond_the_range_of_dates_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="longer than a hundred years"):
        duration(text)


@given(st.text(alphabet="0123456789.wdhms -e", max_size=40) | st.text(max_size=5000))
def test_whatever_is_written_gives_bounded_seconds_or_a_short_refusal(text: str) -> None:
    refusal = ""
    seconds = 0.0
    try:
        seconds = duration(text)
    except ValueError as error:
        refusal = str(error)
    assert 0 <= seconds <= LONGEST
    assert len(refusal) < 400


@given(st.lists(st.sampled_from(list(SECONDS)), unique=True, min_size=1), st.integers(0, 50))
def test_units_add_up_longest_first(units: list[str], number: int) -> None:
    ordered = [unit for unit in SECONDS if unit in units]
    assert duration("".join(f"{number}{unit}" for unit in ordered)) == sum(number * SECONDS[unit] for unit in units)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0"), (604_800, "7d"), (129_600, "36h"), (5400, "90m"), (90, "90s"), (0.5, "0.5s"), (LONGEST, "36500d")],
)
def test_a_length_is_written_shortly(seconds: float, text: str) -> None:
    assert written(seconds) == text


@given(st.integers(0, LONGEST * 1000).map(lambda milliseconds: milliseconds / 1000))
def test_what_is_written_is_read_again(seconds: float) -> None:
    assert duration(written(seconds)) == pytest.approx(seconds, abs=1e-6)
