"""Floor 3: the engine, the one place with tasks, queues and cancellation.

Workers take errands from the frontier, have the transport carry their requests, and give the answers back to the visits
they belong to; a visit's next request goes to the frontier again. Nobody waits while holding a slot: what must wait is
the frontier's to keep, and one timekeeper calls the workers when its time has come.
"""

from collections.abc import AsyncIterable, Callable, Sequence
from math import inf
from time import monotonic, time

import anyio
from anyio.abc import TaskGroup

from crawler.config import Pool
from crawler.fetch.port import Transport
from crawler.hosts import TOO_MANY_REQUESTS, Hosts
from crawler.model.exchange import Failure, Response
from crawler.model.link import Link
from crawler.model.observation import Observation
from crawler.store.port import HostMemory
from crawler.visiting.action import Done, Send
from crawler.visiting.errand import Errand, RobotsErrand
from crawler.visiting.frontier import Frontier
from crawler.visiting.permissions import Permissions
from crawler.visiting.targets import Target, Targets
from crawler.visiting.visit import Policy, Visit

Deliver = Callable[[Target, Observation], None]
"""Takes each target when its visit is over. Called on the event loop, so it must not block."""

Elsewhere = Callable[[str, Errand, Done | None], None]
"""Takes an errand to the engine that keeps what a host was promised: for its next request, or with what it ended in."""

BUDGET = Failure("budget-exhausted", "the time given to the run was over before this URL's turn came")
CIRCUIT_OPEN = Failure("circuit-open", "the host could not be reached for other URLs, so this one was not asked for")
THROTTLED = Failure("http-429", "not asked for: the host kept answering 429, however slowly it was asked")


class Engine:
    """Visits every target once. One engine is one run, or the hosts of a run that it was dealt."""

    def __init__(
        self,
        transport: Transport,
        targets: Targets,
        pool: Pool,
        policy: Policy,
        deliver: Deliver,
        *,
        robots_agent: str | None = None,
        elsewhere: Elsewhere | None = None,
        memory: HostMemory | None = None,
    ) -> None:
        """`robots_agent` is the name that robots.txt calls us by; None where robots.txt isn't asked for. `elsewhere`
        takes what leads to a host that has never been met here; None where all hosts are this engine's. `memory` knows
        what hosts asked for in earlier runs; None where nobody does.
        """
        self._transport = transport
        self._targets = targets
        self._policy = policy
        self._deliver = deliver
        self._concurrency = pool.concurrency
        self._frontier: Frontier[Errand] = Frontier(pool)
        self._elsewhere = elsewhere
        self._hosts = Hosts(self._frontier, policy.retry_after_cap, self.now, memory)
        self._permissions: Permissions | None = None
        if robots_agent is not None:
            self._permissions = Permissions(robots_agent, self._frontier.slow_down, self._hosts.robots)
        self._epoch = time() - monotonic()
        self._scope: anyio.CancelScope | None = None
        self._group: TaskGroup | None = None
        self._idle: list[anyio.Event] = []
        self._workers = 0
        self._alarm = anyio.Event()
        self._alarm_at = inf
        self._reading = True
        self._paused = False
        self._over = False

    @property
    def in_flight(self) -> int:
        """Requests under way."""
        return self._frontier.active

    def now(self) -> float:
        """Seconds since the epoch, on a clock that never goes back."""
        return self._epoch + monotonic()

    async def run(self, batches: AsyncIterable[Sequence[Link]], budget: float | None = None) -> bool:
        """Visit what the batches name, until all is done or `budget` seconds are over; what was not reached then is
        delivered as `budget-exhausted`.

        Returns whether everything was reached. When cancelled, what was delivered stays delivered.
        """
        with anyio.move_on_after(budget) as self._scope:
            async with anyio.create_task_group() as group:
                self._group = group
                group.start_soon(self._keep_time)
                await self._read(batches)
        if not self._scope.cancelled_caught:
            return True
        for target in self._targets.unfinished():
            self._refuse(target, BUDGET)
        return False

    def stop(self) -> None:
        """End `run` now, as when its budget is over."""
        if self._scope:
            self._scope.cancel()

    def arrive(self, errand: Errand, done: Done | None = None) -> None:
        """Take what another engine of the same run has passed on: a visit to go on with, or the end of one."""
        now = self.now()
        if done is None and errand.visit is not None:
            if isinstance(errand, Target):
                self._targets.adopt(errand)
            done = errand.visit.settled(now)
        if done is not None:
            self._finish(errand, done)
        else:
            self._queue(errand, now)
        self._call_worker()

    def pause(self) -> None:
        """Start no request until `resume`: whoever takes the observations can't keep up."""
        self._paused = True

    def resume(self) -> None:
        """Go on after `pause`."""
        self._paused = False
        self._call_worker()

    async def _read(self, batches: AsyncIterable[Sequence[Link]]) -> None:
        async for batch in batches:
            now = self.now()
            for target, refusal in [new for link in batch if (new := self._targets.add(link))]:
                if target.answer is not None:
                    self._finish(target, Done(target.answer))
                elif refusal is not None:
                    self._refuse(target, refusal)
                else:
                    self._queue(target, now)
            self._call_worker()
        self._reading = False
        self._end_if_over()

    async def _work(self) -> None:
        """One worker: take an errand, have its request carried, settle what came back."""
        while not self._over:
            errand = None if self._paused else self._frontier.take(self.now())
            if errand is None:
                await self._rest()
                continue
            self._call_worker()  # each worker that finds work calls the next: as many wake as there is work for
            visit = errand.visit or errand.begin(self._policy)
            self._settle(errand, visit, await self._transport.fetch(visit.send.request))

    def _settle(self, errand: Errand, visit: Visit, answer: Response | Failure) -> None:
        now = self.now()
        host = visit.send.host
        failed = isinstance(answer, Failure)
        opened = self._frontier.done(
            host,
            now,
            elapsed=answer.elapsed,
            connected=not isinstance(answer, Failure) or answer.connected,
            throttled=isinstance(answer, Response) and answer.status == TOO_MANY_REQUESTS,
        )
        if opened and host not in self._hosts.closed:
            self._hosts.give_up(host, CIRCUIT_OPEN if failed else THROTTLED)
        action = visit.receive(answer, now)
        if isinstance(action, Done):
            self._hosts.listen(host, action.observation)
            self._finish(errand, action)
        elif isinstance(action, Send):
            if self._elsewhere is None or action.host in self._frontier:
                self._queue(errand, now)
            else:
                self._elsewhere(action.host, errand, None)
                errand.leave()
        elif host in self._hosts.closed:
            self._refuse(errand, self._hosts.closed[host])
        else:
            if action.hold:
                self._frontier.hold(host, action.until)
            self._frontier.defer(action.until, host, errand)
        if host in self._hosts.closed:
            for waiting in self._frontier.give_up(host):
                self._refuse(waiting, self._hosts.closed[host])
        self._set_alarm()
        self._end_if_over()

    def _queue(self, errand: Errand, now: float) -> None:
        """Send an errand's next request on its way, if it may go."""
        host = errand.visit.send.host if errand.visit else errand.host
        if refusal := self._hosts.refusal(host):
            self._refuse(errand, refusal)
            return
        missing = self._permissions.missing(errand) if self._permissions else None
        if missing is None:
            self._frontier.add(host, errand, now, first=errand.visit is not None)
        elif isinstance(missing, Failure):
            self._refuse(errand, missing)
        elif missing.waiting == [errand]:  # nobody has gone to ask yet
            self._frontier.add(missing.host, missing, now, first=True)

    def _robots_known(self, errand: RobotsErrand, done: Done) -> None:
        assert self._permissions is not None
        self._hosts.keep_robots(errand.origin, done.response)
        now = self.now()
        for waiting in self._permissions.learn(errand, done):
            self._queue(waiting, now)

    def _refuse(self, errand: Errand, failure: Failure) -> None:
        now = self.now()
        if errand.visit is not None:
            self._finish(errand, errand.visit.refuse(failure, now))
        else:
            self._finish(errand, Done(Observation(errand.url, failure=failure, observed_at=now)))

    def _finish(self, errand: Errand, done: Done) -> None:
        errand.visit = None
        if isinstance(errand, Target):
            errand.done = True
            errand.known = None
            self._deliver(errand, done.observation)
        elif isinstance(errand, RobotsErrand):
            if self._elsewhere is None or errand.host in self._frontier:
                self._robots_known(errand, done)
            else:
                self._elsewhere(errand.host, errand, done)

    def _call_worker(self) -> None:
        """See that somebody takes what is ready: one that rests, or a new one while there may be more."""
        if self._group and self._frontier.has_ready and not self._paused:
            if self._idle:
                self._idle.pop().set()
            elif self._workers < self._concurrency:
                self._workers += 1
                self._group.start_soon(self._work)

    async def _rest(self) -> None:
        """Wait to be called."""
        self._set_alarm()
        call = anyio.Event()
        self._idle.append(call)
        await call.wait()

    async def _keep_time(self) -> None:
        """Call a worker whenever something that waits for its time may go."""
        while not self._over:
            due = self._frontier.next_time()
            self._alarm_at = inf if due is None else due
            with anyio.move_on_after(max(0.0, self._alarm_at - self.now())):
                await self._alarm.wait()
            self._alarm = anyio.Event()
            self._frontier.wake(self.now())
            self._call_worker()

    def _set_alarm(self) -> None:
        """Tell the timekeeper of something due before what it waits for."""
        due = self._frontier.next_time()
        if due is not None and due < self._alarm_at:
            self._alarm.set()

    def _end_if_over(self) -> None:
        if not self._reading and not self._frontier.active and not len(self._frontier):
            self._over = True
            self._alarm.set()
            for call in self._idle:
                call.set()
