"""What stands beside the report: a second opinion on what is broken, figures for Prometheus, notifications."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Crawl
from tests.report.services import Room
from tests.web import Answer, Host, Web
from tests.web.seen import Seen

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
"""Apprise imports its many services when it is first asked for one, old modules and all."""

TITLE = "An article with a title of some length"
RECORD = f"""---
title: {TITLE}
publishedDateTime: 2020-05-12T00:10:15Z
originalUrl: https://news.example/gone#part
webUrl: https://news.example/lost
---
"""
CONFIG = """
archive: {endpoint: "http://archive.example/wayback/available", interval: 0}
"""


@pytest.fixture(autouse=True)
def news(web: Web) -> Host:
    """A host on which nothing is where the record says."""
    host = web.host("news.example")
    host.page("/lost", f"<title>{TITLE}</title>".encode(), 404)
    Path("a.md").write_text(RECORD)
    Path("config.yaml").write_text(CONFIG)
    return host


@pytest.fixture
def archive(web: Web) -> Host:
    """An archive that has everything."""
    host = web.host("archive.example")

    def answer(seen: Seen) -> Answer:
        copy = f"http://web.archive.org/web/{seen.target[-14:]}/{len(host.seen)}"
        body = {"archived_snapshots": {"closest": {"available": True, "url": copy, "status": "200"}}}
        return Answer(200, json.dumps(body).encode())

    host.on("/wayback/available", answer)
    return host


def test_what_is_broken_has_a_copy_that_nobody_writes_unasked(check: Crawl, archive: Host) -> None:
    report = check("--archive", "--no-store", "a.md").report
    copies = {url["url"]: url["replacement"] for url in report["urls"]}
    one, other = (copies[f"https://news.example/{page}"] for page in ("gone", "lost"))
    assert one["url"].startswith("https://web.archive.org/web/20200512001015/")
    assert {one["kind"], other["kind"]} == {"archive"}
    found = {finding["url"]: finding["replacement"] for finding in report["findings"]}
    assert found["https://news.example/gone#part"] == {**one, "url": one["url"] + "#part"}
    assert [replacement["safe"] for replacement in (*copies.values(), *found.values())] == [False] * 4


def test_a_report_made_again_has_the_copies_that_were_named(check: Crawl, crawl: Crawl, archive: Host) -> None:
    told = check("--archive", "a.md")
    archive.seen.clear()
    again = crawl("report", "-f", "json")
    assert again.report == told.report
    copies = {url["replacement"]["kind"] for url in crawl("report", "--current", "-f", "json").report["urls"]}
    assert copies == {"archive"}
    assert not archive.seen


def test_no_archive_is_asked_unasked(check: Crawl, archive: Host) -> None:
    report = check("a.md").report
    assert {url["replacement"] for url in report["urls"]} == {None}
    assert not archive.seen


def test_no_archive_is_asked_offline(check: Crawl, archive: Host) -> None:
    check("--archive", "--offline", "a.md")
    assert not archive.seen


def test_an_archive_that_says_no_costs_no_finding(check: Crawl, web: Web) -> None:
    web.host("archive.example").on("/wayback/available", Answer(429))
    ran = check("--archive", "--no-store", "a.md")
    assert ran.code == 1
    assert ran.codes() == ["http-404", "http-404"]
    assert "archive.example was not heard on 2 broken links: it answered 429 and wants to be left alone" in ran.err


def test_an_endpoint_that_makes_no_sense_is_known_before_anything_is_asked(check: Crawl, web: Web) -> None:
    Path("config.yaml").write_text("archive: {endpoint: 'archive.example'}")
    ran = check("--archive", "--no-store", "a.md")
    assert (ran.code, ran.out) == (2, "")
    assert not web.seen


def test_figures_are_written_when_the_run_ends(check: Crawl) -> None:
    assert check("--no-store", "--metrics", "crawler.prom", "a.md").code == 1
    assert 'crawler_run_urls{reason="http-404",verdict="broken"} 2.0\n' in Path("crawler.prom").read_text()


@pytest.mark.parametrize("path", ["missing/crawler.prom", ".", ""])
def test_figures_that_can_t_be_written_are_known_before_anything_is_asked(check: Crawl, web: Web, path: str) -> None:
    ran = check("--no-store", "--metrics", path, "a.md")
    assert (ran.code, ran.out) == (2, "")
    assert not web.seen


def test_whoever_wants_to_know_is_told_of_changes_alone(
    check: Crawl, news: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    with Room() as room:
        monkeypatch.setenv("CRAWLER_NOTIFY__URLS", json.dumps([room.url]))
        check("a.md")
        check("a.md", "--max-age", "0")
        news.page("/gone")
        assert check("a.md", "--max-age", "0").code == 1
    assert [message["title"] for message in room.messages] == [
        "crawler: 2 links newly broken",
        "crawler: 1 link recovered",
    ]


def test_a_service_that_fails_changes_no_exit_code(check: Crawl, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    with Room(Room.refuse) as room:
        url = room.url.replace("//", "//name:secret@")
        Path("config.yaml").write_text(f"notify: {{urls: ['{url}']}}")
        ran = check("--fail-on", "never", "a.md")
    assert ran.code == 0
    assert "notify.urls[0] (json://…) could not be notified" in ran.err
    assert "secret" not in ran.err
