"""Pages that a redirect ends at instead of the thing that was asked for, told by their URLs alone.

Each answer is a suspicion, good for not rewriting a link unasked; none is good enough to call a link broken.
"""

import re

from crawler.http.move import is_tracking
from crawler.http.url import Url

INDEX = r"(?:index|default|main|start|home(?:page)?|start(?:page|seite)|accueil|inicio|welcome)"
"""Names, less their extension, under which servers and content systems keep the page of `/`."""

LANGUAGE = r"[a-z]{2}(?:[-_][a-z]{2,4})?"
"""A language or country as sites write it in a path: `en`, `en-us`, `zh_hans`."""

_LANGUAGE_PARAMETER = re.compile(r"(?:lang|language|locale|hl|setlang)(?:=.*)?")

_LOGIN_LABEL = re.compile(r"login|signin|sso|auth|accounts?|consent")
"""First labels of hosts that do nothing but ask who somebody is, or for consent: `accounts.google.com`."""

LOGIN = (
    r"(?:(?:wp-)?log[-_]?in|sign[-_]?in|log-?on|sso|saml2?|oauth2?|auth|authori[sz]e|authenticat(?:e|ion)"
    r"|connexion|anmeld(?:en|ung)|iniciar-sesion|acceso|inloggen|consent)"
)
"""Path segments, less their extension."""

ERROR = (
    r"(?:(?:error|page)?[-_]?(?:404|410)[-_]?(?:error|page)?|(?:(?:404|page)[-_]?)?not[-_]?found|errors?(?:[-_]?page)?)"
)
"""Last path segments, less their extension: `404`, `error-404`, `page_not_found`, `errors`."""

_EXTENSION = r"(?:\.(?:[sx]?html?|php[0-9]?|aspx?|jspx?|jsf|do|cfm|cgi))?"
_HOME_PATH = re.compile(rf"/*(?:{LANGUAGE}{_EXTENSION}(?:/+|\Z)){{0,2}}(?:{INDEX}{_EXTENSION}/*)?")
_LOGIN_PATH = re.compile(rf"/{LOGIN}{_EXTENSION}(?:/|\Z)")
_ERROR_PATH = re.compile(rf"/{ERROR}{_EXTENSION}/*\Z")


def is_home(url: Url) -> bool:
    """Whether a URL is the front page of its host, in whatever language: `/`, `/index.html`, `/en-us/`, `/?lang=de`."""
    return _HOME_PATH.fullmatch(url.path.lower()) is not None and all(
        is_tracking(part) or _LANGUAGE_PARAMETER.fullmatch(part) for part in _parameters(url)
    )


def looks_like_login(url: Url) -> bool:
    """Whether a URL is where people sign in or give consent: `/login?next=…`, `accounts.example.org`."""
    host, _, rest = url.host.partition(".")
    return bool(rest and _LOGIN_LABEL.fullmatch(host)) or _LOGIN_PATH.search(url.path.lower()) is not None


def looks_like_error(url: Url) -> bool:
    """Whether a URL says of itself that it is an error page: `/404.htm`, `/errors/`, `?aspxerrorpath=…` (ASP.NET)."""
    return _ERROR_PATH.search(url.path.lower()) is not None or any(
        part.startswith("aspxerrorpath=") for part in _parameters(url)
    )


def _parameters(url: Url) -> list[str]:
    query = url.query
    return [part for part in query.lower().split("&") if part] if query else []
