"""Gates: where a redirect ends at a page that lets people in, and where it only sounds like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.media.login import login_redirect
from tests.media.answers import url

ASKED = "https://www.example.org/reports/2020/annual"


@pytest.mark.parametrize(
    "final",
    [
        "https://www.example.org/login",
        "https://www.example.org/Account/Login?ReturnUrl=%2Freports%2F2020%2Fannual",
        "https://www.example.org/wp-login.php?redirect_to=x",
        "https://www.example.org/users/sign_in",
        "https://sso.example.org/idp/profile/SAML2/Redirect/SSO",
        "https://accounts.google.com/ServiceLogin?continue=x",
        "https://login.microsoftonline.com/common/oauth2/authorize",
        "https://example.okta.com/app/x",
        "https://www.example.org/ucp.php?mode=login",
        "https://consent.yahoo.com/v2/collectConsent?sessionId=1",
        "https://www.example.org/privacy-gate/x",
        "https://www.example.org/anmelden",
        "https://www.example.org/subscribe?next=/reports/2020/annual",
        "https://www.example.org/members/welcome?return=https://www.example.org/reports/2020/annual",
        "https://www.example.org/tos?returnUrl=%2Freports%2F2020%2Fannual",
        "https://www.linkedin.com/authwall?sessionRedirect=x",
    ],
)
def test_gates(final: str) -> None:
    assert login_redirect(url(ASKED), url(final))


@pytest.mark.parametrize(
    ("asked", "final"),
    [
        (ASKED, ASKED),
        ("https://www.example.org/login", "https://www.example.org/account/login"),
        ("http://accounts.example.org/2019", "https://accounts.example.org/2019"),
        (ASKED, "https://www.example.org/technology/why-login-pages-fail"),
        (ASKED, "https://www.example.org/en/reports/2020/annual?from=/reports/2020/annual"),
        (ASKED, "https://www.example.org/404?from=/reports/2020/annual"),
        (ASKED, "https://www.example.org/subscribe"),
        (ASKED, "https://www.example.org/account-of-a-journey"),
        (ASKED, "https://www.example.org/"),
        ("https://www.example.org/", "https://www.example.org/home?next=/"),
    ],
)
def test_what_only_looks_like_one(asked: str, final: str) -> None:
    assert login_redirect(url(asked), url(final)) is None


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_query_is_answered(path: str, query: str) -> None:
    login_redirect(url(ASKED), url(f"https://example.org/{path}?{query}"))
