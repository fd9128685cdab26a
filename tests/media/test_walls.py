"""Bot walls: every vendor's action is seen, and no vendor's presence is taken for it."""

import re
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crawler.media.answer import Answer
from crawler.media.busy import BUSY
from crawler.media.clues import Clue, Where
from crawler.media.landmarks import landmarks
from crawler.media.text import seen
from crawler.media.wall_signatures import SIGNATURES, TITLE_WORDS, Signature
from crawler.media.walls import READ, wall
from crawler.media.wording.plain import plain
from crawler.media.wording.vocabulary import Line
from crawler.model.exchange import Fields
from tests.media.answers import PROSE, document, url
from tests.media.mutated import answers
from tests.media.pages import Case, cases
from tests.media.pages.measure import answer as answered

URL = url("https://www.example.org/story")


@pytest.mark.parametrize(
    ("status", "fields", "title", "body", "vendor"),
    [
        (403, {"cf-mitigated": "challenge"}, "Just a moment...", "", "Cloudflare"),
        (503, {}, "Just a moment...", "<div class='cf-browser-verification'>", "Cloudflare"),
        (403, {"server": "AkamaiGHost"}, "Access Denied", "Reference&#32;&#35;18&#46;4c", "Akamai"),
        (401, {"x-datadome": "protected", "x-dd-b": "2"}, "reuters.com", "", "DataDome"),
        (202, {"x-amzn-waf-action": "challenge"}, "", "", "AWS WAF"),
        (405, {"x-amzn-waf-action": "captcha"}, "Human Verification", "", "AWS WAF"),
        (429, {"x-vercel-mitigated": "challenge"}, "Vercel Security Checkpoint", "", "Vercel"),
        (429, {"x-kpsdk-ct": "0a"}, "", "<script>KPSDK.now()</script>", "Kasada"),
        (403, {"server": "ddos-guard"}, "DDoS-Guard", "", "DDoS-Guard"),
        (200, {}, "Making sure you're not a bot!", '<script id="anubis_challenge" type="application/json">', "Anubis"),
        (200, {}, "Request Rejected", "The requested URL was rejected. Your support ID is: 1", "F5"),
        (999, {}, "", "", "LinkedIn"),
        (200, {}, "Access Denied", "Go away.", "A firewall"),
        (200, {}, "Robot or human?", '<div id="px-captcha"></div>', "HUMAN"),
    ],
)
def test_actions(status: int, fields: dict[str, str], title: str, body: str, vendor: str) -> None:
    found = wall(status, Fields(list(fields.items())), document(title, body), title, URL)
    assert found is not None
    assert found.vendor == vendor
    assert found.evidence.startswith(vendor)


@pytest.mark.parametrize(
    "fields",
    [
        {"server": "cloudflare", "cf-ray": "8c1f-FRA", "set-cookie": "cf_clearance=x"},
        {"x-datadome": "protected", "set-cookie": "datadome=x"},
        {"set-cookie": "_abck=x", "server": "AkamaiGHost"},
        {"x-iinfo": "1-2", "set-cookie": "visid_incap_1=x", "x-cdn": "Imperva"},
        {"set-cookie": "_px3=x"},
        {"x-sucuri-id": "18016", "server": "Sucuri/Cloudproxy"},
        {"server": "ddos-guard", "set-cookie": "__ddg1_=x"},
        {"server": "Vercel", "x-vercel-id": "fra1"},
        {"x-kpsdk-v": "j-1"},
        {"set-cookie": "TS01abcdef=1"},
    ],
)
@pytest.mark.parametrize("title", ["A story", "Just a moment", "Access Denied", "Are you a robot?", "Security check"])
def test_presence_on_a_living_page_proves_nothing(fields: dict[str, str], title: str) -> None:
    assert wall(200, Fields(list(fields.items())), document(title, PROSE), title, URL) is None


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 503])
def test_plain_refusals_are_left_to_their_status(status: int) -> None:
    page = document(f"{status} Error", "<center><h1>Error</h1></center><hr><center>nginx</center>")
    assert wall(status, Fields(), page, f"{status} Error", URL) is None


WALLS = [case for case in cases() if case.label == "bot-wall"]
OTHERS = [case for case in cases() if case.label != "bot-wall"]


def _seen(case: Case) -> bool:
    title = re.search(rb"<title[^>]*>(.*?)</title", case.answered.body, re.DOTALL | re.IGNORECASE)
    text = title.group(1).decode("utf-8", "replace") if title else None
    last = case.answered.hops[-1]
    return wall(last.status or 0, case.answered.fields, case.answered.body, text, url(last.url)) is not None


def test_walls_of_the_labelled_set() -> None:
    missed = [case.name for case in WALLS if not _seen(case)]
    assert len(missed) <= 0.05 * len(WALLS), missed


@pytest.mark.parametrize("signature", SIGNATURES, ids=lambda s: f"{s.vendor}-{s.clues[0].where}")
def test_a_signature_names_its_source_and_asks_for_more_than_presence(signature: Signature) -> None:
    assert signature.source
    assert signature.vendor
    assert {clue.where for clue in signature.clues} - {Where.STATUS, Where.SIZE, Where.WORDS} or (
        signature.clues[0].numbers == (999,)
    )


def test_every_title_has_words_to_be_known_by() -> None:
    assert all(landmarks(clue.pattern) for one in SIGNATURES for clue in one.clues if clue.where is Where.TITLE)


BRIEF = [one for one in SIGNATURES if any(clue.where is Where.WORDS for clue in one.clues)]


@pytest.mark.parametrize(
    "pattern", [clue.pattern for one in BRIEF for clue in one.clues if clue.where is Where.TITLE], ids=lambda p: p[:20]
)
@given(st.data())
def test_a_title_beside_few_words_has_a_telling_word(pattern: str, data: st.DataObject) -> None:
    title = data.draw(st.from_regex(re.compile(pattern, re.DOTALL), fullmatch=True))
    assume(re.fullmatch(pattern, plain(title), re.IGNORECASE | re.DOTALL))
    assert Line(f"{title.title()}\nA heading").has_word(TITLE_WORDS)


def test_what_has_few_words_has_a_title_or_a_body_to_be_known_by() -> None:
    for one in BRIEF:
        assert {clue.where for clue in one.clues} & {Where.TITLE, Where.BODY}


def test_the_labelled_set_is_judged_as_if_all_signatures_were_tried_in_full() -> None:
    pages = {case.name: answered(case.asked, case.answered) for case in cases()}
    assert [name for name, page in pages.items() if _seen_in(page) != _seen_in_full(page)] == []


@given(answers())
def test_so_is_anything_made_of_it(page: Answer) -> None:
    assert _seen_in(page) == _seen_in_full(page)


def _seen_in(page: Answer) -> tuple[str, str] | None:
    found = wall(page.status, page.fields, page.body, page.head.title, page.final)
    return found[:2] if found else None


def _seen_in_full(page: Answer) -> tuple[str, str] | None:
    return next((s[:2] for s in SIGNATURES if all(_is_there(clue, page) for clue in s.clues)), None)


def _is_there(clue: Clue, page: Answer) -> bool:
    """A clue looked for in the plainest way: no landmarks, no order, nothing left out."""
    pattern = re.compile(clue.pattern, re.IGNORECASE | re.DOTALL)
    front = page.body[:READ]
    match clue.where:
        case Where.STATUS:
            return page.status in clue.numbers
        case Where.FIELD:
            return any(name == clue.name and pattern.fullmatch(value) for name, value in page.fields.items)
        case Where.TITLE:
            return bool(pattern.fullmatch(plain(page.head.title or "")))
        case Where.BODY:
            return bool(re.search(clue.pattern.encode(), front, re.IGNORECASE | re.DOTALL))
        case Where.HOST:
            return bool(pattern.fullmatch(page.final.host))
        case Where.PATH:
            return bool(pattern.search(page.final.href[len(page.final.origin) :]))
        case Where.SIZE:
            return len(front) <= clue.numbers[0]
        case Where.WORDS:
            shown = seen(front, page.fields.get("content-type"))
            links = re.findall(rb"<[ap][\s>]", front, re.IGNORECASE)
            return len(links) < BUSY and not shown.cut and len(shown.words) <= clue.numbers[0]


@given(
    st.integers(100, 999),
    st.lists(st.tuples(st.text(max_size=20), st.text(max_size=40)), max_size=5),
    st.binary(max_size=500),
    st.none() | st.text(max_size=100),
    st.text(max_size=60),
)
def test_anything_is_answered(
    status: int, fields: list[tuple[str, str]], body: bytes, title: str | None, path: str
) -> None:
    wall(status, Fields(fields), body, title, url(f"https://example.org/{path}"))


@pytest.mark.parametrize(
    "unit",
    [
        b"<script src=",
        b"<script",
        b"captcha",
        b"<div id=px-captcha",
        b"document.cookie=",
        b"http-equiv=refresh ",
        b"kpsdk",
    ],
)
@pytest.mark.parametrize("status", [200, 403])
def test_hostile_bodies_take_time_that_grows_with_their_length(unit: bytes, status: int) -> None:
    def seconds(size: int) -> float:
        start = time.perf_counter()
        wall(status, Fields(), (unit * (size // len(unit) + 1))[:size], "Access Denied", URL)
        return time.perf_counter() - start

    assert seconds(65_536) < 24 * seconds(8_192) + 0.3
