"""What a run makes of a store: what it goes on with, what it need not ask for, and what it leaves behind."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import time

import pytest

from crawler.config import Store as Settings
from crawler.errors import RunError, UsageError
from crawler.model.exchange import Failure
from crawler.model.link import Link, Problem, Record
from crawler.model.role import Role
from crawler.remembering import RESUMED, Remembering
from crawler.store.choose import open_store
from crawler.store.port import Rest, RobotsFile, Store
from crawler.visiting.targets import Targets
from tests.store.making import DAY, ended, link_url, missed, seen

HOUR = 3600.0
ALL = frozenset(Role)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with open_store(f"sqlite:///{tmp_path}/links.db") as store:
        yield store


def link(number: int, role: Role = Role.WEB, path: str | None = "a.md") -> Link:
    return Link(link_url(number), role, path)


def past(
    store: Store, age: float, numbers: Sequence[int] = (), *, asked: Sequence[str] = (), complete: bool | None = True
) -> None:
    """A run that began `age` seconds ago and checked these links then; `complete` is None where it was killed."""
    began = time() - age
    store.begin(began, asked)
    for number in numbers:
        store.observe(seen(number, began), Role.WEB)
    if complete is None:
        store.written({}, ())  # which takes its turn behind what was observed
        while len(store.latest(map(link_url, numbers))) < len(numbers):
            pass
    else:
        store.finish(ended(complete))


def run(store: Store, max_age: float = 0.0, *, asked: Sequence[str] = (), again: bool = False) -> Remembering:
    """A run that has begun and read one record of three links."""
    remembering = Remembering(store, Settings(max_age=max_age), again=again)
    remembering.begin(time(), asked)
    remembering.read([Record("a.md", (link(1), link(2), link(3)))], ALL)
    return remembering


def answered(remembering: Remembering) -> list[int]:
    """Which of the three links need not be asked for."""
    recalled = {number: remembering.recall(link_url(number), Role.WEB) for number in (1, 2, 3)}
    return [number for number, found in recalled.items() if found and found.enough]


def test_without_a_store_nothing_is_known_and_nothing_fails() -> None:
    with Remembering() as remembering:
        remembering.begin(time(), ["a"])
        remembering.read([Record("a.md", (link(1),))], ALL)
        assert remembering.recall(link_url(1), Role.WEB) is None
        remembering.observe(seen(1), Role.WEB)
        remembering.read_all([])
        remembering.finish(ended())
    assert remembering.failure is None


def test_what_is_known_but_old_is_handed_on_as_known(store: Store) -> None:
    past(store, HOUR, [1])
    remembering = run(store)
    recalled = remembering.recall(link_url(1), Role.WEB)
    assert recalled is not None
    assert not recalled.enough
    assert recalled.observation.status == 200
    assert remembering.recall(link_url(2), Role.WEB) is None


@pytest.mark.parametrize(("max_age", "numbers"), [(0, []), (HOUR / 2, []), (2 * HOUR, [1]), (2 * DAY, [1, 2])])
def test_what_is_young_enough_is_not_asked_for(store: Store, max_age: float, numbers: list[int]) -> None:
    past(store, DAY, [1, 2])
    past(store, HOUR, [1])
    remembering = run(store, max_age)
    assert answered(remembering) == numbers


def test_a_check_from_the_future_is_none_of_these(store: Store) -> None:
    past(store, -DAY, [1])
    assert answered(run(store, DAY)) == []


def test_what_was_not_asked_for_is_not_known(store: Store) -> None:
    store.begin(time() - HOUR, [])
    store.observe(missed(1, time() - HOUR, "budget-exhausted", attempts=0), Role.WEB)
    store.finish(ended(complete=False))
    assert answered(run(store, DAY)) == []


@pytest.mark.parametrize("role", Role)
def test_a_page_is_not_known_as_a_picture(store: Store, role: Role) -> None:
    past(store, HOUR, [1])
    assert (run(store, DAY).recall(link_url(1), role) is not None) == (role is Role.WEB)


def test_a_link_is_known_however_it_is_written(store: Store) -> None:
    past(store, HOUR, [1])
    remembering = Remembering(store, Settings(max_age=DAY))
    remembering.begin(time(), [])
    written = link_url(1).replace("https://", "HTTPS://") + "#part"
    remembering.read([Record("a.md", (Link(written, Role.WEB, "a.md"),))], ALL)
    assert remembering.recall(link_url(1), Role.WEB) is not None


def _killed(store: Store) -> None:
    past(store, HOUR, [1, 2], complete=None)


def _interrupted(store: Store) -> None:
    past(store, HOUR, [1, 2], complete=False)


def _twice(store: Store) -> None:
    past(store, 2 * HOUR, [1], complete=False)
    past(store, HOUR, [2], complete=None)


def _over(store: Store) -> None:
    past(store, 2 * HOUR, [1], complete=False)
    past(store, HOUR, [2])


def _after_one_that_was_over(store: Store) -> None:
    past(store, 2 * HOUR, [1])
    past(store, HOUR, [2], complete=False)


def _others_between(store: Store) -> None:
    past(store, 2 * HOUR, [1], complete=False)
    past(store, HOUR, [2], asked=["b.md"])


def _other_inputs(store: Store) -> None:
    past(store, HOUR, [1, 2], asked=["b.md"], complete=False)


def _long_ago(store: Store) -> None:
    past(store, RESUMED + HOUR, [1, 2], complete=False)


def _nothing_checked(store: Store) -> None:
    past(store, HOUR, [], complete=False)


RESUMING: dict[str, tuple[Callable[[Store], None], list[int]]] = {
    "killed": (_killed, [1, 2]),
    "interrupted": (_interrupted, [1, 2]),
    "killed while going on with another": (_twice, [1, 2]),
    "one that was over since": (_over, []),
    "one that was over before": (_after_one_that_was_over, [2]),
    "a run over other inputs between": (_others_between, [1, 2]),
    "a run over other inputs": (_other_inputs, []),
    "long ago": (_long_ago, []),
    "nothing was checked": (_nothing_checked, []),
}


@pytest.mark.parametrize(("before", "numbers"), RESUMING.values(), ids=RESUMING)
def test_a_run_goes_on_with_what_did_not_finish(
    store: Store, before: Callable[[Store], None], numbers: list[int]
) -> None:
    before(store)
    remembering = run(store)
    assert answered(remembering) == numbers
    assert (remembering.resumed is not None) == bool(numbers)


def test_all_is_asked_for_again_where_that_is_wanted(store: Store) -> None:
    past(store, HOUR, [1, 2], complete=False)
    remembering = run(store, DAY, again=True)
    assert answered(remembering) == []
    assert remembering.resumed is None
    assert remembering.recall(link_url(1), Role.WEB) is not None


def test_hosts_are_known_once_links_name_them(store: Store) -> None:
    host, origin = "site1.example", "https://site1.example"
    rest = Rest(host, time() + HOUR, Failure("http-429", "later"))
    file = RobotsFile(origin, time(), 200, b"User-agent: *")
    with Remembering(store) as before:
        before.begin(time(), [])
        before.leave_alone(rest)
        before.keep_robots(file)
        before.finish(ended())
    remembering = Remembering(store)
    remembering.begin(time(), [], robots=True)
    assert remembering.rest(host) is None
    remembering.read([Record("a.md", (link(1), link(2)))], ALL)
    assert (remembering.rest(host), remembering.robots_file(origin)) == (rest, file)
    assert (remembering.rest("site2.example"), remembering.robots_file("https://site2.example")) == (None, None)
    by_name = Remembering(store)
    by_name.begin(time(), [])
    by_name.read([Record("a.md", (link(1),))], ALL)
    assert (by_name.rest(host), by_name.robots_file(origin)) == (rest, None)


def finished(remembering: Remembering, *links: Link) -> None:
    """The end of a run that had these links checked."""
    targets = Targets(lambda link, url: None)
    for one in links:
        targets.add(one)
    remembering.read_all(targets)
    remembering.finish(ended())


def places(store: Store, number: int) -> list[str | None]:
    return [place.path for place in store.places(link_url(number))]


def test_where_links_are_written_is_kept_whatever_roles_were_wanted(store: Store) -> None:
    remembering = Remembering(store)
    remembering.begin(time(), [])
    problem = Problem("duplicate-key", "twice", "a.md", 3)
    remembering.read([Record("a.md", (link(1), link(2, Role.IMAGE)), (problem,))], {Role.IMAGE})
    remembering.read([Record("a.md", (link(3),), (), continued=True)], {Role.IMAGE})
    finished(remembering, link(2, Role.IMAGE))
    assert [places(store, number) for number in (1, 2, 3)] == [["a.md"]] * 3
    assert [record.problems for record in store.all_records()] == [(problem,)]


def test_a_run_that_did_not_read_all_changes_no_place(store: Store) -> None:
    finished(run(store), link(1), link(2), link(3))
    remembering = Remembering(store)
    remembering.begin(time(), [])
    remembering.read([Record("a.md", ())], ALL)
    remembering.finish(ended(complete=False))
    assert places(store, 1) == ["a.md"]


@pytest.mark.parametrize(("asked", "left"), [((), []), (("b.md",), ["a.md"])])
def test_a_record_that_is_gone_names_nothing_any_more(store: Store, asked: Sequence[str], left: list[str]) -> None:
    finished(run(store), link(1), link(2), link(3))
    remembering = Remembering(store)
    remembering.begin(time(), asked)
    remembering.read([Record("b.md", (link(2, path="b.md"),))], ALL)
    finished(remembering, link(2, path="b.md"))
    past(store, 0)  # which waits for what was handed over before
    assert places(store, 1) == left
    assert sorted(map(str, places(store, 2))) == [*left, "b.md"]


@pytest.mark.parametrize(("before_midnight", "kept"), [(True, 2), (False, 5)])
def test_old_checks_are_rolled_up_once_a_day(store: Store, before_midnight: bool, kept: int) -> None:
    now = (time() // DAY) * DAY + 2.0
    for day in (400, 300, 200, 150, 120):
        store.begin(now - day * DAY, [])
        store.observe(seen(1, now - day * DAY), Role.WEB)
        store.finish(ended())
    store.begin(now - 3.0 if before_midnight else now - 1.0, [])
    remembering = Remembering(store, Settings(keep=100 * DAY))
    remembering.begin(now, [])
    remembering.finish(ended())
    assert len(store.history([link_url(1)])[link_url(1)]) == kept


def test_a_url_is_opened_and_closed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/links.db"
    with Remembering(url) as remembering:
        remembering.begin(time(), ["a.md"])
        remembering.observe(seen(1), Role.WEB)
        remembering.finish(ended())
    with open_store(url, create=False) as store:
        assert list(store.urls()) == [link_url(1)]
        assert [run.inputs for run in store.runs()] == [("a.md",)]


def test_a_url_that_makes_no_sense_is_refused() -> None:
    with Remembering("nonsense") as remembering, pytest.raises(UsageError, match="is no URL"):
        remembering.begin(time(), [])


def whole(url: str, number: int = 1, *, spoil: Callable[[], object] = bool, reached: list[str]) -> None:
    """A run from beginning to end over one link; says how far it came."""
    with Remembering(url) as remembering:
        remembering.begin(time(), [])
        reached.append("begin")
        spoil()
        remembering.read([Record("a.md", (link(number),))], ALL)
        assert remembering.failure is not None
        assert remembering.recall(link_url(number), Role.WEB) is None
        remembering.observe(seen(number), Role.WEB)
        finished(remembering, link(number))
        reached.append("end")


def test_a_store_that_can_not_be_opened_is_told_of_at_the_end(tmp_path: Path) -> None:
    reached: list[str] = []
    with pytest.raises(RunError, match="can't be opened"):
        whole(f"sqlite:///{tmp_path}", reached=reached)
    assert reached == ["begin", "end"]


def test_a_store_that_breaks_is_let_alone_from_then_on(tmp_path: Path) -> None:
    file = tmp_path / "links.db"
    with open_store(f"sqlite:///{file}") as store:
        past(store, HOUR, range(5_000))

    def spoil() -> None:
        with file.open("r+b") as raw:
            raw.seek(8 * 4096)
            raw.write(b"\xff" * 4096 * 200)

    reached: list[str] = []
    with pytest.raises(RunError, match="the file is damaged"):
        whole(f"sqlite:///{file}", 2_500, spoil=spoil, reached=reached)
    assert reached == ["begin", "end"]


def fails_in_between(url: str) -> None:
    with Remembering(url) as remembering:
        remembering.begin(time(), [])
        raise ZeroDivisionError


def test_what_was_raised_before_is_not_hidden(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        fails_in_between(f"sqlite:///{tmp_path}")
