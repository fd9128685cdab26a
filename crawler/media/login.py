"""Gates: redirects to a page that asks who we are, what we agree to, how old we are, or where we sit."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote

from crawler.http.landing import looks_like_error
from crawler.http.url import Url

_EXTENSION = re.compile(r"\.(?:[sx]?html?|php\d?|aspx?|jspx?|cfm|do|cgi)$")

GATE = re.compile(
    r"(?:wp-|user-?|member-?|customer-?|n)?log[-_]?in|sign[-_]?in|log[-_]?on|sso|saml2?|oauth2?|authori[sz]e|authenticat(?:e|ion)"
    r"|auth[-_]?wall|servicelogin|shibboleth(?:\.sso)?|cas|idp|openid-connect|passport"
    r"|anmelden|anmeldung|einloggen|(?:se-)?connexion|se-connecter|iniciar[-_]sesion|accedi|inloggen|zaloguj|logowanie|giris"
    r"|(?:collect)?consent|cookie[-_]?(?:consent|wall|check)|gdpr(?:[-_](?:consent|wall|gate))?|privacy[-_]?(?:gate|wall)|zustimmung"
    r"|age[-_]?(?:gate|check|verification)|paywall|barrier"
)
"""Path segments, less their extension, of pages that do nothing but let people in, in the words of common systems:
WordPress, Drupal, Rails, Django, ASP.NET, CAS, Shibboleth, Keycloak (`openid-connect`), consent managers."""

_PERHAPS = re.compile(
    r"auth|account|accounts|register|registration|sign[-_]?up|subscribe|subscriptions?|abo|acceso|acceder|entrar|privacy|members?|ucp|m"
)
"""Segments that are a gate only if they remember where we came from."""

_GATE_HOST = re.compile(
    r"login|signin|sso|auth|idp|cas|adfs|sts|passport|accounts?|consent|guce|myprivacy|secure-?login|subscribe"
)
"""First labels of hosts that do nothing else."""

_GATE_SITES = (
    ".okta.com",
    ".auth0.com",
    ".onelogin.com",
    ".b2clogin.com",
    ".amazoncognito.com",
    ".login.microsoftonline.com",
)
"""Hosts of identity providers, subdomains included (their own documentation of tenant addresses)."""

_MODE = re.compile(
    r"(?:mode|action|operation|do|task|view|page)=(?:login|signin|sign_in|logon|register)\b", re.IGNORECASE
)
"""phpBB (`ucp.php?mode=login`), MediaWiki, Joomla and the like name the gate in the query."""

_RETURN = re.compile(
    r"return(?:_?(?:url|to|path|uri))?|redirect(?:_?(?:ur[il]|to|path|after_?login))?|next|continue|dest(?:ination)?|goto|ru|done"
    r"|back_?url|callback_?url|session_?redirect|service|location|from|weiter|volver|relaystate|ret_?path|source|target|origin",
    re.IGNORECASE,
)
"""Parameters in which gates remember where somebody wanted to go: `returnUrl`, `next`, `redirect_uri`, `continue`."""


def login_redirect(asked: Url, final: Url) -> str | None:
    """What shows that the way from `asked` ended at a gate, in words; None where it did not, or where the link itself
    names one."""
    if asked.href == final.href:
        return None
    shown = f"{final.origin}{final.path}"[:200]
    gate = _names_gate(final)
    if gate and _names_gate(asked):
        return None
    if gate:
        return f"sent to {shown}"
    if _returns(asked, final) and (_perhaps(final) or _strictly_returns(asked, final)):
        return f"sent to {shown}, which remembers where to come back to"
    return None


def _names_gate(url: Url) -> bool:
    return is_gate_host(url.host) or any(map(GATE.fullmatch, _segments(url))) or bool(_MODE.search(url.query))


@lru_cache(maxsize=1_024)
def is_gate_host(host: str) -> bool:
    """Whether a host does nothing but let people in."""
    label, _, rest = host.partition(".")
    return ("." in rest and bool(_GATE_HOST.fullmatch(label))) or f".{host}".endswith(_GATE_SITES)


def _perhaps(url: Url) -> bool:
    return any(map(_PERHAPS.fullmatch, _segments(url)))


def _returns(asked: Url, final: Url) -> bool:
    """Whether a parameter of `final` leads back to `asked`."""
    return any(_RETURN.fullmatch(name) and _leads_to(asked, value) for name, value in _parameters(final))


def _strictly_returns(asked: Url, final: Url) -> bool:
    """The same, by nothing less than the whole address; and `final` is neither an error page, which remembers as well,
    nor another version of what was asked for."""
    if looks_like_error(final):
        return False
    wanted = {asked.href, f"{asked.path}?{asked.query}".rstrip("?"), asked.path}
    back = any(_RETURN.fullmatch(name) and unquote(value) in wanted for name, value in _parameters(final))
    return back and not final.path.rstrip("/").endswith(asked.path.rstrip("/"))


def _leads_to(asked: Url, value: str) -> bool:
    value = unquote(value)
    return len(asked.path) > 1 and asked.path.rstrip("/") in value


def _parameters(url: Url) -> list[tuple[str, str]]:
    return parse_qsl(url.query[:4_000], keep_blank_values=True, max_num_fields=None)[:50]


def _segments(url: Url) -> list[str]:
    return [_EXTENSION.sub("", part) for part in url.path.lower().split("/") if part]
