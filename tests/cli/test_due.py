"""`crawler check --due`: what is due is checked, oldest first, and nothing else."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Crawl
from tests.web import Answer, Host, Stall, Web

FILE = Path(".crawler/links.db")
DAY = 86_400
PAGES = 12


@pytest.fixture
def news(web: Web) -> Host:
    """A host with a dozen pages."""
    host = web.host("news.example")
    for number in range(PAGES):
        host.page(f"/{number}")
    return host


@pytest.fixture
def record(news: Host, elsewhere: Path) -> str:
    """A record that names them all."""
    links = "\n".join(f"[{number}]({news.https(f'/{number}')})" for number in range(PAGES))
    (elsewhere / "a.md").write_text(links)
    return "a.md"


def asked(host: Host) -> list[str]:
    """What the host was asked for since this was last called."""
    targets = sorted((seen.target for seen in host.seen), key=lambda target: int(target[1:]))
    host.seen.clear()
    return targets


def later(days: float) -> None:
    """Let so many days pass: all that is remembered lies further back."""
    with closing(sqlite3.connect(FILE)) as store, store:
        for table, column in (("observations", "observed_at"), ("runs", "started_at"), ("runs", "finished_at")):
            store.execute(f"UPDATE {table} SET {column} = {column} - ?", (days * DAY,))


EVERY = [f"/{number}" for number in range(PAGES)]


def test_what_was_never_checked_is_due_and_what_has_just_been_is_not(check: Crawl, news: Host, record: str) -> None:
    assert len(check("--due", record).report["urls"]) == PAGES
    assert asked(news) == EVERY
    again = check("--due", record)
    assert (again.code, again.report["urls"], again.report["complete"]) == (0, [], True)
    assert asked(news) == []
    assert f"{PAGES} URLs are not due yet" in again.err
    assert check("--due", "-q", record).err == ""


def test_where_nothing_is_due_there_is_nothing_for_processes_to_do(check: Crawl, news: Host, record: str) -> None:
    check("--due", record)
    ran = check("--due", "--processes", "2", record)
    assert (ran.code, ran.report["urls"], ran.report["complete"]) == (0, [], True)


def test_all_is_due_once_its_longest_interval_is_over(check: Crawl, news: Host, record: str) -> None:
    check("--due", record)
    asked(news)
    later(3)  # of a week
    some = len(check("--due", record).report["urls"])
    assert 0 < some < PAGES
    assert len(asked(news)) == some
    later(15)
    assert len(check("--due", record).report["urls"]) == PAGES
    assert asked(news) == EVERY


def test_a_new_link_is_due_at_once(check: Crawl, news: Host, record: str, elsewhere: Path) -> None:
    check("--due", record)
    asked(news)
    (elsewhere / "b.md").write_text(f"[new]({news.page('/99')})\n")
    ran = check("--due", record, "b.md")
    assert asked(news) == ["/99"]
    assert [url["occurrences"][0]["path"] for url in ran.report["urls"]] == ["b.md"]


def test_where_links_are_written_is_kept_for_all(check: Crawl, news: Host, record: str) -> None:
    check(record)
    check("--due", record)
    with closing(sqlite3.connect(FILE)) as store:
        assert store.execute("SELECT count(*) FROM occurrences").fetchone() == (PAGES,)


def test_a_run_out_of_time_is_gone_on_with(check: Crawl, news: Host, record: str) -> None:
    slowly = ("--due", "--per-host", "1", "--delay", "0.1")
    first = check(*slowly, "--budget", "0.7s", record)
    assert first.report["complete"] is False
    done = asked(news)
    assert 0 < len(done) < PAGES
    second = check("--due", record)
    assert second.report["complete"] is True
    assert sorted(done + asked(news)) == sorted(EVERY)


def test_what_is_due_again_is_asked_for_though_last_night_ran_out_of_time(
    check: Crawl, web: Web, elsewhere: Path
) -> None:
    host = web.host("slow.example")
    down, stuck = host.on("/down", Answer(503)), host.script("/stuck", Stall())
    (elsewhere / "a.md").write_text(f"[a]({down}) [b]({stuck})")
    for _ in range(3):
        host.seen.clear()
        assert check("--due", "--budget", "1s", "a.md").report["complete"] is False
        assert "/down" in {seen.target for seen in host.seen}
        later(1)  # what gave no answer is due a day later


def test_without_a_store_nothing_is_known(check: Crawl, news: Host, record: str, elsewhere: Path) -> None:
    ran = check("--due", "--no-store", record)
    assert (ran.code, ran.out) == (2, "")
    (elsewhere / "config.yaml").write_text("store: {url: null}")
    ran = check("--due", record)
    assert (ran.code, ran.out) == (2, "")
    assert "there is no store" in ran.err
    ran = check("--due", "--store", "sqlite:////proc/links.db", record)
    assert ran.code == 3
    assert asked(news) == []
