"""The engine with what earlier runs knew: of targets, and of hosts."""

from collections.abc import AsyncIterator, Callable
from time import time

import anyio
import pytest

from crawler.config import Fetch, Pool
from crawler.engine import Engine
from crawler.hosts import GIVEN_UP
from crawler.model.exchange import Failure, Fields, Request, Response
from crawler.model.link import Link
from crawler.model.observation import Hop, Metadata, Observation
from crawler.model.role import Role
from crawler.store.port import HostMemory, Rest, RobotsFile
from crawler.visiting.admission import OFFLINE
from crawler.visiting.targets import Recalled, Target, Targets
from crawler.visiting.visit import Policy
from tests.test_engine import Scripted, alive, batches
from tests.test_hosts import Notebook

pytestmark = pytest.mark.anyio

URL = "https://a.example/page"
KNOWN = Observation(URL, (Hop(URL, 200),), None, Metadata("text/html", '"v1"'), 1_000.0, 0.5, 1)


class Run:
    """One engine run with what is known from before."""

    def __init__(
        self,
        script: Callable[[Request], Response | Failure | None] = alive,
        *,
        known: dict[tuple[str, Role], Recalled] | None = None,
        memory: HostMemory | None = None,
        robots: str | None = None,
        offline: bool = False,
    ) -> None:
        self.transport = Scripted(script)
        self.delivered: list[tuple[str, Role, Observation]] = []
        self.targets = Targets(
            lambda link, url: OFFLINE if offline else None, lambda url, role: (known or {}).get((url, role))
        )
        policy = Policy(Fetch(retries=0), 300.0, lambda url: None)
        self.engine = Engine(
            self.transport, self.targets, Pool(per_host=2), policy, self.deliver, robots_agent=robots, memory=memory
        )

    def deliver(self, target: Target, observation: Observation) -> None:
        self.delivered.append((target.url, target.role, observation))

    async def of(self, *urls: str) -> dict[str, Observation]:
        """What came of these, each once."""
        with anyio.fail_after(20):
            assert await self.engine.run(batches(urls))
        observed = {url: observation for url, _, observation in self.delivered}
        assert len(observed) == len(self.delivered)
        return observed


@pytest.mark.parametrize("offline", [False, True])
async def test_what_is_known_well_enough_is_not_asked_for(offline: bool) -> None:
    run = Run(known={(URL, Role.WEB): Recalled(KNOWN, enough=True)}, offline=offline)
    observed = await run.of(URL, "https://a.example/new", URL)
    assert observed[URL] == KNOWN._replace(from_store=True)
    assert observed["https://a.example/new"].from_store is False
    assert sorted(run.transport.asked) == ([] if offline else ["https://a.example/new"])
    assert all(target.known is None for target in run.targets)


async def test_what_is_known_but_not_well_enough_is_asked_whether_it_holds() -> None:
    fields: list[tuple[tuple[str, str], ...]] = []

    def script(request: Request) -> Response:
        fields.append(request.fields)
        return Response(304, Fields())

    observed = await Run(script, known={(URL, Role.WEB): Recalled(KNOWN, enough=False)}).of(URL)
    assert fields == [(("If-None-Match", '"v1"'),)]
    assert observed[URL].confirmed
    assert observed[URL].read_at == KNOWN.observed_at
    assert not observed[URL].from_store


@pytest.mark.parametrize("pictured", [False, True])
async def test_a_picture_named_as_a_page_first_is_answered_as_a_picture_alone(pictured: bool) -> None:
    picture = KNOWN._replace(metadata=Metadata("image/png", is_image=True))
    known = {(URL, Role.WEB): Recalled(KNOWN, enough=True)}
    if pictured:
        known[URL, Role.IMAGE] = Recalled(picture, enough=True)
    run = Run(known=known)

    async def once() -> AsyncIterator[list[Link]]:
        yield [Link(URL, Role.WEB, "a.md"), Link(URL, Role.IMAGE, "a.md")]

    assert await run.engine.run(once())
    ((_, role, observation),) = run.delivered
    assert role is Role.IMAGE
    assert observation.from_store is pictured
    assert run.transport.asked == ({} if pictured else {URL: 1})


async def test_a_host_that_wanted_to_be_left_alone_still_is() -> None:
    notebook = Notebook(Rest("a.example", time() + 7_200, Failure("http-429", "leave me alone")))
    run = Run(memory=notebook)
    observed = await run.of(*(f"https://{host}.example/{number}" for host in "ab" for number in range(9)))
    assert all("b.example" in url for url in run.transport.asked)
    reasons = {url.split(".")[0]: seen.failure and seen.failure.reason for url, seen in observed.items()}
    assert reasons == {"https://a": "http-429", "https://b": None}


async def test_it_is_left_alone_by_redirects_too() -> None:
    def script(request: Request) -> Response:
        return Response(302, Fields([("location", "https://a.example/")]))

    notebook = Notebook(Rest("a.example", time() + 7_200, Failure("http-429", "leave me alone")))
    observed = await Run(script, memory=notebook).of("https://b.example/")
    (observation,) = observed.values()
    assert observation.hops == (Hop("https://b.example/", 302),)
    assert observation.failure is not None
    assert observation.failure.reason == "http-429"


async def test_that_a_host_wants_to_be_left_alone_is_remembered() -> None:
    notebook = Notebook()
    before = time()
    await Run(lambda request: Response(429, Fields([("retry-after", "3600")])), memory=notebook).of(URL)
    rest = notebook.rests["a.example"]
    assert before + 3_590 < rest.until < time() + 3_610
    assert rest.why.reason == "http-429"


async def test_a_host_that_could_not_be_reached_gets_one_probe_the_next_time() -> None:
    notebook = Notebook()
    urls = [f"https://a.example/{number}" for number in range(20)]
    down = Run(lambda request: Failure("connect-refused", "no", connected=False), memory=notebook)
    await down.of(*urls)
    assert notebook.rests["a.example"].why.reason == GIVEN_UP
    still_down = Run(lambda request: Failure("connect-refused", "no", connected=False), memory=notebook)
    observed = await still_down.of(*urls)
    assert sum(still_down.transport.asked.values()) == 1
    assert [seen.failure and seen.failure.reason for seen in observed.values()].count("circuit-open") == 19
    up_again = Run(memory=notebook)
    assert {seen.status for seen in (await up_again.of(*urls)).values()} == {200}


def with_rules(request: Request) -> Response:
    is_robots = request.url.endswith("/robots.txt")
    return Response(200, Fields(), b"User-agent: *\nDisallow: /private" if is_robots else b"")


async def test_robots_txt_is_asked_for_once_a_day() -> None:
    notebook = Notebook()
    urls = "https://a.example/private", "https://a.example/public"
    first, second = (Run(with_rules, memory=notebook, robots="crawler") for _ in range(2))
    for run in (first, second):
        observed = await run.of(*urls)
        assert [seen.failure and seen.failure.reason for seen in map(observed.get, urls) if seen] == [
            "robots-disallowed",
            None,
        ]
    assert sorted(first.transport.asked) == ["https://a.example/public", "https://a.example/robots.txt"]
    assert sorted(second.transport.asked) == ["https://a.example/public"]


async def test_the_delay_that_robots_txt_asks_for_outlives_a_run_with_it() -> None:
    notebook = Notebook(RobotsFile("https://a.example", time(), 200, b"User-agent: *\nCrawl-delay: 0.1\n"))
    run = Run(memory=notebook, robots="crawler")
    before = anyio.current_time()
    await run.of(*(f"https://a.example/{number}" for number in range(4)))
    assert anyio.current_time() - before >= 0.3
