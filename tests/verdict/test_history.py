"""What the checks of one URL come to."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import Confirm
from crawler.model.past import Check, Flaps, Streak
from crawler.model.verdict import Kind, Level, Verdict
from crawler.verdict.catalogue import CATALOGUE
from crawler.verdict.history import FAILING, FLAPS, LOOKED_AT, WALL, Standing, flaps, standings
from tests.verdict.cases import NOW

DAY = 86_400
CONFIRM = Confirm(failures=3, span=3.0 * DAY)

REASONS = {
    ".": "ok",
    "m": "permanent-redirect",
    "x": "timeout",
    "5": "http-5xx",
    "c": "circuit-open",
    "4": "http-404",
    "g": "http-410",
    "w": "bot-wall",
    "r": "http-429",
    "i": "address-forbidden",
    "s": "budget-exhausted",
}
"""A letter for the reason of a check's verdict."""


def check(letter: str, days: float) -> Check:
    rule = CATALOGUE[REASONS[letter]]
    assert rule.kind is not None
    return Check(NOW + days * DAY, Verdict(rule.kind, rule.code, "", Level.ERROR))


def nightly(letters: str) -> list[Check]:
    """A check a day, by their letters."""
    return [check(letter, days) for days, letter in enumerate(letters)]


def stand(checks: list[Check], confirm: Confirm = CONFIRM) -> Standing:
    *_, last = (Standing(), *standings(checks, confirm))
    return last


@pytest.mark.parametrize(
    ("letters", "kind"),
    [
        ("xxx", Kind.UNREACHABLE),  # three failures, two days
        ("xxxx", Kind.BROKEN),
        ("x5cx", Kind.BROKEN),
        ("xxx.x", Kind.UNREACHABLE),
        ("xxxmx", Kind.UNREACHABLE),
        ("xxx.xxx", Kind.UNREACHABLE),
        ("xxx.xxxx", Kind.BROKEN),
        ("xwrx", Kind.UNREACHABLE),  # four days, two failures
        ("xwxrx", Kind.BROKEN),
        ("xwrxx", Kind.BROKEN),
        ("xwrsixx", Kind.BROKEN),
        ("wwwwwwwx", Kind.UNREACHABLE),
        ("xxxxw", Kind.BLOCKED),
        ("xxxxwx", Kind.BROKEN),
        ("xxxxwwwwwwwx", Kind.BROKEN),
        ("xxwwwwwwwx", Kind.BROKEN),  # six days of refusals
        ("xxwwwwwwwwx", Kind.UNREACHABLE),  # seven: the wall is what matters, and the count starts anew
        ("xxwwwrwriwx", Kind.UNREACHABLE),
        ("xxwwwwwwwwxxxx", Kind.BROKEN),
        ("xxwwwwxwwwwx", Kind.BROKEN),
        ("g", Kind.BROKEN),
        ("4", Kind.BROKEN),
        ("4x", Kind.UNREACHABLE),
        ("44xx", Kind.BROKEN),
        ("xxx4", Kind.BROKEN),
        ("xxxxs", None),
        ("xxxsx", Kind.BROKEN),
        ("xi", Kind.INVALID),
        ("x.", Kind.ALIVE),
        ("xm", Kind.MOVED),
        ("s", None),
    ],
)
def test_what_the_last_check_comes_to(letters: str, kind: Kind | None) -> None:
    assert stand(nightly(letters)).kind is kind


@pytest.mark.parametrize(
    ("days", "kind"),
    [
        ((0, 1, 3), Kind.BROKEN),
        ((0, 1, 2.999), Kind.UNREACHABLE),
        ((0, 3), Kind.UNREACHABLE),
        ((0, 0, 3), Kind.BROKEN),
        ((0, 30, 60), Kind.BROKEN),
    ],
)
def test_failures_have_to_be_many_and_far_apart(days: tuple[float, ...], kind: Kind) -> None:
    assert stand([check("x", day) for day in days]).kind is kind


@pytest.mark.parametrize(
    ("failures", "span", "letters", "kind"),
    [
        (1, 0.0, "x", Kind.BROKEN),
        (2, 0.0, "xx", Kind.BROKEN),
        (2, 0.0, "xwx", Kind.BROKEN),
        (1, 2.0 * DAY, "xx", Kind.UNREACHABLE),
        (1, 2.0 * DAY, "xxx", Kind.BROKEN),
    ],
)
def test_the_settings_say_how_many_and_how_far(failures: int, span: float, letters: str, kind: Kind) -> None:
    assert stand(nightly(letters), Confirm(failures, span)).kind is kind


@pytest.mark.parametrize(
    ("letters", "kind"),
    [
        ("4", Kind.UNREACHABLE),
        ("44", Kind.BROKEN),
        ("4w4", Kind.BROKEN),
        ("4x4", Kind.BROKEN),
        ("4.4", Kind.UNREACHABLE),
        ("g", Kind.BROKEN),
        ("g4", Kind.BROKEN),
        ("x4", Kind.UNREACHABLE),
        ("xxx4", Kind.BROKEN),
    ],
)
def test_a_404_may_have_to_be_seen_twice_and_a_410_never(letters: str, kind: Kind) -> None:
    assert stand(nightly(letters), replace(CONFIRM, not_found=True)).kind is kind


def test_a_streak_counts_from_the_first_failure_after_the_last_success() -> None:
    streak = stand(nightly("x.xwsx4")).streak
    assert streak == Streak(NOW + 2 * DAY, NOW + 6 * DAY, failed=3, checks=4, is_definite=True)
    assert stand(nightly("x.xwsx4")).well == NOW + DAY


@pytest.mark.parametrize(
    ("letters", "is_broken"),
    [("4", True), ("4w", True), ("4x", True), ("4s", True), ("i", True), ("4.", False), ("x", False), ("w", False)],
)
def test_what_is_known_outlasts_what_settles_nothing(letters: str, is_broken: bool) -> None:
    assert stand(nightly(letters)).is_broken is is_broken


@pytest.mark.parametrize(
    ("letters", "flapping"),
    [
        (".x.x.", None),
        (".x.x.x", Flaps(5, 6, NOW)),
        ("x.x.x.", Flaps(5, 6, NOW)),
        (".4.5.g", Flaps(5, 6, NOW)),
        (".xxx.wwrsi.x.x", Flaps(5, 9, NOW)),
        ("....x.x.x....", Flaps(6, 10, NOW + 3 * DAY)),
        (".x.x.x......", None),
        (".m.m.m.m", None),
        ("x5x4x5x4", None),
        ("", None),
    ],
)
def test_flapping_is_three_outages_within_ten_checks(letters: str, flapping: Flaps | None) -> None:
    assert flaps(nightly(letters)) == flapping


@pytest.mark.parametrize(("apart", "named"), [(1, True), (12, True), (13, False)])
def test_flapping_is_of_late(apart: int, named: bool) -> None:
    checks = [check(letter, apart * number) for number, letter in enumerate(".x.x.x")]
    assert (flaps(checks) is not None) is named


DAYS = st.lists(st.floats(0, 400), max_size=40).map(sorted)


@st.composite
def pasts(draw: st.DrawFn) -> list[Check]:
    """Checks of any kind at any times, oldest first."""
    return [check(draw(st.sampled_from(list(REASONS))), days) for days in draw(DAYS)]


CONFIRMS = st.builds(Confirm, st.integers(1, 6), st.floats(0, 20 * DAY), st.booleans())


@given(pasts(), st.sampled_from(".m"), CONFIRMS)
def test_one_success_ends_everything(past: list[Check], letter: str, confirm: Confirm) -> None:
    well = check(letter, 401)
    assert stand([*past, well], confirm) == Standing(None, well.at, kind=well.verdict.kind)


@given(pasts(), pasts(), CONFIRMS)
def test_nothing_before_a_success_matters(past: list[Check], other: list[Check], confirm: Confirm) -> None:
    rest = [check(letter, 402 + days) for days, letter in enumerate(".xwxx4x")]
    assert stand(past + rest, confirm) == stand(other + rest, confirm)


@given(pasts(), st.sampled_from("wrs"), CONFIRMS)
def test_a_refusal_makes_nothing_broken_and_nothing_well(past: list[Check], letter: str, confirm: Confirm) -> None:
    before, after = stand(past, confirm), stand([*past, check(letter, 401)], confirm)
    assert after.is_broken == before.is_broken
    assert after.well == before.well
    if before.streak and after.streak:
        assert after.streak._replace(checks=0) == before.streak._replace(checks=0)
    elif before.streak:
        assert after.refused is not None
        assert NOW + 401 * DAY - after.refused >= WALL, "nothing but a wall of a week ends a streak"


@given(st.lists(st.tuples(st.sampled_from("x54"), st.text(st.sampled_from("wris"), max_size=7)), min_size=1), CONFIRMS)
def test_refusals_of_less_than_a_week_never_change_the_decision(parts: list[tuple[str, str]], confirm: Confirm) -> None:
    """However many, and wherever they lie between the failures."""
    whole = nightly("".join(failure + refusals for failure, refusals in parts) + "x")
    failures = [one for one in whole if one.verdict.kind in FAILING]
    assert stand(whole, confirm).kind is stand(failures, confirm).kind


@given(pasts(), st.text(st.sampled_from("x5c"), min_size=1, max_size=10), CONFIRMS)
def test_more_failures_never_mend_a_link(past: list[Check], letters: str, confirm: Confirm) -> None:
    stood = [stand([*past, check("x", 401)], confirm)]
    for number in range(len(letters)):
        more = [check(letter, 402 + days) for days, letter in enumerate(letters[: number + 1])]
        stood.append(stand([*past, check("x", 401), *more], confirm))
    lasting = [one.kind is Kind.BROKEN for one in stood]
    assert lasting == sorted(lasting)


@given(pasts())
def test_what_is_said_of_flapping_holds(past: list[Check]) -> None:
    found = flaps(past)
    if found is not None:
        assert FLAPS <= found.turns < found.checks <= LOOKED_AT
        assert found.since in [one.at for one in past]
