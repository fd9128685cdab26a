"""RFC 9110, sections 10.2.2 and 15.4: where a response sends us."""

import pytest

from crawler.http.redirect import redirect
from crawler.http.url import Url
from crawler.model.exchange import Failure, Fields, Response

HERE = "https://www.example.org/news/a?page=2"


def answer(status: int, *fields: tuple[str, str]) -> Response:
    return Response(status, Fields(fields))


@pytest.mark.parametrize(
    ("location", "there"),
    [
        ("https://other.example/x", "https://other.example/x"),
        ("/moved", "https://www.example.org/moved"),
        ("b", "https://www.example.org/news/b"),
        ("?page=3", "https://www.example.org/news/a?page=3"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("../up", "https://www.example.org/up"),
        ("  /spaced \t", "https://www.example.org/spaced"),
        ("/umlaut-ü", "https://www.example.org/umlaut-%C3%BC"),
        ("/two words", "https://www.example.org/two%20words"),
        ("/part#section", "https://www.example.org/part"),
        ("http://www.example.org/plain", "http://www.example.org/plain"),
        ("HTTPS://OTHER.example:443/Case", "https://other.example/Case"),
    ],
)
def test_a_location_is_read_as_browsers_read_it(location: str, there: str) -> None:
    target = redirect(answer(302, ("Location", location)), HERE)
    assert isinstance(target, Url)
    assert target.href == there


@pytest.mark.parametrize(("raw", "there"), [(b"/caf\xe9", "/caf%C3%A9"), (b"/caf\xc3\xa9", "/caf%C3%A9")])
def test_bytes_above_ascii_are_utf_8_or_else_latin_1(raw: bytes, there: str) -> None:
    response = Response(301, Fields.parse(b"HTTP/1.1 301 Moved\r\nLocation: " + raw + b"\r\n\r\n"))
    target = redirect(response, HERE)
    assert isinstance(target, Url)
    assert target.href == f"https://www.example.org{there}"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_these_are_followed(status: int) -> None:
    assert isinstance(redirect(answer(status, ("location", "/x")), HERE), Url)


@pytest.mark.parametrize("status", [200, 201, 300, 304, 305, 306, 404, 503])
def test_these_are_not_whatever_they_carry(status: int) -> None:
    assert redirect(answer(status, ("location", "/x")), HERE) is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ((), "301 without a Location"),
        ((("location", ""),), "301 without a Location"),
        ((("location", "ftp://files.example/"),), "ftp:"),
        ((("location", "javascript:alert(1)"),), "javascript:"),
        ((("location", "https://user:secret@www.example.org/"),), "user name or password"),
        ((("location", "https://"),), "host"),
        ((("location", "http://[::1/"),), "IPv6"),
    ],
)
def test_what_leads_nowhere_is_said(fields: tuple[tuple[str, str], ...], words: str) -> None:
    failure = redirect(answer(301, *fields), HERE)
    assert isinstance(failure, Failure)
    assert failure.reason == "redirect-invalid"
    assert words in failure.message
    assert "secret" not in failure.message


def test_the_first_of_several_locations_counts() -> None:
    target = redirect(answer(302, ("location", "/first"), ("location", "/second")), HERE)
    assert isinstance(target, Url)
    assert target.href.endswith("/first")
