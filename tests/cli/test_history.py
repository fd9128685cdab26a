"""`crawler history` from the outside: which URL, which store, and what it ends with."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from crawler.model.role import Role
from crawler.store.choose import open_store
from tests.cli.conftest import Crawl
from tests.cli.recalling.sample import HOSTILE, filled, url
from tests.store.making import link_url, seen
from tests.web import Web


@pytest.fixture
def place(elsewhere: Path) -> str:
    """The URL of the sample store."""
    return filled(elsewhere)


@pytest.mark.parametrize(
    "spelling",
    [
        "https://www.example.org/dead",
        "https://www.example.org/dead#part",
        "HTTPS://WWW.Example.org:443/x/../dead",
        "  https:\\\\www.example.org\\dead ",
    ],
)
def test_any_spelling_of_a_url_will_do(crawl: Crawl, place: str, spelling: str) -> None:
    ran = crawl("history", spelling, "--store", place, "-f", "json")
    assert (ran.code, ran.err) == (0, "")
    found = json.loads(ran.out)
    assert (found["url"], found["verdict"], found["reason"]) == (url("dead"), "broken", "http-404")
    assert found["since"] == "2026-02-05T02:01:00.000Z"
    assert [place["line"] for place in found["occurrences"]] == [7, 4]
    assert [(one["reason"], one["checks"]) for one in found["checks"]] == [("ok", 5), ("http-404", 5)]


def test_what_is_no_url_is_known_as_it_is_written(crawl: Crawl, place: str) -> None:
    for arguments in (("history", HOSTILE), ("history",)):
        ran = crawl(*arguments, "--store", place)
        assert ran.code == 0
        assert ran.out.replace("\n", "").isprintable()
        assert "url-malformed" in ran.out


def test_a_url_of_which_nothing_is_known(crawl: Crawl, place: str) -> None:
    ran = crawl("history", "https://www.example.org/\x1b[31mnever", "--store", place)
    assert (ran.code, ran.out) == (2, "")
    assert "nothing is known of https://www.example.org/%1B[31mnever" in ran.err
    assert "crawler inspect" in ran.err


def test_the_overview_as_a_screen_and_as_an_object(crawl: Crawl, place: str) -> None:
    screen = crawl("history", "--store", place, "--limit", "1", "--days", "3650")
    found = json.loads(crawl("history", "--store", place, "--limit", "1", "--days", "3650", "-f", "json").out)
    assert screen.code == 0
    assert found["failing"][0]["reason"] in screen.out
    assert f"and {found['totals']['failing'] - 1} more" in screen.out
    assert "\x1b[" not in screen.out
    assert "\x1b[" in crawl("history", "--store", place, "--color", "always").out


def test_todays_settings_judge(crawl: Crawl, place: str, elsewhere: Path) -> None:
    (elsewhere / "config.yaml").write_text(
        "rules: {levels: {http-404: info}}\nschedule: {confirm: {failures: 100}}\n"
        f"store: {{url: {json.dumps(place)}}}\n"
    )
    found = json.loads(crawl("history", url("dead"), "-f", "json").out)
    assert found["level"] == "info"
    found = json.loads(crawl("history", url("ill"), "-f", "json").out)
    assert found["reason"] == "timeout"


COMMANDS = [("history",), ("history", "https://www.example.org/"), ("report",), ("report", "--current")]


@pytest.mark.parametrize("command", COMMANDS)
def test_there_is_no_store(crawl: Crawl, elsewhere: Path, command: tuple[str, ...]) -> None:
    ran = crawl(*command)
    assert (ran.code, ran.out) == (3, "")
    assert "there is no store .crawler/links.db yet" in ran.err
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_store_that_can_not_be_used(crawl: Crawl, elsewhere: Path, command: tuple[str, ...]) -> None:
    for name, content in (("damaged.db", b"SQLite format 3\0" + b"\xff" * 4000), ("text.db", b"no database" * 100)):
        (elsewhere / name).write_bytes(content)
        ran = crawl(*command, "--store", f"sqlite:///{name}")
        assert (ran.code, ran.out) == (3, "")
        assert name in ran.err
        assert "Traceback" not in ran.err


@pytest.mark.parametrize("command", COMMANDS)
def test_a_store_of_a_newer_version(crawl: Crawl, place: str, command: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(place.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute("UPDATE store_version SET version_num = '9999'")
    ran = crawl(*command, "--store", place)
    assert (ran.code, ran.out) == (3, "")
    assert "newer version" in ran.err


@pytest.mark.parametrize("command", COMMANDS)
def test_no_store_is_named(crawl: Crawl, elsewhere: Path, command: tuple[str, ...]) -> None:
    (elsewhere / "config.yaml").write_text("store: {url: null}\n")
    ran = crawl(*command)
    assert (ran.code, ran.out) == (2, "")
    assert "store.url is null" in ran.err
    assert crawl(*command, "--store", "nonsense").code == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_is_remembered_yet(crawl: Crawl, elsewhere: Path, command: tuple[str, ...]) -> None:
    with open_store(f"sqlite:///{elsewhere}/links.db"):
        pass
    ran = crawl(*command, "--store", "sqlite:///links.db")
    assert (ran.code, ran.out) == (2, "")
    assert ("nothing is known" if command[1:] == ("https://www.example.org/",) else "remembers no run yet") in ran.err


def test_a_store_whose_only_run_was_killed(crawl: Crawl, elsewhere: Path) -> None:
    with open_store(f"sqlite:///{elsewhere}/links.db") as store:
        store.begin(1.0, [])
        store.observe(seen(1), Role.WEB)
    ran = crawl("history", "--store", "sqlite:///links.db")
    assert ran.code == 0
    assert "did not finish" in ran.out
    assert "0 URLs written now" in ran.out
    assert crawl("history", link_url(1), "--store", "sqlite:///links.db").code == 0


def test_what_a_check_has_kept(check: Crawl, crawl: Crawl, web: Web, elsewhere: Path) -> None:
    host = web.host("news.example")
    host.page("/a")
    host.redirect("/old", "/a")
    (elsewhere / "a.md").write_text(f'---\nwebUrl: "{host.https("/old")}"\noriginalUrl: "{host.https("/gone")}"\n---\n')
    check("a.md")
    host.seen.clear()
    ran = crawl("history", host.https("/gone"))
    assert "a.md:3:15" in ran.out
    assert "never seen well" in ran.out
    assert "1 of 2 URLs" in crawl("history").out
    assert not host.seen


def test_nothing_heavy_is_imported(place: str) -> None:
    program = (
        "import sys; from crawler.cli import main\n"
        f"try: main(['history', '--store', {place!r}])\n"
        "except SystemExit: print([n for n in ('httpx', 'pycurl', 'anyio', 'pydantic', 'rich') if n in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"
