from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.http.archive import Opinion, Question, first_published, moment, opinion, stamp, turns_away
from crawler.model.exchange import Failure, Fields, Response
from crawler.model.link import Article, Link
from crawler.model.role import Role

MOMENTS = {
    "2020-05-12T00:10:15Z": datetime(2020, 5, 12, 0, 10, 15, tzinfo=UTC),
    " 2020-05-12T02:10:15+02:00\n": datetime(2020, 5, 12, 0, 10, 15, tzinfo=UTC),
    "2020-05-12 00:10:15.250": datetime(2020, 5, 12, 0, 10, 15, 250_000, tzinfo=UTC),
    "2020-05-12": datetime(2020, 5, 12, tzinfo=UTC),
    "": None,
    "yesterday": None,
    "2020-13-45T00:00:00Z": None,
    "0001-01-01T00:00:00+14:00": None,
    None: None,
}


@pytest.mark.parametrize(("published", "when"), MOMENTS.items())
def test_a_moment_is_read_from_iso_8601_and_is_in_utc(published: str | None, when: datetime | None) -> None:
    assert moment(published) == when


@given(st.text())
def test_any_text_is_a_moment_in_utc_or_none(text: str) -> None:
    when = moment(text)
    assert when is None or when.tzinfo is UTC


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_stamp_has_fourteen_digits(when: datetime) -> None:
    written = stamp(when)
    assert len(written) == 14
    assert written.isascii()
    assert written.isdigit()
    assert int(written[:4]) == when.year


def link(published: str | None) -> Link:
    return Link("https://news.example/a", Role.WEB, article=Article("", published=published))


def test_a_page_is_meant_as_it_was_for_the_first_article_that_links_to_it() -> None:
    links = (link("2021-01-01"), Link("https://news.example/a", Role.WEB), link("2019-06-01"), link("no date"))
    assert first_published(links) == datetime(2019, 6, 1, tzinfo=UTC)
    assert first_published(links[1:2]) is None


def test_what_is_remembered_is_of_one_archive_one_page_and_one_moment() -> None:
    page, when = "https://news.example/a", datetime(2020, 1, 2, tzinfo=UTC)
    keys = {
        Question(page).key("https://one.example/"),
        Question(page).key("https://two.example/"),
        Question(page, when).key("https://one.example/"),
        Question(page + "b", when).key("https://one.example/"),
    }
    assert len(keys) == 4
    assert Question(page).key("https://one.example/") in keys, "and now is the same moment tomorrow"


COPIES = {
    "http://web.archive.org/web/2020/http://a.example/?q#part": "https://web.archive.org/web/2020/http://a.example/?q",
    "http://web.archive.org:80/web/1/https://a.example/": "https://web.archive.org/web/1/https://a.example/",
    "http://web.archive.org:8080/web/1/": "http://web.archive.org:8080/web/1/",
    "https://archive.example/1/http://a.example/ä b": "https://archive.example/1/http://a.example/%C3%A4%20b",
    "http://archive.example/1/": "http://archive.example/1/",
    "/1/http://a.example/": "https://archive.example/1/http://a.example/",
}


@pytest.mark.parametrize(("copy", "href"), COPIES.items())
def test_a_copy_is_named_as_a_reader_can_open_it(copy: str, href: str) -> None:
    assert opinion(copy, "https://archive.example/gate/") == Opinion(href)


@pytest.mark.parametrize(
    "copy", ["javascript:alert(1)", "http://user:secret@a.example/", "ftp://a.example/", "http://", "a" * 9_000]
)
def test_what_no_reader_could_open_is_no_copy(copy: str) -> None:
    failed = opinion(copy)
    assert isinstance(failed, Failure)
    assert "secret" not in failed.message


TURNED_AWAY = {
    "429": (429, (), True),
    "429 that says when": (429, (("Retry-After", "0"),), True),
    "503 that says when": (503, (("Retry-After", "120"),), True),
    "503 that does not": (503, (), False),
    "the last answer of a used-up limit": (200, (("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "60")), True),
    "200": (200, (), False),
    "a copy of a 429": (429, (("Memento-Datetime", "Wed, 21 Mar 2001 20:36:10 GMT"),), False),
}


@pytest.mark.parametrize(("status", "fields", "away"), TURNED_AWAY.values(), ids=TURNED_AWAY)
def test_an_archive_may_ask_to_be_left_alone(status: int, fields: tuple[tuple[str, str], ...], away: bool) -> None:
    assert turns_away(Response(status, Fields(fields)), now=0.0) is away
