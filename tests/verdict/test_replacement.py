"""Which moves may be written into a record unasked."""

import pytest

from crawler.model.observation import Observation
from crawler.model.verdict import Replacement
from tests.verdict.cases import Place, amp, copy, image, judged, observed, only, read, verdict, web

SAFE = [
    ("https://example.org/a", "https://example.org/b"),
    ("http://example.org/a", "https://example.org/b"),
    ("https://example.org/a", "https://www.example.org/a"),
    ("https://old.example.org/a", "https://new.example.org/a"),
    ("https://example.org/", "https://example.org/en/"),
    ("https://example.org/", "https://www.example.org/"),
    ("https://example.org/login", "https://example.org/sign-in"),
    ("http://203.0.113.7/a", "http://203.0.113.7/b"),
]

UNSAFE = [
    ("https://example.org/a", "https://example.org/"),
    ("https://example.org/a", "https://example.org/en/index.html"),
    ("https://example.org/a", "https://example.org/login?next=/a"),
    ("https://example.org/a", "https://accounts.example.org/a"),
    ("https://example.org/a", "https://example.org/404.html"),
    ("https://example.org/a", "https://example.org/errors/not-found"),
    ("https://example.org/", "https://example.org/login"),
    ("https://example.org/a", "https://example.net/a"),
    ("https://one.github.io/a", "https://two.github.io/a"),
    ("https://example.org/a", "http://example.org/b"),
    ("http://203.0.113.7/a", "http://203.0.113.8/a"),
]


@pytest.mark.parametrize(
    ("source", "target", "safe"),
    [*((source, target, True) for source, target in SAFE), *((source, target, False) for source, target in UNSAFE)],
)
def test_safe(source: str, target: str, safe: bool) -> None:
    replacement = verdict(source, 301, target, 200).replacement
    assert replacement is not None
    assert (replacement.url, replacement.kind, replacement.safe) == (target, "redirect", safe)


def test_one_temporary_hop_and_there_is_no_replacement() -> None:
    assert (
        verdict("https://example.org/a", 301, "https://example.org/b", 302, "https://example.org/c", 200).replacement
        is None
    )


OLD = "https://gazette.example/2021/07/bridge"
NEW = "https://herald.example/archive/bridge"
TITLE = "Harbour bridge opens after two years of work"


def moved(to: str = NEW, title: str | None = None, canonical: str | None = None) -> Observation:
    return read(OLD, 301, to, 200, title=title, canonical=canonical, is_amp=False)


ACROSS_SITES = {
    "nothing to go by": (moved(), TITLE, False),
    "the article's title": (moved(title=TITLE), TITLE, True),
    "the article's title and the site's name": (moved(title=f"{TITLE} – The Herald"), TITLE, True),
    "the article's title, garbled in the record": (
        moved(title="The bridge’s first day: “a miracle”"),
        "The bridgeâ€™s first day: â€œa miracleâ€\x9d",
        True,
    ),
    "the old site's name in the record's title": (moved(title=f"{TITLE} | Herald"), f"{TITLE} | The Gazette", True),
    "another title": (moved(title="The ferry's last day"), TITLE, False),
    "a title that shares some words": (moved(title="Harbour bridge closes for two weeks"), TITLE, False),
    "a title too short to tell": (moved(title="Home"), "Home", False),
    "two words": (moved(title="Press release"), "Press release", False),
    "a part of the title": (moved(title="Harbour bridge"), TITLE, False),
    "no title in the record": (moved(title=TITLE), None, False),
    "a canonical that is the record's URL": (moved(canonical=OLD), None, True),
    "a canonical that is the record's other URL": (moved(canonical="https://wire.example/bridge"), None, True),
    "a canonical elsewhere": (moved(canonical=NEW), None, False),
    "a front page with the article's title": (moved("https://herald.example/", TITLE), TITLE, False),
    "a login with the article's title": (moved("https://herald.example/login?next=/a", TITLE), TITLE, False),
    "an error page with the article's title": (moved("https://herald.example/404", TITLE), TITLE, False),
    "a step down from https": (moved(NEW.replace("https", "http"), TITLE), TITLE, False),
}


@pytest.mark.parametrize(("observation", "title", "safe"), ACROSS_SITES.values(), ids=ACROSS_SITES)
def test_a_move_to_another_site_is_safe_where_the_article_is_known_again(
    observation: Observation, title: str | None, safe: bool
) -> None:
    other = web(observed("https://wire.example/bridge", 200), "originalUrl")
    found = judged(other, web(observation, url=f"{OLD}#costs"), title=title)
    final = observation.hops[-1].url
    assert only(found, "domain-changed").replacement == Replacement(f"{final}#costs", "redirect", safe)


def test_only_web_urls_stand_for_an_article() -> None:
    amp_page = amp(read(f"{OLD}/amp", 200, is_amp=True, canonical=OLD))
    new = only(judged(web(moved(canonical=f"{OLD}/amp")), amp_page), "domain-changed").replacement
    assert new == Replacement(NEW, "redirect", safe=False)


def test_each_article_is_known_by_its_own_title() -> None:
    for title, safe in ((TITLE, True), ("A cookbook for busy people", False)):
        new = only(judged(web(moved(title=TITLE)), title=title), "domain-changed").replacement
        assert new == Replacement(NEW, "redirect", safe)


def test_the_target_itself_belongs_to_no_article() -> None:
    new = verdict(OLD, 301, NEW, 200).replacement
    assert new == Replacement(NEW, "redirect", safe=False)


@pytest.mark.parametrize(
    "place",
    [
        image(read(OLD, 301, NEW, 200, title=TITLE, canonical=OLD)),
        copy(read(OLD, 301, NEW, 200, title=TITLE, canonical=OLD)),
    ],
    ids=lambda place: place.role,
)
def test_only_pages_are_known_again(place: Place) -> None:
    found = judged(web(observed(f"{OLD}?", 200)), place, title=TITLE)
    new = only(found, "domain-changed").replacement
    assert new
    assert not new.safe


AMP, NEW_AMP = f"{OLD}/amp", f"{OLD}.amp"

AMP_MOVES = {
    "to another AMP page": (read(AMP, 301, NEW_AMP, 200, is_amp=True, canonical=OLD), True),
    "to an ordinary page": (read(AMP, 301, NEW_AMP, 200, is_amp=False), False),
    "to an ordinary page, by a slash": (read(AMP, 301, f"{AMP}/", 200, is_amp=False), True),
    "to what could not be read": (read(AMP, 301, NEW_AMP, 200), True),
    "to the article's AMP page on another site": (read(AMP, 301, f"{NEW}/amp", 200, is_amp=True, canonical=OLD), True),
    "to another AMP page on another site": (read(AMP, 301, f"{NEW}/amp", 200, is_amp=True, canonical=NEW), False),
}


@pytest.mark.parametrize(("observation", "safe"), AMP_MOVES.values(), ids=AMP_MOVES)
def test_an_ordinary_page_is_no_replacement_for_an_amp_page(observation: Observation, safe: bool) -> None:
    found = judged(web(observed(OLD, 200)), amp(observation))
    (new,) = (one.replacement for one in found if one.replacement)
    assert (new.kind, new.safe) == ("redirect", safe)
