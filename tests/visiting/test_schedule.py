"""How close a whole run comes to its lower bound: the real frontier and visits on a simulated network and clock.

No run can be shorter than the slowest single host's own queue, nor than all the work over the pool.
"""

from collections import Counter, defaultdict
from heapq import heappop, heappush, heapreplace
from itertools import count
from random import Random
from typing import NamedTuple

import pytest

from crawler.config import Fetch, Pool
from crawler.http.url import Url, parse
from crawler.model.exchange import Failure, Fields, Response
from crawler.model.role import Role
from crawler.visiting.action import Done, Send
from crawler.visiting.frontier import Frontier
from crawler.visiting.visit import Policy, Visit


class Site(NamedTuple):
    """One simulated host."""

    name: str
    urls: int
    latency: float
    """Median seconds of an exchange; single ones scatter around it as a log-normal."""
    kind: str


def world(seed: int) -> list[Site]:
    """Some thousand URLs as collections have them: few big hosts, a long tail, some that never answer, 1% dead."""
    random = Random(seed)
    sites = [Site(f"big{n}.example", 500, 0.08, "good") for n in range(3)]
    sites += [Site(f"slow{n}.example", random.randint(1, 6), 20.0, "silent") for n in range(5)]
    sites += [Site(f"dead{n}.example", random.randint(1, 40), 10.0, "dead") for n in range(4)]
    sites += [
        Site(
            f"h{n}.example", max(1, int(random.paretovariate(1.1))) % 300 or 1, random.lognormvariate(-1.5, 0.8), "good"
        )
        for n in range(400)
    ]
    return sites


class Simulation:
    """Runs a world to its end, as the engine would, and keeps count of time."""

    def __init__(self, sites: list[Site], seed: int, pool: Pool, retries: int) -> None:
        self.random = Random(seed)
        self.sites = {site.name: site for site in sites}
        self.pool = pool
        self.frontier: Frontier[Visit] = Frontier(pool)
        policy = Policy(Fetch(retries=retries), 300.0, lambda url: None)
        self.pending = 0
        for site in sites:
            for number in range(site.urls):
                url = parse(f"https://{site.name}/{number}")
                assert isinstance(url, Url)
                self.frontier.add(site.name, Visit(url, Role.WEB, policy), 0.0)
                self.pending += 1
        self.spent: defaultdict[str, list[float]] = defaultdict(list)
        self.most: Counter[str] = Counter()
        self.makespan = 0.0

    def exchange(self, site: Site) -> Response | Failure:
        if site.kind == "dead":
            return Failure("timeout", "no connection", elapsed=10.0, connected=False)
        if site.kind == "silent":
            return Failure("timeout", "nothing came", elapsed=20.0)
        return Response(200, Fields(), elapsed=site.latency * self.random.lognormvariate(0, 0.5))

    def run(self) -> None:
        under_way: list[tuple[float, int, str, Visit, Response | Failure]] = []
        running: Counter[str] = Counter()
        order = count()
        now = 0.0
        while self.pending:
            while len(under_way) < self.pool.concurrency and (visit := self.frontier.take(now)) is not None:
                host = visit.send.host
                answer = self.exchange(self.sites[host])
                running[host] += 1
                self.most[host] = max(self.most[host], running[host])
                self.spent[host].append(answer.elapsed)
                heappush(under_way, (now + answer.elapsed, next(order), host, visit, answer))
            due = self.frontier.next_time()
            ends = under_way[0][0] if under_way else None
            now = min(moment for moment in (due, ends) if moment is not None)
            if ends != now:
                self.frontier.wake(now)
                continue
            _, _, host, visit, answer = heappop(under_way)
            running[host] -= 1
            self.settle(host, visit, answer, now)
        self.makespan = now

    def settle(self, host: str, visit: Visit, answer: Response | Failure, now: float) -> None:
        connected = not isinstance(answer, Failure) or answer.connected
        if self.frontier.done(host, now, elapsed=answer.elapsed, connected=connected):
            self.pending -= len(self.frontier.give_up(host)) + 1
            return
        action = visit.receive(answer, now)
        assert not isinstance(action, Send)
        if isinstance(action, Done):
            self.pending -= 1
        else:
            self.frontier.defer(action.until, host, visit)

    @property
    def lower_bound(self) -> float:
        """Seconds that no order of the same exchanges could beat, but for how well a host's own fit on its slots."""
        work = sum(map(sum, self.spent.values()))
        return max(work / self.pool.concurrency, *(self.alone(spent) for spent in self.spent.values()))

    def alone(self, spent: list[float]) -> float:
        """Seconds that one host takes if it is the only one."""
        slots = [0.0] * self.pool.per_host
        for seconds in sorted(spent, reverse=True):
            heapreplace(slots, slots[0] + seconds)
        return max(slots)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("concurrency", [16, 64, 128])
def test_the_makespan_is_within_five_percent_of_the_lower_bound(seed: int, concurrency: int) -> None:
    simulation = Simulation(world(seed), seed, Pool(concurrency=concurrency, per_host=2), retries=0)
    simulation.run()
    assert simulation.makespan <= 1.05 * simulation.lower_bound
    assert max(simulation.most.values()) == 2
