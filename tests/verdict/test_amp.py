"""AMP pages: what an editor is told of an article's AMP URL, all of it and no more."""

from typing import NamedTuple

import pytest

from crawler.config import Rules
from crawler.model.exchange import Failure
from crawler.model.observation import Evidence, Observation
from crawler.model.verdict import Level, Replacement
from tests.verdict.cases import Place, amp, image, judge, judged, observed, only, read, said, web

WEB = "https://www.example.org/news/bridge"
AMP = f"{WEB}/amp"
NEW = "https://www.example.org/2026/bridge"
HOME = "https://www.example.org/"

ORDINARY = {"content_type": "text/html", "is_amp": False}
PAGE = read(WEB, 200, **ORDINARY, canonical=WEB, amphtml=AMP)
AMP_PAGE = read(AMP, 200, content_type="text/html", is_amp=True, canonical=WEB)
RETIRED = "ampWebUrl: amp-retired warning"
NOT_AMP = "ampWebUrl: amp-not-amp warning"
MISMATCH = "ampWebUrl: amp-canonical-mismatch warning"
UNNAMED = "ampWebUrl: amp-not-advertised info"
MOVED, MOVED_INFO = "ampWebUrl: permanent-redirect warning", "ampWebUrl: permanent-redirect info"


def led(*steps: str | int | None, canonical: str | None = None) -> Observation:
    """An ordinary page at the end of some redirects."""
    return read(*steps, **ORDINARY, canonical=canonical)


class Case(NamedTuple):
    """An article, and what is to be said of it."""

    amp: Observation
    said: list[str]
    web: Observation = PAGE
    safe: str | None = None
    """What may be written in the AMP page's place unasked."""


MOVED_WEB = led(WEB, 301, NEW, 200, canonical=NEW)
WEB_MOVED = "webUrl: permanent-redirect warning"

RETIREMENTS = {
    "to the article": Case(led(AMP, 301, WEB, 200), [RETIRED], safe=WEB),
    "by 308, in two steps": Case(led(AMP, 308, f"{WEB}?x", 301, WEB, 200), [RETIRED], safe=WEB),
    "only for now": Case(led(AMP, 302, WEB, 200), [RETIRED]),
    "for good, then for now": Case(led(AMP, 301, f"{WEB}?x", 302, WEB, 200), [RETIRED]),
    "to the article's plain spelling": Case(led(AMP, 301, "http://example.org/news/bridge/", 200), [RETIRED], safe=WEB),
    "with tracking": Case(led(AMP, 301, f"{WEB}?utm_source=amp", 200), [RETIRED], safe=WEB),
    "to the article's canonical": Case(
        led(AMP, 301, NEW, 200, canonical=NEW), [RETIRED], web=led(WEB, 200, canonical=NEW), safe=WEB
    ),
    "to a page whose canonical is the article": Case(
        led(AMP, 301, f"{WEB}?view=full", 200, canonical=WEB), [RETIRED], safe=WEB
    ),
    "to where the article has moved": Case(
        led(AMP, 301, f"{NEW}/amp", 301, NEW, 200), [RETIRED, WEB_MOVED], web=MOVED_WEB, safe=NEW
    ),
    "to the article, from where that moves on": Case(
        led(AMP, 301, WEB, 301, NEW, 200), [RETIRED, WEB_MOVED], web=MOVED_WEB, safe=NEW
    ),
    "from a host of its own": Case(led("https://amp.example.org/bridge", 301, WEB, 200), [RETIRED], safe=WEB),
    "from a partner's host": Case(led("https://amp-partner.example/bridge", 301, WEB, 200), [RETIRED]),
    "by a step down from https": Case(
        led(AMP, 301, "http://www.example.org/news/bridge", 200),
        ["ampWebUrl: amp-retired warning", "webUrl: insecure-url info"],
        web=led("http://www.example.org/news/bridge", 200),
    ),
    "from http": Case(led(f"http{AMP.removeprefix('https')}", 301, AMP, 301, WEB, 200), [RETIRED], safe=WEB),
    "the article is a front page, which is written only if asked for": Case(
        led("https://www.example.org/amp", 301, HOME, 200), [RETIRED], web=led(HOME, 200)
    ),
    "the article is behind a wall": Case(
        led(AMP, 301, WEB, 200), [RETIRED, "webUrl: http-403 info"], web=observed(WEB, 403), safe=WEB
    ),
    "the article's new place is behind a wall": Case(
        led(AMP, 301, NEW, 200), [RETIRED, "webUrl: http-403 info"], web=observed(WEB, 301, NEW, 403), safe=WEB
    ),
}

OTHERWISE = {
    "to the front page: lost, not retired": Case(led(AMP, 301, HOME, 200), [NOT_AMP, MOVED]),
    "both to the front page": Case(
        led(AMP, 301, HOME, 200, canonical=HOME), [NOT_AMP, MOVED, WEB_MOVED], web=led(WEB, 301, HOME, 200)
    ),
    "to the front page, which the article takes for its canonical": Case(
        led(AMP, 301, HOME, 200), [NOT_AMP, MOVED], web=led(WEB, 200, canonical=HOME)
    ),
    "to a login that the article leads to as well": Case(
        led(AMP, 302, "https://www.example.org/login", 200), [NOT_AMP], web=led(WEB, 302, f"{HOME}login", 200)
    ),
    "to another article": Case(led(AMP, 301, f"{HOME}news/ferry", 200), [NOT_AMP, MOVED]),
    "to another AMP page": Case(
        read(AMP, 301, f"{WEB}.amp", 200, is_amp=True, canonical=WEB),
        [MOVED],
        web=read(WEB, 200, **ORDINARY, amphtml=f"{WEB}.amp"),
        safe=f"{WEB}.amp",
    ),
    "to the article, which is an AMP page": Case(
        read(AMP, 301, WEB, 200, is_amp=True, canonical=WEB), [MOVED], web=read(WEB, 200, is_amp=True), safe=WEB
    ),
    "to the article, which is not there": Case(
        observed(AMP, 301, WEB, 404), ["ampWebUrl: http-404 error", "webUrl: http-404 error"], web=observed(WEB, 404)
    ),
    "only to https": Case(
        led(AMP.replace("https", "http"), 301, AMP, 200, canonical=WEB),
        [NOT_AMP, MOVED_INFO],
        safe=AMP,
    ),
}


@pytest.mark.parametrize("case", (RETIREMENTS | OTHERWISE).values(), ids=RETIREMENTS | OTHERWISE)
def test_an_amp_page_that_leads_elsewhere(case: Case) -> None:
    found = judged(web(case.web), amp(case.amp))
    assert said(found) == sorted(case.said)
    new = next((one.replacement for one in found if one.field == "ampWebUrl" and one.replacement), None)
    assert (new.url if new and new.safe else None) == case.safe
    assert new is None or (new.kind == "article") == (RETIRED in case.said)


def test_the_article_replaces_a_retired_page_by_its_url_as_written() -> None:
    written = "HTTPS://WWW.Example.org/news/bridge#top"
    found = judged(web(PAGE, url=written), amp(led(AMP, 301, WEB, 200)))
    assert only(found, "amp-retired").replacement == Replacement(written, "article", safe=True)
    assert only(found, "amp-retired").message == f"there is no AMP page any more: it redirects to the article, {WEB}"


def test_of_two_web_urls_the_one_that_it_leads_to_is_written() -> None:
    copied = "https://portal.example/bridge"
    found = judged(
        web(PAGE, "originalUrl"),
        web(led(copied, 200, canonical=copied)),
        amp(led(AMP, 301, WEB, 200)),
    )
    assert only(found, "amp-retired").replacement == Replacement(WEB, "article", safe=True)


def test_of_two_spellings_the_one_that_is_published_is_written() -> None:
    published = f"{WEB}/"
    found = judged(web(PAGE, "originalUrl"), web(led(published, 200)), amp(led(AMP, 301, WEB, 200)))
    assert only(found, "amp-retired").replacement == Replacement(published, "article", safe=True)


@pytest.mark.parametrize("field", ["originalUrl", "webUrl"])
def test_any_web_url_will_do(field: str) -> None:
    found = judged(web(PAGE, field), amp(led(AMP, 301, WEB, 200)))
    assert said(found) == [RETIRED]


def test_without_a_web_url_nothing_can_be_said_of_the_article() -> None:
    assert said(judged(amp(led(AMP, 301, WEB, 200)))) == sorted([NOT_AMP, MOVED])
    assert said(judged(amp(read(AMP, 200, is_amp=True, canonical=NEW)))) == []


def test_only_the_redirect_of_the_amp_page_is_left_unsaid() -> None:
    plain = WEB.replace("https", "http")
    found = judged(
        web(led(plain, 301, WEB, 200)),
        amp(led("https://amp-partner.example/bridge", 301, WEB, 200)),
        image(observed("https://www.example.org/old.png", 301, "https://cdn.example/new.png", 200)),
    )
    assert said(found) == [RETIRED, "images[0].url: domain-changed warning", "webUrl: permanent-redirect info"]


def test_the_redirect_is_told_where_the_rule_is_off() -> None:
    by = judge(Rules(levels={"amp-retired": "off", "amp-not-amp": "off"}))
    found = judged(web(PAGE), amp(led(AMP, 301, WEB, 200)), of=by)
    assert said(found) == [MOVED]
    assert only(found, "permanent-redirect").replacement == Replacement(WEB, "redirect", safe=False)


PAGES = {
    "an AMP page": Case(AMP_PAGE, []),
    "an ordinary page": Case(led(AMP, 200, canonical=WEB), [NOT_AMP]),
    "a picture": Case(read(AMP, 200, content_type="image/png"), [NOT_AMP]),
    "a page that could not be read": Case(read(AMP, 200, content_type="text/html"), []),
    "something without a type": Case(read(AMP, 200), []),
    "a wall": Case(observed(AMP, 403), ["ampWebUrl: http-403 info"]),
    "the web page again, by its own URL": Case(led(WEB, 200), [], web=led(WEB, 200)),
    "the web page again, spelt otherwise": Case(led(f"{WEB}/", 200), [], web=led(WEB, 200)),
    "the web page again, which has moved": Case(MOVED_WEB, [WEB_MOVED, MOVED], web=MOVED_WEB),
    "a page that is AMP and nothing else": Case(
        read(WEB, 200, is_amp=True, canonical=WEB), [], web=read(WEB, 200, is_amp=True, canonical=WEB)
    ),
    "no canonical": Case(read(AMP, 200, is_amp=True), ["ampWebUrl: amp-canonical-missing warning"]),
    "an ordinary page without canonical": Case(led(AMP, 200), [NOT_AMP]),
}

CANONICALS = {
    "the article": Case(AMP_PAGE, []),
    "itself": Case(read(AMP, 200, is_amp=True, canonical=AMP), []),
    "where it was redirected to": Case(
        read(AMP, 301, f"{AMP}/", 200, is_amp=True, canonical=f"{AMP}/"), [MOVED_INFO], safe=f"{AMP}/"
    ),
    "the article by http": Case(read(AMP, 200, is_amp=True, canonical=WEB.replace("https", "http")), []),
    "the article without www.": Case(read(AMP, 200, is_amp=True, canonical=WEB.replace("www.", "")), []),
    "the article in capitals": Case(read(AMP, 200, is_amp=True, canonical=WEB.replace("bridge", "Bridge")), []),
    "the article with tracking": Case(read(AMP, 200, is_amp=True, canonical=f"{WEB}?utm_medium=amp&fbclid=1"), []),
    "the article's place within the page": Case(read(AMP, 200, is_amp=True, canonical=f"{WEB}#top"), []),
    "the article at its own port": Case(read(AMP, 200, is_amp=True, canonical=f"{WEB[:23]}:443{WEB[23:]}"), []),
    "the article at another port": Case(
        read(AMP, 200, is_amp=True, canonical=f"{WEB[:23]}:8443{WEB[23:]}"), [MISMATCH]
    ),
    "where the article has moved": Case(
        read(AMP, 200, is_amp=True, canonical=NEW),
        [WEB_MOVED],
        web=read(WEB, 301, NEW, 200, **ORDINARY, canonical=NEW, amphtml=AMP),
    ),
    "where the article has moved on from": Case(
        read(AMP, 200, is_amp=True, canonical=f"{NEW}-2"),
        [WEB_MOVED],
        web=read(WEB, 301, f"{NEW}-2", 301, NEW, 200, **ORDINARY, canonical=NEW, amphtml=AMP),
    ),
    "where the article has moved, behind a wall": Case(
        read(AMP, 200, is_amp=True, canonical=NEW), ["webUrl: http-403 info"], web=observed(WEB, 301, NEW, 403)
    ),
    "the article's canonical": Case(
        read(AMP, 200, is_amp=True, canonical=NEW), [], web=read(WEB, 200, **ORDINARY, canonical=NEW, amphtml=AMP)
    ),
    "another article": Case(read(AMP, 200, is_amp=True, canonical=f"{HOME}news/ferry"), [MISMATCH]),
    "another article of the same name": Case(read(AMP, 200, is_amp=True, canonical=f"{WEB}?id=2"), [MISMATCH]),
    "the front page": Case(read(AMP, 200, is_amp=True, canonical=HOME), [MISMATCH]),
    "the front page, as the article has it": Case(
        read(AMP, 200, is_amp=True, canonical=HOME),
        [MISMATCH],
        web=read(WEB, 200, **ORDINARY, canonical=HOME, amphtml=AMP),
    ),
    "where the article is not any more": Case(
        read(AMP, 200, is_amp=True, canonical=NEW), [MISMATCH, "webUrl: http-404 error"], web=observed(WEB, 404)
    ),
    "what another page calls itself that stands in for the article": Case(
        read(AMP, 200, is_amp=True, canonical=f"{HOME}news/ferry"),
        [MISMATCH, "webUrl: soft-404 error"],
        web=led(WEB, 200, canonical=f"{HOME}news/ferry")._replace(evidence=Evidence("soft-404", ("seen",))),
    ),
    "an ordinary page's own": Case(led(AMP, 200, canonical=f"{HOME}news/ferry"), [NOT_AMP]),
}

WALL = observed(WEB, 200)._replace(evidence=Evidence("bot-wall", ("a challenge",)))

ADVERTISEMENTS = {
    "the AMP page": Case(AMP_PAGE, []),
    "none": Case(AMP_PAGE, [UNNAMED], web=read(WEB, 200, **ORDINARY)),
    "another one": Case(AMP_PAGE, [UNNAMED], web=read(WEB, 200, **ORDINARY, amphtml=f"{HOME}news/ferry/amp")),
    "the AMP page, spelt otherwise": Case(
        AMP_PAGE, [], web=read(WEB, 200, **ORDINARY, amphtml="http://example.org/news/bridge/amp/?utm_source=x")
    ),
    "where the AMP page has moved": Case(
        read(AMP, 301, f"{WEB}.amp", 200, is_amp=True, canonical=WEB),
        [MOVED],
        web=read(WEB, 200, **ORDINARY, amphtml=f"{WEB}.amp"),
        safe=f"{WEB}.amp",
    ),
    "nothing, as it is not there": Case(AMP_PAGE, ["webUrl: http-410 error"], web=observed(WEB, 410)),
    "nothing to us": Case(AMP_PAGE, ["webUrl: bot-wall info"], web=WALL),
    "nothing this time": Case(
        AMP_PAGE, ["webUrl: timeout warning"], web=observed(WEB, None, failure=Failure("timeout", ""))
    ),
    "nothing that could be read": Case(AMP_PAGE, [], web=read(WEB, 200, content_type="text/html")),
    "nothing, as it is an AMP page": Case(AMP_PAGE, [], web=read(WEB, 200, is_amp=True, canonical=WEB)),
}


@pytest.mark.parametrize(
    "case", (PAGES | CANONICALS | ADVERTISEMENTS).values(), ids=PAGES | CANONICALS | ADVERTISEMENTS
)
def test_an_amp_page_that_answers(case: Case) -> None:
    assert said(judged(web(case.web), amp(case.amp))) == sorted(case.said)


def test_one_of_two_web_pages_may_name_the_amp_page() -> None:
    other = read("https://portal.example/bridge", 200, **ORDINARY)
    assert said(judged(web(other, "originalUrl"), web(PAGE), amp(AMP_PAGE))) == []


def test_messages_name_what_was_said_instead() -> None:
    for said_there, words in ((None, "names none"), (f"{HOME}x/amp", f"names {HOME}x/amp")):
        found = judged(web(read(WEB, 200, **ORDINARY, amphtml=said_there)), amp(AMP_PAGE))
        assert only(found, "amp-not-advertised").message.endswith(f": it {words}")
    found = judged(web(PAGE), amp(read(AMP, 200, content_type="application/json")))
    assert only(found, "amp-not-amp").message == "what answers is no page at all, but application/json"


@pytest.mark.parametrize(
    "places",
    [
        (),
        (web(PAGE),),
        (web(read(WEB, 200, **ORDINARY)), image(observed("https://www.example.org/a.png", 200))),
        (web(read(WEB, 200, is_amp=True)),),
    ],
)
def test_no_amp_field_is_normal(places: tuple[Place, ...]) -> None:
    assert judged(*places) == []


def test_offline_nothing_is_known() -> None:
    offline = Failure("offline", "")
    places = [web(observed(failure=offline), url=WEB), amp(observed(failure=offline), url=AMP)]
    assert judged(*places) == []


def test_levels_are_the_settings() -> None:
    by = judge(Rules(levels={"amp-not-advertised": "error"}))
    found = judged(web(read(WEB, 200, **ORDINARY)), amp(AMP_PAGE), of=by)
    assert [one.level for one in found] == [Level.ERROR]
