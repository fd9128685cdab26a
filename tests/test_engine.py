"""The engine over a scripted transport: everything once, nobody over a limit, nobody waiting in a slot."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable

import anyio
import pytest

from crawler.config import Fetch, Pool
from crawler.engine import Engine
from crawler.fetch.port import Tell
from crawler.model.exchange import Failure, Fields, Request, Response
from crawler.model.link import Link
from crawler.model.observation import Observation
from crawler.model.role import Role
from crawler.visiting.targets import Target, Targets
from crawler.visiting.visit import Policy

pytestmark = pytest.mark.anyio


class Scripted:
    """A transport that answers from a function, after letting the others run, and counts what is under way."""

    def __init__(self, script: Callable[[Request], Response | Failure | None]) -> None:
        self.script = script
        self.asked: Counter[str] = Counter()
        self.under_way: Counter[str] = Counter()
        self.most: Counter[str] = Counter()

    async def fetch(self, request: Request) -> Response | Failure:
        host = request.url.split("/")[2]
        self.asked[request.url] += 1
        self.under_way[host] += 1
        self.under_way["all"] += 1
        for key in (host, "all"):
            self.most[key] = max(self.most[key], self.under_way[key])
        try:
            for _ in range(3):
                await anyio.lowlevel.checkpoint()
            answer = self.script(request)
            if answer is None:
                await anyio.sleep_forever()
        finally:
            self.under_way[host] -= 1
            self.under_way["all"] -= 1
        assert answer is not None
        return answer

    async def aclose(self) -> None:
        pass


class Direct(Scripted):
    """The same, needing nobody to wait for it."""

    def __init__(self, script: Callable[[Request], Response | Failure | None]) -> None:
        super().__init__(script)
        self.tasks: set[asyncio.Task[None]] = set()
        self.dropped: list[Tell] = []
        self.expected: dict[str, int] = {}

    def start(self, request: Request, name: object, tell: Tell) -> bool:
        if request.url.endswith(("3", "/robots.txt")):
            return False

        async def carry() -> None:
            try:
                tell(name, await self.fetch(request))
            except Exception as error:
                tell(name, error)

        task = asyncio.create_task(carry())
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return True

    def expect(self, request: Request, more: int) -> None:
        self.expected[request.url] = more

    def drop(self, tell: Tell) -> None:
        self.dropped.append(tell)
        for task in self.tasks:
            task.cancel()


TRANSPORTS = pytest.mark.parametrize("transport", [Scripted, Direct])


async def batches(urls: Iterable[str], size: int = 7, path: str | None = "a.md") -> AsyncIterator[list[Link]]:
    links = [Link(url, Role.WEB, path) for url in urls]
    for start in range(0, len(links), size):
        await anyio.lowlevel.checkpoint()
        yield links[start : start + size]


def alive(request: Request) -> Response:
    return Response(200, Fields())


class Run:
    """One engine run, its transport and what it delivered."""

    def __init__(
        self,
        script: Callable[[Request], Response | Failure | None],
        *,
        retries: int = 0,
        robots: str | None = None,
        transport: type[Scripted] = Scripted,
        **pool: int,
    ) -> None:
        self.transport = transport(script)
        self.observed: dict[str, Observation] = {}
        policy = Policy(Fetch(retries=retries), 300.0, lambda url: None)
        targets = Targets(lambda link, url: Failure("excluded", "") if "excluded" in link.url else None)
        self.engine = Engine(self.transport, targets, Pool(**pool), policy, self.deliver, robots_agent=robots)

    def deliver(self, target: Target, observation: Observation) -> None:
        assert target.url not in self.observed, "each target is delivered once"
        self.observed[target.url] = observation


@TRANSPORTS
async def test_every_url_is_fetched_once_however_often_it_is_named(transport: type[Scripted]) -> None:
    run = Run(alive, transport=transport)
    urls = [f"https://h{number % 5}.example/{number % 40}" for number in range(400)]
    assert await run.engine.run(batches(urls))
    assert set(run.transport.asked) == set(urls)
    assert set(run.transport.asked.values()) == {1}
    assert set(run.observed) == set(urls)


@TRANSPORTS
async def test_limits_hold_for_the_pool_and_for_each_host_redirects_from_elsewhere_included(
    transport: type[Scripted],
) -> None:
    def script(request: Request) -> Response:
        if "hub" not in request.url:
            return Response(302, Fields([("location", f"https://hub.example/{hash(request.url)}")]))
        return Response(200, Fields())

    run = Run(script, transport=transport, concurrency=9, per_host=3)
    urls = [f"https://h{number}.example/{part}" for number in range(6) for part in range(20)]
    assert await run.engine.run(batches(urls))
    assert run.transport.most["hub.example"] == 3
    assert run.transport.most["all"] == 9
    assert max(run.transport.most.values()) <= 9
    assert all(run.transport.most[f"h{number}.example"] <= 3 for number in range(6))
    assert all(len(observation.hops) == 2 for observation in run.observed.values())


@TRANSPORTS
async def test_nothing_waits_for_a_host_that_never_answers(transport: type[Scripted]) -> None:
    run = Run(
        lambda request: None if "stuck" in request.url else Response(200, Fields()),
        transport=transport,
        concurrency=4,
        per_host=2,
    )
    urls = [f"https://stuck.example/{number}" for number in range(20)]
    urls += [f"https://good.example/{number}" for number in range(50)]
    assert not await run.engine.run(batches(urls), budget=0.3)
    good = [observation for url, observation in run.observed.items() if "good" in url]
    assert [observation.status for observation in good] == [200] * 50
    stuck = [observation for url, observation in run.observed.items() if "stuck" in url]
    assert {observation.failure and observation.failure.reason for observation in stuck} == {"budget-exhausted"}
    assert len(stuck) == 20


async def test_what_is_refused_before_is_not_asked_for() -> None:
    run = Run(alive)
    await run.engine.run(batches(["https://a.example/excluded", "nonsense", "mailto:me@example.org"]))
    assert not run.transport.asked
    reasons = {url: observation.failure and observation.failure.reason for url, observation in run.observed.items()}
    assert reasons == {
        "https://a.example/excluded": "excluded",
        "nonsense": "url-malformed",
        "mailto:me@example.org": "scheme-ignored",
    }


async def test_a_host_that_cannot_be_reached_is_given_up() -> None:
    refused = Failure("connect-refused", "no", connected=False)
    run = Run(lambda request: refused if "dead" in request.url else Response(200, Fields()), per_host=2)
    urls = [f"https://dead.example/{number}" for number in range(50)] + ["https://good.example/"]
    with anyio.fail_after(20):
        assert await run.engine.run(batches(urls))
    reasons = Counter(observation.failure and observation.failure.reason for observation in run.observed.values())
    assert reasons["circuit-open"] >= 44
    assert reasons["connect-refused"] + reasons["circuit-open"] == 50
    assert sum(count for url, count in run.transport.asked.items() if "dead" in url) <= 6


async def test_a_host_is_greeted_when_it_is_known_how_much_it_will_be_asked_for() -> None:
    run = Run(alive, transport=Direct, per_host=1)
    assert await run.engine.run(batches([f"https://{host}.example/{n}" for host in "ab" for n in range(3, 60)]))
    assert isinstance(run.transport, Direct)
    assert run.transport.expected["https://a.example/3"] == 56
    assert run.transport.expected["https://b.example/53"] == 6


async def test_those_count_that_wait_for_robots_txt() -> None:
    run = Run(with_robots, transport=Direct, robots="crawler")
    assert await run.engine.run(batches([f"https://free.example/{n}" for n in range(60)]))
    assert isinstance(run.transport, Direct)
    assert run.transport.expected["https://free.example/robots.txt"] == 60


async def test_what_is_read_slowly_is_not_waited_for() -> None:
    asked = anyio.Event()

    def script(request: Request) -> Response:
        asked.set()
        return Response(200, Fields())

    async def slowly() -> AsyncIterator[list[Link]]:
        yield [Link("https://a.example/1", Role.WEB, "a.md")]
        await asked.wait()
        yield [Link("https://a.example/2", Role.WEB, "a.md")]

    run = Run(script)
    with anyio.fail_after(20):
        assert await run.engine.run(slowly())
    assert len(run.observed) == 2


async def test_nothing_to_do_is_done_at_once() -> None:
    run = Run(alive)
    assert await run.engine.run(batches([]))
    assert run.observed == {}


@TRANSPORTS
async def test_cancelled_in_the_middle_it_keeps_what_was_delivered(transport: type[Scripted]) -> None:
    run = Run(lambda request: None if request.url.endswith("9") else Response(200, Fields()), transport=transport)
    with anyio.move_on_after(2) as scope:
        await run.engine.run(batches(f"https://h{number}.example/{number}" for number in range(50)))
    assert scope.cancelled_caught
    assert len(run.observed) == 45
    with anyio.fail_after(2):
        while run.transport.under_way["all"]:
            await anyio.lowlevel.checkpoint()


async def test_a_retry_waits_outside_the_slots() -> None:
    seen: Counter[str] = Counter()

    def script(request: Request) -> Response:
        seen[request.url] += 1
        flaky = "flaky" in request.url and seen[request.url] == 1
        return Response(503, Fields([("retry-after", "0")])) if flaky else Response(200, Fields())

    run = Run(script, retries=1, concurrency=1, per_host=1)
    urls = ["https://h.example/flaky"] + [f"https://h.example/{number}" for number in range(5)]
    with anyio.fail_after(5):
        assert await run.engine.run(batches(urls))
    assert {observation.status for observation in run.observed.values()} == {200}
    assert run.observed["https://h.example/flaky"].attempts == 2


async def test_a_paused_engine_starts_nothing() -> None:
    run = Run(alive)
    run.engine.pause()
    with anyio.move_on_after(0.05):
        await run.engine.run(batches(["https://a.example/"]))
    assert not run.transport.asked


@TRANSPORTS
async def test_an_error_of_ours_is_not_swallowed(transport: type[Scripted]) -> None:
    def script(request: Request) -> Response:
        raise RuntimeError("a bug")

    with pytest.raises(BaseExceptionGroup) as caught:
        await Run(script, transport=transport).engine.run(batches(["https://a.example/"]))
    assert caught.group_contains(RuntimeError, match="a bug")


@TRANSPORTS
async def test_nor_is_one_of_whoever_takes_what_was_observed(transport: type[Scripted]) -> None:
    run = Run(alive, transport=transport)
    run.observed["https://a.example/"] = Observation("https://a.example/")
    with pytest.raises(BaseExceptionGroup) as caught:
        await run.engine.run(batches([f"https://{host}.example/" for host in "abc"]))
    assert caught.group_contains(AssertionError, match="once")


def with_robots(request: Request) -> Response | Failure:
    """`a` has rules, `down` does not answer, `busy` answers 503, `via` redirects to `a`, and the rest has none."""
    host, path = request.url.split("/", 3)[2:]
    if path == "robots.txt":
        if host == "a.example":
            return Response(200, Fields(), b"User-agent: crawler\nDisallow: /no\n")
        if host == "down.example":
            return Failure("timeout", "nothing came", connected=False)
        return Response(503 if host == "busy.example" else 404, Fields())
    if host == "via.example":
        return Response(302, Fields([("location", f"https://a.example/{path}")]))
    return Response(200, Fields())


async def test_robots_txt_is_asked_once_an_origin_and_holds_for_redirects_too() -> None:
    run = Run(with_robots, robots="crawler")
    hosts = ("a", "down", "busy", "via", "free")
    urls = [f"https://{host}.example/{path}{number}" for host in hosts for path in ("yes", "no") for number in range(9)]
    assert await run.engine.run(batches(urls))
    asked = {url: count for url, count in run.transport.asked.items() if url.endswith("/robots.txt")}
    assert asked == {f"https://{host}.example/robots.txt": 1 for host in hosts}
    reasons = {
        (url.split("//")[1].split(".")[0], url.rpartition("/")[2][:-1]): observation.failure
        and observation.failure.reason
        for url, observation in run.observed.items()
    }
    assert reasons == {
        ("a", "yes"): None,
        ("a", "no"): "robots-disallowed",
        ("down", "yes"): "timeout",
        ("down", "no"): "timeout",
        ("busy", "yes"): "robots-disallowed",
        ("busy", "no"): "robots-disallowed",
        ("via", "yes"): None,
        ("via", "no"): "robots-disallowed",
        ("free", "yes"): None,
        ("free", "no"): None,
    }
    assert "https://a.example/no1" not in run.transport.asked


async def test_what_was_named_on_the_command_line_is_no_crawling() -> None:
    run = Run(with_robots, robots="crawler")
    assert await run.engine.run(batches(["https://a.example/no"], path=None))
    assert run.observed["https://a.example/no"].status == 200
    assert set(run.transport.asked) == {"https://a.example/no"}


async def test_a_crawl_delay_is_kept() -> None:
    def script(request: Request) -> Response:
        is_robots = request.url.endswith("/robots.txt")
        return Response(200, Fields(), b"User-agent: *\nCrawl-delay: 0.1\n" if is_robots else b"")

    run = Run(script, robots="crawler", per_host=5)
    before = anyio.current_time()
    assert await run.engine.run(batches(f"https://a.example/{number}" for number in range(4)))
    assert anyio.current_time() - before >= 0.3


@pytest.mark.parametrize(("status", "reason"), [(429, "http-429"), (503, "http-5xx")])
async def test_a_host_that_wants_to_be_left_alone_for_long_is_asked_no_more(status: int, reason: str) -> None:
    run = Run(lambda request: Response(status, Fields([("retry-after", "3600")])), retries=2, per_host=1)
    assert await run.engine.run(batches(f"https://a.example/{number}" for number in range(30)))
    assert sum(run.transport.asked.values()) == 1
    failures = [observation.failure for observation in run.observed.values() if observation.failure]
    assert len(failures) == 29
    assert {failure.reason for failure in failures} == {reason}


async def test_a_429_never_multiplies_requests() -> None:
    run = Run(lambda request: Response(429, Fields([("retry-after", "0")])), retries=2, per_host=4)
    with anyio.fail_after(30):
        assert await run.engine.run(batches(f"https://a.example/{number}" for number in range(40)))
    assert sum(run.transport.asked.values()) <= 8
    assert len(run.observed) == 40


async def test_a_used_up_rate_limit_holds_the_host_without_a_refusal() -> None:
    fields = Fields([("ratelimit-remaining", "0"), ("ratelimit-reset", "1")])
    run = Run(lambda request: Response(200, fields), per_host=1)
    assert not await run.engine.run(batches(["https://a.example/1", "https://a.example/2"]), budget=0.3)
    assert sum(run.transport.asked.values()) == 1
