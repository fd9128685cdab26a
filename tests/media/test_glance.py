"""What a glance rules out is nothing that a close look finds, and most pages get no more than the glance."""

import re
import sys
import time
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.media.answer import Answer
from crawler.media.glance import above_suspicion
from crawler.media.page import classify, examine
from crawler.media.sibling import sibling
from crawler.media.wording.plain import plain
from tests.media.answers import PROSE, answer, document
from tests.media.mutated import answers
from tests.media.pages import cases
from tests.media.pages.measure import answer as answered

STORY = "https://www.example.org/news/crane-topples-in-storm"
DOTTED = [
    c
    for c in map(chr, range(0x80, sys.maxunicode + 1))
    if re.fullmatch(r"[a-z0-9]*\.([a-z0-9]+\.)?", normalize("NFKD", c))
]
"""What has a dot in it once it is made plain. Two side by side, or a capital, stand in no name of a host."""


def _examined(page: Answer, beside: Answer | None, converging: int) -> object:
    return examine(page, beside, converging)


def test_the_labelled_set_is_judged_as_if_there_were_no_glance() -> None:
    for case in cases():
        page = answered(case.asked, case.answered)
        name = sibling(page.asked, "glance")
        for other in (None, answered(name, case.sibling(name)) if name else None):
            found = classify(page, other, case.converging)
            assert found == _examined(page, other, case.converging), case.name


@given(answers(), st.none() | answers(), st.sampled_from([0, 0, 1, 3]))
def test_so_is_anything_made_of_it(page: Answer, beside: Answer | None, converging: int) -> None:
    assert classify(page, beside, converging) == _examined(page, beside, converging)


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("Crane topples", ""),
        ("", ""),
        ("Le président reçoit les élus de la région — Le Quotidien", '<link rel="canonical" href="/news/1?x">'),
        ("Where to find the best cafés of San Francisco, by Tim", '<meta property="og:url" content="/news/crane">'),
        ("Президент принял депутатов", '<link rel="canonical" href="https://www.example.net/">'),
        (
            "U.S. senators on the storm of 1404",
            '<meta name="apple-mobile-web-app-status-bar-style" content="black">',
        ),
        ("横浜の新しい橋", ""),
    ],
)
def test_ordinary_pages_are_above_suspicion(title: str, head: str) -> None:
    body = f"<h1>{title}</h1><h2>More from the harbour</h2>{PROSE}"
    assert above_suspicion(answer(STORY, raw=document(title, body, head)))


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Page not found", PROSE),
        ("Oops!", f"<H1>Nothing here</H1>{PROSE}"),
        ("A story", f"<h2>Seite <b>nicht</b> gefunden</h2>{PROSE}"),
        ("A story", "<h1>P&aacute;gina no encontrada</h1>"),
        ("404", PROSE),
        ("Strona nie znaleziona — Łódź", PROSE),
        ("www.example.org is for sale", ""),
        ("EXAMPLE.org", ""),
        ("Namecheap Parking Page", ""),
        ("Registrant WHOIS contact information verification", ""),
        ("A story", "<script src=https://i.cdnpark.com/x.js></script>"),
    ],
)
def test_others_are_not(title: str, body: str) -> None:
    assert not above_suspicion(answer(STORY, title=title, body=body))


@pytest.mark.parametrize("dot", [".", *DOTTED])
def test_the_domain_is_known_by_whatever_dot_its_name_is_written_with(dot: str) -> None:
    host = plain(f"example{dot}org")
    assert not above_suspicion(answer(f"https://{host}/a", title=f"EXAMPLE{dot}ORG", body=PROSE))


@pytest.mark.parametrize(
    "unit",
    [
        b"<h1>",
        b"<h1 ",
        b"<H2>&amp;</h2",
        b"<body",
        b"X",
        b'id="__NEXT_DATA__"',
        b"status",
        b"<p",
        b"PARK",
        b"\xc3\xa9",
        b"</h1 ",
    ],
)
def test_hostile_bodies_take_time_that_grows_with_their_length(unit: bytes) -> None:
    def seconds(size: int) -> float:
        page = answer(STORY, raw=b"<title>Crane</title><body><h1>" + (unit * (size // len(unit) + 1))[:size])
        start = time.perf_counter()
        above_suspicion(page)
        return time.perf_counter() - start

    assert seconds(262_144) < 24 * seconds(32_768) + 0.3
