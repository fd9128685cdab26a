"""Landmarks: no pattern of ours matches a text that has none of them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.media.clues import Where
from crawler.media.landmarks import landmarks, lowered, may_match
from crawler.media.parked import MARKERS, STEMS
from crawler.media.wall_signatures import SIGNATURES

LOOKED_FOR = (Where.BODY, Where.HOST, Where.PATH)
CLUES = sorted({clue.pattern for signature in SIGNATURES for clue in signature.clues if clue.where in LOOKED_FOR})
LOADED = [pattern for _, pattern, _ in MARKERS]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("captcha", ("captcha",)),
        (r"/TSPD/\?x", ("/tspd/?x",)),
        ("one|other", ("one", "other")),
        (r"\bget(?:short|longest) of", ("short", "longest")),
        ("(?:x|longest) of all", (" of all",)),
        ("quite?", ("quit",)),
        ("(?:perhaps)?sure", ("sure",)),
        ("o*so{2}n", ("so",)),
        ("[longest?]a", ("a",)),
        ("so{0,3}n", ("s",)),
        (r"a\s*=", ("a",)),
        ("sure|", ()),
        ("(?:perhaps)*", ()),
        (".*", ()),
    ],
)
def test_landmarks_are_the_longest_words_that_have_to_be_there(pattern: str, words: tuple[str, ...]) -> None:
    assert landmarks(pattern) == words


@pytest.mark.parametrize("pattern", [*CLUES, *LOADED])
def test_every_pattern_has_landmarks_worth_looking_for(pattern: str) -> None:
    assert min(map(len, landmarks(pattern))) > 4


@given(st.sampled_from([*CLUES, *LOADED]), st.data())
@settings(max_examples=200)
def test_what_matches_has_a_landmark(pattern: str, data: st.DataObject) -> None:
    matching = data.draw(st.from_regex(re.compile(pattern.encode(), re.IGNORECASE | re.DOTALL)))
    assert may_match(pattern, lowered(matching))


@pytest.mark.parametrize("pattern", LOADED)
def test_a_stem_stands_in_every_landmark_of_a_marker(pattern: str) -> None:
    assert all(any(stem in word for stem in STEMS) for word in landmarks(pattern))


def test_what_has_no_landmark_is_left_alone() -> None:
    assert not may_match("captcha|turnstile", "an article about locks")
    assert may_match("captcha|turnstile", lowered(b"a TurnStile"))
    assert may_match(".*", "")
