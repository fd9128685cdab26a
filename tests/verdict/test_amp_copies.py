"""Copies in AMP caches: judged by the article's AMP URL, whether or not anything was asked for."""

import pytest

from crawler.model.exchange import Failure
from crawler.model.observation import Evidence, Observation
from crawler.model.verdict import Replacement
from tests.verdict.cases import Place, amp, copy, judged, observed, only, read, safe, said, web

WEB = "https://www.example.org/news/bridge"
AMP = f"{WEB}/amp"
COPY = "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/news/bridge/amp"
HOME = "https://www.example.org/"
OFFLINE = Observation("", (), Failure("offline", "no network"))
ORDINARY = {"content_type": "text/html", "is_amp": False}
AMP_PAGE = read(AMP, 200, content_type="text/html", is_amp=True, canonical=WEB)

MISMATCH = "cdnAmpWebUrl: amp-cache-mismatch warning"
ORPHAN = "cdnAmpWebUrl: amp-cache-orphan info"
STALE = "cdnAmpWebUrl: amp-cache-stale warning"


def offline(amp_url: str, copy_url: str) -> list[Place]:
    return [web(OFFLINE, url=WEB), amp(OFFLINE, amp_url), copy(OFFLINE, copy_url)]


RIGHT = {
    "as the format has it": (AMP, COPY),
    "in the frame of a viewer": (AMP, COPY.replace("/c/", "/v/") + "?amp_js_v=0.1&usqp=mq331AQ"),
    "with a fragment": (AMP, f"{COPY}#top"),
    "in capitals": (AMP, COPY.replace("www.example.org/", "WWW.Example.ORG/")),
    "the AMP page in capitals": (AMP.replace("www.example.org", "WWW.Example.ORG"), COPY),
    "the AMP page with a fragment": (f"{AMP}#top", COPY),
    "in Bing's cache": (AMP, COPY.replace("cdn.ampproject.org", "www.bing-amp.com")),
    "in Cloudflare's cache": (AMP, COPY.replace("cdn.ampproject.org", "amp.cloudflare.com")),
    "without a label, as before 2017": (AMP, f"https://cdn.ampproject.org/c/s/{AMP.removeprefix('https://')}"),
    "of a page by http": (AMP.replace("https", "http"), COPY.replace("/c/s/", "/c/")),
    "with a port": ("https://example.org:8443/a", "https://example-org.cdn.ampproject.org/c/s/example.org:8443/a"),
    "with a query": (
        "https://example.org/?p=1&amp=1",
        "https://example-org.cdn.ampproject.org/c/s/example.org/?p=1&amp=1",
    ),
    "with hyphens": ("https://a-b.example/a", "https://a--b-example.cdn.ampproject.org/c/s/a-b.example/a"),
    "with a host in Unicode": (
        "https://bücher.example/a",
        "https://xn--bcher-example-wob.cdn.ampproject.org/c/s/xn--bcher-kva.example/a",
    ),
    "of a host of its own": (
        "https://amp.example.org/a",
        "https://amp-example-org.cdn.ampproject.org/c/s/amp.example.org/a",
    ),
}


@pytest.mark.parametrize(("amp_url", "copy_url"), RIGHT.values(), ids=RIGHT)
def test_the_right_url_says_nothing_even_offline(amp_url: str, copy_url: str) -> None:
    assert judged(*offline(amp_url, copy_url)) == []


WRONG = {
    "of another page": (AMP, COPY.replace("bridge", "ferry"), COPY),
    "of the web page": (AMP, COPY.removesuffix("/amp"), COPY),
    "by http": (AMP, COPY.replace("/c/s/", "/c/"), COPY),
    "with another query": (f"{AMP}?a=1", f"{COPY}?a=2", f"{COPY}?a=1"),
    "with a slash too many": (AMP, f"{COPY}/", COPY),
    "of another host": (
        AMP,
        COPY.replace("www-example-org", "other-example").replace("www.example.org", "other.example"),
        COPY,
    ),
    "of one host in the name, of another in the path": (
        AMP,
        COPY.replace("s/www.example.org", "s/other.example"),
        COPY,
    ),
    "the AMP page itself": (AMP, AMP, COPY),
    "Google's viewer": (AMP, "https://www.google.com/amp/s/www.example.org/news/bridge/amp", COPY),
    "of another page, in Bing's cache": (
        AMP,
        "https://www-example-org.www.bing-amp.com/c/s/www.example.org/news/ferry/amp",
        "https://www-example-org.www.bing-amp.com/c/s/www.example.org/news/bridge/amp",
    ),
    "no URL": (AMP, "https://[", COPY),
}


@pytest.mark.parametrize(("amp_url", "copy_url", "right"), WRONG.values(), ids=WRONG)
def test_the_right_url_is_offered_even_offline(amp_url: str, copy_url: str, right: str) -> None:
    found = judged(*offline(amp_url, copy_url))
    assert said(found) == [MISMATCH]
    assert only(found, "amp-cache-mismatch").replacement == Replacement(right, "amp-cache", safe=True)


@pytest.mark.parametrize(
    ("copy_url", "message"),
    [
        (f"{COPY}/", f"names another page: the AMP page's own would be {COPY}"),
        (AMP, f"is no URL that a cache has: the AMP page's own would be {COPY}"),
    ],
)
def test_mismatches_are_told_apart(copy_url: str, message: str) -> None:
    assert only(judged(*offline(AMP, copy_url)), "amp-cache-mismatch").message == message


FERRY = COPY.replace("bridge", "ferry")

SAFE = {
    "an AMP page": (AMP_PAGE, COPY),
    "a page that answers later": (observed(AMP, None, failure=Failure("timeout", "")), COPY),
    "a page behind a wall": (observed(AMP, 403), COPY),
    "a page that is gone": (observed(AMP, 404), None),
    "an ordinary page": (read(AMP, 200, **ORDINARY, canonical=WEB), None),
    "the article, the AMP page being retired": (read(AMP, 301, WEB, 200, **ORDINARY), None),
}


@pytest.mark.parametrize(("page", "right"), SAFE.values(), ids=SAFE)
def test_a_copy_is_corrected_unasked_unless_there_is_nothing_to_copy(page: Observation, right: str | None) -> None:
    found = judged(web(read(WEB, 200, **ORDINARY, amphtml=AMP)), amp(page), copy(read(FERRY, 404)))
    assert safe(found, "amp-cache-mismatch") == right


def test_what_no_cache_serves_has_no_right_url() -> None:
    assert judged(*offline("https://[2001:db8::1]/a", COPY)) == []
    assert judged(*offline("https://[", COPY)) == []


def test_the_copy_of_where_the_amp_page_has_moved_is_right_too() -> None:
    moved = read(AMP, 301, f"{HOME}amp/bridge", 200, is_amp=True, canonical=WEB)
    new = "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/amp/bridge"
    for url in (COPY, new):
        assert said(judged(amp(moved), copy(observed(url, 200)))) == ["ampWebUrl: permanent-redirect warning"]


def test_the_copy_of_the_article_is_none_of_a_retired_page() -> None:
    retired = read(AMP, 301, WEB, 200, **ORDINARY)
    found = judged(web(read(WEB, 200, **ORDINARY)), amp(retired), copy(observed(COPY.removesuffix("/amp"), 200)))
    assert MISMATCH in said(found)


ORPHANS = {
    "no AMP URL": ([], [ORPHAN]),
    "no AMP URL, but one of another role": ([web(OFFLINE, "originalUrl", AMP)], [ORPHAN]),
    "an AMP URL that only repeats the web URL": ([amp(OFFLINE, WEB)], [ORPHAN]),
    "an AMP URL": ([amp(OFFLINE, AMP)], []),
    "an AMP URL that is gone": ([amp(observed(AMP, 404))], [STALE, "ampWebUrl: http-404 error"]),
}


@pytest.mark.parametrize(("places", "expected"), ORPHANS.values(), ids=ORPHANS)
def test_a_copy_of_nothing(places: list[Place], expected: list[str]) -> None:
    found = judged(web(read(WEB, 200, **ORDINARY, amphtml=AMP)), *places, copy(observed(COPY, 200)))
    assert said(found) == sorted(expected)


def test_a_page_that_is_amp_and_nothing_else_has_its_copy() -> None:
    page = read(WEB, 200, is_amp=True, canonical=WEB)
    own = COPY.removesuffix("/amp")
    for seen in (page, observed(WEB, 403), observed(WEB, None)._replace(failure=Failure("offline", ""), hops=())):
        assert "cdnAmpWebUrl" not in str(said(judged(web(seen, url=WEB), amp(seen, WEB), copy(observed(own, 200)))))
    assert said(judged(web(page), amp(page), copy(observed(COPY, 200)))) == [MISMATCH]


STALENESS = {
    "gone": (observed(AMP, 410), True),
    "not there, though it says 200": (
        observed(AMP, 200)._replace(evidence=Evidence("soft-404", ("the title says so",))),
        True,
    ),
    "on a host that is no more": (observed(AMP, None, failure=Failure("dns-nxdomain", "")), True),
    "with a certificate of long ago": (observed(AMP, None, failure=Failure("tls-expired", "")), True),
    "in trouble": (observed(AMP, 503), False),
    "not answering": (observed(AMP, None, failure=Failure("timeout", "")), False),
    "behind a wall": (observed(AMP, 403), False),
    "not asked for": (observed(failure=Failure("robots-disallowed", "")), False),
    "there": (AMP_PAGE, False),
    "retired": (read(AMP, 301, WEB, 200, **ORDINARY), False),
}


@pytest.mark.parametrize(("page", "stale"), STALENESS.values(), ids=STALENESS)
def test_a_copy_that_outlives_a_page(page: Observation, stale: bool) -> None:
    web_page = web(read(WEB, 200, **ORDINARY, amphtml=AMP))
    assert (STALE in said(judged(web_page, amp(page, AMP), copy(observed(COPY, 200))))) is stale
    assert STALE not in said(judged(web_page, amp(page, AMP), copy(observed(COPY, 404))))


@pytest.mark.parametrize(
    ("steps", "stale"),
    [
        ((COPY, 301, f"{COPY}?usqp=mq331AQ", 200), True),
        ((COPY, 302, WEB, 200), False),
        ((COPY, 302, HOME, 200), False),
    ],
)
def test_a_copy_that_is_not_shown_any_more_is_not_stale(steps: tuple[str | int, ...], stale: bool) -> None:
    found = judged(web(observed(WEB, 200)), amp(observed(AMP, 404)), copy(observed(*steps)))
    assert (STALE in said(found)) is stale


def test_a_stale_copy_says_what_became_of_the_page() -> None:
    found = judged(amp(observed(AMP, 404)), copy(observed(COPY, 200)))
    assert (
        only(found, "amp-cache-stale").message
        == "the cache still shows an AMP page that is broken at its origin (http-404)"
    )


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((COPY, 302, WEB, 200), []),
        ((COPY, 301, WEB, 200), ["cdnAmpWebUrl: permanent-redirect warning"]),
        ((COPY, 302, "https://casino.example/", 200), ["cdnAmpWebUrl: domain-changed info"]),
        ((COPY, 404), ["cdnAmpWebUrl: http-404 error"]),
    ],
)
def test_a_cache_may_send_readers_on_to_what_it_copies(steps: tuple[str | int, ...], expected: list[str]) -> None:
    assert said(judged(amp(AMP_PAGE), copy(observed(*steps)))) == expected
