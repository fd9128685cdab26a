from hypothesis import given
from hypothesis import strategies as st

from crawler.model.link import Link
from crawler.model.role import Role
from crawler.report.order import occurrences, outcome_place, sortable, sorted_outcomes
from tests.report.sample import OUTCOMES, A, B

_WORDS = st.text(st.characters(exclude_characters="\0\n", exclude_categories=()), max_size=8)
_PLACES = st.tuples(_WORDS, st.integers(0, 10**9), st.integers(0, 10**9), _WORDS)


@given(_PLACES, _WORDS, _PLACES, _WORDS)
def test_texts_sort_as_places_do(
    a: tuple[str, int, int, str], code_a: str, b: tuple[str, int, int, str], code_b: str
) -> None:
    assert (sortable(a, code_a) < sortable(b, code_b)) == ((a, code_a) < (b, code_b))


def test_numbers_sort_as_numbers() -> None:
    assert sortable(("a", 9, 1, "")) < sortable(("a", 10, 1, ""))


def test_an_outcome_stands_at_its_first_occurrence_under_the_url_of_its_target() -> None:
    moved = OUTCOMES[0]
    assert outcome_place(moved, occurrences(moved.links)) == (A, 4, 15, "https://www.example.org/a")


def test_an_outcome_without_occurrences_stands_first() -> None:
    assert outcome_place(OUTCOMES[0], ()) == ("", 0, 0, "https://www.example.org/a")


def test_occurrences_at_no_place_are_ordered_by_field_and_role() -> None:
    url = "https://www.example.org/"
    links = [Link(url, Role.WEB, field="b"), Link(url, Role.WEB, field="a"), Link(url, Role.IMAGE, field="a")]
    assert [(link.field, link.role) for link in occurrences(links)] == [("a", "image"), ("a", "web"), ("b", "web")]


def test_sorted_outcomes_do_not_depend_on_the_order_given() -> None:
    assert sorted_outcomes(OUTCOMES) == sorted_outcomes(reversed(OUTCOMES))
    assert [link.path for link in sorted_outcomes(OUTCOMES)[2].links] == [A, B]
