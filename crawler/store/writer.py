"""The one thread that writes: it takes what is handed over, in batches, and never makes anybody wait who need not."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

from crawler.errors import RunError
from crawler.store.backend import Backend
from crawler.store.steps import Steps, Work

T = TypeVar("T")
Item = TypeVar("Item")

BATCH = 2_000
"""Items that make a batch at once. Larger ones are hardly cheaper, and keep other writers waiting."""

AGE = 0.4
"""Seconds from one batch to the next, where fewer wait: with the time for writing it, half a second."""

WAITING = 20_000
"""Items that may wait before whoever hands them over is asked to pause: some 50 MB."""

TRIES = 3
"""How often a transaction is made that its database rolled back for a reason that passes, or because something that
was taken for granted did not hold."""


class _Job(NamedTuple):
    """Transactions that somebody may be waiting for."""

    steps: Steps[Any]
    done: "Future[Any]"


class Writer(Generic[Item]):
    """Writes into one database.

    Items and jobs are written in the order they were handed over, but for items that come while a job of several
    transactions is on: those are written between these. The first failure ends all writing: what waits is dropped, and
    so is whatever comes after it.
    """

    def __init__(self, backend: Backend, write: Callable[[Connection, list[Item]], None]) -> None:
        """`write` writes a batch, within a transaction."""
        self.failure: RunError | None = None
        """Why nothing is written any more."""
        self._backend = backend
        self._write = write
        self._waiting: deque[Item | _Job] = deque()
        self._jobs: deque[_Job] = deque()
        """Those whose turn it is; the first one is under way."""
        self._answer: Any = None
        """What came of its last transaction."""
        self._news = Event()
        self._due = 0.0
        """When the next batch is made, however few wait."""
        self._closing = False
        self._gate = Lock()
        """Held to add a job, and to stop taking any: nobody waits for a thread that is gone."""
        self._pause: Callable[[], object] | None = None
        self._resume: Callable[[], object] | None = None
        self._pressed = False
        self._thread = Thread(target=self._run, name="store", daemon=True)
        self._thread.start()

    def throttle(self, pause: Callable[[], object], resume: Callable[[], object]) -> None:
        """Whom to tell when too much waits, and when no longer: `pause` where it is handed over, `resume` from here."""
        self._pause, self._resume = pause, resume

    def hand_over(self, item: Item) -> None:
        """Have an item written soon."""
        if self.failure is not None:
            return
        self._waiting.append(item)
        waiting = len(self._waiting)
        if waiting >= BATCH and not self._news.is_set():
            self._news.set()
        if waiting >= WAITING and not self._pressed and self._pause is not None:
            self._pressed = True
            self._pause()

    def start(self, steps: Steps[T]) -> "Future[T]":
        """Have transactions made, after all that was handed over before."""
        job = _Job(steps, Future())
        with self._gate:
            if self.failure is not None:
                job.done.set_exception(self.failure)
            else:
                self._waiting.append(job)
        self._news.set()
        return job.done

    def stop(self) -> None:
        """Write what waits, and end. To be called once."""
        self._closing = True
        self._news.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            with self._backend.told(), self._backend.engine.connect() as connection:
                while self._waiting or self._jobs or not self._closing:
                    self._turn(connection)
        except Exception as error:  # whatever it is: nobody else would hear of it
            self._fail(error)

    def _turn(self, connection: Connection) -> None:
        if len(self._waiting) < BATCH and not self._jobs and not self._closing:
            self._news.wait(max(0.0, self._due - monotonic()))
            self._news.clear()  # before looking what there is: what comes from now on sets it again
        self._due = monotonic() + AGE
        if items := self._take():
            self._transact(connection, lambda connection: self._write(connection, items))
        if self._jobs:
            self._step(connection)
        self._relieve()

    def _take(self) -> list[Item]:
        """The items that are next; a job among them gets its turn after those before it."""
        items: list[Item] = []
        while self._waiting and len(items) < BATCH:
            item = self._waiting.popleft()
            if isinstance(item, _Job):
                self._jobs.append(item)
                break
            items.append(item)
        return items

    def _step(self, connection: Connection) -> None:
        """The next transaction of the job that is under way."""
        job = self._jobs[0]
        try:
            work = job.steps.send(self._answer)
        except StopIteration as end:
            self._jobs.popleft()
            self._answer = None
            job.done.set_result(end.value)
        else:
            self._answer = self._transact(connection, work)

    def _transact(self, connection: Connection, work: Work) -> Any:
        tries = 1
        while True:
            try:
                with connection.begin():
                    connection.exec_driver_sql(self._backend.begin)
                    return work(connection)
            except DBAPIError as error:
                if tries == TRIES or not (isinstance(error, IntegrityError) or self._backend.passes(error)):
                    raise
                tries += 1

    def _relieve(self) -> None:
        if self._pressed and self._resume is not None and len(self._waiting) <= WAITING // 2:
            self._pressed = False
            with suppress(RuntimeError):  # an event loop that was to be called may have ended meanwhile
                self._resume()

    def _fail(self, error: Exception) -> None:
        failure = error
        if not isinstance(failure, RunError):
            failure = RunError(f"the store failed through a fault of the program itself: {error!r}")
            failure.__cause__ = error
        with self._gate:
            self.failure = failure
            jobs = [*self._jobs, *(item for item in self._waiting if isinstance(item, _Job))]
            self._jobs.clear()
            self._waiting.clear()
        for job in jobs:
            job.done.set_exception(failure)
        self._relieve()
