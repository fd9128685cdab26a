"""Verdicts and changes, from a present check and those before it."""

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.config import Confirm, Rules
from crawler.model.exchange import MESSAGE_LIMIT, Failure
from crawler.model.observation import Observation
from crawler.model.past import Flaps, Past, Streak
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.verdict import Change, Kind, Level
from crawler.verdict.hindsight import Hindsight
from tests.verdict.cases import NOW, URL, judge, link, observed, only

DAY = 86_400
CONFIRM = Confirm(failures=3, span=3.0 * DAY)


def seen(what: int | str, days: float) -> Observation:
    """A status, or the reason of a failure, on a day."""
    if isinstance(what, int):
        return observed(URL, what)._replace(observed_at=NOW + days * DAY)
    return observed(URL, None, failure=Failure(what, "after 20 s"))._replace(observed_at=NOW + days * DAY)


def nightly(*what: int | str) -> list[Observation]:
    return [seen(one, days) for days, one in enumerate(what)]


def outcome(observation: Observation) -> Outcome:
    verdict = judge().verdict(URL, Role.WEB, observation)
    return Outcome(URL, Role.WEB, (link(),), observation, verdict)


def looked(*what: int | str, compared: float | None = None, not_found: bool = False) -> Outcome:
    """The outcome of the last of some nightly checks; `compared` is the night of the last complete run."""
    *past, present = nightly(*what)
    at = None if compared is None else NOW + compared * DAY
    return Hindsight(judge(), replace(CONFIRM, not_found=not_found), at).see(outcome(present), past)


@pytest.mark.parametrize(
    ("what", "reason", "message"),
    [
        (
            (200, "timeout"),
            "timeout",
            "no answer in time: after 20 s (1 of 1 checks failed since 2026-02-01, last well on 2026-01-31)",
        ),
        (
            (200, "timeout", 403, 503),
            "http-5xx",
            "503 Service Unavailable (2 of 3 checks failed since 2026-02-01, last well on 2026-01-31)",
        ),
        (
            ("timeout", 503),
            "http-5xx",
            "503 Service Unavailable (2 of 2 checks failed since 2026-01-31, never seen well)",
        ),
        (
            (200, "timeout", 503, 429, "timeout"),
            "persistent-failure",
            "keeps failing: 3 of 4 checks failed since 2026-02-01, last well on 2026-01-31; "
            "the last one: no answer in time: after 20 s",
        ),
        (
            (503, 503, 503, "circuit-open"),
            "persistent-failure",
            "keeps failing: 4 of 4 checks failed since 2026-01-31, never seen well; "
            "the last one: host given up for this run: after 20 s",
        ),
        ((503, 503, 503, 404), "http-404", "404 Not Found"),
        ((404, 410), "http-410", "410 Gone"),
        ((503, 503, 503, 503, 403), "http-403", "403 Forbidden"),
        ((503, 503, 503, 503, 200), "ok", "200 OK"),
    ],
)
def test_the_message_says_how_often_and_since_when(what: tuple[int | str, ...], reason: str, message: str) -> None:
    verdict = looked(*what).verdict
    assert (verdict.reason, verdict.message) == (reason, message)


def left_alone(days: float) -> Observation:
    """What a host's other URLs come to when it answers one of them with 503 and a `Retry-After`."""
    return seen("http-5xx", days)._replace(hops=(), attempts=0)


def test_that_a_host_was_let_alone_is_no_failure_of_a_url_that_was_not_asked_for() -> None:
    hindsight = Hindsight(judge(), CONFIRM, NOW)
    *past, present = map(left_alone, range(5))
    seen_again = hindsight.see(outcome(present), past)
    assert (seen_again.verdict, seen_again.change) == (outcome(present).verdict, None)
    down = [seen(503, 0), left_alone(1), seen(503, 4)]
    assert "2 of 2 checks failed" in hindsight.see(outcome(down[-1]), down).verdict.message
    broken = hindsight.see(outcome(left_alone(3)), [seen(404, -1)])
    assert (broken.verdict.kind, broken.change) == (Kind.UNREACHABLE, None)
    well = hindsight.see(outcome(seen(200, 4)), [seen(404, -1), left_alone(3)])
    assert well.change is Change.RECOVERED


def test_without_an_earlier_check_there_is_nothing_to_add() -> None:
    assert looked(503).verdict == outcome(seen(503, 0)).verdict


def test_what_persists_is_broken_and_weighs_as_the_settings_say() -> None:
    *past, present = nightly(503, 503, 503, 503)
    assert Hindsight(judge(), CONFIRM).see(outcome(present), past).verdict.level is Level.ERROR
    by = judge(Rules({"persistent-failure": "info"}))
    verdict = Hindsight(by, CONFIRM).see(outcome(present), past).verdict
    assert (verdict.kind, verdict.level) == (Kind.BROKEN, Level.INFO)


@given(st.text(max_size=2 * MESSAGE_LIMIT), st.integers(0, 6))
def test_what_the_past_says_is_never_cut(words: str, failures: int) -> None:
    *past, present = nightly(200, *[503] * failures, "timeout")
    present = present._replace(failure=Failure("timeout", words))
    message = Hindsight(judge(), CONFIRM).see(outcome(present), past).verdict.message
    assert len(message) <= MESSAGE_LIMIT
    assert re.search(rf"\b{failures + 1} of {failures + 1} checks failed since 2026-02-01, last well on 2026-", message)


def test_a_404_that_has_to_be_confirmed_is_a_warning_until_then() -> None:
    first, second = looked(200, 404, not_found=True), looked(200, 404, 404, not_found=True)
    assert (first.verdict.kind, first.verdict.reason, first.verdict.level) == (Kind.BROKEN, "http-404", Level.WARNING)
    assert first.verdict.message == "404 Not Found (to be confirmed by the next check)"
    assert (second.verdict.level, second.verdict.message) == (Level.ERROR, "404 Not Found")
    assert (first.change, second.change) == (None, Change.NEW)


@pytest.mark.parametrize(
    ("what", "compared", "change"),
    [
        ((404,), None, Change.NEW),  # no complete run to compare with
        ((200, 404), 0, Change.NEW),
        ((404, 404), 0, Change.STILL),
        ((404, 410), 0, Change.STILL),
        ((404, 200), 0, Change.RECOVERED),
        ((404, 301), 0, Change.STILL),  # a redirect that leads nowhere is broken too
        ((200, 200), 0, None),
        ((404, 503), 0, None),
        ((404, 403), 0, None),
        ((404, 503, 403, 404), 2, Change.STILL),  # what settles nothing does not hide what is known
        ((404, 503, 403, 200), 2, Change.RECOVERED),
        ((404, 200, 404), 0, Change.STILL),  # the run in between did not finish
        ((200, 404, 404), 0, Change.NEW),
        ((200, 404, 404), 1, Change.STILL),
        ((200, 404, 404), 2, Change.STILL),  # the present check is that of the last complete run, taken from the store
        ((503, 503, 503, 503), 2, Change.NEW),
        ((503, 503, 503, 503, 503), 3, Change.STILL),
        ((503, 503, 503, 503, 200), 3, Change.RECOVERED),
        ((503, 503, 503, 200), 2, None),
        (("url-malformed", "url-malformed"), 0, Change.STILL),
        (("url-malformed", 200), 0, Change.RECOVERED),
        ((404, "offline"), 0, None),
    ],
)
def test_changes_are_told_against_the_last_complete_run(
    what: tuple[int | str, ...], compared: float | None, change: Change | None
) -> None:
    assert looked(*what, compared=compared).change is change


def test_the_present_check_and_later_ones_may_be_among_the_past() -> None:
    checks = nightly(200, 503, 503, 503, 503, 200)
    by = Hindsight(judge(), CONFIRM)
    assert by.see(outcome(checks[4]), checks) == by.see(outcome(checks[4]), checks[:4])


def test_the_outcome_says_what_the_past_comes_to() -> None:
    assert looked(200, 503, 403, 503).past == Past(Streak(NOW + DAY, NOW + 3 * DAY, 2, 3), NOW)
    assert looked(503, 200).past == Past(None, NOW + DAY)
    assert looked(200, 503, 200, 503, 200, 503).past == Past(
        Streak(NOW + 5 * DAY, NOW + 5 * DAY), NOW + 4 * DAY, Flaps(5, 6, NOW)
    )


@pytest.mark.parametrize(
    ("present", "known", "matters"),
    [
        (200, None, False),
        (200, 200, False),
        (200, 301, True),
        (200, 404, True),
        (200, 503, True),
        (200, 403, True),
        (403, 404, False),
        (503, None, True),
        (503, 200, True),
        (404, 404, True),
        ("url-malformed", None, True),
        ("excluded", 404, False),
    ],
)
def test_the_past_is_only_asked_for_where_it_can_matter(present: int | str, known: int | None, matters: bool) -> None:
    last = None if known is None else seen(known, 0)
    assert Hindsight(judge(), CONFIRM).matters(outcome(seen(present, 1)), last) is matters


WHAT = st.sampled_from([200, 403, 429, 404, 410, 503, "timeout", "circuit-open", "url-malformed", "robots-disallowed"])


@example(past=[404, 200], present=200, compared=0.0)
@given(st.lists(WHAT, max_size=12), WHAT, st.none() | st.floats(-1, 14))
def test_where_the_past_does_not_matter_nothing_is_said(
    past: list[int | str], present: int | str, compared: float | None
) -> None:
    """With the last checks as what is known, of all and of those that changes are told against, as a store gives it."""
    told = None if compared is None else NOW + compared * DAY
    by = Hindsight(judge(), CONFIRM, told)
    before, now = nightly(*past), outcome(seen(present, 12))
    earlier = [one for one in before if told is not None and one.observed_at <= told]
    if not by.matters(now, *before[-1:], *earlier[-1:]):
        again = by.see(now, before)
        assert (again.verdict, again.change) == (now.verdict, None)


def test_findings_of_the_verdict_carry_the_change_and_since_when() -> None:
    by = judge()
    *past, present = nightly(200, 404, 404)
    told = by.findings(Hindsight(by, CONFIRM, NOW + DAY).see(outcome(present), past))
    finding = only(told, "http-404")
    assert (finding.change, finding.since) == (Change.STILL, NOW + DAY)
    assert all((one.change, one.since) == (None, None) for one in told if one is not finding)


def test_a_link_that_flaps_is_named_also_while_it_is_well() -> None:
    by = judge()
    *past, present = nightly(200, 503, 200, 503, 200, 503, 200)
    (finding,) = by.findings(Hindsight(by, CONFIRM).see(outcome(present), past))
    assert (finding.code, finding.level) == ("flapping", Level.INFO)
    assert finding.message == "comes and goes: 6 changes between well and failing in 7 checks since 2026-01-31"
