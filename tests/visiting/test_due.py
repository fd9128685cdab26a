"""When a URL is due again, and what is taken first."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crawler.config import Confirm, Schedule
from crawler.model.past import Check
from crawler.model.verdict import Kind, Level, Verdict
from crawler.verdict.history import standings
from crawler.visiting.due import LEAST, MOST, NEVER, PROMPT, SWAY, Turn, due, due_at

DAY = 86_400.0
HOUR = 3_600.0
NOW = 1_767_225_600.0
"""2026-01-01 00:00 UTC."""
URL = "https://example.org/a"
SCHEDULE = Schedule()

REASONS = {
    "ok": Kind.ALIVE,
    "permanent-redirect": Kind.MOVED,
    "timeout": Kind.UNREACHABLE,
    "http-404": Kind.BROKEN,
    "http-403": Kind.BLOCKED,
    "url-malformed": Kind.INVALID,
    "robots-disallowed": Kind.SKIPPED,
}


def check(reason: str, days: float) -> Check:
    return Check(NOW + days * DAY, Verdict(REASONS[reason], reason, "", Level.ERROR))


def checks(reason: str, *days: float) -> list[Check]:
    return [check(reason, day) for day in days]


def wait(past: list[Check], url: str = URL, schedule: Schedule = SCHEDULE) -> float:
    """Days from the last check to the next."""
    return (due_at(url, past, schedule) - past[-1].at) / DAY


def weekly(reason: str, weeks: int) -> list[Check]:
    return checks(reason, *(7.0 * week for week in range(weeks)))


def test_what_was_never_checked_is_due_before_all_others() -> None:
    assert due_at(URL, [], SCHEDULE) == NEVER
    assert due_at(URL, checks("robots-disallowed", 0, 1), SCHEDULE) == NEVER


@pytest.mark.parametrize(
    ("reason", "days"),
    [("ok", 7), ("permanent-redirect", 7), ("http-403", 3), ("http-404", 30), ("url-malformed", 30)],
)
def test_the_settings_have_an_interval_for_each_verdict(reason: str, days: float) -> None:
    waits = [wait(checks(reason, 0, 0.001), f"{URL}/{number}") for number in range(200)]
    assert (PROMPT - SWAY) * days - 0.1 < min(waits) < max(waits) < PROMPT * days + 0.1


def test_what_was_not_asked_for_leaves_the_turn_as_it_was() -> None:
    past = weekly("ok", 4)
    assert due_at(URL, [*past, check("robots-disallowed", 22)], SCHEDULE) == due_at(URL, past, SCHEDULE)


def test_the_longer_a_link_is_well_the_seldomer_it_is_checked() -> None:
    waits = [wait(weekly("ok", weeks)) for weeks in (2, 6, 12, 52)]
    assert all(later - earlier > 2 * SWAY for earlier, later in pairwise(waits))
    assert waits[-1] == pytest.approx(MOST * 7 * PROMPT, abs=MOST * 7 * SWAY)


def test_the_more_often_a_link_changes_the_oftener_it_is_checked() -> None:
    steady = weekly("ok", 12)
    moved = [*weekly("permanent-redirect", 12)[:6], *steady[6:]]
    shaky = [*steady]
    shaky[2], shaky[5], shaky[8] = (check("timeout", 7 * week) for week in (2, 5, 8))
    assert wait(shaky) < wait(moved) < wait(steady)
    assert wait(shaky) == pytest.approx(LEAST * 7 * PROMPT, abs=7 * SWAY)


def test_that_a_dead_link_gives_other_reasons_is_no_change() -> None:
    one = checks("http-404", *range(0, 40, 5))
    other = [check("http-404" if number % 2 else "timeout", 5 * number) for number in range(8)]
    assert wait(one) == wait(other)


def test_a_link_that_may_be_failing_for_good_is_checked_nightly_until_that_is_settled() -> None:
    """Though no run begins at the same minute, and though it comes to the link now earlier, now later."""
    past = [check("ok", -7)]
    for night in range(10):
        now = night + (0.03 if night % 2 else 0.0)
        if (due_at(URL, past, SCHEDULE) - NOW) / DAY <= now or night == 0:
            past.append(check("timeout", now))
        *_, standing = standings(past, SCHEDULE.confirm)
        if standing.kind is Kind.BROKEN:
            break
    assert [round((one.at - NOW) / DAY) for one in past[1:]] == [0, 1, 2, 3]
    assert wait(past) > 7, "and then as seldom as other broken links"


def test_many_failures_within_a_short_span_need_more_than_a_check_a_day() -> None:
    schedule = Schedule(confirm=Confirm(failures=10, span=3 * DAY))
    assert wait(checks("timeout", 0), schedule=schedule) == pytest.approx(PROMPT * 3 / 9)
    assert wait(checks("timeout", 0, 4), schedule=schedule) == pytest.approx(PROMPT * HOUR / DAY)


def test_a_refusal_within_a_streak_is_no_reason_to_hurry() -> None:
    past = [*checks("timeout", 0, 1), check("http-403", 2)]
    assert wait(past) > 1


def test_a_404_that_is_to_be_confirmed_is_looked_at_again_the_next_day() -> None:
    past = [*weekly("ok", 3), check("http-404", 21)]
    schedule = Schedule(confirm=Confirm(not_found=True))
    assert wait(past, schedule=schedule) == pytest.approx(PROMPT)
    assert wait(past) > 5
    assert wait([*past, check("http-404", 22)], schedule=schedule) > 5


def test_an_interval_of_nothing_is_always_due() -> None:
    schedule = Schedule(alive=0.0)
    assert due_at(URL, weekly("ok", 3), schedule) == weekly("ok", 3)[-1].at


LINKS = [Turn(NEVER, f"h{number % 10}.example", f"https://h{number % 10}.example/{number}") for number in range(3_000)]


def test_what_was_taken_in_on_one_day_is_spread_over_its_interval_at_once() -> None:
    """Every night about an equal share, of the whole and of each host, in the first week and in all that follow."""
    past = {turn.url: [check("ok", 0)] for turn in LINKS}
    counts = []
    for night in range(1, 36):
        turns = [Turn(due_at(turn.url, past[turn.url], SCHEDULE), turn.host, turn.url) for turn in LINKS]
        taken = due(turns, NOW + night * DAY)
        counts.append(len(taken))
        assert max(Counter(turn.host for turn in taken).values()) < 1.7 * len(LINKS) / 10 / 7
        for turn in taken:
            past[turn.url].append(check("ok", night))
    weeks = [counts[start : start + 7] for start in range(0, 35, 7)]
    assert all(0.75 < 7 * night / sum(week) < 1.25 for week in weeks for night in week), weeks
    assert sum(weeks[0]) == pytest.approx(len(LINKS), rel=0.02)


def test_a_host_that_has_come_back_does_not_have_all_its_links_checked_on_one_night() -> None:
    back = [*weekly("ok", 10), *checks("timeout", 70, 71), check("ok", 72)]
    nights = Counter(int(wait(back, turn.url)) for turn in LINKS)
    assert len(nights) >= 2
    assert max(nights.values()) < 0.65 * len(LINKS)


def test_the_oldest_are_taken_first_and_the_hosts_by_turns() -> None:
    turns = [
        Turn(NOW + 3, "a", "a/3"),
        Turn(NOW + 1, "a", "a/1"),
        Turn(NOW + 2, "a", "a/2"),
        Turn(NOW + 9, "b", "b/9"),
        Turn(NOW - 1, "b", "b/yesterday"),
        Turn(NEVER, "c", "c/never"),
        Turn(NOW + DAY, "c", "c/not yet"),
    ]
    order = [turn.url for turn in due(turns, NOW + 10)]
    assert order == ["c/never", "b/yesterday", "a/1", "b/9", "a/2", "a/3"]


def test_where_time_is_short_nothing_waits_for_ever() -> None:
    """Runs that reach a tenth more than falls due: each link has its turn within its interval and a few nights."""
    past: dict[str, list[Check]] = {turn.url: [] for turn in LINKS[:700]}
    reach, longest = 130, 0.0
    for night in range(60):
        turns = [Turn(due_at(turn.url, past[turn.url], SCHEDULE), turn.host, turn.url) for turn in LINKS[:700]]
        for turn in due(turns, NOW + night * DAY)[:reach]:
            one = past[turn.url]
            if one:
                longest = max(longest, night - (one[-1].at - NOW) / DAY)
            one.append(check("ok", night))
    assert all(past.values())
    assert longest <= MOST * 7 + 1


USUAL = {
    Kind.ALIVE: SCHEDULE.alive,
    Kind.MOVED: SCHEDULE.moved,
    Kind.UNREACHABLE: SCHEDULE.unreachable,
    Kind.BLOCKED: SCHEDULE.blocked,
    Kind.BROKEN: SCHEDULE.broken,
    Kind.INVALID: SCHEDULE.broken,
}


@st.composite
def pasts(draw: st.DrawFn) -> list[Check]:
    """Checks with any verdicts at any times, oldest first, the last of which asked for something."""
    days = draw(st.lists(st.floats(0, 2_000), min_size=1, max_size=30).map(sorted))
    past = [check(draw(st.sampled_from(list(REASONS))), day) for day in days]
    assume(past[-1].verdict.kind is not Kind.SKIPPED)
    return past


@given(pasts(), st.text(), st.booleans())
def test_a_turn_is_never_beyond_the_bounds(past: list[Check], url: str, not_found: bool) -> None:
    schedule = Schedule(confirm=Confirm(not_found=not_found))
    *_, standing = standings(past, schedule.confirm)
    assert standing.kind is not None
    usual, last = USUAL[standing.kind], past[-1].at
    at = due_at(url, past, schedule)
    assert last <= at <= last + MOST * usual
    if (
        len(past) > 1
        and standing.kind is not Kind.UNREACHABLE
        and all(one.verdict.kind is not Kind.SKIPPED for one in past)
    ):
        assert at >= last + LEAST * LEAST * PROMPT * usual, "seen before, though perhaps not so"


@given(pasts(), st.lists(st.floats(0, 3), max_size=5))
def test_a_failing_link_is_settled_within_days(past: list[Check], delays: list[float]) -> None:
    """From its first failure on, where each check comes when it is due, or some hours late."""
    past = [*past, check("ok", 2_001), check("timeout", 2_002)]
    late = iter(delays)
    for _ in range(12):
        *_, standing = standings(past, SCHEDULE.confirm)
        if standing.kind is Kind.BROKEN:
            break
        at = due_at(URL, past, SCHEDULE) + next(late, 0.0) * HOUR
        past.append(check("timeout", (at - NOW) / DAY))
    assert standing.kind is Kind.BROKEN
    assert standing.streak is not None
    assert standing.streak.until - standing.streak.since <= SCHEDULE.confirm.span + DAY + 3 * HOUR


@given(st.lists(st.builds(Turn, st.floats(0, 4 * NOW), st.sampled_from("abc"), st.text(max_size=3)), max_size=30))
def test_all_that_is_due_is_taken_and_nothing_else(turns: list[Turn]) -> None:
    order = due(turns, NOW)
    assert Counter(order) == Counter(turn for turn in turns if turn.at <= NOW)
    assert [turn.at // DAY for turn in order] == sorted(turn.at // DAY for turn in order)
