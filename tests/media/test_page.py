"""The one question asked of every page, and the order in which its answers are looked for."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.media.page import Evidence, classify
from tests.media.answers import PROSE, answer, document

SITE = "https://www.example.org"
STORY = f"{SITE}/news/crane-topples-in-storm"
BESIDE = f"{SITE}/news/xkcdx-bcdfghj"
GONE = {"title": "Page not found", "body": "<h1>Page not found</h1>"}


def test_a_living_page_is_left_alone() -> None:
    assert classify(answer(STORY, title="Crane topples", body=PROSE)) == Evidence(None)


@pytest.mark.parametrize("status", [301, 404, 410, 500, 503])
def test_the_status_says_it_all(status: int) -> None:
    assert classify(answer(STORY, status=status, **GONE)) == Evidence(None)  # type: ignore[arg-type]


def test_a_wall_goes_before_what_it_says() -> None:
    wall = answer(STORY, title="404", body="<h1>404</h1>", fields={"cf-mitigated": "challenge"})
    assert classify(wall).reason == "bot-wall"


KNOWN = '<link rel="canonical" href="/news/crane"><meta property="og:image" content="/crane.jpg">'
CAPTCHA = '<div id="px-captcha"></div>'


@pytest.mark.parametrize(
    ("title", "head", "body", "given", "reason"),
    [
        ("Crane topples", KNOWN, CAPTCHA, {}, None),
        ("Crane topples", KNOWN.replace("canonical", "amphtml"), CAPTCHA, {}, None),
        ("Crane topples – The Post", KNOWN, '<script id="anubis_challenge" type="application/json">', {}, None),
        # what it takes to be introduced
        ("", KNOWN, CAPTCHA, {}, "bot-wall"),
        ("Crane topples", '<meta property="og:image" content="/crane.jpg">', CAPTCHA, {}, "bot-wall"),
        ("Crane topples", '<link rel="canonical" href="/news/crane">', CAPTCHA, {}, "bot-wall"),
        ("Crane topples", f'{KNOWN}<meta name="robots" content="noindex">', CAPTCHA, {}, "bot-wall"),
        # what is decided elsewhere than in the body
        ("Crane topples", KNOWN, CAPTCHA, {"status": 403}, "bot-wall"),
        ("Crane topples", KNOWN, "", {"fields": {"cf-mitigated": "challenge"}}, "bot-wall"),
        ("Crane topples", KNOWN, "", {"fields": {"x-kpsdk-ct": "0a"}}, None),
        ("Crane topples", KNOWN, "", {"final": f"{SITE}/errors/validateCaptcha"}, "bot-wall"),
        ("Just a moment...", KNOWN, "Please enable cookies.", {}, "bot-wall"),
        ("The Post – Robot or human?", KNOWN, CAPTCHA, {}, "bot-wall"),
        ("This content is not available in your region", KNOWN, "", {}, "bot-wall"),
        ("Access Denied", KNOWN, "", {}, "bot-wall"),
        ("百度安全验证", KNOWN, "", {}, "bot-wall"),
        ("Robot or human? A novel", KNOWN, PROSE, {}, None),
    ],
)
def test_what_a_site_introduces_as_its_own_is_no_vendors_challenge(
    title: str, head: str, body: str, given: dict[str, Any], reason: str | None
) -> None:
    assert classify(answer(STORY, raw=document(title, body, head), **given)).reason == reason


def test_a_gate_goes_before_the_login_wall_that_stands_in_it() -> None:
    gate = answer(
        "https://www.instagram.com/p/1", "https://www.instagram.com/accounts/login/", title="Login • Instagram"
    )
    assert classify(gate).reason == "login-redirect"
    assert classify(answer("https://www.instagram.com/p/1", title="Login • Instagram")).reason == "bot-wall"


def test_a_challenge_goes_before_the_gate_it_looks_like() -> None:
    wall = answer(STORY, f"{SITE}/login?next=/news/crane-topples-in-storm", fields={"cf-mitigated": "challenge"})
    assert classify(wall).reason == "bot-wall"


def test_a_parked_domain_goes_before_the_home_page_it_redirects_to() -> None:
    assert classify(answer(STORY, SITE, title="example.org is for sale")).reason == "parked-domain"


def test_what_is_certain_asks_no_more() -> None:
    found = classify(answer(STORY, SITE, title="Example"))
    assert (found.reason, found.ask_sibling) == ("soft-404", False)


def test_suspicion_asks_and_the_sibling_decides() -> None:
    page = answer(STORY, title="Page not found", body="<p>Sorry.</p>")
    assert classify(page) == Evidence(None, ("the title says 'Page not found'",), ask_sibling=True)
    assert classify(page, answer(BESIDE, title="Page not found", body="<p>Sorry.</p>")).reason == "soft-404"
    assert classify(page, answer(BESIDE, status=404)).reason is None


def test_the_best_guess_without_a_sibling() -> None:
    page = answer(STORY, **GONE)  # type: ignore[arg-type]
    assert classify(page).reason == "soft-404"
    blocked = answer(BESIDE, status=403, fields={"cf-mitigated": "challenge"})
    assert classify(page, blocked).reason == "soft-404"
    assert not classify(page, blocked).ask_sibling


def test_an_empty_frame_lives_with_evidence() -> None:
    raw = (
        b'<html><head><title>App</title><link rel="canonical" href="https://www.example.org/"></head>'
        b'<body><div id="root"></div><script src="/app.js"></script></body></html>'
    )
    found = classify(answer(STORY, raw=raw), answer(BESIDE, raw=raw))
    assert (found.reason, found.shell) == (None, True)
    assert found.words


@given(st.binary(max_size=1_000), st.sampled_from([200, 403, 503]), st.sampled_from([STORY, SITE, f"{SITE}/404"]))
def test_anything_is_judged_and_quoted_briefly(body: bytes, status: int, final: str) -> None:
    found = classify(answer(STORY, final, status=status, raw=body), answer(BESIDE, raw=body))
    assert all(len(word) < 400 for word in found.words)
    assert not found.ask_sibling
