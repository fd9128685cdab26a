"""Front pages, logins and error pages by their URLs, and the pages that only look a little like them."""

from collections.abc import Callable

import pytest

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
