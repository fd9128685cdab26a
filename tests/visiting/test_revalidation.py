"""What a check knows, how it is asked for again, and what a whole answer then says of the server."""

from typing import Any

import pytest

from crawler.http.validators import NOBODYS
from crawler.model.exchange import Failure, Fields, Response
from crawler.model.observation import Evidence, Hop, Metadata, Observation
from crawler.model.role import Role
from crawler.visiting.revalidation import READ_AGAIN, Known, known_from, was_read_as

NIGHT = 1_769_824_800.0
DAY = 86_400.0
URL = "https://www.example.org/news/story"
DATE = "Thu, 01 Jan 2026 00:00:00 GMT"
LATER = "Fri, 02 Jan 2026 00:00:00 GMT"

PAGE = Metadata("text/html", '"v1"', DATE, title="A story", canonical=URL, bytes=9_000, is_amp=False)
GOOD = Observation(URL, (Hop(URL, 200),), None, PAGE, NIGHT, 0.1, 1)
PICTURE = Metadata("image/jpeg", '"v1"', width=9, height=6, bytes=99, format="jpeg", is_image=True, digest=7)


def known(check: Observation = GOOD, role: Role = Role.WEB, fragments: tuple[str, ...] = ()) -> Known:
    found = known_from(check, role, fragments)
    assert found is not None
    return found


def with_metadata(**changes: Any) -> Observation:
    return GOOD._replace(metadata=PAGE._replace(**changes))


def confirmed(days: float, **changes: Any) -> Observation:
    """A check that has been confirmed for so many days since it was read."""
    return with_metadata(bytes=0, **changes)._replace(read_at=NIGHT - days * DAY)


NO_GOOD = {
    "failed": GOOD._replace(failure=Failure("timeout", ""), hops=(Hop(URL, None),)),
    "failed on the way": GOOD._replace(failure=Failure("redirect-loop", "")),
    "never asked": GOOD._replace(failure=Failure("offline", ""), hops=(), attempts=0),
    "not found": GOOD._replace(hops=(Hop(URL, 404),)),
    "a 304 that nobody had asked for": GOOD._replace(hops=(Hop(URL, 304),)),
    "transformed on the way": GOOD._replace(hops=(Hop(URL, 203),)),
    "not what was linked to": GOOD._replace(evidence=Evidence("soft-404", ("it says so",))),
    "without a validator": with_metadata(etag=None, last_modified=None),
}


@pytest.mark.parametrize("check", NO_GOOD.values(), ids=NO_GOOD)
def test_what_was_no_good_is_asked_for_as_if_it_were_new(check: Observation) -> None:
    assert known_from(check, Role.WEB, ()) is None


SENT = {
    "both validators": (GOOD, {"If-None-Match": '"v1"', "If-Modified-Since": DATE}),
    "of an answer to a range": (
        GOOD._replace(hops=(Hop(URL, 206),)),
        {"If-None-Match": '"v1"', "If-Modified-Since": DATE},
    ),
    "noted, without a judgement": (
        with_metadata(last_modified=None)._replace(evidence=Evidence(None, ("odd",))),
        {"If-None-Match": '"v1"'},
    ),
    "a tag that is none": (with_metadata(etag="v1"), {"If-Modified-Since": DATE}),
    "a change that was still to come": (
        with_metadata(last_modified="Thu, 31 Dec 2026 00:00:00 GMT"),
        {"If-None-Match": '"v1"'},
    ),
    "a tag that is of no use": (GOOD._replace(distrusted=("etag",)), {"If-Modified-Since": DATE}),
    "a date that is of no use": (GOOD._replace(distrusted=("last-modified",)), {"If-None-Match": '"v1"'}),
    "neither is of use": (GOOD._replace(distrusted=("etag", "last-modified")), {}),
    "a server that lies": (GOOD._replace(distrusted=("not-modified",)), {}),
}


@pytest.mark.parametrize(("check", "fields"), SENT.values(), ids=SENT)
def test_what_is_sent_along(check: Observation, fields: dict[str, str]) -> None:
    assert dict(known(check).conditions) == fields
    assert not known(check).trap


def test_the_conditions_are_for_the_url_that_gave_the_validators() -> None:
    moved = GOOD._replace(hops=(Hop("https://example.org/old", 301), Hop(URL, 200)))
    assert known(moved).url == URL


@pytest.mark.parametrize(
    ("looked_for", "wanted", "is_known"),
    [
        ((), (), True),
        (("a",), ("a",), True),
        (("a", "b"), (), True),
        ((), ("a",), False),
        (("a",), ("a", "b"), False),
        (("a", "b"), ("a",), True),
    ],
)
def test_other_fragments_have_to_be_looked_for(
    looked_for: tuple[str, ...], wanted: tuple[str, ...], is_known: bool
) -> None:
    assert (known_from(with_metadata(fragments=looked_for), Role.WEB, wanted) is not None) is is_known


@pytest.mark.parametrize(
    ("check", "role", "fits"),
    [
        (GOOD, Role.WEB, True),
        (GOOD, Role.AMP, True),
        (GOOD, Role.IMAGE, False),
        (GOOD._replace(metadata=PICTURE), Role.IMAGE, True),
        (GOOD._replace(metadata=PICTURE._replace(is_image=False)), Role.IMAGE, True),
        (GOOD._replace(hops=(Hop(URL, 404),)), Role.IMAGE, True),
        (GOOD._replace(failure=Failure("timeout", ""), hops=(Hop(URL, None),)), Role.IMAGE, True),
    ],
)
def test_what_was_read_as_a_page_says_nothing_of_a_picture(check: Observation, role: Role, fits: bool) -> None:
    assert was_read_as(check, role) is fits


def test_confirmations_go_on_for_a_while_and_end_in_a_trap() -> None:
    least, most = READ_AGAIN / DAY, 2 * READ_AGAIN / DAY
    assert not known(confirmed(least)).trap
    late = known(confirmed(most))
    assert late.trap
    assert dict(late.conditions) == {"If-None-Match": NOBODYS, "If-Modified-Since": "Wed, 31 Dec 2025 00:00:00 GMT"}
    assert not late.confirmed_by(Response(304, Fields()))


def test_what_was_read_on_one_day_is_not_read_again_on_one_day() -> None:
    checks = [
        confirmed(1.5 * READ_AGAIN / DAY)._replace(url=f"{URL}/{number}", hops=(Hop(f"{URL}/{number}", 200),))
        for number in range(200)
    ]
    assert 60 <= sum(known(check).trap for check in checks) <= 140


def test_a_check_of_long_ago_that_was_never_confirmed_is_no_reason_for_a_trap() -> None:
    assert not known(GOOD._replace(observed_at=NIGHT - 400 * DAY)).trap


SAME: dict[str, Any] = {}
OTHER: dict[str, Any] = {"title": "Another story"}
MORE: dict[str, Any] = {"bytes": 9_001}
NEW_TAG: dict[str, Any] = {"etag": '"v2"'}
NEW_DATE: dict[str, Any] = {"last_modified": LATER}
NO_DATE: dict[str, Any] = {"last_modified": None}
NO_TAG: dict[str, Any] = {"etag": None}

TAG_ALONE, DATE_ALONE = with_metadata(last_modified=None), with_metadata(etag=None)
USELESS_TAG = GOOD._replace(distrusted=("etag",))
LIAR = GOOD._replace(distrusted=("not-modified",))

LEARNED = {
    "all is new": (GOOD, NEW_TAG | NEW_DATE | OTHER, ()),
    "a longer body": (GOOD, NEW_TAG | NEW_DATE | MORE, ()),
    "a new tag for the same": (GOOD, NEW_TAG, ("etag",)),
    "new validators for the same": (GOOD, NEW_TAG | NEW_DATE, ("etag", "last-modified")),
    "a new date for the same": (DATE_ALONE, NO_TAG | NEW_DATE, ("last-modified",)),
    "a tag that nobody looked at": (TAG_ALONE, NO_DATE, ("etag",)),
    "a tag before a date that nobody looked at": (GOOD, SAME, ("etag",)),
    "a date that nobody looked at": (DATE_ALONE, NO_TAG, ("last-modified",)),
    "an old tag for what is new": (TAG_ALONE, NO_DATE | OTHER, ("not-modified",)),
    "an old tag, compressed, for what is new": (TAG_ALONE, NO_DATE | OTHER | {"etag": '"v1-gzip"'}, ("not-modified",)),
    "old validators for what is new": (GOOD, OTHER, ("not-modified",)),
    "an old date for what is new": (DATE_ALONE, NO_TAG | OTHER, ("not-modified",)),
    "an old date beside a new tag for what is new": (GOOD, NEW_TAG | OTHER, ("last-modified",)),
    "an old tag, and more was read": (TAG_ALONE, NO_DATE | {"og_image": "https://www.example.org/a.jpg"}, ()),
    "no validators any more": (GOOD, NO_TAG | NO_DATE, ()),
    "a useless tag that stays as it is": (USELESS_TAG, NEW_DATE, ("last-modified",)),
    "a useless tag that keeps changing": (USELESS_TAG, {"etag": '"v3"'}, ("etag", "last-modified")),
    "a useless tag that changes with the page": (USELESS_TAG, NEW_TAG | NEW_DATE | OTHER, ()),
    "who has lied": (LIAR, NEW_TAG | NEW_DATE | OTHER, ("not-modified",)),
    "after a while, the same, as it should": (confirmed(90), SAME, ()),
    "after a while, a new tag for the same": (confirmed(90), NEW_TAG, ("etag",)),
    "after a while, all new, as it should": (confirmed(90), NEW_TAG | NEW_DATE | OTHER, ()),
    "after a while, what no 304 should have denied": (confirmed(90), OTHER, ("not-modified",)),
}


@pytest.mark.parametrize(("check", "found", "distrusted"), LEARNED.values(), ids=LEARNED)
def test_what_a_whole_answer_says_of_the_server(
    check: Observation, found: dict[str, Any], distrusted: tuple[str, ...]
) -> None:
    assert known(check).learned(PAGE._replace(**found)) == distrusted


def test_another_picture_under_the_old_tag() -> None:
    check = GOOD._replace(metadata=PICTURE)
    assert known(check, Role.IMAGE).learned(PICTURE._replace(digest=8)) == ("not-modified",)


def test_who_was_caught_is_asked_without_conditions_from_then_on() -> None:
    caught = known(confirmed(90)).caught()
    assert caught.conditions == ()
    assert caught.learned(PAGE._replace(**NEW_TAG, **OTHER)) == ("not-modified",)
