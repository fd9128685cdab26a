"""Two engines of one run, in one process: what leads to a host of the other goes on there."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable

import anyio
import pytest

from crawler.config import Fetch, Pool
from crawler.engine import Engine
from crawler.model.exchange import Failure, Fields, Request, Response
from crawler.model.link import Link
from crawler.model.observation import Observation
from crawler.model.role import Role
from crawler.shards.packing import Packer
from crawler.visiting.action import Done
from crawler.visiting.errand import Errand
from crawler.visiting.suspicion import Suspicions
from crawler.visiting.targets import Target, Targets
from crawler.visiting.visit import Policy

pytestmark = pytest.mark.anyio

Script = Callable[[Request], Response | Failure | None]


def host_of(url: str) -> str:
    return url.split("/")[2]


class Half:
    """One engine and its transport, which answers from a script after letting the others run; None: never."""

    def __init__(self, script: Script, run: "Run", robots: str | None) -> None:
        self.script = script
        self.asked: Counter[str] = Counter()
        self.under_way: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.ends = anyio.Event()
        policy = Policy(Fetch(retries=0), 300.0, lambda url: None, Suspicions("seed"))
        self.packer = Packer(policy)
        self.targets = Targets(lambda link, url: None)
        self.engine = Engine(
            self, self.targets, Pool(), policy, run.deliver, robots_agent=robots, elsewhere=run.pass_on_from(self)
        )

    async def fetch(self, request: Request) -> Response | Failure:
        host = host_of(request.url)
        self.asked[request.url] += 1
        self.under_way[host] += 1
        self.most[host] = max(self.most[host], self.under_way[host])
        try:
            for _ in range(3):
                await anyio.lowlevel.checkpoint()
            answer = self.script(request)
            if answer is None:
                await anyio.sleep_forever()
        finally:
            self.under_way[host] -= 1
        assert answer is not None
        return answer

    async def aclose(self) -> None:
        pass

    async def work(self, links: list[Link]) -> None:
        await self.engine.run(self._links(links))

    async def _links(self, links: list[Link]) -> AsyncIterator[list[Link]]:
        yield links
        await self.ends.wait()


class Run:
    """Hosts whose names begin with `a` live in the first half, those with `b` in the second."""

    def __init__(self, script: Script, *, robots: str | None = None) -> None:
        self.observed: dict[str, Observation] = {}
        self.passed = 0
        self.halves = (Half(script, self, robots), Half(script, self, robots))

    def half(self, host: str) -> Half:
        return self.halves[host.removeprefix("www.")[0] == "b"]

    def deliver(self, target: Target, observation: Observation) -> None:
        assert target.url not in self.observed, "each target is delivered once"
        self.observed[target.url] = observation

    def pass_on_from(self, half: "Half") -> Callable[[str, Errand, Done | None], None]:
        def pass_on(host: str, errand: Errand, done: Done | None) -> None:
            self.passed += 1
            there = self.half(host)
            there.engine.arrive(*there.packer.unpack(half.packer.pack(errand, done)))

        return pass_on

    async def visit(self, urls: Iterable[str], enough: Callable[["Run"], bool] = lambda run: False) -> None:
        """Until all are delivered, or it is enough and the engines are stopped."""
        links = [Link(url, Role.WEB, "a.md") for url in urls]
        with anyio.fail_after(20):
            async with anyio.create_task_group() as group:
                for half in self.halves:
                    group.start_soon(half.work, [link for link in links if self.half(host_of(link.url)) is half])
                while len(self.observed) < len(links) and not enough(self):
                    await anyio.lowlevel.checkpoint()
                for half in self.halves:
                    half.engine.stop()

    def asked(self) -> Counter[str]:
        return self.halves[0].asked + self.halves[1].asked

    def only_at_home(self) -> bool:
        return all(self.half(host_of(url)) is half for half in self.halves for url in half.asked)


def to(location: str) -> Response:
    return Response(302, Fields([("location", location)]))


def page(title: str) -> Response:
    return Response(200, Fields([("content-type", "text/html")]), f"<title>{title}</title>".encode())


async def test_a_host_is_asked_by_one_engine_within_its_limit_wherever_redirects_come_from() -> None:
    def script(request: Request) -> Response:
        if "hub" not in request.url:
            return to(f"https://b-hub.example/{host_of(request.url)}/{request.url[-2:]}")
        return page("The hub")

    run = Run(script)
    await run.visit(f"https://{half}{number}.example/{part}" for half in "ab" for number in range(6) for part in "1234")
    assert len(run.observed) == 48
    assert all(len(observation.hops) == 2 for observation in run.observed.values())
    assert run.only_at_home()
    assert run.halves[1].most["b-hub.example"] == 2
    assert run.passed >= 24, "those of `a`, and of `b` those for which the hub was new as well"


async def test_a_redirect_goes_there_and_back() -> None:
    steps = {
        "https://a.example/": "https://b.example/",
        "https://b.example/": "https://a.example/2",
        "https://a.example/2": "https://b.example/2",
    }
    run = Run(lambda request: to(steps[request.url]) if request.url in steps else page("There"))
    await run.visit(["https://a.example/"])
    assert [hop.url for hop in run.observed["https://a.example/"].hops] == [*steps, "https://b.example/2"]
    assert run.only_at_home()


async def test_robots_txt_is_asked_by_who_has_the_host_redirects_included() -> None:
    def script(request: Request) -> Response:
        host, path = request.url.split("/", 3)[2:]
        if path == "robots.txt":
            return {
                "a.example": to("https://b.example/rules.txt"),
                "b.example": to("https://a2.example/robots.txt"),
                "a3.example": to("https://b3.example/robots.txt"),
            }.get(host) or Response(404, Fields())
        if path == "rules.txt":
            return Response(200, Fields(), b"User-agent: crawler\nDisallow: /no")
        return to(f"https://a.example/{path}") if host == "b2.example" else page("A page")

    run = Run(script, robots="crawler")
    hosts = ("a", "b", "a3", "b2")
    await run.visit(
        f"https://{host}.example/{path}{number}" for host in hosts for path in ("yes", "no") for number in "123"
    )
    refused = {url for url, observation in run.observed.items() if observation.failure}
    assert refused == {f"https://{host}.example/no{number}" for host in ("a", "b2") for number in "123"}
    assert len(run.observed) == 24
    assert run.only_at_home()
    robots = {url: count for url, count in run.asked().items() if url.endswith("/robots.txt")}
    assert {robots[f"https://{host}.example/robots.txt"] for host in hosts} == {1}


async def test_a_site_is_not_asked_for_the_same_sibling_by_every_visit_that_ended_elsewhere() -> None:
    def script(request: Request) -> Response:
        if request.url in named:
            return to(request.url.replace("a.example", "b.example"))
        return page("Page not found" if host_of(request.url) == "b.example" else "Something else")

    named = {f"https://a.example/news/story-{number}" for number in range(60)}
    run = Run(script)
    await run.visit(named)
    assert len(run.observed) == 60
    siblings = [url for url in run.asked().elements() if url not in named and host_of(url) == "a.example"]
    assert 1 <= len(siblings) < 12, "no more than were on their way before the first had its answer"
    assert {observation.evidence for observation in run.observed.values()} != {None}


async def test_where_the_time_is_over_each_target_ends_once_with_what_is_known_of_it() -> None:
    def script(request: Request) -> Response | None:
        return None if host_of(request.url) == "b.example" else to("https://b.example/")

    run = Run(script)
    urls = [f"https://a{number}.example/" for number in range(5)]
    await run.visit(urls, enough=lambda run: run.passed == len(urls))
    assert set(run.observed) == set(urls)
    ends = {
        (observation.failure and observation.failure.reason, len(observation.hops))
        for observation in run.observed.values()
    }
    assert ends == {("budget-exhausted", 1)}


async def test_a_host_that_wants_to_be_left_alone_is_not_asked_by_what_arrives_either() -> None:
    busy = Response(503, Fields([("retry-after", "3600")]))
    run = Run(
        lambda request: busy if host_of(request.url) == "b.example" else to(f"https://b.example/{request.url[-1]}")
    )
    await run.visit(f"https://a.example/{number}" for number in range(9))
    assert sum(count for url, count in run.asked().items() if host_of(url) == "b.example") <= 2
    ends = Counter(observation.failure and observation.failure.reason for observation in run.observed.values())
    assert set(ends) == {None, "http-5xx"}
    assert ends["http-5xx"] >= 7
