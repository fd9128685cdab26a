"""What hosts asked for: kept to in this run, and in later ones."""

import gzip

import pytest

from crawler.config import Pool
from crawler.hosts import DOUBTED, GIVEN_UP, LONGEST_REST, ROBOTS_HOLD, Hosts
from crawler.model.exchange import Failure, Fields, Response
from crawler.model.observation import Hop, Observation
from crawler.store.port import Rest, RobotsFile
from crawler.visiting.circuit import Circuit
from crawler.visiting.frontier import Frontier

NOW = 1_769_824_800.0
CAP = 300.0
HOST = "a.example"
ORIGIN = f"https://{HOST}"
OPEN = Failure("circuit-open", "could not be reached")
THROTTLED = Failure("http-429", "kept answering 429")


class Notebook:
    """A memory for hosts in memory."""

    def __init__(self, *known: Rest | RobotsFile) -> None:
        self.rests = {rest.host: rest for rest in known if isinstance(rest, Rest)}
        self.files = {file.origin: file for file in known if isinstance(file, RobotsFile)}

    def rest(self, host: str) -> Rest | None:
        return self.rests.get(host)

    def leave_alone(self, rest: Rest) -> None:
        self.rests[rest.host] = rest

    def robots_file(self, origin: str) -> RobotsFile | None:
        return self.files.get(origin)

    def keep_robots(self, file: RobotsFile) -> None:
        self.files[file.origin] = file


class Night:
    """The hosts of one run, at a moment."""

    def __init__(self, notebook: Notebook | None, now: float = NOW, per_host: int = 2) -> None:
        self.now = now
        self.frontier: Frontier[str] = Frontier(Pool(per_host=per_host))
        self.hosts = Hosts(self.frontier, CAP, lambda: self.now, notebook)

    def taken(self, *items: str) -> list[str]:
        """What may go out at once of items for the host."""
        for item in items:
            self.frontier.add(HOST, item, self.now)
        found = iter(lambda: self.frontier.take(self.now), None)
        return [item for item in found if item is not None]


def answer(status: int, retry_after: float | None) -> Observation:
    return Observation(f"{ORIGIN}/", (Hop(f"{ORIGIN}/", status),), retry_after=retry_after)


def test_a_short_rest_is_waited_for() -> None:
    night = Night(Notebook())
    night.hosts.listen(HOST, answer(503, CAP))
    assert night.hosts.refusal(HOST) is None
    assert night.taken("one") == []
    night.now += CAP
    assert night.taken() == ["one"]


@pytest.mark.parametrize(("status", "reason"), [(429, "http-429"), (503, "http-5xx")])
def test_a_long_rest_holds_for_later_runs_until_it_is_over(status: int, reason: str) -> None:
    notebook = Notebook()
    night = Night(notebook)
    night.hosts.listen(HOST, answer(status, 7_200.0))
    refusal = night.hosts.refusal(HOST)
    assert refusal is not None
    assert refusal.reason == reason
    assert notebook.rests[HOST] == Rest(HOST, NOW + 7_200.0, refusal)

    later = Night(notebook, NOW + 3_600.0).hosts.refusal(HOST)
    assert later is not None
    assert later.reason == reason
    assert "for 3600 s from now on" in later.message

    nearly_over = Night(notebook, NOW + 7_200.0 - CAP)
    assert nearly_over.hosts.refusal(HOST) is None
    assert nearly_over.taken("one") == []
    nearly_over.now += CAP
    assert nearly_over.taken() == ["one"]

    over = Night(notebook, NOW + 7_200.0)
    assert over.hosts.refusal(HOST) is None
    assert over.taken("one", "two", "three") == ["one", "two"]


@pytest.mark.parametrize(("status", "retry_after"), [(200, 7_200.0), (429, None), (404, 7_200.0), (503, 0.0)])
def test_what_is_no_wish_to_be_left_alone_closes_nothing(status: int, retry_after: float | None) -> None:
    notebook = Notebook()
    night = Night(notebook)
    night.hosts.listen(HOST, answer(status, retry_after))
    assert night.hosts.refusal(HOST) is None
    assert notebook.rests == {}


def test_nobody_is_left_alone_for_years() -> None:
    notebook = Notebook()
    Night(notebook).hosts.listen(HOST, answer(429, 999_999_999.0))
    assert notebook.rests[HOST].until == NOW + LONGEST_REST


def test_the_first_word_counts() -> None:
    notebook = Notebook()
    night = Night(notebook)
    night.hosts.give_up(HOST, OPEN)
    night.hosts.listen(HOST, answer(429, 7_200.0))
    assert night.hosts.refusal(HOST) == OPEN
    assert notebook.rests[HOST].why.reason == GIVEN_UP


@pytest.mark.parametrize("why", [OPEN, THROTTLED])
def test_a_host_that_was_given_up_is_doubted_the_next_night_and_not_the_one_after(why: Failure) -> None:
    notebook = Notebook()
    night = Night(notebook)
    night.hosts.give_up(HOST, why)
    assert night.hosts.refusal(HOST) == why
    assert Night(notebook).hosts.refusal("b.example") is None

    next_night = Night(notebook, NOW + DOUBTED - 1)
    assert next_night.hosts.refusal(HOST) is None
    assert next_night.taken("probe", "two", "three") == ["probe"]

    after = Night(notebook, NOW + DOUBTED)
    assert after.hosts.refusal(HOST) is None
    assert after.taken("one", "two", "three") == ["one", "two"]


@pytest.mark.parametrize(
    ("connected", "throttled", "given_up"), [(True, False, False), (False, False, True), (True, True, True)]
)
def test_one_probe_decides_of_a_host_that_is_doubted(connected: bool, throttled: bool, given_up: bool) -> None:
    notebook = Notebook(Rest(HOST, NOW + 60, Failure(GIVEN_UP, "")))
    night = Night(notebook)
    night.hosts.refusal(HOST)
    night.taken("probe", "two", "three")
    night.now += 1
    done = night.frontier.done(HOST, night.now, elapsed=0.5, connected=connected, throttled=throttled)
    assert done is given_up
    if not given_up:
        assert night.taken() == ["two", "three"]


def test_doubt_is_over_with_the_first_answer() -> None:
    circuit = Circuit()
    circuit.suspect(NOW)
    doubted = circuit.is_suspect
    circuit.reached(throttled=False)
    assert (doubted, circuit.is_suspect) == (True, False)
    circuit.missed(started=NOW, now=NOW + 1)
    assert not circuit.is_open


def test_a_host_is_looked_up_when_it_is_met_and_no_more() -> None:
    notebook = Notebook()
    night = Night(notebook)
    assert night.hosts.refusal(HOST) is None
    night.taken("one")
    notebook.leave_alone(Rest(HOST, NOW + 7_200.0, THROTTLED))
    assert night.hosts.refusal(HOST) is None


def test_without_a_memory_nothing_is_known_and_nothing_kept() -> None:
    night = Night(None)
    night.hosts.give_up("b.example", OPEN)
    night.hosts.listen(HOST, answer(429, 7_200.0))
    assert night.hosts.refusal(HOST) is not None
    assert night.hosts.refusal("c.example") is None
    night.hosts.keep_robots(ORIGIN, Response(200, Fields(), b""))
    assert night.hosts.robots(ORIGIN) is None


BODY = b"User-agent: *\nDisallow: /\n"


def test_robots_txt_is_used_for_a_day() -> None:
    notebook = Notebook()
    night = Night(notebook)
    night.hosts.keep_robots(ORIGIN, Response(200, Fields([("content-encoding", "gzip")]), gzip.compress(BODY)))
    assert notebook.files[ORIGIN] == RobotsFile(ORIGIN, NOW, 200, BODY)
    assert night.hosts.robots(ORIGIN) == Response(200, Fields(), BODY)
    night.now = NOW + ROBOTS_HOLD - 1
    assert night.hosts.robots(ORIGIN) is not None
    night.now = NOW + ROBOTS_HOLD
    assert night.hosts.robots(ORIGIN) is None
    night.now = NOW - 1  # of a clock that was set back
    assert night.hosts.robots(ORIGIN) is None


@pytest.mark.parametrize(("status", "kept"), [(200, True), (404, True), (403, True), (500, False), (503, False)])
def test_that_robots_txt_could_not_be_had_is_for_one_run(status: int, kept: bool) -> None:
    notebook = Notebook()
    Night(notebook).hosts.keep_robots(ORIGIN, Response(status, Fields()))
    assert (ORIGIN in notebook.files) is kept


def test_no_answer_is_no_robots_txt() -> None:
    notebook = Notebook()
    Night(notebook).hosts.keep_robots(ORIGIN, None)
    assert notebook.files == {}
