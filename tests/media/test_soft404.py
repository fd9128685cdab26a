"""Signs weighed: what raises suspicion, what is enough, and what a sibling's answer makes of it."""

import pytest

from crawler.media.sibling import Comparison, Outcome
from crawler.media.signs import Sign, Weight
from crawler.media.soft404 import Level, Suspicion, is_gone, suspicion
from tests.media.answers import PROSE, answer, document

SITE = "https://www.example.org"
NO_INDEX = '<meta name="robots" content="noindex, follow">'


@pytest.mark.parametrize(
    ("title", "head", "body", "level"),
    [
        ("A story", "", PROSE, Level.NONE),
        ("A story", NO_INDEX, PROSE, Level.NONE),
        ("Page not found", "", "<p>Sorry.</p>", Level.SUSPECT),
        ("Page not found", NO_INDEX, "<p>Sorry.</p>", Level.CERTAIN),
        ("Page not found", NO_INDEX, PROSE, Level.SUSPECT),
        ("Page not found - A Book", NO_INDEX, "<p>Sorry.</p>", Level.SUSPECT),
        ("Example", "", "<h1>Page not found</h1>", Level.SUSPECT),
        ("Example", "", "<p>Page not found</p>", Level.NONE),
        ("", "", "<p>This page is no longer available.</p>", Level.NONE),
    ],
)
def test_what_a_page_says(title: str, head: str, body: str, level: Level) -> None:
    assert suspicion(answer(f"{SITE}/a/b", raw=document(title, body, head))).level is level


def test_the_strongest_sign_counts_and_all_are_told() -> None:
    found = suspicion(
        answer(f"{SITE}/news/crane-topples-in-storm", f"{SITE}/404.html", title="404", body="<h1>Not found</h1>")
    )
    assert found.level is Level.CERTAIN
    assert [sign.name for sign in found.signs] == ["final-url", "title", "heading"]


def test_converging_is_counted_by_the_caller() -> None:
    page = answer(f"{SITE}/deals/may", f"{SITE}/summer", title="Summer")
    assert suspicion(page).level is Level.NONE
    assert suspicion(page, converging=3).level is Level.SUSPECT


TITLE = Sign("title", Weight.SUSPECT, "")
HEADING = Sign("heading", Weight.SUSPECT, "")
CLAIM = Sign("claims-home", Weight.SUSPECT, "")
SHORT = answer(f"{SITE}/a", body="<p>Sorry.</p>")
LONG = answer(f"{SITE}/a", body=PROSE)


@pytest.mark.parametrize(
    ("level", "outcome", "gone"),
    [
        (Level.NONE, None, False),
        (Level.NONE, Outcome.SOFT_404, False),
        (Level.CERTAIN, None, True),
        (Level.CERTAIN, Outcome.GONE, True),
        (Level.SUSPECT, Outcome.SOFT_404, True),
        (Level.SUSPECT, Outcome.GONE, False),
        (Level.SUSPECT, Outcome.DIFFERENT, False),
        (Level.SUSPECT, Outcome.SHELL, False),
    ],
)
def test_the_sibling_decides_what_is_in_doubt(level: Level, outcome: Outcome | None, gone: bool) -> None:
    comparison = Comparison(outcome, "") if outcome else None
    assert is_gone(SHORT, Suspicion(level, (CLAIM,)), comparison) is gone


@pytest.mark.parametrize("comparison", [None, Comparison(Outcome.UNKNOWN, "")])
def test_without_its_word_a_page_must_say_so_twice_and_nothing_else(comparison: Comparison | None) -> None:
    assert is_gone(SHORT, Suspicion(Level.SUSPECT, (TITLE, HEADING)), comparison)
    assert not is_gone(LONG, Suspicion(Level.SUSPECT, (TITLE, HEADING)), comparison)
    assert not is_gone(SHORT, Suspicion(Level.SUSPECT, (TITLE, CLAIM)), comparison)
