"""`crawler.check` and its store; what it checks, and how, is shown by the tests of the command."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

import crawler
from crawler.config import Config, Fetch, Network
from crawler.config import Store as Settings
from crawler.errors import RunError, UsageError
from crawler.model.report import Report
from crawler.store.choose import open_store
from tests.web import Answer, Web
from tests.web.seen import Seen

pytestmark = pytest.mark.anyio


@pytest.fixture
def config(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """For the little web, from a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return Config(fetch=Fetch(retries=0), network=Network(connect_to=web.connect_to, cacert=web.cacert))


def reasons(report: Report) -> list[str]:
    return [outcome.verdict.reason for outcome in report.outcomes]


def files() -> list[str]:
    return [path.name for path in Path().iterdir()]


async def test_nothing_is_kept_unless_that_is_wanted(web: Web, config: Config) -> None:
    report = await crawler.check([web.host("news.example").page("/a")], config=config)
    assert reasons(report) == ["ok"]
    assert files() == []


async def test_a_store_by_its_url(web: Web, config: Config) -> None:
    host = web.host("news.example")
    config = replace(config, store=Settings(max_age=3600.0))
    for from_store in (False, True):
        report = await crawler.check([host.https("/gone")], config=config, store="sqlite:///links.db")
        assert reasons(report) == ["http-404"]
        assert report.outcomes[0].observation.from_store is from_store
    assert len(host.seen) == 1


async def test_a_store_that_is_open_stays_open(web: Web, config: Config) -> None:
    page = web.host("news.example").page("/a")
    with open_store("sqlite:///links.db") as store:
        for _ in range(2):
            await crawler.check([page], config=config, store=store)
        assert [run.complete for run in store.runs()] == [True, True]
        assert len(store.history([page])[page]) == 2


async def test_a_store_that_can_not_be_used_is_told_before_anything_is_asked(web: Web, config: Config) -> None:
    host = web.host("news.example")
    with pytest.raises(RunError, match="can't be opened"):
        await crawler.check([host.page("/a")], config=config, store="sqlite:///.")
    with pytest.raises(UsageError, match="is no URL"):
        await crawler.check([host.page("/a")], config=config, store="nonsense")
    assert host.seen == []


async def test_a_store_that_fails_later_costs_no_report(web: Web, config: Config) -> None:
    with closing(sqlite3.connect("links.db", isolation_level=None, check_same_thread=False)) as other:

        def lock(seen: Seen) -> Answer:
            other.execute("BEGIN IMMEDIATE")
            return Answer(200, b"<title>A page</title>")

        page = web.host("news.example").on("/a", lock)
        with pytest.warns(RuntimeWarning, match=r"links\.db: it is locked: another program"):
            report = await crawler.check([page], config=config, store="sqlite:///links.db?timeout=0.05")
    assert reasons(report) == ["ok"]
