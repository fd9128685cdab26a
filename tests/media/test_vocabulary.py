"""Words held against lines: what may be said is told from what can't be, whatever stands around it."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crawler.media.wording.east import EAST
from crawler.media.wording.form import Words
from crawler.media.wording.offers import EXPIRED, FOR_SALE, PARKED
from crawler.media.wording.plain import TOKEN, plain
from crawler.media.wording.unparted import UNPARTED
from crawler.media.wording.vocabulary import Line, Vocabulary
from crawler.media.wording.west import WEST

LANGUAGES = (*WEST.values(), *EAST.values(), *UNPARTED.values(), *FOR_SALE, *PARKED, *EXPIRED)
ALL = Vocabulary(LANGUAGES, phrases=("nothing here",), also=("404", "registrant"))


@st.composite
def sayings(draw: st.DrawFn) -> str:
    """A line that says it, in one of the languages."""
    form = draw(st.sampled_from(LANGUAGES))
    denied = [(form.gone,)] if not form.nots else [(form.gone,), (form.nots, form.verbs)]
    lists = draw(st.sampled_from([lists for lists in denied if all(map(str.split, lists))]))
    words = [draw(st.sampled_from(words.split())) for words in (form.things, *lists)]
    words += draw(st.lists(st.sampled_from(form.around.split() or words), max_size=3))
    return (" " if form.parted else "").join(draw(st.permutations(words)))


@given(sayings(), st.text(max_size=20), st.text(max_size=20))
def test_what_is_said_may_be_said_whatever_stands_around_it(saying: str, before: str, behind: str) -> None:
    assume(ALL.says(plain(saying)))
    assert ALL.may_be_said(Line(f"{before} {saying.title()} | {behind}"))


@pytest.mark.parametrize(
    ("line", "may"),
    [
        ("A story", False),
        ("Page not found", True),
        ("How to word a page that can't be found", True),
        ("Find the best cafés in San Francisco", False),
        ("Le président", False),
        ("Nothing is here", True),
        ("Nowhere near here", False),
        ("Registrant", True),
        ("Error 404", True),
        ("Boat 1404", False),
        ("Страница", False),
        ("Страница не найдена", True),
        ("упсстраница не найдена", True),
        ("本ページは削除された", True),
        ("ページ", False),
        ("", False),
    ],
)
def test_lines(line: str, may: bool) -> None:
    assert ALL.may_be_said(Line(line)) is may


@pytest.mark.parametrize("form", LANGUAGES)
def test_what_tells_in_a_language_that_does_not_part_words_is_in_its_own_letters(form: Words) -> None:
    assert form.parted or not any(map(str.isascii, form.gone.split()))


def test_words_are_what_tokens_are() -> None:
    assert TOKEN.findall(plain("Can’t find_404")) == ["cant", "find", "404"]
