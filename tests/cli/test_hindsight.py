"""`crawler check` over what it remembers: what has changed since the last run, and what is no passing fault."""

import sqlite3
from contextlib import closing
from time import time
from typing import Any

import pytest

from crawler.model.exchange import Failure
from crawler.model.observation import Hop, Observation
from crawler.model.role import Role
from crawler.store.choose import open_store
from tests.cli.conftest import Crawl
from tests.store.making import DAY, ended
from tests.web import Reset, Stall, Web

URL = "sqlite:///.crawler/links.db"


def night(days: float, url: str, reason: str | None) -> None:
    """A run so many days ago: of the URL there was an answer, or none for this reason."""
    at = time() - days * DAY
    failure = None if reason is None else Failure(reason, "as it goes")
    with open_store(URL) as store:
        store.begin(at, [url])
        hops = (Hop(url, None if failure else 200),)
        store.observe(Observation(url, hops, failure, observed_at=at, attempts=1), Role.WEB)
        store.finish(ended(finished_at=at))


def changes(report: dict[str, Any]) -> tuple[list[str | None], dict[str, int]]:
    return [url["change"] for url in report["urls"]], report["summary"]["changes"]


def test_what_has_changed_since_the_last_complete_run(check: Crawl, web: Web) -> None:
    host = web.host("news.example")
    gone, well, stuck = host.https("/gone"), host.page("/well"), host.script("/stuck", Stall())
    assert changes(check(gone, well).report) == (["new", None], {"new": 1, "still": 0, "recovered": 0})
    assert changes(check(gone, well).report) == (["still", None], {"new": 0, "still": 1, "recovered": 0})
    host.page("/gone")
    host.on("/well", host.otherwise)
    assert check(stuck, gone, well, "--budget", "0.5s").report["complete"] is False
    told = (["recovered", "new"], {"new": 1, "still": 0, "recovered": 1})
    assert changes(check(gone, well).report) == told, "the run that was not complete does not count"
    assert changes(check(gone, well).report) == ([None, "still"], {"new": 0, "still": 1, "recovered": 0})


def test_without_a_store_nothing_has_changed(check: Crawl, web: Web) -> None:
    report = check(web.host("news.example").https("/gone"), "--no-store").report
    assert changes(report) == ([None], {"new": 0, "still": 0, "recovered": 0})


@pytest.mark.parametrize(
    ("nights", "reason", "code"),
    [
        ([(4, "timeout"), (2, "dns-failure")], "persistent-failure", 1),
        ([(2, "timeout"), (1, "timeout")], "connection-reset", 0),
        ([(4, "timeout"), (2, "timeout"), (1, None)], "connection-reset", 0),
        ([], "connection-reset", 0),
    ],
    ids=["often and long", "not for long", "well in between", "the first time"],
)
def test_a_failure_that_persists_breaks_a_link(
    check: Crawl, web: Web, nights: list[tuple[float, str | None]], reason: str, code: int
) -> None:
    url = web.host("news.example").script("/down", Reset())
    for days, failure in nights:
        night(days, url, failure)
    ran = check(url)
    assert (ran.reasons(), ran.code) == ({url: reason}, code)
    assert ("checks failed since" in ran.report["findings"][0]["message"]) == bool(nights)


def test_how_often_is_a_setting(check: Crawl, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    url = web.host("news.example").script("/down", Reset())
    night(0.5, url, "timeout")
    monkeypatch.setenv("CRAWLER_SCHEDULE__CONFIRM__FAILURES", "2")
    monkeypatch.setenv("CRAWLER_SCHEDULE__CONFIRM__SPAN", "6h")
    assert check(url).reasons() == {url: "persistent-failure"}


def test_a_404_may_have_to_be_confirmed(check: Crawl, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRAWLER_SCHEDULE__CONFIRM__NOT_FOUND", "true")
    gone = web.host("news.example").https("/gone")
    assert [check(gone).code for _ in range(2)] == [0, 1]


def test_a_run_by_a_clock_that_was_ahead_is_nothing_to_be_compared_with(check: Crawl, web: Web) -> None:
    host = web.host("news.example")
    page = host.page("/p")
    check(page)
    with closing(sqlite3.connect(".crawler/links.db")) as store, store:
        store.execute("UPDATE runs SET started_at = started_at + 9e7, finished_at = finished_at + 9e7")
    host.page("/p", status=404)
    assert [url["change"] for url in check(page).report["urls"]] == ["new"]
