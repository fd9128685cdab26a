"""What becomes of an archive's answers: replacements that nobody writes unasked, remembered for a while."""

import json
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.fetch.archive import EMPTY_LASTS, FOUND_LASTS, Archive
from crawler.fetch.enquiry import Enquiry
from crawler.http.archive import Remembered, moment
from crawler.model.exchange import Failure, Fields, Request, Response
from crawler.model.link import Article, Link
from crawler.model.observation import Hop, Observation
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.verdict import Kind, Level, Replacement, Verdict
from tests.fetch.asking import MIDNIGHT, Asking, Clock, Prepared

DAY = 86_400.0
SETTINGS = Asking()

Answers = Callable[[Request], Response | Failure]


class Notebook:
    """Remembers for as long as it is there."""

    def __init__(self) -> None:
        self.entries: dict[str, Remembered] = {}

    def opinions(self, keys: Iterable[str]) -> Mapping[str, Remembered]:
        return {key: self.entries[key] for key in keys if key in self.entries}

    def keep_opinion(self, remembered: Remembered) -> None:
        self.entries[remembered.key] = remembered


def said(request: Request) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}


def has_all(request: Request) -> Response:
    asked = said(request)
    copy = f"http://web.archive.org/web/{asked['timestamp']}/{asked['url']}"
    return Response(
        200, Fields(), json.dumps({"archived_snapshots": {"closest": {"available": True, "url": copy}}}).encode()
    )


def has_none(request: Request) -> Response:
    return Response(200, Fields(), b'{"archived_snapshots": {}}')


def is_down(request: Request) -> Failure:
    return Failure("timeout", "no answer")


def broken(url: str, *published: str, replacement: Replacement | None = None) -> Outcome:
    links = [Link(url, Role.WEB, article=Article("", published=when)) for when in published] or [Link(url, Role.WEB)]
    verdict = Verdict(Kind.BROKEN, "http-404", "404 Not Found", Level.ERROR, replacement)
    return Outcome(url, Role.WEB, tuple(links), Observation(url, (Hop(url, 404),)), verdict)


def archive(
    transport: Prepared, clock: Clock, notebook: Notebook | None = None, settings: Asking = SETTINGS
) -> Archive:
    return Archive(Enquiry(settings, transport, clock, clock.sleep), notebook, clock)


async def heard(of: Archive, outcomes: Iterable[Outcome]) -> dict[str, Replacement | None]:
    """What each URL is to be replaced by, in the order told."""
    return {outcome.url: outcome.verdict.replacement async for outcome in of.opinions(outcomes)}


async def test_a_broken_link_gets_the_copy_of_when_it_was_linked_to() -> None:
    clock = Clock()
    transport = Prepared(has_all, clock)
    one, other = "https://news.example/a", "https://news.example/b"
    outcomes = [broken(one, "2021-03-01T00:00:00Z", "2020-05-12T02:10:15+02:00"), broken(other)]
    assert await heard(archive(transport, clock), outcomes) == {
        one: Replacement(f"https://web.archive.org/web/20200512001015/{one}", "archive", safe=False),
        other: Replacement(f"https://web.archive.org/web/20260201000000/{other}", "archive", safe=False),
    }


async def test_nothing_else_of_an_outcome_is_changed() -> None:
    clock = Clock()
    before = broken("https://news.example/a", "2020-05-12")
    (after,) = [outcome async for outcome in archive(Prepared(has_all, clock), clock).opinions([before])]
    assert after._replace(verdict=before.verdict) == before
    assert after.verdict._replace(replacement=None) == before.verdict


async def test_a_replacement_that_is_there_stays() -> None:
    clock = Clock()
    known = Replacement("https://news.example/b", "redirect", safe=True)
    outcome = broken("https://news.example/a", replacement=known)
    assert await heard(archive(Prepared(has_all, clock), clock), [outcome]) == {outcome.url: known}


@pytest.mark.parametrize("answers", [has_none, is_down])
async def test_an_archive_that_names_no_copy_changes_nothing(answers: Answers) -> None:
    clock = Clock()
    outcome = broken("https://news.example/a")
    got = [one async for one in archive(Prepared(answers, clock), clock).opinions([outcome])]
    assert got == [outcome]


async def test_one_url_can_be_asked_about() -> None:
    clock = Clock()
    url = "https://news.example/a"
    asked = archive(Prepared(has_all, clock), clock)
    assert await asked.nearest(url, moment("2020-05-12T00:10:15Z")) == Replacement(
        f"https://web.archive.org/web/20200512001015/{url}", "archive", safe=False
    )


@pytest.mark.parametrize(("answers", "lasts"), [(has_all, FOUND_LASTS), (has_none, EMPTY_LASTS)])
async def test_an_answer_is_remembered_for_a_while(answers: Answers, lasts: float) -> None:
    clock, notebook = Clock(), Notebook()
    transport = Prepared(answers, clock)
    outcome = broken("https://news.example/a", "2020-05-12")
    first = await heard(archive(transport, clock, notebook), [outcome])
    clock.now = MIDNIGHT + lasts - 1
    assert await heard(archive(transport, clock, notebook), [outcome]) == first
    assert len(transport.asked) == 1
    clock.now = MIDNIGHT + lasts
    assert await heard(archive(transport, clock, notebook), [outcome]) == first
    assert len(transport.asked) == 2


async def test_that_none_was_named_is_forgotten_sooner() -> None:
    assert EMPTY_LASTS <= DAY < FOUND_LASTS


async def test_a_copy_that_was_named_long_ago_is_better_than_none() -> None:
    clock, notebook = Clock(), Notebook()
    outcome = broken("https://news.example/a")
    first = await heard(archive(Prepared(has_all, clock), clock, notebook), [outcome])
    clock.now += 2 * FOUND_LASTS
    later = archive(Prepared(is_down, clock), clock, notebook)
    assert await heard(later, [outcome]) == first
    assert later.note is None


async def test_without_a_moment_the_answer_of_yesterday_does_as_well() -> None:
    clock, notebook = Clock(), Notebook()
    transport = Prepared(has_all, clock)
    outcome = broken("https://news.example/a")
    await heard(archive(transport, clock, notebook), [outcome])
    clock.now += DAY
    await heard(archive(transport, clock, notebook), [outcome])
    assert len(transport.asked) == 1


async def test_another_archive_is_asked_anew() -> None:
    clock, notebook = Clock(), Notebook()
    transport = Prepared(has_all, clock)
    outcome = broken("https://news.example/a")
    await heard(archive(transport, clock, notebook), [outcome])
    await heard(archive(transport, clock, notebook, Asking("https://other.example/available")), [outcome])
    assert [urlsplit(request.url).hostname for request in transport.asked] == ["archive.example", "other.example"]


async def test_over_several_runs_every_link_has_its_turn() -> None:
    clock, notebook = Clock(), Notebook()
    transport = Prepared(has_none, clock)
    urls = [f"https://news.example/{number}" for number in range(9)]
    for _ in range(3):
        await heard(archive(transport, clock, notebook, Asking(interval=4.0, budget=10.0)), map(broken, urls))
        clock.now += EMPTY_LASTS
    assert [said(request)["url"] for request in transport.asked] == urls


async def test_what_is_remembered_comes_before_anything_is_asked() -> None:
    clock, notebook = Clock(), Notebook()
    known, unknown = broken("https://news.example/known"), broken("https://news.example/unknown")
    await heard(archive(Prepared(has_all, clock), clock, notebook), [known])
    transport = Prepared(has_all, clock)
    async for outcome in archive(transport, clock, notebook).opinions([unknown, known]):
        assert outcome.url == known.url
        assert not transport.asked
        break


async def test_no_stranger_is_told_of_a_page_inside() -> None:
    clock = Clock()
    transport = Prepared(has_all, clock)
    outcome = broken("http://10.1.2.3/wiki")
    asked = archive(transport, clock)
    assert await heard(asked, [outcome]) == {outcome.url: None}
    assert not transport.asked
    assert asked.note is None


async def test_the_run_s_own_end_is_kept_to() -> None:
    clock = Clock()
    transport = Prepared(has_none, clock)
    outcomes = [broken(f"https://news.example/{number}") for number in range(9)]
    async for _ in archive(transport, clock).opinions(outcomes, until=MIDNIGHT + 5.0):
        pass
    assert len(transport.asked) == 2


NOTES = {
    1: "the archive at archive.example was not heard on 1 broken link",
    2: "the archive at archive.example was not heard on 2 broken links",
    3: "the archive at archive.example was not heard on 3 broken links: "
    "3 times in a row there was no answer: no answer",
    1200: "the archive at archive.example was not heard on 1,200 broken links: "
    "3 times in a row there was no answer: no answer",
}


@pytest.mark.parametrize(("links", "note"), NOTES.items())
async def test_what_the_archive_was_not_heard_on_is_told(links: int, note: str) -> None:
    clock = Clock()
    asked = archive(Prepared(is_down, clock), clock)
    await heard(asked, [broken(f"https://news.example/{number}") for number in range(links)])
    assert asked.note == note


async def test_nothing_is_told_of_an_archive_that_was_heard() -> None:
    clock = Clock()
    asked = archive(Prepared(has_none, clock), clock)
    await heard(asked, [broken("https://news.example/a")])
    assert asked.note is None
