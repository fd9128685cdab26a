"""What every store promises (`crawler.store.port`), in SQLite and in PostgreSQL."""

from collections.abc import Callable, Iterator
from itertools import count
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.config import VERSION
from crawler.errors import RunError
from crawler.http.archive import Remembered
from crawler.model.exchange import Failure
from crawler.model.link import Article, Link, Problem
from crawler.model.observation import Observation
from crawler.model.role import Role
from crawler.store.choose import open_store
from crawler.store.port import PastRun, Rest, RobotsFile, Seen, Store
from tests.store.making import (
    DAY,
    LONGEST,
    NIGHT,
    SUMMARY,
    Placed,
    ended,
    link_url,
    links,
    missed,
    observations,
    roles,
    run_of,
    seen,
    texts,
    until,
)

any_store = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
"""One store takes all examples: each is a run of its own."""


@any_store
@given(st.lists(st.tuples(observations, roles), max_size=8))
def test_any_observations_come_back(store: Store, made: list[tuple[Observation, Role]]) -> None:
    run = store.begin(NIGHT, [])
    for observation, role in made:
        store.observe(observation, role)
    store.finish(ended())
    assert list(store.observed(run)) == [Seen(observation, role, run) for observation, role in made]


@any_store
@given(st.lists(st.tuples(texts, roles, st.lists(links, max_size=4)), max_size=4, unique_by=lambda target: target[0]))
def test_any_links_come_back(store: Store, made: list[tuple[str, Role, list[Link]]]) -> None:
    run = store.begin(NIGHT, [])
    written = [link for _, _, found in made for link in found]
    store.written({link.path: () for link in written}, [Placed(url, role, tuple(found)) for url, role, found in made])
    store.finish(ended())
    assert sorted(map(repr, (link for record in store.records(run) for link in record.links))) == sorted(
        map(repr, written)
    )


def test_what_was_seen_outlives_the_store(url: str) -> None:
    with open_store(url) as store:
        run = run_of(store, [seen(1, title="Ü")], Role.AMP)
    with open_store(url) as store:
        assert store.latest([link_url(1)]) == {link_url(1): Seen(seen(1, title="Ü"), Role.AMP, run)}


def test_the_latest_check_is_the_last_one_that_asked(store: Store) -> None:
    run_of(store, [seen(1, NIGHT + DAY), seen(1, NIGHT, 404), missed(1, NIGHT + 2 * DAY, "offline", attempts=0)])
    run_of(store, [missed(2, NIGHT), missed(3, NIGHT, "offline", attempts=0)])
    found = store.latest(map(link_url, range(5)))
    assert {url: check.observation for url, check in found.items()} == {
        link_url(1): seen(1, NIGHT + DAY),
        link_url(2): missed(2, NIGHT),
    }


def test_the_latest_before_some_time(store: Store) -> None:
    run_of(store, [seen(1, NIGHT, 404), seen(1, NIGHT + DAY, 500), seen(1, NIGHT + 2 * DAY)])
    for before, status in ((NIGHT + DAY + 1, 500), (NIGHT + DAY, 404), (NIGHT, None)):
        found = store.latest([link_url(1)], before=before)
        assert [check.observation.status for check in found.values()] == ([status] if status else [])


def test_of_two_checks_at_one_moment_the_one_written_last_is_the_latest(store: Store) -> None:
    run_of(store, [seen(1, status=404), seen(1, status=200)])
    assert store.latest([link_url(1)])[link_url(1)].observation.status == 200


def test_history_is_every_check_oldest_first(store: Store) -> None:
    one = run_of(store, [seen(1, NIGHT), seen(2, NIGHT)])
    two = run_of(store, [missed(1, NIGHT + 2 * DAY), missed(1, NIGHT + DAY, "offline", attempts=0)], Role.IMAGE)
    assert store.history([link_url(1), link_url(3)]) == {
        link_url(1): (
            Seen(seen(1, NIGHT), Role.WEB, one),
            Seen(missed(1, NIGHT + DAY, "offline", attempts=0), Role.IMAGE, two),
            Seen(missed(1, NIGHT + 2 * DAY), Role.IMAGE, two),
        )
    }


def test_more_urls_than_one_question_names(store: Store) -> None:
    made = [seen(number) for number in range(600)]
    run = run_of(store, made)
    urls = [observation.url for observation in made]
    assert set(store.latest(urls)) == set(store.history(urls)) == set(store.urls()) == set(urls)
    assert [check.observation for check in store.observed(run)] == made


def test_more_than_one_page_of_a_run(store: Store) -> None:
    made = [seen(number % 50, NIGHT + number) for number in range(2_100)]
    run_of(store, [seen(7)])
    run = run_of(store, made)
    run_of(store, [seen(8)])
    assert [check.observation for check in store.observed(run)] == made


def test_what_came_from_a_store_is_not_kept_again(store: Store) -> None:
    run = run_of(store, [seen(1)._replace(from_store=True)])
    assert list(store.observed(run)) == []


def test_what_is_handed_over_is_there_soon_by_itself(store: Store) -> None:
    store.begin(NIGHT, [])
    store.observe(seen(1), Role.WEB)
    until(lambda: store.latest([link_url(1)]))


def test_runs_are_told_newest_first(store: Store) -> None:
    one = run_of(store, [])
    two = store.begin(NIGHT + DAY, ["records/", "-"])
    assert two > one
    assert store.runs() == (
        PastRun(two, NIGHT + DAY, None, False, ("records/", "-"), VERSION, None),
        PastRun(one, NIGHT, NIGHT + 60, True, ("records/",), VERSION, SUMMARY),
    )
    assert store.runs(1) == store.runs()[:1]


def test_the_last_complete_run_is_not_the_last(store: Store) -> None:
    assert store.last_complete() is None
    complete = run_of(store, [])
    run_of(store, [], complete=False)
    store.begin(NIGHT, [])
    last = store.last_complete()
    assert last is not None
    assert last.id == complete


def test_what_is_known_of_hosts_is_what_was_heard_last(store: Store) -> None:
    rest = Rest("a.example", NIGHT + 60, Failure("http-429", "later"))
    later = Rest("a.example", NIGHT + 90, Failure("timeout", "gone", 1.5, "203.0.113.7:443", False))
    file = RobotsFile("https://a.example", NIGHT, 200, b"User-agent: *\nDisallow: /\0\xff")
    store.begin(NIGHT, [])
    store.leave_alone(rest)
    store.leave_alone(later)
    store.keep_robots(file)
    store.finish(ended())
    store.leave_alone(rest._replace(host="b.example"))
    store.keep_robots(file._replace(status=404, body=b""))
    store.finish(ended())
    assert store.rests(["a.example", "b.example", "c.example"]) == {
        "a.example": later,
        "b.example": rest._replace(host="b.example"),
    }
    assert store.robots(["https://a.example", "http://a.example"]) == {
        "https://a.example": file._replace(status=404, body=b"")
    }


def test_what_an_archive_said_is_what_it_said_last(store: Store) -> None:
    one = Remembered("20200512001015 https://a.example/\0\ud800", "https://b.example/\ud800", NIGHT)
    none = Remembered("now https://a.example/", None, NIGHT)
    store.begin(NIGHT, [])
    store.keep_opinion(one)
    store.keep_opinion(none._replace(copy="https://c.example/", asked_at=NIGHT - 1))
    store.keep_opinion(none)
    store.finish(ended())
    assert store.opinions([one.key, none.key, "now"]) == {one.key: one, none.key: none}
    later = one._replace(copy=None, asked_at=NIGHT + 1)
    store.keep_opinion(later)
    store.finish(ended())
    assert store.opinions([one.key]) == {one.key: later}


def test_what_an_archive_said_long_ago_is_forgotten(store: Store) -> None:
    old, new = Remembered("old", "https://a.example/", NIGHT), Remembered("new", None, NIGHT + DAY)
    store.begin(NIGHT, [])
    for opinion in (old, new):
        store.keep_opinion(opinion)
    store.finish(ended())
    assert store.roll_up(NIGHT + DAY) == 0
    assert store.opinions(["old", "new"]) == {"new": new}


ARTICLE = Article("related[0]", "Ü", "2020-01-01", "a.example", ((Role.WEB, "webUrl", link_url(1)),))


def at(number: int, path: str | None = "a.md", line: int | None = 4, article: Article | None = ARTICLE) -> Placed:
    """A target with one place, where it is written with a fragment."""
    link = Link(f"{link_url(number)}#part", Role.WEB, path, "related[0].webUrl", line, 9, 70, 30, article=article)
    return Placed(link_url(number), Role.WEB, (link,))


def read(store: Store, sources: dict[str | None, tuple[Problem, ...]], *targets: Placed) -> int:
    """A run that reads this."""
    run = store.begin(NIGHT, [])
    store.written(sources, targets)
    store.finish(ended())
    return run


def lines(store: Store, number: int) -> list[tuple[str | None, int | None]]:
    """Where a URL is written."""
    return [(link.path, link.line) for link in store.places(link_url(number))]


def test_where_a_link_is_written_is_what_was_read_last(store: Store) -> None:
    read(store, {"a.md": (), "b.md": ()}, at(1), at(1, "b.md"), at(2))
    assert sorted(lines(store, 1)) == [("a.md", 4), ("b.md", 4)]
    read(store, {"a.md": ()}, at(1, line=5))
    assert sorted(lines(store, 1)) == [("a.md", 5), ("b.md", 4)]
    assert lines(store, 2) == []
    read(store, {"a.md": (), "b.md": ()})
    assert lines(store, 1) == []


def test_records_are_those_of_their_last_run(store: Store) -> None:
    problem = Problem("record-unreadable", "no YAML", "b.md", 1, role=Role.WEB)
    one = read(store, {"a.md": (), "b.md": (problem,)}, at(1), at(2))
    two = read(store, {"a.md": ()}, at(3))
    (left,) = store.records(one)
    assert (left.path, left.links, left.problems) == ("b.md", (), (problem,))
    (new,) = store.records(two)
    assert (new.path, new.links, new.problems) == ("a.md", at(3).links, ())


def test_links_of_one_article_share_it(store: Store) -> None:
    twin = ARTICLE._replace()
    run = read(store, {"a.md": (), None: ()}, at(1), at(2), at(3, article=twin), at(4, None, None, None))
    found = {link.url: link for record in store.records(run) for link in record.links}
    first, second, other, alone = (found[f"{link_url(number)}#part"].article for number in range(1, 5))
    assert first == second == other == ARTICLE
    assert first is second
    assert first is not other
    assert alone is None


def test_a_record_of_many_links_comes_in_parts(store: Store) -> None:
    many = [at(number, "long.txt", number + 1) for number in range(2_100)]
    run = read(store, {"long.txt": (Problem("duplicate-key", "twice", "long.txt"),), "a.md": ()}, *many, at(1))
    parts = [record for record in store.records(run) if record.path == "long.txt"]
    assert sorted(link.line or 0 for part in parts for link in part.links) == list(range(1, 2_101))
    assert [part.continued for part in parts] == [False] + [True] * (len(parts) - 1)
    assert [len(part.problems) for part in parts] == [1] + [0] * (len(parts) - 1)
    assert len(parts) > 1


def test_a_run_that_began_earlier_does_not_have_the_last_word(url: str) -> None:
    with open_store(url) as slow, open_store(url) as fast:
        slow.begin(NIGHT, [])
        read(fast, {"a.md": ()}, at(1, line=2))
        slow.written({"a.md": (), "b.md": ()}, [at(1, line=1), at(1, "b.md", 1)])
        slow.finish(ended())
        assert sorted(lines(fast, 1)) == [("a.md", 2), ("b.md", 1)]


def test_a_run_that_was_not_finished_changes_nothing_of_what_is_written_where(url: str) -> None:
    with open_store(url) as store:
        read(store, {"a.md": ()}, at(1, line=1))
        store.begin(NIGHT, [])

        store.written({"a.md": ()}, (at(9_999 // (2_500 - number)) for number in count(1)))
        with pytest.raises(RunError, match="fault of the program itself: ZeroDivisionError"):
            store.finish(ended())
        assert lines(store, 1) == [("a.md", 1)]
    with open_store(url) as store:
        read(store, {"a.md": ()}, at(1, line=3))
        assert lines(store, 1) == [("a.md", 3)]
        assert lines(store, 2) == []


def test_observations_are_written_while_where_links_stand_is_still_being_written(store: Store) -> None:
    store.begin(NIGHT, [])

    def targets() -> Iterator[Placed]:
        """Goes on until an observation that was handed over meanwhile can be read."""
        started = monotonic()
        store.observe(seen(1), Role.WEB)
        for number in count():
            yield at(number)
            if not number % 2_500 and store.latest([link_url(1)]):
                return
            assert monotonic() - started < LONGEST

    store.written({"a.md": ()}, targets())
    store.finish(ended())


def test_a_check_of_what_is_written_nowhere_is_kept_like_the_others(store: Store) -> None:
    run = store.begin(NIGHT, [])
    store.written({"a.md": ()}, [at(number) for number in range(1_500)])
    until(lambda: store.places(link_url(1)))
    for number in range(3_000):
        store.observe(seen(number), Role.WEB)
    store.finish(ended())
    assert [check.observation.url for check in store.observed(run)] == [link_url(number) for number in range(3_000)]


def nights(store: Store, number: int, check: Callable[[int, float], Observation], *, first: int, last: int) -> None:
    """The same check, night after night."""
    for night in range(first, last + 1):
        run_of(store, [check(number, NIGHT + night * DAY)])


def test_old_observations_are_rolled_up(store: Store) -> None:
    nights(store, 1, seen, first=0, last=4)
    nights(store, 1, missed, first=5, last=8)
    nights(store, 1, seen, first=9, last=12)
    nights(store, 2, seen, first=0, last=12)
    run_of(store, [seen(3, NIGHT + night * DAY, title=title) for night, title in enumerate("aabbaa")])
    run_of(store, [missed(4, NIGHT + night * DAY, "offline", attempts=0) for night in range(5)])
    assert store.roll_up(NIGHT + 11 * DAY) == 6 + 10 + 0 + 3
    left = store.history(map(link_url, range(1, 5)))
    days = {
        url: [round((check.observation.observed_at - NIGHT) / DAY) for check in checks] for url, checks in left.items()
    }
    assert days == {
        link_url(1): [0, 4, 5, 8, 9, 11, 12],
        link_url(2): [0, 11, 12],
        link_url(3): [0, 1, 2, 3, 4, 5],
        link_url(4): [0, 4],
    }
    assert store.roll_up(NIGHT + 11 * DAY) == 0


def test_many_links_are_rolled_up(store: Store) -> None:
    for night in range(3):
        run_of(store, [seen(number, NIGHT + night * DAY) for number in range(600)])
    assert store.roll_up(NIGHT + 9 * DAY) == 600
    assert store.roll_up(NIGHT + 9 * DAY) == 0
