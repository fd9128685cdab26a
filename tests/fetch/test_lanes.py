"""Lanes: which are kept, and which must go."""

from crawler.fetch.lanes import MOST_IDLE, Lanes, Origin, most_idle


def origin(name: str) -> Origin:
    return ("https", name, 443)


def test_a_lane_is_the_same_for_all_who_use_it_and_for_who_comes_next() -> None:
    lanes: Lanes[str] = Lanes(10)
    first, second = lanes.enter(origin("a")), lanes.enter(origin("a"))
    assert first is second
    assert lanes.leave(origin("a")) == lanes.leave(origin("a")) == []
    assert lanes.enter(origin("a")) is first


def test_the_lane_idle_longest_goes_first() -> None:
    lanes: Lanes[str] = Lanes(2)
    a, b, c = (lanes.enter(origin(name)) for name in "abc")
    assert lanes.leave(origin("a")) == lanes.leave(origin("b")) == []
    assert lanes.enter(origin("a")) is a
    assert lanes.leave(origin("a")) == []
    assert lanes.leave(origin("c")) == [b]
    assert lanes.take_idle() == [a, c]
    assert lanes.take_idle() == []


def test_a_lane_that_many_used_at_once_weighs_as_much() -> None:
    lanes: Lanes[str] = Lanes(4)
    wide, narrow = lanes.enter(origin("wide")), lanes.enter(origin("narrow"))
    for _ in range(2):
        lanes.enter(origin("wide"))
    for name in ("wide", "wide", "wide", "narrow"):
        assert lanes.leave(origin(name)) == []
    lanes.enter(origin("new"))
    assert lanes.leave(origin("new")) == [wide]
    assert narrow in lanes.take_idle()


def test_lanes_in_use_are_never_given_away() -> None:
    lanes: Lanes[str] = Lanes(0)
    held = lanes.enter(origin("a"))
    assert lanes.take_idle() == []
    assert lanes.leave(origin("a")) == [held]


def test_this_process_can_afford_some() -> None:
    assert 0 < most_idle() <= MOST_IDLE
