"""The cookies of one visit: enough for a site that redirects until its cookie comes back, and no more."""

import pytest

from crawler.http.cookies import LONGEST, MOST, Cookies
from crawler.http.url import Url, parse
from crawler.model.exchange import Fields


def url(text: str) -> Url:
    parsed = parse(text)
    assert isinstance(parsed, Url)
    return parsed


def after(
    *set_cookie: str, at: str = "https://www.example.org/a", then: str = "https://www.example.org/b"
) -> str | None:
    cookies = Cookies()
    cookies.take(Fields(("Set-Cookie", line) for line in set_cookie), url(at))
    return cookies.field(url(then))


@pytest.mark.parametrize(
    ("set_cookie", "sent"),
    [
        (["sid=1; Path=/; HttpOnly"], "sid=1"),
        (["a=1", "b=2"], "a=1; b=2"),
        (["a=1", "a=2"], "a=2"),
        (["a=1", "a=; Max-Age=0"], None),
        (["a=1", "a=gone; Max-Age=0"], None),
        (["a=b=c"], "a=b=c"),
        ([' q="x y" ; Secure'], 'q="x y"'),
        (["no-equals-sign"], None),
        (["=nameless"], None),
        (["a=1\x00"], None),
        (["a=1\tb"], None),
        (["a=" + "x" * LONGEST], None),
    ],
)
def test_what_is_sent_back(set_cookie: list[str], sent: str | None) -> None:
    assert after(*set_cookie) == sent


@pytest.mark.parametrize(
    ("at", "then", "sent"),
    [
        ("https://www.example.org/", "https://www.example.org:8443/", True),
        ("https://www.example.org/", "http://www.example.org/", False),
        ("http://www.example.org/", "https://www.example.org/", True),
        ("https://www.example.org/", "https://example.org/", False),
        ("https://example.org/", "https://www.example.org/", False),
        ("https://www.example.org/", "https://evil.example/", False),
    ],
)
def test_a_cookie_goes_back_to_its_host_alone(at: str, then: str, sent: bool) -> None:
    assert after("sid=1; Domain=example.org", at=at, then=then) == ("sid=1" if sent else None)


def test_a_secure_cookie_set_in_the_clear_is_sent_over_tls_alone() -> None:
    assert after("sid=1; Secure", at="http://www.example.org/", then="http://www.example.org/") is None
    assert after("sid=1; Secure", at="http://www.example.org/", then="https://www.example.org/") == "sid=1"


def test_a_host_may_keep_so_many_and_no_more() -> None:
    sent = after(*(f"c{number}=1" for number in range(5000)))
    assert sent is not None
    assert sent.count("=") == MOST
