"""Unique URLs with all the places that name them."""

import pytest

from crawler.http.url import Url
from crawler.model.exchange import Failure
from crawler.model.link import Link
from crawler.model.role import Role
from crawler.visiting.targets import Targets


def anything_goes(link: Link, url: Url) -> Failure | None:
    return None


def test_spellings_of_one_url_fall_together() -> None:
    targets = Targets(anything_goes)
    spellings = ["https://www.example.org/a", "HTTPS://WWW.EXAMPLE.ORG:443/a", "https://www.example.org/x/../a#part"]
    first, *others = [targets.add(Link(url, Role.WEB, line=line)) for line, url in enumerate(spellings)]
    assert first is not None
    target, refusal = first
    assert refusal is None
    assert others == [None, None]
    assert target.url == "https://www.example.org/a"
    assert [link.line for link in target.links] == [0, 1, 2]
    assert (len(targets), targets.links) == (1, 3)


@pytest.mark.parametrize(
    ("roles", "strictest"),
    [
        ([Role.WEB, Role.WEB], Role.WEB),
        ([Role.AMP_CACHE, Role.WEB], Role.WEB),
        ([Role.WEB, Role.AMP], Role.AMP),
        ([Role.IMAGE, Role.AMP], Role.IMAGE),
        ([Role.WEB, Role.AMP_CACHE, Role.IMAGE, Role.AMP], Role.IMAGE),
    ],
)
def test_a_target_has_the_strictest_role_of_its_links(roles: list[Role], strictest: Role) -> None:
    targets = Targets(anything_goes)
    first, *_ = [targets.add(Link("https://www.example.org/", role)) for role in roles]
    assert first is not None
    assert first[0].role is strictest


def test_what_cannot_be_asked_for_is_a_target_too() -> None:
    targets = Targets(anything_goes)
    malformed = targets.add(Link("htps//broken", Role.WEB))
    assert malformed is not None
    target, refusal = malformed
    assert target.url == "htps//broken"
    assert refusal is not None
    assert refusal.reason == "url-malformed"
    assert targets.add(Link("htps//broken", Role.WEB)) is None


def test_preflight_has_a_say() -> None:
    targets = Targets(lambda link, url: Failure("offline", "") if url.host == "www.example.org" else None)
    refused, let_through = (
        targets.add(Link(f"https://{host}/", Role.WEB)) for host in ("www.example.org", "b.example")
    )
    assert refused is not None
    assert refused[1] == Failure("offline", "")
    assert let_through is not None
    assert let_through[1] is None


def test_the_unfinished_are_told() -> None:
    targets = Targets(anything_goes)
    added = [targets.add(Link(f"https://{host}.example/", Role.WEB)) for host in "abc"]
    assert added[1] is not None
    added[1][0].done = True
    assert [target.host for target in targets.unfinished()] == ["a.example", "c.example"]
