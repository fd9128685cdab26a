"""`--connect-to`, with curl's meaning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.connect_to import Override, find, parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.example:80:127.0.0.1:8080", ("a.example", 80, "127.0.0.1", 8080)),
        ("A.Example:443:B.Example:8443", ("a.example", 443, "b.example", 8443)),
        ("::127.0.0.1:8080", (None, None, "127.0.0.1", 8080)),
        (":80::8080", (None, 80, None, 8080)),
        ("a.example:::8080", ("a.example", None, None, 8080)),
        (":::", (None, None, None, None)),
        ("[2001:DB8::1]:80:[::1]:8080", ("2001:db8::1", 80, "::1", 8080)),
        ("a.example::[::1]:", ("a.example", None, "::1", None)),
        (" a.example:80:b.example:81\n", ("a.example", 80, "b.example", 81)),
    ],
)
def test_parse(text: str, expected: tuple[str | None, int | None, str | None, int | None]) -> None:
    assert parse(text) == Override(*expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.example",
        "a.example:80",
        "a.example:80:b.example",
        "a:80:b:81:c",
        "a:x:b:81",
        "a:80:b:-1",
        "::1:80:b:81",
        "[::1:80:b:81",
        "a:80:b:65536",
        "a:99999999999:b:81",
        "a b:80:c:81",
        "müller.example:80:b:81",
        "a:80:b\x1b[0m:81",
        "a:8²:b:81",
    ],
)
def test_what_is_not_of_the_form(text: str) -> None:
    with pytest.raises(ValueError, match=r"^`"):
        parse(text)


@given(st.text(alphabet="a:[]0 9.é\n%"))
def test_parses_or_raises_value_error(text: str) -> None:
    try:
        override = parse(text)
    except ValueError:
        return
    assert all(port is None or 0 <= port <= 65535 for port in (override.port, override.to_port))


OVERRIDES = [
    parse(text)
    for text in (
        "a.example:80:one:1",
        "a.example::two:2",
        ":443:three:3",
        "[::1]:80:four:4",
        "b.example:80:five:5",
        "b.example:80:six:6",
    )
]


@pytest.mark.parametrize(
    ("host", "port", "to_host"),
    [
        ("a.example", 80, "one"),
        ("a.example", 81, "two"),
        ("a.example", 443, "two"),
        ("c.example", 443, "three"),
        ("::1", 80, "four"),
        ("b.example", 80, "five"),
        ("c.example", 80, None),
        ("www.a.example", 80, None),
    ],
)
def test_the_first_that_matches_holds(host: str, port: int, to_host: str | None) -> None:
    found = find(OVERRIDES, host, port)
    assert (found and found.to_host) == to_host
