"""Runs that are shared out, with what earlier runs knew, over real processes: they know and remember as one does."""

from collections.abc import AsyncIterator, Mapping
from functools import partial
from time import time

import anyio
import pytest

from crawler.config import Fetch, Network, Pool
from crawler.engine import Engine
from crawler.fetch.choose import open_transport
from crawler.fetch.connect_to import find, parse
from crawler.http.address import AddressGuard
from crawler.model.exchange import Failure
from crawler.model.link import Link
from crawler.model.observation import Observation
from crawler.model.role import Role
from crawler.shards.shards import WORTH, Shards
from crawler.store.port import Rest, RobotsFile
from crawler.visiting.admission import Admission
from crawler.visiting.targets import Recalled, Target, Targets
from crawler.visiting.visit import Policy
from tests.test_hosts import Notebook
from tests.web import Answer, Web

pytestmark = pytest.mark.anyio

KNOWN_ENOUGH = 30
"""Of each site's pages, the first so many are known well enough."""


class Run:
    """One run of the little web's links, by so many processes."""

    def __init__(self, web: Web, processes: int, known: Mapping[str, Observation], notebook: Notebook) -> None:
        self.network = Network(connect_to=tuple(web.connect_to), cacert=web.cacert)
        self.fetch = Fetch(retries=0)
        self.processes = processes
        self.notebook = notebook
        self.observed: dict[str, Observation] = {}
        self.targets = Targets(lambda link, url: None, lambda url, role: self.recall(known.get(url)))

    @staticmethod
    def recall(known: Observation | None) -> Recalled | None:
        if known is None:
            return None
        return Recalled(known, enough=int(known.url.rpartition("/")[2]) < KNOWN_ENOUGH)

    def deliver(self, target: Target, observation: Observation) -> None:
        assert target.url not in self.observed
        self.observed[target.url] = observation

    async def of(self, urls: list[str]) -> dict[str, Observation]:
        admission = Admission(AddressGuard(), partial(find, tuple(map(parse, self.network.connect_to))))
        policy = Policy(self.fetch, 300.0, admission.admit)
        pool = Pool(processes=self.processes)

        async def batches() -> AsyncIterator[list[Link]]:
            yield [Link(url, Role.WEB, "a.md") for url in urls]

        async with open_transport(self.fetch, self.network) as transport:
            engine = (
                Engine(transport, self.targets, pool, policy, self.deliver, robots_agent="x", memory=self.notebook)
                if self.processes == 1
                else Shards(
                    transport,
                    self.targets,
                    pool,
                    policy,
                    self.deliver,
                    network=self.network,
                    robots_agent="x",
                    memory=self.notebook,
                )
            )
            with anyio.fail_after(30):
                assert await engine.run(batches())
        return self.observed


@pytest.mark.parametrize("processes", [1, 2])
async def test_a_second_run_knows_what_the_first_has_learned(web: Web, processes: int) -> None:
    sites = [web.host(f"s{number}.example") for number in range(4)]
    for number, site in enumerate(sites):
        for page in range(WORTH // 4 + 10):
            site.on(f"/{page}", Answer(body=b"<title>Page</title>" + bytes(2_000), etag=f'"{number}-{page}"'))
        site.page("/robots.txt", b"User-agent: *\nDisallow: /50\n", fields=(("Content-Type", "text/plain"),))
    for page in range(WORTH // 4 + 10):
        sites[3].on(f"/{page}", Answer(429, fields=(("Retry-After", "3600"),)))
    urls = [site.http(f"/{page}") for site in sites for page in range(WORTH // 4 + 10)]

    notebook = Notebook(Rest("s2.example", time() + 7_200, Failure("http-429", "leave me alone")))
    first = await Run(web, processes, {}, notebook).of(urls)
    assert sum(seen.status == 200 for seen in first.values()) == 2 * (WORTH // 4 + 9)
    assert {seen.failure.reason for seen in first.values() if seen.failure} == {"http-429", "robots-disallowed"}
    assert not sites[2].seen
    assert set(notebook.rests) == {"s2.example", "s3.example"}
    assert set(notebook.files) == {f"http://s{number}.example" for number in (0, 1, 3)}
    assert isinstance(notebook.files["http://s0.example"], RobotsFile)

    for site in sites:
        site.seen.clear()
    known = {url: seen for url, seen in first.items() if seen.status == 200}
    second = await Run(web, processes, known, notebook).of(urls)
    assert second.keys() == first.keys()
    for url, seen in second.items():
        page = int(url.rpartition("/")[2])
        if url in known and page < KNOWN_ENOUGH:
            assert seen == known[url]._replace(from_store=True)
        elif url in known:
            assert seen.confirmed
            assert seen.read_at == known[url].observed_at
            assert seen.metadata == known[url].metadata._replace(bytes=0)
    assert not sites[2].seen
    assert not sites[3].seen
    assert sorted(seen.target for seen in sites[0].seen) == sorted(
        f"/{page}" for page in range(KNOWN_ENOUGH, WORTH // 4 + 10) if page != 50
    )
