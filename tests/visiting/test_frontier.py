"""What every host was promised, and who goes first."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import Pool
from crawler.visiting.frontier import Frontier

LONG_AGO = 0.0


def frontier(**pool: float) -> Frontier[str]:
    return Frontier(Pool(**pool))  # type: ignore[arg-type]


def taken(queue: Frontier[str], now: float) -> list[str]:
    items = []
    while (item := queue.take(now)) is not None:
        items.append(item)
    return items


def done(queue: Frontier[str], host: str, now: float, *, elapsed: float = 0.1, connected: bool = True) -> bool:
    return queue.done(host, now, elapsed=elapsed, connected=connected)


def fill(queue: Frontier[str], **counts: int) -> None:
    for host, count in counts.items():
        for number in range(count):
            queue.add(host, f"{host}{number}", LONG_AGO)


def test_no_host_gets_more_than_its_slots() -> None:
    queue = frontier(per_host=2)
    fill(queue, a=5, b=1)
    assert sorted(taken(queue, 1)) == ["a0", "a1", "b0"]
    assert queue.active == 3
    done(queue, "a", 2)
    assert taken(queue, 2) == ["a2"]
    assert len(queue) == 2


def test_the_host_with_the_most_work_left_goes_first() -> None:
    queue = frontier(per_host=1)
    fill(queue, a=1, b=3, c=2)
    assert taken(queue, 1) == ["b0", "c0", "a0"]


def test_work_left_counts_how_long_a_host_takes() -> None:
    queue = frontier(per_host=1)
    fill(queue, quick=1, slow=1)
    taken(queue, 0)
    done(queue, "quick", 1, elapsed=0.01)
    done(queue, "slow", 20, elapsed=20)
    fill(queue, quick=4, slow=2)
    assert taken(queue, 21) == ["slow0", "quick0"]


def test_a_queue_that_grew_while_on_offer_moves_up() -> None:
    queue = frontier(per_host=1)
    fill(queue, a=1, b=2)
    for number in range(1, 9):
        queue.add("a", f"a{number}", LONG_AGO)
    assert taken(queue, 1) == ["a0", "b0"]


def test_delay_keeps_starts_apart() -> None:
    queue = frontier(per_host=4, delay=1.5)
    fill(queue, a=3)
    assert taken(queue, 10.0) == ["a0"]
    assert queue.next_time() == 11.5
    assert taken(queue, 11.4) == []
    assert taken(queue, 11.5) == ["a1"]
    assert taken(queue, 13.0) == ["a2"]
    assert queue.next_time() is None


def test_a_hold_delays_one_host_alone() -> None:
    queue = frontier(per_host=2)
    fill(queue, a=3, b=1)
    assert queue.take(0) == "a0"
    queue.hold("a", 60)
    done(queue, "a", 1)
    assert taken(queue, 1) == ["b0"]
    assert queue.next_time() == 60
    assert taken(queue, 60) == ["a1", "a2"]


def test_what_was_deferred_comes_first_once_its_time_has_come() -> None:
    queue = frontier(per_host=1)
    fill(queue, a=2)
    assert taken(queue, 0) == ["a0"]
    queue.defer(5, "a", "a0 again")
    done(queue, "a", 1)
    assert taken(queue, 1) == ["a1"]
    done(queue, "a", 2)
    assert taken(queue, 4.9) == []
    assert queue.next_time() == 5
    assert taken(queue, 5) == ["a0 again"]


def test_an_item_that_waits_holds_no_slot() -> None:
    queue = frontier(per_host=1)
    fill(queue, a=1)
    queue.take(0)
    done(queue, "a", 1)
    queue.defer(100, "a", "a0 again")
    queue.add("a", "other", 1)
    assert taken(queue, 1) == ["other"]


def test_a_dead_host_is_given_up_after_one_more_probe() -> None:
    queue = frontier(per_host=2)
    fill(queue, a=9)
    assert taken(queue, 0) == ["a0", "a1"]
    assert not done(queue, "a", 10, elapsed=10, connected=False)
    queue.defer(11, "a", "a0 again")
    assert not done(queue, "a", 10, elapsed=10, connected=False)
    assert taken(queue, 10) == ["a2", "a3"]
    assert not done(queue, "a", 20, elapsed=10, connected=False)
    assert taken(queue, 20) == [], "it rests"
    assert not done(queue, "a", 20, elapsed=10, connected=False)
    assert taken(queue, 22) == ["a0 again"], "one probe, alone"
    queue.defer(50, "a", "a2 again")
    assert done(queue, "a", 32, elapsed=10, connected=False)
    assert queue.give_up("a") == ["a2 again", "a4", "a5", "a6", "a7", "a8"]
    assert len(queue) == 0
    assert queue.next_time() is None


def test_an_answer_to_the_probe_closes_the_circuit() -> None:
    queue = frontier(per_host=3)
    fill(queue, a=9)
    taken(queue, 0)
    for _ in range(3):
        assert not done(queue, "a", 1, elapsed=1, connected=False)
    assert taken(queue, 3) == ["a3"]
    assert not done(queue, "a", 4)
    assert taken(queue, 4) == ["a4", "a5", "a6"]


def test_a_host_that_wants_fewer_requests_gets_one_at_a_time_ever_more_slowly_and_then_none() -> None:
    queue = frontier(per_host=3)
    fill(queue, a=20)
    assert len(taken(queue, 0)) == 3
    done(queue, "a", 0)
    done(queue, "a", 0)
    moments = [0.0]
    while not queue.done("a", moments[-1], elapsed=0.1, throttled=True):
        assert taken(queue, moments[-1]) == []
        due = queue.next_time()
        assert due is not None
        moments.append(due)
        assert len(taken(queue, due)) == 1
    assert [later - before for before, later in pairwise(moments)] == [0.5, 1, 2, 4]


def test_the_pace_comes_back_once_a_host_no_longer_minds() -> None:
    queue = frontier(per_host=1)
    fill(queue, a=20)
    moments = []
    now = 0.0
    for throttled in (True, True, False, False, False, False, False):
        due = queue.next_time()
        now = now if due is None else due
        assert len(taken(queue, now)) == 1
        moments.append(now)
        queue.done("a", now, elapsed=0, throttled=throttled)
    assert [later - before for before, later in pairwise(moments)] == [0.5, 1, 1, 0.5, 0.25, 0.125]


@pytest.mark.parametrize("per_host", [1, 2, 5])
@given(plan=st.lists(st.tuples(st.sampled_from("abc"), st.floats(0.01, 9)), max_size=60))
def test_whatever_comes_everything_goes_out_once_and_within_limits(
    per_host: int, plan: list[tuple[str, float]]
) -> None:
    queue = frontier(per_host=per_host, delay=0.5)
    for number, (host, _) in enumerate(plan):
        queue.add(host, f"{host}{number}", LONG_AGO)
    seen: list[str] = []
    under_way: list[tuple[float, str, float]] = []
    now = 0.0
    while len(queue) or under_way:
        for item in taken(queue, now):
            seen.append(item)
            took = plan[int(item[1:])][1]
            under_way.append((now + took, item[0], took))
        for host in "abc":
            assert sum(name == host for _, name, _ in under_way) <= per_host
        moments = [moment for moment, _, _ in under_way]
        due = queue.next_time()
        now = min([*moments, *([due] if due is not None else [])])
        for entry in [entry for entry in under_way if entry[0] <= now]:
            under_way.remove(entry)
            assert not done(queue, entry[1], now, elapsed=entry[2])
    assert sorted(seen) == sorted(f"{host}{number}" for number, (host, _) in enumerate(plan))
