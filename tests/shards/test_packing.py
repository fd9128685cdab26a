"""A visit that goes on in another process goes on as if it had stayed."""

import pickle
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import pytest

from crawler.config import Fetch
from crawler.fetch.connect_to import find
from crawler.http.address import AddressGuard
from crawler.http.url import Url
from crawler.model.exchange import Failure, Fields, Response
from crawler.model.link import Link
from crawler.model.role import Role
from crawler.shards.packing import Packer
from crawler.visiting.action import Done, Send, Wait
from crawler.visiting.admission import Admission
from crawler.visiting.errand import Errand, RobotsErrand, valid
from crawler.visiting.suspicion import Suspicions
from crawler.visiting.targets import Target, Targets
from crawler.visiting.visit import Policy

NOW = 1_000_000.0


def policy() -> Policy:
    """One of each process's own, all alike."""
    admission = Admission(AddressGuard(["10.0.0.0/8"]), partial(find, ()))
    return Policy(Fetch(retries=1), 300.0, admission.admit, Suspicions("seed"))


def let_pass(link: Link, url: Url) -> Failure | None:
    return None


def target(url: str, role: Role = Role.WEB) -> Target:
    new = Targets(let_pass).add(Link(url, role, "a.md"))
    assert new is not None
    return new[0]


def page(title: str, status: int = 200) -> Response:
    return Response(status, Fields([("content-type", "text/html")]), f"<title>{title}</title>".encode())


def to(location: str, *cookies: str) -> Response:
    return Response(301, Fields([("location", location), *(("set-cookie", cookie) for cookie in cookies)]))


class Story(NamedTuple):
    """A visit, and the answers that it gets."""

    begin: Callable[[], Errand]
    answers: tuple[Response | Failure, ...]


STORIES = {
    "redirects with a cookie": Story(
        lambda: target("https://a.example/#here"),
        (to("https://b.example/", "k=v"), to("https://a.example/next", "w=x; Secure"), page("A page")),
    ),
    "a loop": Story(lambda: target("https://a.example/"), (to("https://b.example/"), to("https://a.example/"))),
    "a second try": Story(
        lambda: target("https://a.example/"),
        (to("https://b.example/"), Failure("timeout", "nothing came"), page("Unavailable", 503)),
    ),
    "a longer range of an image": Story(
        lambda: target("https://a.example/a.jpg", Role.IMAGE),
        (to("https://b.example/a.jpg"), Response(416, Fields()), page("No image")),
    ),
    "a forbidden place": Story(lambda: target("https://a.example/"), (to("http://169.254.169.254/"),)),
    "an allowed place": Story(lambda: target("https://a.example/"), (to("http://10.1.2.3/"), page("Inside"))),
    "a probe": Story(lambda: target("https://a.example/news/story"), (page("Page not found"), page("Page not found"))),
    "robots.txt": Story(
        lambda: RobotsErrand("https://a.example", "a.example", target("https://a.example/")),
        (to("https://b.example/robots.txt"), Response(200, Fields(), b"User-agent: *\nDisallow: /")),
    ),
}


def told(story: Story, *, moves: bool) -> list[object]:
    """What the visit does at each answer, in one process or each time in another."""
    here = policy()
    errand = story.begin()
    actions: list[object] = [errand.begin(here).send]
    for answer in story.answers:
        if moves:
            errand, here = moved(errand, here)
        assert errand.visit is not None
        action = errand.visit.receive(answer, NOW)
        actions.append(action.observation if isinstance(action, Done) else action)
    return actions


def moved(errand: Errand, here: Policy) -> tuple[Errand, Policy]:
    """To a process that knows nothing of it."""
    there = policy()
    errand, done = Packer(there).unpack(Packer(here).pack(errand, None))
    assert done is None
    return errand, there


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_a_visit_that_moves_does_what_it_would_have_done(story: Story) -> None:
    stayed = told(story, moves=False)
    assert told(story, moves=True) == stayed
    assert len(stayed) == len(story.answers) + 1
    assert isinstance(stayed[0], Send)
    assert not isinstance(stayed[-1], Send | Wait)


def test_what_a_child_is_told_of_the_policy_is_the_whole_of_it() -> None:
    here = policy()
    there: Policy = pickle.loads(pickle.dumps(here))
    assert there[:2] == here[:2]
    refused = {"http://10.1.2.3/": False, "http://a.example/": False, "http://127.0.0.1/": True, "http://[::1]/": True}
    assert {url: there.admit(valid(url)) is not None for url in refused} == refused


def test_a_target_takes_its_role_and_its_robots_along() -> None:
    here = target("https://a.example/a.jpg", Role.IMAGE)
    settings = policy()
    here.begin(settings)
    there, _ = moved(here, settings)
    assert isinstance(there, Target)
    assert (there.url, there.host, there.role, there.obeys_robots, there.done) == (
        here.url,
        "a.example",
        Role.IMAGE,
        True,
        False,
    )


def test_those_who_wait_for_robots_txt_do_not_travel() -> None:
    here = RobotsErrand("https://a.example", "a.example", target("https://a.example/"))
    settings = policy()
    here.begin(settings)
    there, _ = moved(here, settings)
    assert isinstance(there, RobotsErrand)
    assert (there.origin, there.host, there.url, there.waiting) == (here.origin, here.host, here.url, [])
    assert len(here.waiting) == 1


def test_an_end_travels_with_its_answer() -> None:
    here = RobotsErrand("https://a.example", "a.example")
    done = here.begin(policy()).receive(Response(200, Fields(), b"User-agent: *"), NOW)
    assert isinstance(done, Done)
    errand, end = Packer(policy()).unpack(Packer(policy()).pack(here, done))
    assert isinstance(errand, RobotsErrand)
    assert end == done
