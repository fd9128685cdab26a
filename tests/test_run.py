"""One run from its inputs to its report: what ends it early."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Event

import pytest

from crawler.config import Archive, Config, Fetch, Network
from crawler.fetch.choose import open_transport
from crawler.remembering import Remembering
from crawler.report.memory import MemoryReporter
from crawler.run import Ask, Check
from crawler.store.choose import open_store
from crawler.store.port import Seen
from tests.web import Answer, Web
from tests.web.seen import Seen as Request

pytestmark = pytest.mark.anyio

URLS = 1200
"""So many that a store is asked for their past in several portions."""


def config(web: Web) -> Config:
    """To stay inside the little web."""
    return Config(
        fetch=Fetch(retries=0),
        network=Network(connect_to=tuple(web.connect_to), cacert=web.cacert),
        archive=Archive(enabled=True, endpoint="https://archive.example/wayback/available", interval=0),
    )


async def run(check: Check, config: Config) -> None:
    async with open_transport(config.fetch, config.network) as transport:
        await check.run(transport)


async def test_a_run_that_is_interrupted_while_it_asks_an_archive_is_not_complete(web: Web) -> None:
    reporter, loop = MemoryReporter(), asyncio.get_running_loop()
    check = Check(Ask((web.host("news.example").https("/gone"),)), config(web), [reporter])

    def answer(_: Request) -> Answer:
        loop.call_soon_threadsafe(check.interrupt)
        return Answer(429)

    web.host("archive.example").on("/wayback/available", answer)
    await run(check, config(web))
    check.report()
    assert reporter.report.run.complete is False
    assert [outcome.verdict.reason for outcome in reporter.report.outcomes] == ["http-404"]


class Interrupting(Remembering):
    """Has the run interrupted as soon as a past is asked for, and tells of it once that has been heard."""

    check: Check
    loop: asyncio.AbstractEventLoop
    asked = 0

    def history(self, urls: Sequence[str]) -> Mapping[str, Sequence[Seen]]:
        self.asked += 1
        heard = Event()
        self.loop.call_soon_threadsafe(self.check.interrupt)
        self.loop.call_soon_threadsafe(heard.set)
        heard.wait()
        return super().history(urls)


async def test_an_interrupt_is_heard_while_the_store_is_asked_for_what_is_due(web: Web, tmp_path: Path) -> None:
    (tmp_path / "urls.txt").write_text("\n".join(f"https://news.example/{number}" for number in range(URLS)))
    with open_store(f"sqlite:///{tmp_path}/links.db") as store:
        remembering = Interrupting(store)
        check = Check(Ask((str(tmp_path / "urls.txt"),), due=True), config(web), [], remembering=remembering)
        remembering.check, remembering.loop = check, asyncio.get_running_loop()
        await run(check, config(web))
        assert check.report().complete is False
    assert remembering.asked == 1
    assert not web.seen
