"""`crawler report`: what a check reported comes again from the store, with nothing asked for."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawler.model.link import Link
from crawler.model.role import Role
from crawler.store.choose import open_store
from tests.cli.conftest import Crawl, Ran
from tests.cli.recalling.sample import HOSTILE, NIGHTS, filled, url
from tests.cli.test_check import VERDICTS, record
from tests.store.making import DAY, NIGHT, Placed, ended, link_url, missed, run_of, seen
from tests.web import Host, Stall, Web


@pytest.fixture
def news(web: Web) -> Host:
    """A host with a page, a page that moved, and none at `/gone`."""
    host = web.host("news.example")
    host.page("/a")
    host.redirect("/old", "/a")
    return host


@pytest.fixture
def place(elsewhere: Path) -> str:
    """The URL of the sample store."""
    return filled(elsewhere)


def the_same(told: Ran, again: Ran) -> None:
    """Two reports with the same bytes."""
    assert again.err == ""
    assert again.report == told.report
    assert again.out == told.out
    assert again.code == told.code


def test_every_kind_of_answer_comes_again(check: Crawl, crawl: Crawl, web: Web, elsewhere: Path) -> None:
    host = web.host("news.example")
    urls = [host.on(path, behaviour) for path, (behaviour, _, _) in VERDICTS.items()]
    urls += ["https://user:pass@news.example/", "http://[::1]:x/", "gopher://news.example/", "mailto:desk@news.example"]
    (elsewhere / "urls.txt").write_text("\n".join([*urls, f"{urls[0]}#part"]) + "\n")
    told = check("urls.txt", "--timeout", "0.5", "--per-host", "30")
    host.seen.clear()
    the_same(told, crawl("report", "-f", "json"))
    assert not host.seen


ARTICLE = """---
title: A ünïcode
originalUrl: "{0}/a"
webUrl: "{0}/old"
ampWebUrl: "{0}/amp"
images: [{{url: "{0}/a.png", width: 640, height: 480}}]
title: twice
related:
  - title: B
    webUrl: "{0}/gone#part"
    images: [{{url: "{0}/a", width: 1, height: 1}}]
---
[one](</old>), [two]({0}/a "t"), ![three]({0}/none.png)
"""


def test_records_with_articles_and_problems_come_again(check: Crawl, crawl: Crawl, news: Host, elsewhere: Path) -> None:
    site = news.https("")
    news.redirect("/amp", "/a")
    record(elsewhere, ARTICLE.format(site), "records/a.md")
    record(elsewhere, ARTICLE.format(site).replace("/gone#part", "/old"), "records/b.md")
    record(elsewhere, "---\ntitle: [\n---\n", "records/broken.md")
    told = check("records", f"{site}/gone")
    assert {"record-unreadable", "duplicate-key", "http-404", "amp-retired", "image-not-image"} <= set(told.codes())
    the_same(told, crawl("report", "-f", "json"))
    assert told.report["summary"]["records"] == 4


def lines(report: dict[str, Any], url: str) -> list[tuple[str | None, int | None]]:
    """Where a report says that a URL is written."""
    (found,) = [one for one in report["urls"] if one["url"] == url]
    return [(place["path"], place["line"]) for place in found["occurrences"]]


@pytest.mark.parametrize(
    "options",
    [
        ("--role", "image"),
        ("--role", "web", "--role", "amp"),
        ("--include", "/a"),
        ("--exclude", "/gone"),
        ("--offline",),
        ("--level", "http-404=warning", "--fail-on", "warning"),
    ],
    ids=" ".join,
)
def test_what_narrows_a_run_narrows_its_report(
    check: Crawl, crawl: Crawl, news: Host, elsewhere: Path, options: tuple[str, ...]
) -> None:
    record(elsewhere, ARTICLE.format(news.https("")))
    check("a.md")
    told = check("a.md", "--max-age", "0", *options)
    judging = options if "--level" in options else ()
    the_same(told, crawl("report", "-f", "json", *judging))


def test_what_came_from_the_store_does_so_again(check: Crawl, crawl: Crawl, news: Host, elsewhere: Path) -> None:
    record(elsewhere, ARTICLE.format(news.https("")))
    check("a.md")
    record(elsewhere, f"[new]({news.page('/new')})\n", "b.md")
    told = check("a.md", "b.md", "--max-age", "1h")
    assert {url["url"]: url["from_store"] for url in told.report["urls"]}[news.https("/gone")] is True
    assert {url["url"]: url["from_store"] for url in told.report["urls"]}[news.https("/new")] is False
    the_same(told, crawl("report", "-f", "json"))


def test_a_run_that_was_not_complete(check: Crawl, crawl: Crawl, news: Host) -> None:
    told = check(news.script("/stuck", Stall()), news.https("/a"), "--budget", "0.5s")
    assert told.report["complete"] is False
    the_same(told, crawl("report", "-f", "json"))


def test_an_earlier_run_stands_where_its_urls_are_written_now(
    check: Crawl, crawl: Crawl, news: Host, elsewhere: Path
) -> None:
    record(elsewhere, f"[a]({news.https('/a')})\n[b]({news.https('/gone')})\n")
    first = check("a.md").report
    record(elsewhere, f"\n\n[a]({news.https('/a')})\n[c]({news.page('/c')})\n")
    check("a.md", "--max-age", "0")
    again = crawl("report", "-f", "json", "--run", "1").report
    assert [one["url"] for one in again["urls"]] != []
    assert {one["url"]: one["checked_at"] for one in again["urls"]} == {
        one["url"]: one["checked_at"] for one in first["urls"]
    }
    assert lines(first, news.https("/a")) == [("a.md", 1)]
    assert lines(again, news.https("/a")) == [("a.md", 3)]
    assert lines(again, news.https("/gone")) == [(None, None)]
    assert [finding["code"] for finding in again["findings"]] == ["http-404"]


def test_the_whole_of_what_is_written_now(check: Crawl, crawl: Crawl, news: Host, elsewhere: Path) -> None:
    record(elsewhere, f"[a]({news.https('/a')})\n[b]({news.https('/gone')})\n")
    record(elsewhere, f"[a]({news.https('/a')})\n[b](http://exa mple/)\n<a href='http://[::1]:x/'>x</a>\n", "b.md")
    check("a.md", "b.md", news.https("/old"))
    record(elsewhere, f"[a]({news.https('/a')})\n[d]({news.page('/d')})\n", "b.md")
    newest = check("b.md").report
    ran = crawl("report", "--current", "-f", "json")
    assert (ran.code, ran.err) == (1, "")
    assert ran.reasons() == {news.https("/a"): "ok", news.https("/gone"): "http-404", news.https("/d"): "ok"}
    assert ran.report["complete"] is True
    assert ran.report["summary"]["records"] == 2
    assert ran.report["summary"]["links"] == 4
    assert {one["from_store"] for one in ran.report["urls"]} == {True}
    assert lines(ran.report, news.https("/a")) == [("a.md", 1), ("b.md", 1)]
    checked = {one["url"]: one["checked_at"] for one in ran.report["urls"]}
    for one in newest["urls"]:
        assert checked[one["url"]] == one["checked_at"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 1),
        (("--fail-on", "never"), 0),
        (("--level", "http-404=warning"), 0),
        (("--level", "http-404=warning", "--fail-on", "warning"), 1),
        (("--level", "http-404=off", "--fail-on", "info"), 0),
        (("--current", "--level", "http-404=warning"), 0),
    ],
)
def test_todays_rules_decide(check: Crawl, crawl: Crawl, news: Host, elsewhere: Path, options: Any, code: int) -> None:
    record(elsewhere, f"[b]({news.https('/gone')})\n")
    check("a.md")
    assert crawl("report", *options).code == code


def test_in_any_format_and_in_several(check: Crawl, crawl: Crawl, news: Host, elsewhere: Path) -> None:
    told = check(news.https("/gone"), news.https("/a"), "-f", "console=told.txt", "-f", "jsonl=told.jsonl")
    ran = crawl("report", "-f", "json", "-f", "console=again.txt", "-f", "jsonl=again.jsonl")
    the_same(told, ran)
    assert (elsewhere / "again.txt").read_text() == (elsewhere / "told.txt").read_text()
    first, second = (sorted((elsewhere / f"{name}.jsonl").read_text().splitlines()) for name in ("told", "again"))
    assert first == second
    assert crawl("report").out == (elsewhere / "told.txt").read_text()
    assert "http-404" in crawl("report", "-q").out
    assert "URLs\n" in crawl("report", "-v").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--run", "99"), "there is no run 99: the last one is 10"),
        (("--run", "0"), "--run"),
        (("--run", "1", "--current"), "contradict"),
        (("-f", "pdf"), "pdf"),
        (("--level", "nonsense=error"), "nonsense"),
        (("-c", "missing.yaml"), "missing.yaml"),
    ],
)
def test_what_makes_no_sense(crawl: Crawl, place: str, arguments: tuple[str, ...], words: str) -> None:
    ran = crawl("report", "--store", place, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err


def test_what_was_seen_before_counts(crawl: Crawl, place: str) -> None:
    ran = crawl("report", "--store", place, "-f", "json")
    assert ran.code == 1
    reasons = ran.reasons()
    assert reasons[url("ill")] == "persistent-failure"
    assert reasons[url("flaps")] == "ok"
    assert "flapping" in ran.codes()
    changes = {one["url"]: one["change"] for one in ran.report["urls"] if one["change"]}
    assert changes == {
        url("dead"): "still",
        url("ill"): "still",
        url("late"): "new",
        HOSTILE.replace("\ud800", "\ufffd"): "still",
    }
    assert ran.report["summary"]["changes"] == {"new": 1, "still": 3, "recovered": 0}


def test_a_run_of_long_ago_is_told_as_it_was_then(crawl: Crawl, place: str) -> None:
    ran = crawl("report", "--store", place, "-f", "json", "--run", "4")
    reasons = ran.reasons()
    assert (reasons[url("ill")], reasons[url("dead")], reasons[url("moved")]) == ("timeout", "ok", "ok")
    assert ran.report["summary"]["changes"] == {"new": 0, "still": 1, "recovered": 0}
    assert ran.report["started_at"] == "2026-02-03T02:00:00.000Z"


def test_the_last_run_is_the_last_that_ended(crawl: Crawl, place: str) -> None:
    with open_store(place) as store:
        store.begin(NIGHT + NIGHTS * DAY, ["records/"])
        store.observe(seen(1), Role.WEB)
    ran = crawl("report", "--store", place, "-f", "json")
    assert ran.report["started_at"] == "2026-02-09T02:00:00.000Z"
    killed = crawl("report", "--store", place, "-f", "json", "--run", str(NIGHTS + 1))
    assert killed.report["complete"] is False
    assert killed.reasons() == {link_url(1): "ok"}
    assert f"run {NIGHTS + 1} of 2026-02-10 02:00 UTC has not ended" in killed.err


def test_a_store_with_nothing_but_a_killed_run(crawl: Crawl, elsewhere: Path) -> None:
    place = f"sqlite:///{elsewhere}/links.db"
    links = (Link(link_url(1), Role.WEB, "a.md", "webUrl", 3, 9, 40, 30),)
    with open_store(place) as store:
        store.begin(NIGHT, [])
        store.observe(missed(1, NIGHT + 5, "connect-refused"), Role.WEB)
        store.written({"a.md": ()}, [Placed(link_url(1), Role.WEB, links), Placed(link_url(2), Role.WEB, ())])
    ran = crawl("report", "--store", place, "-f", "json")
    assert ran.reasons() == {link_url(1): "connect-refused"}
    assert ran.report["finished_at"] == "2026-01-31T02:00:05.000Z"
    assert lines(ran.report, link_url(1)) == [("a.md", 3)]


def test_what_a_run_took_from_the_store_is_what_was_checked_last(crawl: Crawl, elsewhere: Path) -> None:
    place = f"sqlite:///{elsewhere}/links.db"
    link = Link("", Role.WEB, "a.md", None, 1, 1, 0, 30)
    targets = [Placed(link_url(n), Role.WEB, (link._replace(url=link_url(n), line=n),)) for n in range(1, 6)]
    with open_store(place) as store:
        run_of(store, [seen(1, NIGHT), seen(2, NIGHT + 2), seen(3, NIGHT + 3, 404), seen(4, NIGHT + 1)])
        run_of(store, [seen(3, NIGHT + 4)], Role.IMAGE)
        store.begin(NIGHT + DAY, [])
        store.observe(seen(1, NIGHT + DAY + 1), Role.WEB)
        store.written({"a.md": ()}, targets)
        run = ended(finished_at=NIGHT + DAY + 60)
        store.finish(run._replace(started_at=NIGHT + DAY, summary=run.summary._replace(urls=2)))
        run_of(store, [seen(5, NIGHT + 2 * DAY)])
    ran = crawl("report", "--store", place, "-f", "json", "--run", "3")
    assert {one["url"]: one["from_store"] for one in ran.report["urls"]} == {link_url(1): False, link_url(2): True}


def test_what_was_never_checked_makes_the_current_report_incomplete(crawl: Crawl, elsewhere: Path) -> None:
    place = f"sqlite:///{elsewhere}/links.db"

    def at(number: int) -> Placed:
        return Placed(link_url(number), Role.WEB, (Link(link_url(number), Role.WEB, "a.md", None, number, 1, 0, 30),))

    with open_store(place) as store:
        store.begin(NIGHT, [])
        store.observe(seen(1), Role.WEB)
        store.written({"a.md": ()}, [at(1), at(2)])
        store.finish(ended(complete=False))
    ran = crawl("report", "--store", place, "--current", "-f", "json")
    assert ran.reasons() == {link_url(1): "ok"}
    assert (ran.report["complete"], ran.report["summary"]["links"]) == (False, 2)


def test_hostile_text_is_never_printed_raw(crawl: Crawl, place: str) -> None:
    shown: Callable[..., str] = lambda *arguments: crawl("report", "--store", place, *arguments).out  # noqa: E731
    for text in (shown("-v"), shown("--current"), json.dumps(shown("-f", "json"))):
        assert text.replace("\n", "").isprintable()


def test_what_recovered_since_the_last_complete_run_is_told_again(check: Crawl, crawl: Crawl, news: Host) -> None:
    """Though a run between them, which did not complete, found it well already."""
    broken = news.page("/b", status=404)
    slow = [news.page(f"/{number}") for number in range(9)]
    check(broken)
    news.page("/b")
    check(broken, *slow, "--budget", "0.4s", "--per-host", "1", "--delay", "0.3")
    told = check(broken, "--max-age", "0")
    assert [url["change"] for url in told.report["urls"]] == ["recovered"]
    the_same(told, crawl("report", "-f", "json"))
