"""The face for programs: the same engine as the command line, as two functions."""

import asyncio
import os
from collections import deque
from collections.abc import AsyncIterator, Iterable, Sequence

from crawler.config import Config
from crawler.config.load import load
from crawler.fetch.choose import open_transport
from crawler.model.link import Link
from crawler.model.observation import Observation
from crawler.model.report import Report
from crawler.model.role import Role
from crawler.report.memory import MemoryReporter
from crawler.run import SEED, Ask, Check, admission, engine_for
from crawler.visiting.suspicion import Suspicions
from crawler.visiting.targets import Target, Targets
from crawler.visiting.visit import Policy

UNREAD = 1000
"""Observations that may wait to be taken before the crawl pauses."""


async def check(inputs: Sequence[str], *, config: Config | str | None = None) -> Report:
    """Check inputs as `crawler check` does, and return the whole report.

    `inputs` are those of the command line: record files, folders, globs, lists, URLs. `config` is a configuration, the
    path of one, or None for `config.yaml` in the current folder if there is one. Raises UsageError for inputs that do
    not exist and ConfigError for a configuration that makes no sense; a bad link is never an exception.
    """
    settings = _settings(config)
    reporter = MemoryReporter()
    run = Check(Ask(tuple(inputs)), settings, [reporter])
    async with open_transport(settings.fetch, settings.network) as transport:
        await run.run(transport)
    run.report()
    return reporter.report


async def crawl(links: Iterable[Link | str], config: Config | str | None = None) -> AsyncIterator[Observation]:
    """Visit links, and yield what was observed of each unique URL as it becomes known, in no promised order.

    The crawl pauses while nobody takes the observations. Runs on asyncio.
    """
    settings = _settings(config)
    gate = admission(Ask(), settings)
    observed: deque[Observation] = deque()
    news = asyncio.Event()

    def deliver(target: Target, observation: Observation) -> None:
        observed.append(observation)
        news.set()
        if len(observed) >= UNREAD:
            engine.pause()

    async with open_transport(settings.fetch, settings.network) as transport:
        policy = Policy(settings.fetch, settings.politeness.retry_after_cap, gate.admit, Suspicions(SEED))
        engine = engine_for(settings, transport, Targets(gate.preflight), policy, deliver)
        running = asyncio.ensure_future(engine.run(_batches(links)))
        running.add_done_callback(lambda _: news.set())
        try:
            while not running.done() or observed:
                while observed:
                    yield observed.popleft()
                engine.resume()
                news.clear()
                if not running.done():
                    await news.wait()
            await running
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


async def _batches(links: Iterable[Link | str]) -> AsyncIterator[list[Link]]:
    batch: list[Link] = []
    for link in links:
        batch.append(Link(link, Role.WEB) if isinstance(link, str) else link)
        if len(batch) == UNREAD:
            yield batch
            batch = []
            await asyncio.sleep(0)
    yield batch


def _settings(config: Config | str | None) -> Config:
    return config if isinstance(config, Config) else load(config, environ=os.environ).config
