"""Parked and for-sale domains, and pages about the trade that live."""

import time

import pytest

from crawler.media.parked import MARKERS, parked
from tests.media.answers import PROSE, answer, document

SITE = "https://www.oceanlore.example/whales/song"

TITLES = (
    *("oceanlore.example is for sale", "OceanLore.example – premium domain for sale", "Buy oceanlore.example"),
    *("The domain www.oceanlore.example is for sale!", "This domain is for sale", "Domain for sale", "Buy this domain"),
    *("Diese Domain steht zum Verkauf", "Ce nom de domaine est à vendre", "Este dominio está en venta"),
    *("Домен oceanlore.example продаётся", "このドメインは販売中です", "本域名出售", "oceanlore.example te koop"),
    *("Domain parked", "oceanlore.example - Parked Domain", "This domain is parked", "Namecheap Parking Page"),
    *("Parked Domain name on Hostinger DNS system", "This domain has expired", "oceanlore.example has expired"),
    *("oceanlore.example - This website is for sale! - oceanlore Resources and Information.",),
)
LIVING = (
    *("Voice.com is for sale", "cars.example is for sale", "House for sale", "This property is for sale", "For sale"),
    *(
        "Buy a domain",
        "Buy domain names online",
        "What is domain parking?",
        "Parking at the quay",
        "Domain-driven design",
    ),
    *(
        "oceanlore.example | Whale songs",
        "Your domain has expired. Now what?",
        "How to sell a domain",
        "oceanlore.example",
    ),
)


@pytest.mark.parametrize("title", TITLES)
def test_titles_that_say_it_on_a_page_that_says_no_more(title: str) -> None:
    assert parked(answer(SITE, title=title, body="<p>Make an offer.</p>"))
    assert parked(answer(SITE, title=title, body=PROSE)) is None


@pytest.mark.parametrize("title", LIVING)
def test_titles_that_do_not(title: str) -> None:
    assert parked(answer(SITE, title=title, body="<p>Short, but alive.</p>")) is None


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="https://www.google.com/adsense/domains/caf.js?abp=1"></script>',
        "<img src=http://img.sedoparking.com/templates/logo_white.png>",
        '<script>window.LANDER_SYSTEM="PW"</script>',
        '<script async src="https://img1.wsimg.com/parking-lander/static/js/main.js"></script>',
        '<script>var SALES_JS_URL = "https://parking.bodiscdn.com/js/inquiry.js"</script>',
        '<link href="https://d38psrni17bvxu.cloudfront.net/themes/x.css" rel="stylesheet">',
        '<script src="https://i.cdnpark.com/registrar/v3/loader.js"></script>',
    ],
)
def test_what_only_parked_pages_load(markup: str) -> None:
    assert parked(answer(SITE, body=markup))
    owner = document("Whales", markup, '<link rel="canonical" href="https://www.oceanlore.example/whales/song">')
    assert parked(answer(SITE, raw=owner)) is None, "a page with an address of its own has a site"


def test_quoting_a_marker_is_not_loading_it() -> None:
    quoted = (
        '<a href="https://img.sedoparking.com/x">x</a><code>&lt;script src="https://img.sedoparking.com/x"&gt;</code>'
    )
    assert parked(answer(SITE, title="On parking", body=quoted + PROSE)) is None


def test_the_stub_that_goes_on_to_lander() -> None:
    stub = b'<html><head><script>window.onload=function(){window.location.href="/lander"}</script></head></html>'
    assert parked(answer(SITE, raw=stub))
    assert parked(answer(SITE, raw=stub.replace(b"/lander", b"/welcome"))) is None


@pytest.mark.parametrize(
    ("final", "fires"),
    [
        ("https://www.hugedomains.com/domain_profile.cfm?d=oceanlore.example", True),
        ("https://dan.com/buy-domain/oceanlore.example", True),
        ("https://www.afternic.com/forsale/oceanlore.example", True),
        ("https://sedo.com/search/details/?domain=oceanlore.example", True),
        ("http://ww25.oceanlore.example/whales/song?subid1=20210630-1010-12", True),
        ("https://www.oceanlore.example/cgi-sys/suspendedpage.cgi", True),
        ("https://www.godaddy.com/help", False),
        ("https://ww2.oceanlore.example/whales/song", False),
    ],
)
def test_where_redirects_end(final: str, fires: bool) -> None:
    assert bool(parked(answer(SITE, final))) is fires


def test_a_link_that_names_a_marketplace_is_no_parked_domain() -> None:
    assert parked(answer("https://www.afternic.com/forsale/kpt.ai", title="kpt.ai is for sale | Afternic")) is None


def test_every_marker_names_its_source() -> None:
    assert all(whose and source for whose, _, source in MARKERS)


@pytest.mark.parametrize("unit", [b"<script src=", b"<html data-", b"<img ", b"<script>window.park", b"<form action='"])
def test_hostile_bodies_take_time_that_grows_with_their_length(unit: bytes) -> None:
    def seconds(size: int) -> float:
        page = answer(SITE, raw=(unit * (size // len(unit) + 1))[:size])
        start = time.perf_counter()
        parked(page)
        return time.perf_counter() - start

    assert seconds(65_536) < 24 * seconds(8_192) + 0.3
