"""Front pages, logins and error pages by their URLs, and the pages that only look a little like them."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.http import landing
from crawler.http.landing import is_home, looks_like_error, looks_like_login
from crawler.http.url import Url, parse

HOME = """/ /index.html /Index.PHP /default.aspx /home /home/ /en /en/ /de-DE/ /zh_hans/ /en/index.html /us/en/ /?
/?lang=de /?utm_source=x&hl=fr /startseite.html"""

NOT_HOME = """/article /en/article /index.php?id=5 /?p=123 /en/us/de/ /index.html/a /news/ /news/index.html /home/family
/e /english/ /index.xml"""

LOGIN = """/login /Login.aspx?ReturnUrl=%2fa /users/sign_in /account/login/ /wp-login.php?redirect_to=x
/oauth2/authorize /sso/start /auth /connexion /consent?continue=a //login.example.org/
//accounts.google.com/ServiceLogin //sso.example.org/a"""

NOT_LOGIN = """/ /news/login-problems-at-banks /author/a /blog /loginless /oauthors //login/ //id.wikipedia.org/wiki/A
//logins.example.org/ /?next=/login"""

ERROR = """/404 /404/ /404.html /error /errors/404.htm /page-not-found /de/not_found.php /notfound /error404 /404-error
/Error.aspx?aspxerrorpath=/a /oops?aspxerrorpath=/a"""

NOT_ERROR = """/ /404-reasons-to-love-berlin /error/report-a-mistake /a?code=404 /news/not-found-in-translation
/area-404b
/4040 /terrors"""


def cases(text: str) -> list[str]:
    return [f"https:{word}" if word.startswith("//") else f"https://example.org{word}" for word in text.split()]


TABLE: list[tuple[Callable[[Url], bool], bool, list[str]]] = [
    (is_home, True, cases(HOME)),
    (is_home, False, cases(NOT_HOME)),
    (looks_like_login, True, cases(LOGIN)),
    (looks_like_login, False, cases(NOT_LOGIN)),
    (looks_like_error, True, cases(ERROR)),
    (looks_like_error, False, cases(NOT_ERROR)),
]


@pytest.mark.parametrize(
    ("looks", "text", "expected"), [(looks, text, expected) for looks, expected, texts in TABLE for text in texts]
)
def test_landing(looks: Callable[[Url], bool], text: str, expected: bool) -> None:
    url = parse(text)
    assert isinstance(url, Url)
    assert looks(url) is expected


SEGMENTS = st.sampled_from(
    [
        *("", "en", "DE", "en-us", "zh_hans", "eng", "e1", "index", "default", "home", "homepage", "startseite"),
        *("login", "wp-login", "sign_in", "auth", "author", "consent", "404", "error-404", "page_not_found", "errors"),
        *("news", "crane-topples", "a%20b", "."),
    ]
)
EXTENSIONS = st.sampled_from(["", "", "", ".html", ".PHP5", ".aspx", ".xml", ".html.html", ".", "/"])
EXTENSION = re.compile(r"\.(?:[sx]?html?|php[0-9]?|aspx?|jspx?|jsf|do|cfm|cgi)$")


@given(st.lists(st.tuples(SEGMENTS, EXTENSIONS).map("".join), max_size=5).map("/".join))
def test_paths_are_read_as_their_segments_are(path: str) -> None:
    url = parse(f"https://example.org/{path}")
    assert isinstance(url, Url)
    names = [EXTENSION.sub("", segment) for segment in url.path.lower().split("/") if segment]
    assert looks_like_login(url) == any(_is(name, landing.LOGIN) for name in names)
    assert looks_like_error(url) == any(_is(name, landing.ERROR) for name in names[-1:])
    if names and _is(names[-1], landing.INDEX):
        names.pop()
    assert is_home(url) == (len(names) <= 2 and all(_is(name, landing.LANGUAGE) for name in names))


def _is(name: str, kind: str) -> bool:
    return re.fullmatch(kind, name) is not None
