"""The fields of a request."""

import pytest

from crawler.fetch.shape import IMAGE, PAGE, request_fields
from crawler.model.exchange import Request
from crawler.model.role import Role

USUAL = [("User-Agent", "us"), ("Accept", PAGE), ("Accept-Language", "en-US,en;q=0.5"), ("Accept-Encoding", "gzip")]


@pytest.mark.parametrize("role", Role)
def test_every_role_has_its_accept(role: Role) -> None:
    fields = dict(request_fields(Request("http://a.example/", role), "us"))
    assert fields["Accept"] == (IMAGE if role is Role.IMAGE else PAGE)


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ((), USUAL),
        ((("Cookie", "a=1"),), [*USUAL, ("Cookie", "a=1")]),
        ((("Cookie", "a=1"), ("Cookie", "b=2")), [*USUAL, ("Cookie", "a=1"), ("Cookie", "b=2")]),
        ((("user-agent", "them"),), [*USUAL[1:], ("user-agent", "them")]),
        ((("ACCEPT", "*/*"), ("X", "y")), [USUAL[0], *USUAL[2:], ("ACCEPT", "*/*"), ("X", "y")]),
        ((("Host", "b.example"),), USUAL),
        ((("Range", "bytes=0-9"),), [*USUAL[:3], ("Accept-Encoding", "identity"), ("Range", "bytes=0-9")]),
    ],
)
def test_own_fields_stand_in_the_stead_of_the_usual(
    own: tuple[tuple[str, str], ...], expected: list[tuple[str, str]]
) -> None:
    assert request_fields(Request("http://a.example/", fields=own), "us") == expected
