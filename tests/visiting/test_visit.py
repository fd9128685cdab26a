"""One target's visit, told as what is sent and what comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import Fetch
from crawler.http.url import Url, parse
from crawler.model.exchange import Failure, Fields, Response
from crawler.model.observation import Hop, Observation
from crawler.model.role import Role
from crawler.visiting.action import Action, Done, Send, Wait
from crawler.visiting.visit import Policy, Visit

NOW = 1_767_225_600.0
START = "https://www.example.org/a"


def url(text: str) -> Url:
    parsed = parse(text)
    assert isinstance(parsed, Url)
    return parsed


def visit(
    start: str = START, *, retries: int = 2, max_redirects: int = 10, forbidden: str = "forbidden.example"
) -> Visit:
    def admit(target: Url) -> Failure | None:
        return Failure("address-forbidden", "not public") if target.host == forbidden else None

    return Visit(url(start), Role.WEB, Policy(Fetch(retries=retries, max_redirects=max_redirects), 300.0, admit))


def answer(status: int = 200, *fields: tuple[str, str], body: bytes = b"", elapsed: float = 0.25) -> Response:
    return Response(status, Fields(fields), body, elapsed=elapsed)


def to(location: str, status: int = 301, *fields: tuple[str, str]) -> Response:
    return answer(status, ("location", location), *fields)


def failed(reason: str) -> Failure:
    return Failure(reason, "so it is", elapsed=0.25)


def play(machine: Visit, *answers: Response | Failure) -> list[Action]:
    return [machine.receive(what, NOW) for what in answers]


def observed(action: Action) -> Observation:
    assert isinstance(action, Done)
    return action.observation


def test_one_answer_is_all_it_takes() -> None:
    machine = visit()
    assert machine.send == Send("www.example.org", machine.send.request)
    assert machine.send.request.url == START
    observation = observed(machine.receive(answer(200, ("Content-Type", "text/html; charset=utf-8")), NOW))
    assert observation.hops == (Hop(START, 200),)
    assert (observation.status, observation.final_url) == (200, START)
    assert (observation.attempts, observation.elapsed, observation.observed_at) == (1, 0.25, NOW)
    assert observation.metadata.content_type == "text/html"
    assert observation.failure is None


def test_each_redirect_is_a_request_of_its_own_under_its_own_host() -> None:
    machine = visit()
    first, second, end = play(machine, to("/b"), to("https://other.example/c", 302), answer())
    assert isinstance(first, Send)
    assert (first.host, first.request.url) == ("www.example.org", "https://www.example.org/b")
    assert isinstance(second, Send)
    assert (second.host, second.request.url) == ("other.example", "https://other.example/c")
    assert observed(end).hops == (
        Hop(START, 301),
        Hop("https://www.example.org/b", 302),
        Hop("https://other.example/c", 200),
    )
    assert observed(end).url == START


REDIRECTS_THAT_END_THE_VISIT = {
    "to itself": ([to("/a")], "redirect-loop", 1),
    "in a circle": ([to("/b"), to("/c"), to("/b")], "redirect-loop", 3),
    "to itself but for the fragment": ([to("/a#x")], "redirect-loop", 1),
    "without location": ([answer(302)], "redirect-invalid", 1),
    "to another scheme": ([to("ftp://files.example/")], "redirect-invalid", 1),
    "to a forbidden address": ([to("https://forbidden.example/")], "address-forbidden", 1),
    "on and on": ([to(f"/{number}") for number in range(11)], "too-many-redirects", 11),
}


@pytest.mark.parametrize("case", REDIRECTS_THAT_END_THE_VISIT)
def test_redirects_that_end_the_visit(case: str) -> None:
    answers, reason, hops = REDIRECTS_THAT_END_THE_VISIT[case]
    observation = observed(play(visit(), *answers)[-1])
    assert observation.failure is not None
    assert observation.failure.reason == reason
    assert len(observation.hops) == hops
    assert all(hop.status is not None for hop in observation.hops)
    assert observation.attempts == hops


def test_as_many_redirects_as_allowed_are_followed() -> None:
    answers = [to(f"/{number}") for number in range(10)]
    assert observed(play(visit(), *answers, answer())[-1]).status == 200
    assert observed(play(visit(max_redirects=0), to("/b"))[-1]).failure is not None


def test_a_cookie_set_on_the_way_comes_along_and_opens_the_circle() -> None:
    machine = visit()
    again, end = play(machine, to("/a", 302, ("Set-Cookie", "seen=1; Path=/")), answer())
    assert isinstance(again, Send)
    assert again.request.url == START
    assert again.request.fields == (("Cookie", "seen=1"),)
    assert observed(end).failure is None


def test_a_cookie_does_not_cross_to_another_host() -> None:
    (there,) = play(visit(), to("https://other.example/", 302, ("Set-Cookie", "sid=secret")))
    assert isinstance(there, Send)
    assert there.request.fields == ()


def test_a_site_that_sets_a_new_cookie_each_time_ends_as_well() -> None:
    answers = [to("/a", 302, ("Set-Cookie", f"n={number}")) for number in range(20)]
    actions = play(visit(), *answers[:11])
    assert observed(actions[-1]).failure is not None


@pytest.mark.parametrize(
    "transient",
    [failed("timeout"), failed("connection-reset"), failed("connect-refused"), failed("dns-failure")]
    + [failed("tls-handshake"), failed("protocol-error"), failed("body-truncated")]
    + [answer(status) for status in (408, 425, 429, 500, 502, 503, 504)],
)
def test_what_may_pass_is_tried_again(transient: Response | Failure) -> None:
    first, second, end = play(visit(), transient, transient, transient)
    assert isinstance(first, Wait)
    assert isinstance(second, Wait)
    assert not first.hold
    assert NOW < first.until < second.until
    observation = observed(end)
    assert observation.attempts == 3
    assert observation.hops == (Hop(START, transient.status if isinstance(transient, Response) else None),)
    assert observation.failure == (None if isinstance(transient, Response) else transient)


@pytest.mark.parametrize(
    "definite",
    [
        failed("dns-nxdomain"),
        failed("tls-expired"),
        failed("tls-wrong-host"),
        failed("tls-untrusted"),
        failed("too-large"),
    ]
    + [answer(status) for status in (200, 204, 304, 400, 401, 403, 404, 410, 451, 501, 505, 999)],
)
def test_what_is_definite_is_not(definite: Response | Failure) -> None:
    assert observed(visit().receive(definite, NOW)).attempts == 1


def test_a_retry_that_succeeds_leaves_no_trace_but_the_count() -> None:
    wait, end = play(visit(), failed("timeout"), answer())
    assert isinstance(wait, Wait)
    assert observed(end).failure is None
    assert (observed(end).attempts, observed(end).elapsed) == (2, 0.5)
    assert observed(end).hops == (Hop(START, 200),)


@pytest.mark.parametrize(("seconds", "waits"), [("0", True), ("7", True), ("300", True), ("301", False)])
def test_retry_after_holds_the_whole_host_and_is_capped(seconds: str, waits: bool) -> None:
    action = visit().receive(answer(429, ("Retry-After", seconds)), NOW)
    if waits:
        assert action == Wait(NOW + float(seconds), hold=True)
    else:
        assert observed(action).status == 429
        assert observed(action).retry_after == float(seconds)


def test_no_retries_means_none() -> None:
    assert observed(visit(retries=0).receive(failed("timeout"), NOW)).attempts == 1


def test_an_address_that_the_guard_refused_was_not_asked() -> None:
    observation = observed(visit().receive(failed("address-forbidden"), NOW))
    assert (observation.hops, observation.attempts, observation.status) == ((), 0, None)


def test_refused_before_anything_was_asked() -> None:
    observation = visit().refuse(failed("budget-exhausted"), NOW).observation
    assert (observation.hops, observation.attempts) == ((), 0)
    assert observation.failure == failed("budget-exhausted")


@pytest.mark.parametrize("last", [failed("timeout"), answer(503)])
def test_refused_while_waiting_to_try_again_tells_what_the_last_try_gave(last: Response | Failure) -> None:
    machine = visit()
    machine.receive(last, NOW)
    observation = machine.refuse(failed("budget-exhausted"), NOW).observation
    if isinstance(last, Failure):
        assert observation.failure == last
    else:
        assert observation.status == 503


def test_refused_at_a_later_hop_keeps_the_way_there() -> None:
    machine = visit()
    machine.receive(to("/b"), NOW)
    observation = machine.refuse(failed("circuit-open"), NOW).observation
    assert observation.hops == (Hop(START, 301),)
    assert observation.failure == failed("circuit-open")


ANSWERS = st.one_of(
    st.builds(answer, st.integers(100, 999)),
    st.builds(to, st.text(max_size=20), st.sampled_from([301, 302, 303, 307, 308])),
    st.builds(failed, st.sampled_from(["timeout", "dns-nxdomain", "connection-reset", "address-forbidden"])),
)


@given(st.lists(ANSWERS, min_size=20, max_size=20))
def test_any_visit_ends_soon(answers: list[Response | Failure]) -> None:
    machine = visit()
    for number, what in enumerate(answers, 1):
        action = machine.receive(what, NOW)
        if isinstance(action, Done):
            assert action.observation.attempts <= number
            return
    pytest.fail("13 requests are the most that ten redirects and two retries allow")
