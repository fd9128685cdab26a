"""What may be forgotten."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.store.retention import Trace, superfluous

LONG_AGO = 1_000.0
"""Later than every trace below: all may go."""


def traces(states: str) -> list[Trace]:
    """One a second: a letter is a state, a dot a check of which nothing was asked."""
    return [Trace(i, float(i), None if state == "." else (state,)) for i, state in enumerate(states)]


def kept(states: str, before: float = LONG_AGO) -> str:
    """The same with a blank where one goes."""
    going = superfluous(traces(states), before)
    return "".join(" " if i in going else state for i, state in enumerate(states))


@pytest.mark.parametrize(
    ("states", "left"),
    [
        ("", ""),
        ("a", "a"),
        ("aa", "aa"),
        ("aaa", "a a"),
        ("aaaaab", "a   ab"),
        ("aaabbbccc", "a ab bc c"),
        ("ababab", "ababab"),
        ("aaabaaa", "a aba a"),
        ("...", ". ."),
        ("a..a", "a  a"),
        ("aa..aa", "a    a"),
        ("a.b", "a b"),
        (".a.a.a.", ".a   a."),
        ("a..b..", "a  b ."),
    ],
)
def test_the_first_the_last_and_both_ends_of_each_stretch_stay(states: str, left: str) -> None:
    assert kept(states) == left


def test_what_is_young_stays() -> None:
    assert kept("aaaaaaaaa", before=4.0) == "a   aaaaa"


@given(st.text("abc.", max_size=30), st.floats(0, 40))
def test_no_change_is_lost(states: str, before: float) -> None:
    everything = traces(states)
    going = set(superfluous(everything, before))
    left = [trace for trace in everything if trace.id not in going]
    assert changes(left) == changes(everything)
    assert left[:1] + left[-1:] == everything[:1] + everything[-1:]
    assert all(trace.observed_at < before for trace in everything if trace.id in going)


@given(st.text("abc.", max_size=30))
def test_what_was_rolled_up_is_left_alone(states: str) -> None:
    going = set(superfluous(traces(states), LONG_AGO))
    left = [trace for trace in traces(states) if trace.id not in going]
    assert superfluous(left, LONG_AGO) == []


def changes(history: list[Trace]) -> list[tuple[Trace, Trace]]:
    """Each change: the last check before it, and the first after it."""
    asked = [trace for trace in history if trace.state is not None]
    return [(one, other) for one, other in pairwise(asked) if one.state != other.state]
