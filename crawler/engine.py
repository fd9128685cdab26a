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
from crawler.http.robots import Robots, read_robots
from crawler.model.exchange import Failure, Response
from crawler.model.link import Link
from crawler.model.observation import Observation
from crawler.visiting.errand import Errand, RobotsErrand, valid
from crawler.visiting.frontier import Frontier
from crawler.visiting.targets import Target, Targets
from crawler.visiting.visit import Done, Policy, Send, Visit

Deliver = Callable[[Target, Observation], None]
"""Takes each target when its visit is over. Called on the event loop, so it must not block."""

Elsewhere = Callable[[str, Errand, Done | None], None]
"""Takes an errand to the engine that keeps what a host was promised: for its next request, or with what it ended in."""

TOO_MANY_REQUESTS = 429
SERVICE_UNAVAILABLE = 503

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
    ) -> None:
        """`robots_agent` is the name that robots.txt calls us by; None where robots.txt isn't asked for. `elsewhere`
        takes what leads to a host that has never been met here; None where all hosts are this engine's.
        """
        self._transport = transport
        self._targets = targets
        self._policy = policy
        self._deliver = deliver
        self._concurrency = pool.concurrency
        self._frontier: Frontier[Errand] = Frontier(pool)
        self._elsewhere = elsewhere
        self._robots_agent = robots_agent
        self._robots: dict[str, Robots | RobotsErrand] = {}
        """By origin: what its robots.txt says, or who has gone to ask."""
        self._closed: dict[str, Failure] = {}
        """Hosts that are asked for nothing more, and why."""
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
            for link in batch:
                if (new := self._targets.add(link)) is not None:
                    target, refusal = new
                    if refusal is not None:
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
        if opened:
            self._close(host, CIRCUIT_OPEN if failed else THROTTLED)
        action = visit.receive(answer, now)
        if isinstance(action, Done):
            self._stay_away(host, action.observation, now)
            self._finish(errand, action)
        elif isinstance(action, Send):
            if self._elsewhere is None or action.host in self._frontier:
                self._queue(errand, now)
            else:
                self._elsewhere(action.host, errand, None)
                errand.leave()
        elif host in self._closed:
            self._refuse(errand, self._closed[host])
        else:
            if action.hold:
                self._frontier.hold(host, action.until)
            self._frontier.defer(action.until, host, errand)
        self._set_alarm()
        self._end_if_over()

    def _stay_away(self, host: str, observation: Observation, now: float) -> None:
        """Keep to what a host's last answer asks for: a pause for all of its URLs, or none of them where it is long."""
        seconds, status = observation.retry_after, observation.status
        if not seconds:
            return
        if seconds <= self._policy.retry_after_cap:
            self._frontier.hold(host, now + seconds)
        elif status in (TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE):
            words = f"not asked for: the host answered {status} and wants to be left alone for {seconds:.0f} s"
            self._close(host, Failure("http-429" if status == TOO_MANY_REQUESTS else "http-5xx", words))

    def _close(self, host: str, why: Failure) -> None:
        """Ask nothing more of a host in this run."""
        self._closed[host] = why
        for errand in self._frontier.give_up(host):
            self._refuse(errand, why)

    def _queue(self, errand: Errand, now: float) -> None:
        """Send an errand's next request on its way, if it may go."""
        host = errand.visit.send.host if errand.visit else errand.host
        if host in self._closed:
            self._refuse(errand, self._closed[host])
        elif self._robots_agent is None or self._robots_allow(errand, now):
            self._frontier.add(host, errand, now, first=errand.visit is not None)

    def _robots_allow(self, errand: Errand, now: float) -> bool:
        """Whether an errand may go by the robots.txt of where it goes next. If not, it has been refused, or waits until
        that is known.
        """
        if not (isinstance(errand, Target) and errand.obeys_robots):
            return True
        url = errand.visit.url if errand.visit else valid(errand.url)
        known = self._robots.get(url.origin)
        if known is None:
            asking = self._robots[url.origin] = RobotsErrand(url.origin, url.host, errand)
            self._frontier.add(url.host, asking, now, first=True)
        elif isinstance(known, RobotsErrand):
            known.waiting.append(errand)
        elif refusal := known.refuses(url):
            self._refuse(errand, refusal)
        else:
            return True
        return False

    def _robots_known(self, errand: RobotsErrand, done: Done) -> None:
        asking = self._robots[errand.origin]
        assert isinstance(asking, RobotsErrand), "an origin is asked once"
        assert self._robots_agent is not None
        answer = done.observation.failure or done.response
        assert answer is not None, "a visit ends with an answer or a failure"
        robots = self._robots[errand.origin] = read_robots(answer, self._robots_agent)
        if robots.delay:
            self._frontier.slow_down(errand.host, robots.delay)
        now = self.now()
        for waiting in asking.waiting:
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
