"""What waits to be judged."""

from crawler.model.exchange import Failure
from crawler.model.link import Link
from crawler.model.observation import Hop, Observation
from crawler.model.role import Role
from crawler.visiting.targets import Target
from crawler.waiting import Waiting


def target(url: str) -> Target:
    return Target(url, "www.example.org", Link(url, Role.WEB))


def test_it_is_given_back_as_it_came_in_and_once() -> None:
    reached = target("https://www.example.org/a")
    refused = target("https://www.example.org/b")
    failed = target("https://www.example.org/c")
    given = [
        (reached, Observation(reached.url, (Hop(reached.url, 200),), observed_at=1.5, elapsed=0.5, attempts=1)),
        (refused, Observation(refused.url, failure=Failure("budget-exhausted", "over"), observed_at=2.5)),
        (failed, Observation(failed.url, failure=Failure("timeout", "late"), observed_at=3.5, elapsed=9.0, attempts=3)),
    ]
    waiting = Waiting()
    for one, observation in given:
        waiting.add(one, observation)
    assert len(waiting) == 3
    assert list(waiting.take()) == given
    assert len(waiting) == 0
    assert list(waiting.take()) == []
