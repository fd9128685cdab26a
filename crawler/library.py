"""The face for programs: the same engine as the command line, as two functions."""

import asyncio
import os
from collections import deque
from collections.abc import AsyncIterator, Iterable, Sequence
from functools import partial
from warnings import warn

from anyio import CancelScope, to_thread

from crawler.config import Config
from crawler.config.load import load
from crawler.fetch.choose import open_transport
from crawler.model.link import Link
from crawler.model.observation import Observation
from crawler.model.report import Report
from crawler.model.role import Role
from crawler.remembering import Remembering
from crawler.report.memory import MemoryReporter
from crawler.run import Ask, Check, admission, engine_for
from crawler.store.port import Store
from crawler.visiting.targets import Target, Targets

UNREAD = 1000
"""Observations that may wait to be taken before the crawl pauses."""


async def check(
    inputs: Sequence[str], *, config: Config | str | None = None, store: Store | str | None = None
) -> Report:
    """Check inputs as `crawler check` does, and return the whole report.

    `inputs` are those of the command line: record files, folders, globs, lists, URLs. `config` is a configuration, the
    path of one, or None for `config.yaml` in the current folder if there is one. Raises UsageError for inputs that do
    not exist and ConfigError for a configuration that makes no sense; a bad link is never an exception.

    `store` is where to keep what is learned and to look up what is known, with the `max_age` and `keep` of the
    configuration: the URL of a store, such as `sqlite:///links.db`, or an open one, which stays open. With None nothing
    is kept, whatever `store.url` of the configuration says. Raises RunError, before anything is asked for, where the
    store can't be used; one that fails later costs no report, and is told by a RuntimeWarning.
    """
    settings = _settings(config)
    reporter = MemoryReporter()
    remembering = Remembering(store, settings.store)
    try:
        run = await to_thread.run_sync(
            partial(Check, Ask(tuple(inputs)), settings, [reporter], remembering=remembering)
        )
        if remembering.failure:
            raise remembering.failure
        async with open_transport(settings.fetch, settings.network) as transport:
            await run.run(transport)
        await to_thread.run_sync(run.report)
    finally:
        with CancelScope(shield=True):
            await to_thread.run_sync(remembering.close)
    if remembering.failure:
        warn(str(remembering.failure), RuntimeWarning, stacklevel=2)
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
        engine = engine_for(settings, transport, Targets(gate.preflight), gate, deliver)
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
