"""Redirects that lead astray are all looked at; those within a site hardly ever."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crawler.http.url import Url
from crawler.media.answer import Answer
from crawler.media.detour import may_lead_astray
from crawler.media.head import Head
from crawler.media.login import login_redirect
from crawler.media.parked import SUSPENDED, parked
from crawler.media.signs import sent_home, sent_to_error_page, sent_to_section
from crawler.model.exchange import Fields
from tests.media.answers import url
from tests.media.mutated import PATHS, urls

SITE = "https://www.example.org"


CALM = ("news", "crane-topples-in-storm", "a-b-c-d.html", "2019", "118442", "culture")
ENDS = st.lists(st.sampled_from((*CALM, *CALM, *CALM, *PATHS)), min_size=1, max_size=4)


@given(urls(), st.sampled_from((SITE, "http://example.org", "https://sso.example.org")), ENDS)
def test_what_is_let_by_is_nothing_that_is_looked_for(asked: Url, site: str, segments: list[str]) -> None:
    final = url(f"{site}/{'/'.join(segments)}")
    asked = url(asked.href.replace(asked.origin, SITE))
    assume(asked.href != final.href and not may_lead_astray(asked, final))
    page = Answer(asked, final, 200, Fields(), b"", Head())
    assert login_redirect(asked, final) is None
    assert (sent_home(page), sent_to_section(page), sent_to_error_page(page)) == (None, None, None)
    assert parked(page) is None or final.path == SUSPENDED


@pytest.mark.parametrize(
    ("asked", "final"),
    [
        ("http://example.org/news/crane", f"{SITE}/news/crane"),
        (f"{SITE}/news/crane/", f"{SITE}/news/crane"),
        (f"{SITE}/news/crane", f"{SITE}/news/crane/"),
        (f"{SITE}/news/2019/crane.html", f"{SITE}/news/crane-topples"),
        (f"{SITE}/News/Crane?utm_source=a", f"{SITE}/news/crane"),
        (f"{SITE}/p/1", "https://news.example.org/culture/authors-on-login-pages/"),
    ],
)
def test_most_redirects_within_a_site_lead_where_they_should(asked: str, final: str) -> None:
    assert not may_lead_astray(url(asked), url(final))


@pytest.mark.parametrize(
    ("asked", "final"),
    [
        (f"{SITE}/news/crane", SITE),
        (f"{SITE}/news/crane", f"{SITE}/en/index.html"),
        (f"{SITE}/news/crane", f"{SITE}/news"),
        (f"{SITE}/news/crane", f"{SITE}/News.html"),
        (f"{SITE}/news/crane", f"{SITE}/news//"),
        (f"{SITE}/news/crane", f"{SITE}/user/Login.aspx"),
        (f"{SITE}/news/crane", f"{SITE}/page-not-found"),
        (f"{SITE}/news/crane", f"{SITE}/removed.html"),
        (f"{SITE}/news/crane", f"{SITE}/search?q=crane"),
        (f"{SITE}/news/crane", "https://login.example.org/news/crane"),
        (f"{SITE}/news/crane", "https://example.okta.com/app"),
        (f"{SITE}/news/crane", "https://www.example.net/news/crane"),
    ],
)
def test_others_are_looked_at(asked: str, final: str) -> None:
    assert may_lead_astray(url(asked), url(final))
