"""Pages that a redirect ends at instead of the thing that was asked for, told by their URLs alone.

Each answer is a suspicion, good for not rewriting a link unasked; none is good enough to call a link broken.
"""

import re

from crawler.http.move import is_tracking
from crawler.http.url import Url

_EXTENSION = re.compile(r"\.(?:[sx]?html?|php[0-9]?|aspx?|jspx?|jsf|do|cfm|cgi)$")

_INDEX = re.compile(r"index|default|main|start|home(?:page)?|start(?:page|seite)|accueil|inicio|welcome")
"""Names, less their extension, under which servers and content systems keep the page of `/`."""

_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?")
"""A language or country as sites write it in a path: `en`, `en-us`, `zh_hans`."""

_LANGUAGE_PARAMETER = re.compile(r"(?:lang|language|locale|hl|setlang)(?:=.*)?")

_LOGIN_LABEL = re.compile(r"login|signin|sso|auth|accounts?|consent")
"""First labels of hosts that do nothing but ask who somebody is, or for consent: `accounts.google.com`."""

_LOGIN = re.compile(
    r"(?:wp-)?log[-_]?in|sign[-_]?in|log-?on|sso|saml2?|oauth2?|auth|authori[sz]e|authenticat(?:e|ion)"
    r"|connexion|anmeld(?:en|ung)|iniciar-sesion|acceso|inloggen|consent"
)
"""Path segments, less their extension."""

_ERROR = re.compile(
    r"(?:error|page)?[-_]?(?:404|410)[-_]?(?:error|page)?|(?:(?:404|page)[-_]?)?not[-_]?found|errors?(?:[-_]?page)?"
)
"""Last path segments, less their extension: `404`, `error-404`, `page_not_found`, `errors`."""


def is_home(url: Url) -> bool:
    """Whether a URL is the front page of its host, in whatever language: `/`, `/index.html`, `/en-us/`, `/?lang=de`."""
    path = _segments(url)
    if path and _INDEX.fullmatch(path[-1]):
        path.pop()
    return (
        len(path) <= 2
        and all(map(_LANGUAGE.fullmatch, path))
        and all(is_tracking(part) or _LANGUAGE_PARAMETER.fullmatch(part) for part in _parameters(url))
    )


def looks_like_login(url: Url) -> bool:
    """Whether a URL is where people sign in or give consent: `/login?next=…`, `accounts.example.org`."""
    host, _, rest = url.host.partition(".")
    return bool(rest and _LOGIN_LABEL.fullmatch(host)) or any(map(_LOGIN.fullmatch, _segments(url)))


def looks_like_error(url: Url) -> bool:
    """Whether a URL says of itself that it is an error page: `/404.htm`, `/errors/`, `?aspxerrorpath=…` (ASP.NET)."""
    return any(map(_ERROR.fullmatch, _segments(url)[-1:])) or any(
        part.startswith("aspxerrorpath=") for part in _parameters(url)
    )


def _segments(url: Url) -> list[str]:
    """The parts of the path in lower case, less their extensions, empty ones left out."""
    return [_EXTENSION.sub("", segment) for segment in url.path.lower().split("/") if segment]


def _parameters(url: Url) -> list[str]:
    return [part for part in url.query.lower().split("&") if part]
