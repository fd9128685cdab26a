"""What goes back to a server of its validators, and which 304 speaks of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.http.validators import DAY, LONGEST, NOBODYS, Validators, moment, same_tag
from crawler.model.exchange import Fields

DATE = "Thu, 01 Jan 2026 00:00:00 GMT"
AT = 1_767_225_600.0
"""The moment of that date."""

TAGS = {
    '"v1"': True,
    'W/"v1"': True,
    '""': True,
    '"!#[]~\\"': True,
    f'"{"x" * (LONGEST - 2)}"': True,
    f'"{"x" * (LONGEST - 1)}"': False,
    "v1": False,
    '"v1': False,
    'w/"v1"': False,
    'W/ "v1"': False,
    '"a b"': False,
    '"a"b"': False,
    '"a", "b"': False,
    "*": False,
    '"é"': False,
    '"a\r\nX-Injected: 1"': False,
    '"a"\n': False,
    "": False,
}
"""Entity tags (RFC 9110, section 8.8.3), and whether they are sent."""


@pytest.mark.parametrize(("tag", "goes"), TAGS.items(), ids=range(len(TAGS)))
def test_only_a_proper_entity_tag_goes_back(tag: str, goes: bool) -> None:
    assert Validators(tag, None).sendable(AT).conditions() == ((("If-None-Match", tag),) if goes else ())


DATES = {
    DATE: True,
    "Fri, 02 Jan 2026 00:00:00 GMT": True,  # within a day of a clock that goes wrong
    "Fri, 02 Jan 2026 00:00:01 GMT": False,
    "Thu, 01 Jan 1970 00:00:00 GMT": True,
    "Sat, 01 Jan 0001 00:00:00 GMT": True,
    "Thursday, 01-Jan-26 00:00:00 GMT": False,  # an obsolete form, which may be read but not sent
    "Thu Jan  1 00:00:00 2026": False,
    "2026-01-01T00:00:00Z": False,
    "Thu, 01 Jan 2026 00:00:00 +0000": False,
    "Thu, 01 Jan 2026 00:00:00 UTC": False,
    "Thu, 31 Feb 2026 00:00:00 GMT": False,
    "Thu, 01 Jan 2026 24:00:00 GMT": False,
    "Thu, 00 Jan 0000 00:00:00 GMT": False,
    "Thu, ٠١ Jan 2026 00:00:00 GMT": False,
    f"{DATE}\r\nX-Injected: 1": False,
    f"{DATE}\n": False,
    "-1": False,
    "0": False,
    "": False,
}
"""Dates of a last change (RFC 9110, sections 5.6.7 and 8.8.2), as of `AT`, and whether they are sent."""


@pytest.mark.parametrize(("date", "goes"), DATES.items(), ids=range(len(DATES)))
def test_only_a_possible_date_in_the_proper_form_goes_back(date: str, goes: bool) -> None:
    assert Validators(None, date).sendable(AT).conditions() == ((("If-Modified-Since", date),) if goes else ())


def test_both_go_where_there_are_both() -> None:
    assert Validators('"v1"', DATE).conditions() == (("If-None-Match", '"v1"'), ("If-Modified-Since", DATE))
    assert Validators().conditions() == ()


@given(st.text() | st.none(), st.text() | st.none(), st.floats(0, 4e9))
def test_whatever_a_server_sent_what_goes_back_is_one_line_of_ascii(
    tag: str | None, date: str | None, at: float
) -> None:
    for _, value in Validators(tag, date).sendable(at).conditions():
        assert value.isascii()
        assert value.isprintable()
        assert len(value) <= LONGEST


TRAPS = {
    "both": (
        Validators('"v1"', DATE),
        {"If-None-Match": NOBODYS, "If-Modified-Since": "Wed, 31 Dec 2025 00:00:00 GMT"},
    ),
    "a tag": (Validators('W/"v1"'), {"If-None-Match": NOBODYS}),
    "a date": (Validators(None, DATE), {"If-Modified-Since": "Wed, 31 Dec 2025 00:00:00 GMT"}),
    "the first of all dates": (Validators(None, "Thu, 01 Jan 1970 00:00:00 GMT"), {}),
    "a date before that": (Validators(None, "Sat, 01 Jan 0001 00:00:00 GMT"), {}),
    "nothing": (Validators(), {}),
}


@pytest.mark.parametrize(("validators", "fields"), TRAPS.values(), ids=TRAPS)
def test_a_trap_can_not_hold(validators: Validators, fields: dict[str, str]) -> None:
    traps = validators.traps()
    assert dict(traps) == fields
    assert Validators(dict(traps).get("If-None-Match"), dict(traps).get("If-Modified-Since")).sendable(
        AT
    ) == Validators(fields.get("If-None-Match"), fields.get("If-Modified-Since")), "a proper condition"


SAID = {
    "nothing": (Validators('"v1"', DATE), {}, True),
    "the same": (Validators('"v1"', DATE), {"etag": '"v1"', "last-modified": DATE}, True),
    "the same, weakly": (Validators('"v1"'), {"etag": 'W/"v1"'}, True),
    "the same, compressed": (Validators('"v1-gzip"'), {"etag": '"v1"'}, True),
    "another tag": (Validators('"v1"'), {"etag": '"v2"'}, False),
    "another tag, whatever the date": (Validators('"v1"', DATE), {"etag": '"v2"', "last-modified": DATE}, False),
    "the same tag, whatever the date": (
        Validators('"v1"', DATE),
        {"etag": '"v1"', "last-modified": "Fri, 02 Jan 2026 00:00:00 GMT"},
        True,
    ),
    "a later change": (Validators(None, DATE), {"last-modified": "Thu, 01 Jan 2026 00:00:01 GMT"}, False),
    "an earlier change": (Validators(None, DATE), {"last-modified": "Wed, 31 Dec 2025 00:00:00 GMT"}, True),
    "a tag for a date": (Validators(None, DATE), {"etag": '"v1"'}, True),
    "a date that is none": (Validators(None, DATE), {"last-modified": "yesterday"}, True),
}


@pytest.mark.parametrize(("validators", "fields", "fit"), SAID.values(), ids=SAID)
def test_a_304_that_speaks_of_something_else_does_not_fit(
    validators: Validators, fields: dict[str, str], fit: bool
) -> None:
    assert validators.fit(Fields(fields.items())) is fit


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ('"1"', '"1"', True),
        ('W/"1"', '"1"', True),
        ('W/"1"', 'W/"1"', True),
        ('W/"1"', 'W/"2"', False),
        ('"1"', '"2"', False),
        ('"1-gzip"', 'W/"1"', True),
        ('"1--gzip"', '"1"', True),
        ('"1-br"', '"1-gzip"', True),
        ('"gzip"', '""', False),
    ],
)
def test_tags_are_compared_weakly(one: str, other: str, same: bool) -> None:
    assert same_tag(one, other) is same_tag(other, one) is same


@given(st.text())
def test_any_text_is_a_moment_or_none(text: str) -> None:
    assert moment(text) is None or isinstance(moment(text), float)


def test_a_day() -> None:
    assert moment(DATE) == AT
    assert moment("Fri, 02 Jan 2026 00:00:00 GMT") == AT + DAY
