"""RFC 9309: what a robots.txt lets us ask for, and what its absence means."""

import gzip

import pytest

from crawler.config import Fetch
from crawler.http.robots import LONGEST, LONGEST_DELAY, product_token, read_robots
from crawler.http.url import Url, parse
from crawler.model.exchange import Failure, Fields, Response

RULES = b"""
User-agent: otherbot
Disallow: /

User-agent: crawler
Disallow: /private/
Allow: /private/press$
Crawl-delay: 2.5

User-agent: *
Disallow: /
"""


def url(path: str) -> Url:
    parsed = parse("https://www.example.org" + path)
    assert isinstance(parsed, Url)
    return parsed


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/news?id=1", True),
        ("/private/", False),
        ("/private/x", False),
        ("/private/press", True),
        ("/private/press/old", False),
        ("/PRIVATE/", True),
        ("/%70rivate/", False),
    ],
)
def test_the_group_that_names_us_counts(path: str, allowed: bool) -> None:
    robots = read_robots(Response(200, Fields(), RULES), "crawler")
    refusal = robots.refuses(url(path))
    assert (refusal is None) == allowed
    if refusal:
        assert refusal.reason == "robots-disallowed"
        assert "https://www.example.org/robots.txt" in refusal.message
    assert robots.delay == 2.5


@pytest.mark.parametrize("status", [204, 301, 400, 401, 403, 404, 410, 429])
def test_without_rules_everything_may_be_asked_for(status: int) -> None:
    assert read_robots(Response(status, Fields(), b""), "crawler").refuses(url("/x")) is None


@pytest.mark.parametrize("status", [500, 502, 503, 504, 599])
def test_a_server_error_counts_as_a_no(status: int) -> None:
    refusal = read_robots(Response(status, Fields(), b""), "crawler").refuses(url("/x"))
    assert refusal is not None
    assert refusal.reason == "robots-disallowed"
    assert str(status) in refusal.message


@pytest.mark.parametrize("reason", ["timeout", "connect-refused", "dns-nxdomain", "tls-expired", "connection-reset"])
def test_a_dead_host_does_not_hide_behind_robots(reason: str) -> None:
    failure = Failure(reason, "so it is")
    assert read_robots(failure, "crawler").refuses(url("/x")) == failure


@pytest.mark.parametrize("reason", ["redirect-loop", "too-many-redirects", "redirect-invalid"])
def test_redirects_that_lead_nowhere_mean_no_rules(reason: str) -> None:
    assert read_robots(Failure(reason, ""), "crawler").refuses(url("/x")) is None


def test_a_compressed_one_is_read() -> None:
    answer = Response(200, Fields([("Content-Encoding", "gzip")]), gzip.compress(RULES))
    assert read_robots(answer, "crawler").refuses(url("/private/x")) is not None


@pytest.mark.parametrize(
    "body", [b"\xff\xfe\x00", b"\x00" * 1000, b"Disallow", b"User-agent: *\nCrawl-delay: nan", b"<html>" * 20_000]
)
def test_what_makes_no_sense_allows(body: bytes) -> None:
    robots = read_robots(Response(200, Fields(), body), "crawler")
    assert robots.refuses(url("/x")) is None
    assert 0 <= robots.delay <= LONGEST_DELAY


def test_rules_beyond_the_bound_do_not_count() -> None:
    bomb = gzip.compress(b"#" * LONGEST + b"\nUser-agent: *\nDisallow: /\n")
    answer = Response(200, Fields([("Content-Encoding", "gzip")]), bomb)
    assert read_robots(answer, "crawler").refuses(url("/x")) is None


def test_a_delay_of_hours_is_cut() -> None:
    body = b"User-agent: *\nCrawl-delay: 86400\n"
    assert read_robots(Response(200, Fields(), body), "crawler").delay == LONGEST_DELAY


@pytest.mark.parametrize(
    ("user_agent", "token"),
    [
        (Fetch().user_agent, "crawler"),
        ("gazette-checker/2.1 (+https://gazette.example)", "gazette-checker"),
        ("Mozilla/5.0 (compatible; GazetteBot/1.0)", "GazetteBot"),
        ("", "*"),
    ],
)
def test_the_name_that_rules_would_call_us_by(user_agent: str, token: str) -> None:
    assert product_token(user_agent) == token
