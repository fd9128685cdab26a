"""Moves that readers won't notice."""

import pytest

from crawler.http.move import TRACKING, is_tracking, is_trivial_move
from crawler.http.url import Url, parse


def url(text: str) -> Url:
    parsed = parse(text)
    assert isinstance(parsed, Url)
    return parsed


TRIVIAL = [
    ("http://example.org/a", "https://example.org/a"),
    ("https://example.org/a", "https://www.example.org/a"),
    ("https://www.example.org/a", "https://example.org/a"),
    ("https://example.org/a", "https://example.org/a/"),
    ("https://example.org/a/?b=c", "https://example.org/a?b=c"),
    ("https://example.org/A/b?C", "https://example.org/a/B?c"),
    ("https://example.org/%C3%BC", "https://example.org/%c3%bc"),
    ("http://example.org:80/a", "https://example.org:443/a"),
    ("http://example.org:8080/a", "https://example.org:8080/a"),
    ("https://example.org/a?utm_source=x&id=1&fbclid=y", "https://example.org/a?id=1"),
    ("https://example.org/a", "https://example.org/a?UTM_Medium=z"),
    ("https://example.org/a", "https://example.org/a?"),
    ("http://WWW.example.org/A?gclid=1", "https://example.org/a/"),
]

NOT_TRIVIAL = [
    ("https://example.org/a", "http://example.org/a"),
    ("https://example.org/a/", "http://www.example.org/a"),
    ("https://example.org/a", "https://example.net/a"),
    ("https://example.org/a", "https://m.example.org/a"),
    ("https://example.org/a", "https://example.org/b"),
    ("https://example.org/a", "https://example.org/a/index.html"),
    ("https://example.org/a?id=1", "https://example.org/a?id=2"),
    ("https://example.org/a?b&c", "https://example.org/a?c&b"),
    ("https://example.org/a?ref=1", "https://example.org/a"),
    ("http://example.org:8080/a", "https://example.org/a"),
    ("http://example.org/a", "https://example.org:80/a"),
]


@pytest.mark.parametrize(("source", "target"), TRIVIAL)
def test_trivial(source: str, target: str) -> None:
    assert is_trivial_move(url(source), url(target))


@pytest.mark.parametrize(("source", "target"), NOT_TRIVIAL)
def test_not_trivial(source: str, target: str) -> None:
    assert not is_trivial_move(url(source), url(target))


@pytest.mark.parametrize("parameter", ["utm_source=x", "utm_", "FBCLID=1", "gclid", "pk_campaign=a", *sorted(TRACKING)])
def test_tracking(parameter: str) -> None:
    assert is_tracking(parameter)


@pytest.mark.parametrize("parameter", ["id=1", "q=utm_source", "ref=x", "source=y", "utm", "", "=gclid", "p"])
def test_not_tracking(parameter: str) -> None:
    assert not is_tracking(parameter)
