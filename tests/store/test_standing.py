"""What stands in records now, and what has stumbled, in SQLite and in PostgreSQL."""

from crawler.model.link import Link, Problem
from crawler.model.observation import Evidence
from crawler.model.role import Role
from crawler.store.port import Store
from tests.store.making import DAY, NIGHT, Placed, ended, link_url, missed, run_of, seen


def at(number: int, path: str | None = "a.md") -> Placed:
    """A target with one place."""
    return Placed(link_url(number), Role.WEB, (Link(link_url(number), Role.WEB, path, "webUrl", 4, 9, 70, 30),))


def read(store: Store, sources: dict[str | None, tuple[Problem, ...]], *targets: Placed) -> None:
    """A run that reads this."""
    store.begin(NIGHT, [])
    store.written(sources, targets)
    store.finish(ended())


def test_all_records_are_those_of_every_run(store: Store) -> None:
    assert list(store.all_records()) == []
    problem = Problem("record-unreadable", "no YAML", "b.md", 1)
    read(store, {"a.md": (), "b.md": (problem,), None: ()}, at(1), at(2, None))
    read(store, {"a.md": (), "c.md": ()}, at(3), at(3, "c.md"))
    found = {record.path: record for record in store.all_records()}
    assert {path: record.links for path, record in found.items()} == {
        "a.md": at(3).links,
        "b.md": (),
        "c.md": at(3, "c.md").links,
        None: at(2, None).links,
    }
    assert found["b.md"].problems == (problem,)


def test_urls_that_are_written_now(store: Store) -> None:
    read(store, {"a.md": (), "b.md": ()}, at(1), at(2, "b.md"), at(3), at(3, "b.md"))
    run_of(store, [seen(4)])
    assert sorted(store.urls()) == sorted(map(link_url, (1, 2, 3, 4)))
    assert sorted(store.urls_written()) == sorted(map(link_url, (1, 2, 3)))
    read(store, {"a.md": ()}, at(5))
    assert sorted(store.urls_written()) == sorted(map(link_url, (2, 3, 5)))


def test_more_urls_than_one_page_are_written(store: Store) -> None:
    many = [at(number) for number in range(2_100)]
    read(store, {"a.md": ()}, *many)
    assert sorted(store.urls_written()) == sorted(target.url for target in many)


def test_what_has_stumbled(store: Store) -> None:
    later = NIGHT + DAY
    run_of(store, [seen(1), missed(2), missed(3, later), seen(4, later, 404), seen(5, later, 301)])
    run_of(store, [seen(number, later + DAY) for number in (1, 2, 3, 4, 5)])
    run_of(store, [seen(6, later)._replace(evidence=Evidence("soft-404", ())), missed(7, later, "offline", attempts=0)])
    assert sorted(store.stumbled(later)) == sorted(map(link_url, (3, 4, 6)))
    assert link_url(2) in store.stumbled(NIGHT)
    assert list(store.stumbled(later + DAY)) == []
