"""An article as a whole, whatever of it a run was asked for, and whichever of it was done first."""

from itertools import permutations

import pytest

from crawler.model.link import Article, Link
from crawler.model.observation import Observation
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.verdict import Kind
from crawler.verdict.rule import Occurrence
from crawler.verdict.siblings import whole
from tests.verdict.cases import judge, observed, read, said

WEB = "https://www.example.org/news/bridge"
AMP = f"{WEB}/amp"
COPY = "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/news/bridge/amp"

Place = tuple[Role, str, str]

PLACES: tuple[Place, ...] = (
    (Role.WEB, "originalUrl", f"{WEB}/"),
    (Role.WEB, "webUrl", WEB),
    (Role.AMP, "ampWebUrl", AMP),
    (Role.AMP_CACHE, "cdnAmpWebUrl", COPY),
)

SEEN = {
    "originalUrl": observed(f"{WEB}/", 200),
    "webUrl": observed(WEB, 301, f"{WEB}-2", 200),
    "ampWebUrl": read(AMP, 301, WEB, 200, is_amp=False),
    "cdnAmpWebUrl": observed(COPY, 200),
}


def occurrence(place: Place, article: Article, seen: Observation | None = None) -> Occurrence:
    role, field, url = place
    observation = seen or SEEN[field]
    link = Link(url, role, "a.md", field, article=article)
    return Occurrence(link, Outcome(url, role, (link,), observation, judge().verdict(url, role, observation)))


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_links_stand_in_the_order_written(order: tuple[int, ...]) -> None:
    article = Article("", urls=PLACES)
    done = [occurrence(PLACES[index], article) for index in order]
    assert [one.link.field for one in whole(done)] == [field for _, field, _ in PLACES]
    assert all(any(one is other for other in done) for one in whole(done))


def test_what_is_said_does_not_depend_on_what_was_done_first() -> None:
    article = Article("", urls=PLACES)
    told = {
        tuple(sorted(judge().article([occurrence(PLACES[index], article) for index in order]), key=str))
        for order in permutations(range(4))
    }
    assert len(told) == 1
    assert said(told.pop()) == [
        "ampWebUrl: amp-retired warning",
        "webUrl: permanent-redirect warning",
        "webUrl: urls-diverge warning",
    ]


def test_what_was_not_asked_for_has_its_place_and_no_answer() -> None:
    web, amp = whole([occurrence(PLACES[2], Article("", urls=PLACES[1:3]))])
    assert (web.link.role, web.link.field, web.link.url, web.outcome.url) == (Role.WEB, "webUrl", WEB, WEB)
    assert (web.outcome.verdict.kind, web.outcome.observation.hops) == (Kind.SKIPPED, ())
    assert amp.link.field == "ampWebUrl"


def test_a_place_that_is_written_twice_is_there_twice_and_not_more_often() -> None:
    article = Article("", urls=(PLACES[1], PLACES[1], PLACES[2]))
    assert len(whole([occurrence(PLACES[1], article), occurrence(PLACES[1], article)])) == 3


def test_links_that_their_article_does_not_know_are_kept() -> None:
    for urls in ((), PLACES[2:3]):
        article = Article("", urls=urls)
        assert [one.link.field for one in whole([occurrence(PLACES[1], article)])][-1] == "webUrl"
    assert whole([]) == []


def asked_for(*indices: int, url: str | None = None) -> list[str]:
    """What is said where a run is only about some of an article's links, one of them written so."""
    places = [
        (role, field, url or it) if index in indices else (role, field, it)
        for index, (role, field, it) in enumerate(PLACES)
    ]
    article = Article("", urls=tuple(places))
    return said(judge().article([occurrence(places[index], article) for index in indices]))


def test_a_copy_is_judged_by_an_amp_url_that_was_not_asked_for() -> None:
    assert asked_for(3) == []
    assert asked_for(3, url=f"{COPY}/") == ["cdnAmpWebUrl: amp-cache-mismatch warning"]


def test_an_amp_page_is_judged_by_a_web_url_that_was_not_asked_for() -> None:
    assert asked_for(2) == ["ampWebUrl: amp-retired warning"]


def test_only_what_was_asked_for_is_told_of() -> None:
    assert asked_for(0) == []
    assert asked_for(1) == ["webUrl: permanent-redirect warning"]
