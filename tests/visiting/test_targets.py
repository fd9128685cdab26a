"""Unique URLs with all the places that name them."""

import pytest

from crawler.config import Fetch
from crawler.http.url import Url
from crawler.model.exchange import Failure
from crawler.model.link import Link
from crawler.model.observation import Hop, Metadata, Observation
from crawler.model.role import Role
from crawler.visiting.admission import OFFLINE
from crawler.visiting.targets import Recalled, Target, Targets
from crawler.visiting.visit import Policy


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


URL = "https://www.example.org/"
ANSWERED = Observation(URL, (Hop(URL, 200),), None, Metadata("text/html"), 1_000.0, 0.5, 1)
PICTURE = ANSWERED._replace(metadata=Metadata("image/png", is_image=True))


def remembering(enough: bool, **known: Observation) -> Targets:
    """Targets of which something is known in some roles."""

    def recall(url: str, role: Role) -> Recalled | None:
        return Recalled(known[role.name], enough) if url == URL and role.name in known else None

    return Targets(lambda link, url: OFFLINE if "offline" in url.href else None, recall)


def added(targets: Targets, *roles: Role, url: str = URL) -> Target:
    first, *_ = [targets.add(Link(url, role, "a.md")) for role in roles]
    assert first is not None
    return first[0]


@pytest.mark.parametrize("enough", [True, False])
def test_what_is_known_is_the_answer_where_that_is_enough(enough: bool) -> None:
    target = added(remembering(enough, WEB=ANSWERED), Role.WEB)
    assert target.known == ANSWERED._replace(from_store=enough)
    assert target.answer == (target.known if enough else None)


def test_of_most_nothing_is_known() -> None:
    target = added(remembering(True, WEB=ANSWERED), Role.WEB, url="https://www.example.org/new")
    assert (target.known, target.answer) == (None, None)
    assert added(Targets(anything_goes), Role.WEB).known is None


@pytest.mark.parametrize("enough", [True, False])
def test_in_a_stricter_role_only_what_was_seen_in_it_counts(enough: bool) -> None:
    both = remembering(enough, WEB=ANSWERED, IMAGE=PICTURE)
    assert added(both, Role.WEB, Role.WEB, Role.IMAGE, Role.AMP).known == PICTURE._replace(from_store=enough)
    page = remembering(enough, WEB=ANSWERED)
    assert added(page, Role.WEB, Role.IMAGE).known is None
    assert added(remembering(enough, IMAGE=PICTURE), Role.WEB, Role.IMAGE).known == PICTURE._replace(from_store=enough)


def test_what_was_read_as_a_page_is_no_answer_for_a_picture() -> None:
    target = added(remembering(True, IMAGE=ANSWERED), Role.IMAGE)
    assert (target.known, target.answer) == (ANSWERED, None)


def test_what_is_known_is_let_go_of_once_it_is_asked_for() -> None:
    targets = remembering(False, WEB=ANSWERED._replace(metadata=Metadata(etag='"v1"')), IMAGE=PICTURE)
    target = added(targets, Role.WEB)
    visit = target.begin(Policy(Fetch(), 300.0, lambda url: None))
    assert dict(visit.send.request.fields) == {"If-None-Match": '"v1"'}
    assert target.known is None
    targets.add(Link(URL, Role.IMAGE, "a.md"))
    assert (target.role, target.known) == (Role.IMAGE, None), "it is too late to ask differently"


def test_what_can_not_be_asked_for_offline_may_have_an_answer_all_the_same() -> None:
    url = "https://www.example.org/offline"
    targets = Targets(lambda link, url: OFFLINE, lambda url, role: Recalled(ANSWERED, True))
    new = targets.add(Link(url, Role.WEB))
    assert new is not None
    assert new[1] is OFFLINE
    assert new[0].answer is not None


@pytest.mark.parametrize("refusal", [Failure("excluded", ""), Failure("address-forbidden", "")])
def test_what_is_not_to_be_asked_for_has_none(refusal: Failure) -> None:
    targets = Targets(lambda link, url: refusal, lambda url, role: Recalled(ANSWERED, True))
    new = targets.add(Link(URL, Role.WEB))
    assert new is not None
    assert (new[0].answer, new[1]) == (None, refusal)


def test_all_of_them_are_told_in_order() -> None:
    targets = Targets(anything_goes)
    for host in "abac":
        targets.add(Link(f"https://{host}.example/", Role.WEB))
    assert [target.host for target in targets] == ["a.example", "b.example", "c.example"]
