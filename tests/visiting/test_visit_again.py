"""A visit of what is known from before: it asks whether that still holds, and takes no answer for more than it is."""

from typing import NamedTuple

import pytest

from crawler.config import Fetch
from crawler.http.url import Url, parse
from crawler.http.validators import NOBODYS
from crawler.media.image import STEPS
from crawler.media.signs import CONVERGING
from crawler.model.exchange import Failure, Fields, Response
from crawler.model.observation import Evidence, Hop, Metadata, Observation
from crawler.model.role import Role
from crawler.visiting.action import Action, Done, Send, Wait
from crawler.visiting.suspicion import Suspicions
from crawler.visiting.visit import Policy, Visit

DAY = 86_400.0
THEN = 1_769_824_800.0
NOW = THEN + DAY
PAGE = "https://www.example.org/news/harbour-bridge-opens"
PICTURE = "https://www.example.org/bridge.png"
DATE = "Thu, 01 Jan 2026 00:00:00 GMT"
CONDITIONS = {"If-None-Match": '"v1"', "If-Modified-Since": DATE}

READ = Metadata("text/html", '"v1"', DATE, title="The bridge opens", bytes=90, is_amp=False)
SEEN = Observation(PAGE, (Hop(PAGE, 200),), None, READ, THEN, 0.5, 1, cert_expires=THEN + 9 * DAY)
PIXELS = Metadata("image/png", '"v1"', width=9, height=6, bytes=99, format="png", is_image=True, digest=7)
SEEN_PICTURE = Observation(PICTURE, (Hop(PICTURE, 206),), None, PIXELS, THEN, 0.5, 1)

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x09\x00\x00\x00\x06\x08\x02\x00\x00\x00" + bytes(400)


def url(text: str) -> Url:
    parsed = parse(text)
    assert isinstance(parsed, Url)
    return parsed


def again(
    known: Observation = SEEN,
    role: Role = Role.WEB,
    fragments: tuple[str, ...] = (),
    suspicions: Suspicions | None = None,
    retries: int = 2,
) -> Visit:
    """A visit of what is known."""
    policy = Policy(Fetch(retries=retries), 300.0, lambda url: None, suspicions or Suspicions("seed"))
    return Visit(url(known.url), role, policy, fragments, known)


def html(title: str, *fields: tuple[str, str], status: int = 200) -> Response:
    body = (
        f"<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1><p>All of it.</p></body></html>"
    )
    return Response(status, Fields([("content-type", "text/html"), *fields]), body.encode(), elapsed=0.25)


def unchanged(*fields: tuple[str, str]) -> Response:
    return Response(304, Fields(fields), elapsed=0.25, cert_expires=NOW + 60 * DAY)


def conditions(machine: Visit) -> dict[str, str]:
    return {name: value for name, value in machine.send.request.fields if name.startswith("If-")}


def observed(action: Action) -> Observation:
    assert isinstance(action, Done)
    return action.observation


def test_a_304_confirms_what_is_known_and_nothing_is_read() -> None:
    machine = again(SEEN._replace(evidence=Evidence(None, ("noted",)), retry_after=7.0))
    assert conditions(machine) == CONDITIONS
    confirmed = observed(machine.receive(unchanged(("etag", '"v1"')), NOW))
    assert confirmed == Observation(
        PAGE,
        (Hop(PAGE, 200),),
        None,
        READ._replace(bytes=0),
        NOW,
        0.25,
        1,
        evidence=Evidence(None, ("noted",)),
        cert_expires=NOW + 60 * DAY,
        read_at=THEN,
    )
    assert confirmed.confirmed
    assert not SEEN.confirmed


def test_what_was_confirmed_is_confirmed_again_as_of_when_it_was_read() -> None:
    first = observed(again().receive(unchanged(), NOW))
    second = observed(again(first).receive(unchanged(), NOW + DAY))
    assert second == first._replace(observed_at=NOW + DAY)
    assert second.read_at == THEN


def test_what_has_changed_is_read() -> None:
    observation = observed(again().receive(html("The bridge closes", ("etag", '"v2"')), NOW))
    assert observation.metadata.title == "The bridge closes"
    assert observation.metadata.etag == '"v2"'
    assert not observation.confirmed
    assert observation.distrusted == ()


def test_a_304_that_nobody_asked_for_is_an_answer_like_any_other() -> None:
    nothing_known = Visit(url(PAGE), Role.WEB, Policy(Fetch(), 300.0, lambda url: None))
    for machine in (nothing_known, again(SEEN._replace(distrusted=("not-modified",)))):
        observation = observed(machine.receive(unchanged(), NOW))
        assert (observation.status, observation.failure, observation.confirmed) == (304, None, False)


def test_the_conditions_go_to_the_url_that_gave_the_validators_and_nowhere_else() -> None:
    known = SEEN._replace(url="https://example.org/old", hops=(Hop("https://example.org/old", 301), Hop(PAGE, 200)))
    machine = again(known)
    assert conditions(machine) == {}
    machine.receive(Response(302, Fields([("location", "https://elsewhere.example/")])), NOW)
    assert conditions(machine) == {}
    machine.receive(Response(302, Fields([("location", PAGE)])), NOW)
    assert conditions(machine) == CONDITIONS
    confirmed = observed(machine.receive(unchanged(), NOW))
    assert confirmed.hops == (
        Hop("https://example.org/old", 302),
        Hop("https://elsewhere.example/", 302),
        Hop(PAGE, 200),
    )
    assert (confirmed.url, confirmed.attempts) == ("https://example.org/old", 3)


def test_what_now_redirects_is_followed_and_read() -> None:
    machine = again()
    machine.receive(Response(301, Fields([("location", "/new"), ("etag", '"v1"')])), NOW)
    assert conditions(machine) == {}
    observation = observed(machine.receive(html("The bridge opens", ("etag", '"v1"')), NOW))
    assert observation.final_url == "https://www.example.org/new"
    assert not observation.confirmed
    assert observation.distrusted == (), "the validators of another URL say nothing"


def test_cookies_of_the_way_go_with_the_conditions() -> None:
    machine = again()
    machine.receive(Response(302, Fields([("location", PAGE), ("set-cookie", "seen=1")])), NOW)
    assert machine.send.request.fields == (("Cookie", "seen=1"), *CONDITIONS.items())
    assert observed(machine.receive(unchanged(), NOW)).hops == (Hop(PAGE, 302), Hop(PAGE, 200))


@pytest.mark.parametrize("transient", [Failure("timeout", ""), Response(503, Fields())])
def test_another_try_is_made_with_the_same_conditions(transient: Response | Failure) -> None:
    machine = again()
    assert isinstance(machine.receive(transient, NOW), Wait)
    assert conditions(machine) == CONDITIONS
    assert observed(machine.receive(unchanged(), NOW)).attempts == 2


def test_given_up_while_it_waits_for_another_try_it_tells_what_the_last_gave() -> None:
    machine = again()
    machine.receive(Response(503, Fields()), NOW)
    observation = machine.refuse(Failure("budget-exhausted", ""), NOW).observation
    assert (observation.status, observation.confirmed) == (503, False)


class Picture(NamedTuple):
    """What a server may answer to a range with a condition (RFC 9110, section 13.2.2)."""

    answer: Response
    confirmed: bool
    status: int
    width: int = 9


PICTURES = {
    "not modified": Picture(Response(304, Fields()), confirmed=True, status=206),
    "a part of a new one": Picture(
        Response(206, Fields([("etag", '"v2"'), ("content-range", f"bytes 0-{len(PNG) - 1}/9999")]), PNG),
        confirmed=False,
        status=206,
    ),
    "all of a new one": Picture(Response(200, Fields([("etag", '"v2"')]), PNG), confirmed=False, status=200),
}


@pytest.mark.parametrize(("answer", "confirmed", "status", "width"), PICTURES.values(), ids=PICTURES)
def test_a_picture_is_asked_for_by_a_range_and_a_condition(
    answer: Response, confirmed: bool, status: int, width: int
) -> None:
    machine = again(SEEN_PICTURE, Role.IMAGE)
    assert machine.send.request.fields == (("If-None-Match", '"v1"'), ("Range", f"bytes=0-{STEPS[0] - 1}"))
    observation = observed(machine.receive(answer, NOW))
    assert (observation.confirmed, observation.status, observation.metadata.width) == (confirmed, status, width)
    assert observation.metadata.is_image


def test_a_picture_that_was_only_seen_as_a_page_is_asked_for_whole() -> None:
    assert conditions(again(SEEN_PICTURE._replace(metadata=READ), Role.IMAGE)) == {}


def test_other_fragments_are_looked_for() -> None:
    known = SEEN._replace(metadata=READ._replace(fragments=("a",)))
    assert conditions(again(known, fragments=("a",))) == CONDITIONS
    machine = again(known, fragments=("a", "b"))
    assert conditions(machine) == {}
    observation = observed(machine.receive(html("The bridge opens", ("etag", '"v1"')), NOW))
    assert observation.metadata.missing_fragments == observation.metadata.fragments == ("a", "b")


def test_the_search_for_what_can_not_exist_is_never_conditional() -> None:
    machine = again()
    probe = machine.receive(html("Page not found", ("etag", '"v2"')), NOW)
    assert isinstance(probe, Send)
    assert probe.request.url != PAGE
    assert conditions(machine) == {}


def test_where_many_urls_end_at_one_a_304_is_not_enough() -> None:
    suspicions = Suspicions("seed")
    urls = [f"https://www.example.org/news/story-{number}" for number in range(CONVERGING)]
    ends = []
    for start in urls:
        machine = again(SEEN._replace(url=start, hops=(Hop(start, 302), Hop(PAGE, 200))), suspicions=suspicions)
        machine.receive(Response(302, Fields([("location", PAGE)])), NOW)
        ends.append(machine.receive(unchanged(), NOW))
    assert [isinstance(action, Done) for action in ends] == [True] * (CONVERGING - 1) + [False]
    assert conditions(machine) == {}
    assert isinstance(machine.receive(html("The bridge opens"), NOW), Send), "its folder's sibling"


OLD = SEEN._replace(metadata=READ._replace(bytes=0), read_at=THEN - 60 * DAY)


def test_after_a_while_a_condition_that_can_not_hold_brings_everything_from_an_honest_server() -> None:
    machine = again(OLD)
    assert conditions(machine) == {"If-None-Match": NOBODYS, "If-Modified-Since": "Wed, 31 Dec 2025 00:00:00 GMT"}
    observation = observed(machine.receive(html("The bridge opens", ("etag", '"v1"')), NOW))
    assert (observation.confirmed, observation.distrusted) == (False, ())
    assert conditions(again(observation)) == {"If-None-Match": '"v1"'}


def test_who_answers_304_to_anything_is_found_out_and_asked_without_conditions_from_then_on() -> None:
    machine = again(OLD)
    assert isinstance(machine.receive(unchanged(), NOW), Send)
    assert conditions(machine) == {}
    observation = observed(machine.receive(html("Another story altogether", ("etag", '"v9"')), NOW))
    assert observation.distrusted == ("not-modified",)
    assert observation.attempts == 2
    machine = again(observation)
    assert conditions(machine) == {}
    assert observed(machine.receive(html("And another", ("etag", '"v10"')), NOW)).distrusted == ("not-modified",)


def test_a_304_of_something_else_is_not_believed() -> None:
    machine = again()
    machine.receive(unchanged(("etag", '"v2"')), NOW)
    assert conditions(machine) == {}
    assert observed(machine.receive(html("The bridge closes", ("etag", '"v2"')), NOW)).distrusted == ("not-modified",)


def test_nothing_but_304_ends_the_visit_too() -> None:
    machine = again(OLD)
    machine.receive(unchanged(), NOW)
    observation = observed(machine.receive(unchanged(), NOW))
    assert (observation.status, observation.confirmed) == (304, False)


def test_a_server_that_changes_its_validators_each_time_is_no_longer_asked_for_them() -> None:
    known, sent = SEEN._replace(metadata=READ._replace(bytes=len(html("The bridge opens").body))), []
    for number in range(4):
        machine = again(known)
        sent.append(sorted(conditions(machine)))
        known = observed(machine.receive(html("The bridge opens", ("etag", f'"n{number}"')), NOW + number * DAY))
    assert sent == [["If-Modified-Since", "If-None-Match"], [], [], []]
