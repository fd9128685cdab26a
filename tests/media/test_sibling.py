"""The sibling that can't exist: how its address is made, and what its answer shows."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.http.url import Url, parse
from crawler.media.sibling import ALIKE, Comparison, Outcome, compare, family, resemblance, sibling
from tests.media.answers import PROSE, answer, url

SITE = "https://www.example.org"


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("/news/2019/crane-topples.html?x=1", r"/news/2019/[a-z]{5}-[a-z]{7,}\.html\?x=1"),
        ("/a/12345678901", r"/a/[1-9]{11}"),
        ("/a/12", r"/a/[1-9]{9}"),
        ("/a/b", r"/a/[a-z]{12}"),
        ("/a/B_c-7.JPG", r"/a/[A-Z]_[a-z]-[1-9][a-z]+\.JPG"),
        ("/folder/", r"/[a-z]{12}/"),
        ("/a/v1.2", r"/a/[a-z][1-9]\.[1-9][a-z]+"),
        ("/wiki/Stra%C3%9Fe_%C3%84", r"/wiki/[A-Z][a-z]{5}_[A-Z][a-z]+"),
        ("/a/(x)", r"/a/-[a-z]{12}-"),
        ("/a/...", r"/a/\.\.\.|/a/[a-z]{12}"),
    ],
)
def test_last_segment_becomes_random_of_the_same_kind(path: str, pattern: str) -> None:
    made = sibling(url(SITE + path), "seed")
    assert made is not None
    assert re.fullmatch(re.escape(SITE) + f"(?:{pattern})", made), made


def test_a_home_page_has_no_sibling() -> None:
    assert sibling(url(SITE), "seed") is None
    assert sibling(url(f"{SITE}/?p=1"), "seed") is None


def test_the_seed_decides() -> None:
    page = url(f"{SITE}/news/crane")
    assert sibling(page, "a") == sibling(page, "a") != sibling(page, "b")


@given(st.text(min_size=1, max_size=40), st.text(max_size=10))
def test_a_sibling_can_be_asked_for_and_lies_in_the_same_folder(segment: str, seed: str) -> None:
    page = parse(f"{SITE}/folder/{segment}")
    if isinstance(page, Url) and (made := sibling(page, seed)):
        beside = url(made)
        assert beside.href == made
        assert family(beside).rpartition("/*")[0] == family(page).rpartition("/*")[0]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("/news/a.html", "/news/b.html", True),
        ("/news/a.html", "/news/b.php", False),
        ("/news/a", "/sport/a", False),
        ("/news/a/", "/news/b/", True),
        ("/news/a", "https://www.example.net/news/a", False),
    ],
)
def test_one_answer_holds_for_a_folder_and_a_kind_of_file(one: str, other: str, same: bool) -> None:
    full = other if "://" in other else SITE + other
    assert (family(url(SITE + one)) == family(url(full))) is same


PAGE = answer(f"{SITE}/a/page", title="Page not found | Example", body="<h1>Page not found</h1><p>Try the search.</p>")
BESIDE = f"{SITE}/a/xkcd"


@pytest.mark.parametrize("status", [400, 404, 410, 422])
def test_an_error_shows_that_the_page_is_there(status: int) -> None:
    assert compare(PAGE, answer(BESIDE, status=status)).outcome is Outcome.GONE


@pytest.mark.parametrize("status", [401, 403, 429, 451, 500, 502, 503, 999])
def test_a_refusal_shows_nothing(status: int) -> None:
    assert compare(PAGE, answer(BESIDE, status=status)).outcome is Outcome.UNKNOWN


def test_the_same_words_show_that_it_is_gone() -> None:
    other = answer(BESIDE, title="Page not found | Example", body="<h1>Page not found</h1><p>Other teasers by now.</p>")
    assert compare(PAGE, other).outcome is Outcome.SOFT_404


def test_the_same_place_shows_that_it_is_gone() -> None:
    page = answer(f"{SITE}/a/page", f"{SITE}/lost", title="Lost")
    assert compare(page, answer(BESIDE, f"{SITE}/lost", title="Lost")).outcome is Outcome.SOFT_404
    assert compare(page, answer(BESIDE, title="Else", body=PROSE)).outcome is Outcome.DIFFERENT


def test_an_article_of_the_same_title_is_another_page() -> None:
    article = answer(f"{SITE}/a/404", title="404 Not Found | Example", body=f"<h1>404 Not Found</h1>{PROSE}")
    other = answer(BESIDE, title="404 Not Found | Example", body="<h1>404 Not Found</h1><p>Nothing here.</p>")
    assert compare(article, other).outcome is Outcome.DIFFERENT


def test_an_empty_frame_is_a_shell_unless_it_says_not_found() -> None:
    raw = b'<html><head><title>App</title></head><body><div id="root"></div><script src="/a.js"></script></body></html>'
    assert compare(answer(f"{SITE}/a/b", raw=raw), answer(BESIDE, raw=raw)).outcome is Outcome.SHELL
    gone = raw.replace(b"<title>App", b"<title>404")
    assert compare(answer(f"{SITE}/a/b", raw=gone), answer(BESIDE, raw=gone)).outcome is Outcome.SOFT_404


def test_resemblance_leaves_the_echo_of_the_address_out() -> None:
    page = answer(f"{SITE}/tales/whale-song", body=f"<p>Nothing at /tales/whale-song.</p>{PROSE}")
    other = answer(f"{SITE}/tales/bcdfg-hjkl", body=f"<p>Nothing at /tales/bcdfg-hjkl.</p>{PROSE}")
    assert resemblance(page, other) == 1.0
    assert compare(page, other) == Comparison(Outcome.SOFT_404, compare(page, other).words, 1.0)


def test_resemblance_is_symmetric_and_bounded() -> None:
    page, other = answer(f"{SITE}/a/b", body=PROSE), answer(BESIDE, body=f"{PROSE}{PROSE[::-1]}")
    assert 0 <= resemblance(page, other) == resemblance(other, page) <= 1
    assert resemblance(page, page) == 1 > ALIKE > resemblance(page, answer(BESIDE, body="<p>Quite another.</p>"))
