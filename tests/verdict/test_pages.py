"""Pages that answer: their titles, places, and where an article's URLs lead."""

from typing import NamedTuple

import pytest

from crawler.config import Rules
from crawler.model.exchange import Failure
from crawler.model.link import Link
from crawler.model.observation import Observation
from crawler.model.role import Role
from tests.verdict.cases import NOW, Place, amp, image, judge, judged, link, observed, only, outcome, read, said, web

WEB = "https://www.example.org/news/bridge"
HOME = "https://www.example.org/"
TITLE = "Harbour bridge opens after two years of work"
DRIFT = "webUrl: title-drift info"
MOVED = "webUrl: permanent-redirect warning"
PARTED = "webUrl: urls-diverge warning"
SOLD = "webUrl: domain-changed warning"
SOLD_FOR_NOW = "webUrl: domain-changed info"
PROVIDER = "webUrl: provider-changed info"


def titled(title: str | None, *steps: str | int) -> Observation:
    return read(*(steps or (WEB, 200)), title=title)


TITLES = {
    "the same": (TITLE, titled(TITLE), []),
    "with the site's name": (TITLE, titled(f"{TITLE} | The Gazette"), []),
    "garbled in the record": ("EUâ€™s top privacy watchdogs", titled("EU’s top privacy watchdogs — RT"), []),
    "another one": (TITLE, titled("Best slots — play now"), [DRIFT]),
    "none": (TITLE, titled(None), []),
    "none in the record": (None, titled("Best slots — play now"), []),
    "an error's, which its status says": (TITLE, titled("Not found", WEB, 404), ["webUrl: http-404 error"]),
    "a wall's": (TITLE, titled("Just a moment...", WEB, 403), ["webUrl: http-403 info"]),
    "another one after a move": (TITLE, titled("Ferries", WEB, 301, f"{HOME}ferries", 200), [DRIFT, MOVED]),
}


@pytest.mark.parametrize(("title", "observation", "expected"), TITLES.values(), ids=TITLES)
def test_titles(title: str | None, observation: Observation, expected: list[str]) -> None:
    assert said(judged(web(observation), title=title)) == sorted(expected)


def test_titles_are_quoted_and_cut() -> None:
    found = judged(web(titled("x" * 300)), title=TITLE)
    assert only(found, "title-drift").message == f"the page is titled `{'x' * 119}…`, the article `{TITLE}`"


def test_only_web_pages_are_compared_by_title() -> None:
    places = [
        amp(read(f"{WEB}/amp", 200, title="AMP viewer", is_amp=True, canonical=WEB)),
        image(read(f"{HOME}a.png", 200, title="Picture")),
    ]
    assert judged(*places, title=TITLE) == []


def placed(fragment: str, *missing: str, status: int = 200) -> list[str]:
    by = judge()
    observation = read(WEB, status, missing_fragments=missing)
    return said(by.findings(outcome(by, observation, link(f"{WEB}#{fragment}"))))


@pytest.mark.parametrize(
    ("fragment", "missing", "status", "expected"),
    [
        ("costs", (), 200, []),
        ("costs", ("costs",), 200, ["webUrl: fragment-missing info"]),
        ("costs", ("crew", "costs"), 200, ["webUrl: fragment-missing info"]),
        ("costs", ("crew",), 200, []),
        ("%C3%BC", ("%C3%BC",), 200, ["webUrl: fragment-missing info"]),
        ("costs", ("costs",), 404, ["webUrl: http-404 error"]),
    ],
)
def test_fragments(fragment: str, missing: tuple[str, ...], status: int, expected: list[str]) -> None:
    assert placed(fragment, *missing, status=status) == expected


def test_each_link_has_its_own_fragment() -> None:
    by = judge()
    observation = read(WEB, 200, missing_fragments=("crew",))
    places = [link(f"{WEB}#{fragment}", fragment) for fragment in ("costs", "crew")]
    found = by.findings(outcome(by, observation, *places, link(WEB, "none")))
    assert said(found) == ["crew: fragment-missing info"]
    assert found[0].message == "the page has no place named `crew`"


A, B, PORTAL = f"{HOME}news/a", f"{HOME}news/b", "https://portal.example/bridge"


class Pair(NamedTuple):
    """An article's original URL and the one it is published under."""

    original: Observation
    web: Observation
    said: list[str]
    title: str | None = None


ORIGINAL_MOVED = "originalUrl: permanent-redirect warning"

PAIRS = {
    "one and the same": Pair(observed(WEB, 200), observed(WEB, 200), []),
    "spelt in two ways": Pair(observed(WEB, 200), observed(f"{WEB}/", 200), []),
    "both moved to one place": Pair(
        observed(WEB, 301, A, 200), observed(f"{WEB}/", 301, A, 200), [ORIGINAL_MOVED, MOVED]
    ),
    "moved to places of one canonical": Pair(
        read(WEB, 301, A, 200, canonical=A), read(f"{WEB}/", 301, B, 200, canonical=A), [ORIGINAL_MOVED, MOVED]
    ),
    "spelt in two ways, and led apart": Pair(observed(WEB, 200), observed(f"{WEB}/", 301, A, 200), [MOVED, PARTED]),
    "both led apart": Pair(observed(WEB, 301, B, 200), observed(f"{WEB}/", 302, A, 200), [ORIGINAL_MOVED, PARTED]),
    "two pages of a site, as ever": Pair(observed(A, 200), observed(B, 200), []),
    "two pages of a site, one of them led away": Pair(
        observed(A, 301, f"{HOME}news", 200), observed(B, 200), [ORIGINAL_MOVED, PARTED]
    ),
    "a short form of the other": Pair(observed(f"{HOME}?p=7", 301, WEB, 200), observed(WEB, 200), [ORIGINAL_MOVED]),
    "a short form that says so": Pair(read(f"{HOME}?p=7", 200, canonical=WEB), observed(WEB, 200), []),
    "a copy on another site": Pair(observed(WEB, 200), read(PORTAL, 200, canonical=PORTAL), []),
    "a copy on another site, moved within it": Pair(
        observed(WEB, 200), observed(PORTAL, 301, f"{PORTAL}-2", 200), [MOVED]
    ),
    "a copy on a site that was sold": Pair(
        observed(WEB, 200), observed(PORTAL, 301, "https://casino.example/", 200), [SOLD, PARTED]
    ),
    "a link through a feed": Pair(
        observed("https://feeds.example/~r/1", 302, f"{WEB}?utm_source=feed", 200),
        observed(WEB, 200),
        ["originalUrl: domain-changed info"],
    ),
    "a link through a feed that leads to the front page": Pair(
        observed("https://feeds.example/~r/1", 302, HOME, 200),
        observed(WEB, 200),
        ["originalUrl: domain-changed info", PARTED],
    ),
    "one of them gone": Pair(
        observed(WEB, 404), observed(f"{WEB}/", 301, A, 200), ["originalUrl: http-404 error", MOVED]
    ),
    "one of them behind a wall": Pair(
        observed(WEB, 403), observed(f"{WEB}/", 301, A, 200), ["originalUrl: http-403 info", MOVED]
    ),
}


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_two_urls_of_one_article(pair: Pair) -> None:
    assert said(judged(web(pair.original, "originalUrl"), web(pair.web))) == sorted(pair.said)


def test_the_first_that_answers_is_what_others_are_measured_by() -> None:
    found = judged(
        web(observed(f"{WEB}?", 404), "originalUrl"),
        web(observed(WEB, 301, A, 200), "firstUrl"),
        web(observed(f"{WEB}/", 301, B, 200)),
    )
    assert only(found, "urls-diverge").message == f"leads to {B}, another page than `firstUrl` of the same article"
    assert only(found, "urls-diverge").field == "webUrl"


PROVIDERS = {
    "still there": ("example.org", observed(WEB, 200), []),
    "elsewhere on its site": ("example.org", observed(WEB, 301, "https://news.example.org/a", 200), [MOVED]),
    "at another site": ("example.org", observed(WEB, 301, PORTAL, 200), [SOLD, PROVIDER]),
    "at another site for now": ("example.org", observed(WEB, 302, PORTAL, 200), [SOLD_FOR_NOW, PROVIDER]),
    "at another site, back from a detour": ("example.org", observed(WEB, 302, PORTAL, 302, f"{WEB}?ok=1", 200), []),
    "named with its host": ("www.example.org", observed(WEB, 301, PORTAL, 200), [SOLD, PROVIDER]),
    "named in capitals": (" Example.ORG ", observed(WEB, 301, PORTAL, 200), [SOLD, PROVIDER]),
    "named by its URL": ("https://www.example.org/", observed(WEB, 301, PORTAL, 200), [SOLD, PROVIDER]),
    "named in Unicode": (
        "bücher.example",
        observed("https://xn--bcher-kva.example/a", 301, PORTAL, 200),
        [SOLD, PROVIDER],
    ),
    "never there": ("portal.example", observed(WEB, 200), []),
    "never there, and came home": ("portal.example", observed(WEB, 301, PORTAL, 200), [SOLD]),
    "never there, and went on": ("herald.example", observed(WEB, 301, PORTAL, 200), [SOLD]),
    "gone at another site": ("example.org", observed(WEB, 301, PORTAL, 404), ["webUrl: http-404 error"]),
    "not named": (None, observed(WEB, 301, PORTAL, 200), [SOLD]),
    "named by what is no domain": ("the Gazette", observed(WEB, 301, PORTAL, 200), [SOLD]),
}


@pytest.mark.parametrize(("domain", "observation", "expected"), PROVIDERS.values(), ids=PROVIDERS)
def test_an_article_that_left_its_provider(domain: str | None, observation: Observation, expected: list[str]) -> None:
    assert said(judged(web(observation), domain=domain)) == sorted(expected)


def test_the_provider_and_the_new_site_are_named() -> None:
    found = judged(web(observed(WEB, 301, PORTAL, 200)), domain="www.example.org")
    assert (
        only(found, "provider-changed").message == "the provider is example.org, and the page is now at portal.example"
    )
    assert only(found, "provider-changed").replacement is None


def test_pictures_are_not_the_providers() -> None:
    assert "provider-changed" not in str(
        said(judged(image(observed(f"{HOME}a.png", 301, f"{PORTAL}.png", 200)), domain="example.org"))
    )


DAY = 86_400.0

CERTIFICATES = {
    "for a year": (365 * DAY, 200, []),
    "for a fortnight": (14 * DAY, 200, []),
    "for less": (14 * DAY - 1, 200, ["the server's certificate ends within 14 days"]),
    "for two days and an hour": (2 * DAY + 3600, 200, ["the server's certificate ends within 3 days"]),
    "for an hour": (3600.0, 200, ["the server's certificate ends within a day"]),
    "for this moment": (0.0, 200, ["the server's certificate ends within a day"]),
    "not any more": (-1.0, 200, []),
    "for an hour, before nothing": (3600.0, 404, []),
    "unknown": (None, 200, []),
}


@pytest.mark.parametrize(("left", "status", "expected"), CERTIFICATES.values(), ids=CERTIFICATES)
def test_certificates(left: float | None, status: int, expected: list[str]) -> None:
    observation = observed(WEB, status)._replace(
        observed_at=NOW - 3600, cert_expires=None if left is None else NOW - 3600 + left
    )
    by = judge()
    found = by.findings(outcome(by, observation))
    assert [one.message for one in found if one.code == "cert-expiring"] == expected


@pytest.mark.parametrize(("days", "told"), [(0, False), (3, True), (2, False)])
def test_the_days_are_a_setting(days: float, told: bool) -> None:
    observation = observed(WEB, 200)._replace(observed_at=NOW, cert_expires=NOW + 2.5 * DAY)
    by = judge(Rules(cert_days=days))
    assert bool(by.findings(outcome(by, observation))) is told


def test_many_things_may_be_wrong_with_one_link() -> None:
    observation = read(WEB, 301, PORTAL, 200, title="Best slots", missing_fragments=("costs",))._replace(
        observed_at=NOW, cert_expires=NOW + DAY
    )
    place = Place("webUrl", Role.WEB, observation, f"{WEB}#costs")
    assert said(judged(place, title=TITLE, domain="example.org")) == [
        "webUrl: cert-expiring info",
        "webUrl: domain-changed warning",
        "webUrl: fragment-missing info",
        "webUrl: provider-changed info",
        "webUrl: title-drift info",
    ]


def test_links_of_no_article_have_no_title_or_provider() -> None:
    by = judge()
    place = Link(WEB, Role.WEB, None)
    assert by.findings(outcome(by, titled("Best slots"), place)) == []


def test_offline_an_article_says_nothing() -> None:
    offline = Observation(WEB, (), Failure("offline", ""))
    assert judged(web(offline, "originalUrl"), web(offline), title=TITLE, domain="example.org") == []
