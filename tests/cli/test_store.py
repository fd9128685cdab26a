"""`crawler check` and its store from the outside: what is kept, what need not be asked for, and what goes wrong."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from crawler.store.choose import open_store
from crawler.store.port import Store
from tests.cli.conftest import Crawl
from tests.web import Answer, Host, Stall, Web

FILE = Path(".crawler/links.db")
URL = f"sqlite:///{FILE}"
PATIENCE = 20.0
"""Seconds after which something that should come by itself won't."""


@pytest.fixture
def news(web: Web) -> Host:
    """A host with a page, a page that moved, and none at `/gone`."""
    host = web.host("news.example")
    host.page("/a")
    host.redirect("/old", "/a")
    return host


def kept(url: str = URL) -> Store:
    return open_store(url, create=False)


def asked(host: Host) -> list[str]:
    """What the host was asked for since this was last called."""
    targets = [seen.target for seen in host.seen]
    host.seen.clear()
    return targets


def command(web: Web, *arguments: str | Path) -> list[str]:
    there = [option for override in web.connect_to for option in ("--connect-to", override)]
    first = [sys.executable, "-m", "crawler", "check", "-f", "json", "--cacert", web.cacert, *there]
    return [*first, *map(str, arguments)]


def until(come: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not come():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_what_is_learned_is_kept(check: Crawl, news: Host) -> None:
    ran = check(news.https("/old"), news.https("/gone"))
    assert ran.code == 1
    assert sorted(path.name for path in FILE.parent.iterdir()) == [".gitignore", "links.db"]
    with kept() as store:
        (run,) = store.runs()
        assert (run.complete, run.inputs) == (True, (news.https("/old"), news.https("/gone")))
        assert run.summary is not None
        assert run.summary.urls == 2
        checks = [seen.observation for seen in store.observed(run.id)]
    assert {check.url: check.status for check in checks} == {news.https("/old"): 200, news.https("/gone"): 404}


def test_where_links_are_written_is_kept(check: Crawl, news: Host, elsewhere: Path) -> None:
    (elsewhere / "a.md").write_text(f'---\nwebUrl: "{news.https("/a")}"\n---\n![x]({news.https("/x.png")})\n')
    check("a.md")
    check("a.md", "--role", "image")
    with kept() as store:
        (place,) = store.places(news.https("/a"))
        assert (place.path, place.field, place.line) == ("a.md", "webUrl", 2)
        assert [place.line for place in store.places(news.https("/x.png"))] == [4]


def test_with_no_store_nothing_is_kept(check: Crawl, news: Host, elsewhere: Path) -> None:
    assert check(news.https("/a"), "--no-store").code == 0
    (elsewhere / "config.yaml").write_text("store: {url: null}\n")
    assert check(news.https("/a")).code == 0
    assert not FILE.parent.exists()


def test_with_no_store_no_database_is_imported(web: Web, news: Host, elsewhere: Path) -> None:
    watch = (
        "import atexit, sys; from crawler.cli import main;"
        "atexit.register(lambda: print('sqlalchemy' in sys.modules, 'alembic' in sys.modules, file=sys.stderr)); main()"
    )
    arguments = command(web, news.https("/a"))[3:]
    for more, imported in (["--no-store"], ["False", "False"]), ([], ["True", "False"]):
        ran = subprocess.run(
            [sys.executable, "-c", watch, *arguments, *more], capture_output=True, text=True, cwd=elsewhere, check=True
        )
        assert ran.stderr.split()[-2:] == imported


@pytest.mark.parametrize("way", ["option", "variable", "file"])
def test_the_store_is_named_by(
    check: Crawl, news: Host, elsewhere: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    url = "sqlite:///mine.db"
    if way == "variable":
        monkeypatch.setenv("CRAWLER_STORE__URL", url)
    if way == "file":
        (elsewhere / "config.yaml").write_text(f"store: {{url: {json.dumps(url)}}}\n")
    check(news.https("/a"), *(["--store", url] if way == "option" else []))
    with kept(url) as store:
        assert list(store.urls()) == [news.https("/a")]
    assert not FILE.parent.exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--store", "nonsense"], "is no URL"),
        (["--store", "mysql://host/database"], "no database known here"),
        (["--store", "sqlite://"], "a store in memory keeps nothing"),
        (["--store", "sqlite:///a.db", "--no-store"], "contradict"),
        (["--max-age", "soon"], "soon"),
    ],
)
def test_what_makes_no_sense_is_said_before_anything_is_asked(
    check: Crawl, news: Host, options: list[str], words: str
) -> None:
    ran = check(news.https("/a"), *options)
    assert ran.code == 2
    assert words in ran.err
    assert ran.out == ""
    assert asked(news) == []


def test_a_fault_of_the_inputs_or_settings_leaves_no_store(check: Crawl, news: Host, elsewhere: Path) -> None:
    assert check("missing.md").code == 2
    assert check(news.https("/a"), "--include", "(").code == 2
    (elsewhere / "config.yaml").write_text('rules: {exempt: [{url: "(", reason: none}]}\n')
    assert check(news.https("/a")).code == 2
    assert not FILE.parent.exists()


def bare(report: dict[str, Any]) -> list[tuple[object, ...]]:
    """What a report says of each URL, wherever it comes from."""
    keys = ("url", "verdict", "reason", "status", "final_url", "hops", "checked_at", "metadata")
    return [tuple(url[key] for key in keys) for url in report["urls"]]


def test_a_second_run_takes_what_is_new_enough_from_the_store(check: Crawl, news: Host) -> None:
    urls = [news.https("/a"), news.https("/old"), news.https("/gone")]
    first = check(*urls)
    assert asked(news)
    second = check(*urls, "--max-age", "12h")
    assert asked(news) == []
    assert bare(second.report) == bare(first.report)
    assert second.code == first.code == 1
    assert [url["from_store"] for url in first.report["urls"]] == [False] * 3
    assert [url["from_store"] for url in second.report["urls"]] == [True] * 3
    with kept() as store:
        assert [len(checks) for checks in store.history(urls).values()] == [1, 1, 1]


def test_what_is_taken_from_the_store_is_judged_by_the_rules_of_today(check: Crawl, news: Host) -> None:
    check(news.https("/gone"))
    asked(news)
    ran = check(news.https("/gone"), "--max-age", "12h", "--level", "http-404=info")
    assert (ran.code, ran.report["findings"][0]["level"]) == (0, "info")
    assert asked(news) == []


@pytest.mark.parametrize("age", ["0", "0.000001"])
def test_what_is_older_is_asked_for(check: Crawl, news: Host, elsewhere: Path, age: str) -> None:
    (elsewhere / "config.yaml").write_text("store: {max_age: 12h}\n")
    check(news.https("/gone"))
    asked(news)
    assert check(news.https("/gone"), "--max-age", age).report["urls"][0]["from_store"] is False
    assert asked(news) == ["/gone"]
    assert check(news.https("/gone")).report["urls"][0]["from_store"] is True
    assert asked(news) == []


def test_a_fragment_that_was_not_looked_for_is(check: Crawl, news: Host) -> None:
    page = news.page("/a", b"<title>A</title><p id=part>")
    check(f"{page}#part")
    asked(news)
    assert check(f"{page}#part", "--max-age", "12h").codes() == []
    assert asked(news) == []
    for again in ["/a"], []:
        assert check(f"{page}#part", f"{page}#other", "--max-age", "12h").codes() == ["fragment-missing"]
        assert asked(news) == again


def test_what_need_not_be_asked_for_is_known_offline_too(check: Crawl, news: Host) -> None:
    check(news.https("/gone"))
    asked(news)
    ran = check(news.https("/gone"), news.https("/a"), "--offline", "--max-age", "12h")
    assert ran.reasons() == {news.https("/gone"): "http-404", news.https("/a"): "offline"}


def test_a_run_that_was_killed_is_gone_on_with(web: Web, news: Host, elsewhere: Path, check: Crawl) -> None:
    stuck = news.script("/stuck", Stall())
    inputs = [news.https("/gone"), stuck, *(news.page(f"/{number}") for number in range(20))]
    running = subprocess.Popen(command(web, *inputs), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=elsewhere)

    def learned() -> bool:
        if not FILE.exists():
            return False
        with closing(sqlite3.connect(f"file:{FILE}?mode=ro", uri=True)) as connection:
            try:
                return bool(connection.execute("SELECT count(*) FROM observations").fetchone()[0] == 21)
            except sqlite3.OperationalError:  # not made yet
                return False

    until(learned)
    running.kill()
    running.communicate()
    news.page("/stuck")
    asked(news)
    ran = check(*inputs)
    assert asked(news) == ["/stuck"]
    assert "goes on with the run of" in ran.err
    assert "--max-age 0" in ran.err
    assert (ran.code, ran.report["complete"]) == (1, True)
    assert ran.report["summary"]["verdicts"] | {"alive": 21, "broken": 1} == ran.report["summary"]["verdicts"]
    assert sum(url["from_store"] for url in ran.report["urls"]) == 21

    ran = check(*inputs)
    assert len(asked(news)) == 22, "it is over now"
    assert ran.err == ""


@pytest.mark.parametrize(
    ("options", "again", "says"),
    [([], [], True), (["-q"], [], False), (["--max-age", "0"], ["/a"], False), (["--role", "web"], ["/a"], False)],
)
def test_a_run_that_ran_out_of_time_is_gone_on_with(
    check: Crawl, news: Host, options: list[str], again: list[str], says: bool
) -> None:
    stuck = news.script("/stuck", Stall())
    assert check(news.https("/a"), stuck, "--budget", "0.5s").report["complete"] is False
    news.page("/stuck")
    asked(news)
    ran = check(news.https("/a"), stuck, *options)
    assert sorted(asked(news)) == [*again, "/stuck"]
    assert ("goes on with" in ran.err) == says


def test_what_a_host_asked_for_is_kept_to_by_later_runs(check: Crawl, news: Host, web: Web, elsewhere: Path) -> None:
    busy = web.host("busy.example")
    busy.otherwise = Answer(503, b"", (("Retry-After", "3600"),))
    (elsewhere / "records").mkdir()
    (elsewhere / "records/a.md").write_text(
        f"[a]({news.https('/a')}) [b]({news.https('/gone')}) [c]({busy.https('/')})"
    )
    check("records")
    assert sorted(asked(news)) == ["/a", "/gone", "/robots.txt"]
    assert asked(busy)
    ran = check("records")
    assert sorted(asked(news)) == ["/a", "/gone"]
    assert asked(busy) == []
    assert ran.reasons()[busy.https("/")] == "http-5xx"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_was_learned_before_an_interrupt_is_kept(
    web: Web, news: Host, elsewhere: Path, number: signal.Signals
) -> None:
    stuck = news.script("/stuck", Stall())
    arguments = command(web, news.https("/a"), stuck, "--delay", "0")
    running = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=elsewhere)
    until(lambda: len(news.seen) == 2 and all(seen.ended for seen in news.seen if seen.target == "/a"))
    time.sleep(0.1)
    os.kill(running.pid, number)
    out, err = running.communicate(timeout=PATIENCE)
    assert running.returncode == 130, err
    assert json.loads(out)["complete"] is False
    with kept() as store:
        (run,) = store.runs()
        assert not run.complete
        assert run.finished_at is not None
        assert [seen.observation.url for seen in store.observed(run.id)] == [news.https("/a")]
        assert [len(store.places(url)) for url in (news.https("/a"), stuck)] == [1, 1]


def test_two_runs_at_once(web: Web, news: Host, elsewhere: Path) -> None:
    news.delay = 0.05
    urls = [news.page(f"/{number}") for number in range(100)]
    (elsewhere / "urls.txt").write_text("\n".join(urls))
    both = [
        subprocess.Popen(
            command(web, "urls.txt", "--max-age", "0", "--per-host", "10"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=elsewhere,
        )
        for _ in range(2)
    ]
    for running in both:
        out, err = running.communicate(timeout=PATIENCE)
        assert running.returncode == 0, err
        assert json.loads(out)["summary"]["verdicts"]["alive"] == 100
    with kept() as store:
        assert [run.complete for run in store.runs()] == [True, True]
        assert {len(checks) for checks in store.history(urls).values()} == {2}
        assert {len(store.places(url)) for url in urls} == {1}


@contextmanager
def locked() -> Iterator[None]:
    """Another program writes, and does not come to an end."""
    with closing(sqlite3.connect(FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def full() -> Iterator[None]:
    """No database may grow any more."""

    def limit(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA max_page_count=1")  # which is taken for what it has now

    event.listen(Engine, "connect", limit)
    try:
        yield
    finally:
        event.remove(Engine, "connect", limit)


def newer() -> None:
    with closing(sqlite3.connect(FILE, isolation_level=None)) as connection:
        connection.execute("UPDATE store_version SET version_num = '9999'")


def damaged() -> None:
    size = FILE.stat().st_size
    with FILE.open("r+b") as raw:
        raw.seek(4096)
        raw.write(b"\xff" * (size - 4096))


def somebody_elses() -> None:
    FILE.unlink()
    with closing(sqlite3.connect(FILE)) as connection:
        connection.execute("CREATE TABLE albums (id INTEGER PRIMARY KEY)")


def no_database() -> None:
    FILE.write_text("- just a list\n" * 500)


def folder() -> None:
    FILE.unlink()
    FILE.mkdir()


UNUSABLE: dict[str, tuple[Callable[[], AbstractContextManager[None] | None], str, str]] = {
    "locked": (locked, f"{URL}?timeout=0.05", "it is locked: another program"),
    "full": (full, URL, "the disk is full"),
    "read-only": (nullcontext, f"sqlite:///file:{FILE}?mode=ro&uri=true", "it can't be written to"),
    "a folder": (folder, URL, "the file can't be opened"),
    "in a file": (nullcontext, f"sqlite:///{FILE}/links.db", "its folder can't be made"),
    "damaged": (damaged, URL, "the file is damaged"),
    "no database": (no_database, URL, "not a SQLite database"),
    "somebody else's": (somebody_elses, URL, "a database of another program"),
    "of a newer version": (newer, URL, "of a newer version"),
}


@pytest.mark.parametrize(("spoil", "url", "words"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_store_that_can_not_be_used_costs_no_report(
    check: Crawl,
    news: Host,
    spoil: Callable[[], AbstractContextManager[None] | None],
    url: str,
    words: str,
) -> None:
    check(news.https("/a"))
    asked(news)
    pages = [news.page(f"/{number}", f"<title>{'long ' * 100}</title>".encode()) for number in range(50)]
    with spoil() or nullcontext():
        before = FILE.is_file() and FILE.read_bytes()
        ran = check(*pages, news.https("/gone"), "--store", url)
        after = FILE.is_file() and FILE.read_bytes()
    assert ran.code == 3
    assert ran.err.startswith("crawler: the store ")
    assert len(ran.err.splitlines()) == 1
    assert words in ran.err
    assert ran.report["complete"] is True
    assert set(ran.reasons().values()) == {"ok", "http-404"}
    assert len(ran.report["urls"]) == 51
    assert before == after or spoil is full
    if spoil in (locked, full, nullcontext):
        with closing(sqlite3.connect(FILE)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        with kept() as store:
            assert [run.finished_at is not None for run in store.runs()][-1]
            assert not [url for url in pages if len(store.history([url]).get(url, ())) > 1]
            assert check(news.https("/a")).code == 0


@pytest.mark.parametrize("between", [("rec/x.md",), ("rec", "--due"), ("rec", "--role", "web"), ("rec/",)])
def test_a_file_that_is_gone_is_forgotten_whichever_run_read_it_last(
    between: tuple[str, ...], check: Crawl, crawl: Crawl, news: Host, elsewhere: Path
) -> None:
    (elsewhere / "rec").mkdir()
    for name in ("x", "y"):
        (elsewhere / f"rec/{name}.md").write_text(f"[{name}]({news.page(f'/{name}')})")
    (elsewhere / "z.md").write_text(f"[z]({news.page('/z')})")
    check("z.md")
    check("rec")
    check(*between)
    (elsewhere / "rec/x.md").unlink()
    check("rec")
    told = crawl("report", "--current", "-f", "json").report
    assert [url["url"] for url in told["urls"]] == [news.https("/y"), news.https("/z")]


def test_a_report_that_can_t_be_written_costs_no_other(check: Crawl, news: Host, elsewhere: Path) -> None:
    urls = [news.https("/a"), *(news.page(f"/{'x' * 200}{number}") for number in range(400))]
    (elsewhere / "urls.txt").write_text("\n".join(urls))
    ran = check("urls.txt", "-f", "jsonl=/dev/full")
    assert ran.code == 3
    assert len(ran.report["urls"]) == len(urls)
    with kept() as store:
        (run,) = store.runs()
        assert run.complete
