"""URLs as browsers read them (WHATWG URL, https://url.spec.whatwg.org), and which of them can be asked for."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from ada_url import join_url, normalize_url

from crawler.http.address import is_address
from crawler.http.malformed import diagnose, misses_scheme, quote
from crawler.model.exchange import Failure

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

LONGEST = 8_000
"""Octets a URL has at most, before and after normalising: what RFC 9110, section 4.1, has everybody support."""

RECENT = 1_024
"""URLs that are kept as parsed: reading, dealing out and judging each parse a link."""

LONGEST_LABEL = 63
LONGEST_HOST = 253
"""Octets of a label and of a name, its final dot left out (RFC 1035, section 2.3.4; 255 with the octets of lengths)."""

DEFAULT_PORTS = {"http": 80, "https": 443}

IGNORED_SCHEMES = frozenset(
    (
        *("mailto", "mid", "cid"),  # mail: RFC 6068, RFC 2392
        *("tel", "sms", "smsto", "fax", "modem", "callto", "sip", "sips"),  # calls: RFC 3966, RFC 5724, RFC 3261
        *("facetime", "facetime-audio", "skype", "whatsapp", "viber", "sgnl", "tg", "matrix", "xmpp", "irc", "ircs"),
        *("javascript", "vbscript", "data", "blob", "about", "view-source"),  # what a browser does by itself
        *("geo", "maps", "market", "intent", "webcal", "magnet", "urn"),  # other programs; names of things (RFC 8141)
    )
)
"""Schemes for which no web server is asked (IANA, Uniform Resource Identifier Schemes, or the vendors' pages)."""


_USUAL = re.compile(r"https?://[a-z0-9.-]+(?::[0-9]{1,5})?/[\w!$&()*+,;=:@~./?%-]*", re.ASCII)
"""URLs in which the standard's parser may only put right host, port and dot segments: nearly all that are written."""


class Url:
    """A URL that can be asked for: absolute, http or https, without credentials. `parse` makes them."""

    __slots__ = ("fragment", "host", "href", "origin", "port", "scheme")

    def __init__(
        self,
        href: str,
        scheme: str,
        host: str,
        port: int,
        origin: str,
        fragment: str | None = None,
    ) -> None:
        self.href: Final = href
        """The whole URL in WHATWG form, without its fragment."""
        self.scheme: Final = scheme
        """`http` or `https`."""
        self.host: Final = host
        """As for a connection: lower case, IDN as A-labels, an IPv6 address without its brackets."""
        self.port: Final = port
        self.origin: Final = origin
        """`scheme://host`, and `:port` where it isn't the scheme's own (RFC 6454)."""
        self.fragment: Final = fragment
        """Without its `#`; None where there is none or it is empty."""

    @property
    def place(self) -> str:
        """Path and query, in WHATWG form."""
        return self.href[len(self.origin) :]

    @property
    def path(self) -> str:
        """From the first slash to the query, in WHATWG form."""
        return self.place.partition("?")[0]

    @property
    def query(self) -> str:
        """Without its `?`."""
        return self.href.partition("?")[2]

    @property
    def site(self) -> str:
        """What has one owner: the registrable domain, or the host itself where it has none (WHATWG HTML, "site")."""
        return registrable_domain(self.host) or self.host

    def without_query(self) -> "Url":
        """The same without its query and fragment."""
        return Url(self.href.partition("?")[0], self.scheme, self.host, self.port, self.origin)

    def __reduce__(self) -> tuple[object, ...]:
        """With its visit, to another process."""
        return Url, (self.href, self.scheme, self.host, self.port, self.origin, self.fragment)

    def __repr__(self) -> str:
        return f"Url({self.href!r}, fragment={self.fragment!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Url) and self.href == other.href and self.fragment == other.fragment

    def __hash__(self) -> int:
        return hash(self.href)


def parse(text: str, base: str | None = None) -> Url | Failure:
    """A URL as a browser would take it: spaces, backslashes, missing slashes, IDN and dot segments put right, tabs and
    line ends dropped. With a `base`, an absolute URL, `text` may be relative to it.

    Where it can't be asked for, a Failure says why: `url-malformed`, `scheme-unsupported`, `scheme-ignored` or
    `url-credentials`.
    """
    if len(text) > LONGEST:
        return _too_long(text)
    if base is None or text.startswith(("https://", "http://")):  # what is absolute takes nothing from a base
        return _parsed(text)
    return _joined(text, base)


@lru_cache(maxsize=RECENT)
def _parsed(text: str) -> Url | Failure:
    return _plain(text) or _normal(text, None)


@lru_cache(maxsize=RECENT)
def _joined(text: str, base: str) -> Url | Failure:
    return _normal(text, base)


def _plain(text: str) -> Url | None:
    """A URL that is written as the standard has it already; None where that is not plain to see."""
    if not _USUAL.fullmatch(text) or "/." in text or "/%2" in text:  # `%2e` is a dot there
        return None
    origin = _origin(text[: text.find("/", 8)])
    if not isinstance(origin, _Origin) or not origin.is_standard:
        return None
    return Url(text, origin.scheme, origin.host, origin.port, origin.text)


def _normal(text: str, base: str | None) -> Url | Failure:
    try:
        href = normalize_url(text) if base is None else join_url(base, text)
    except ValueError:
        return Failure("url-malformed", diagnose(text))
    return split(href)


def split(href: str) -> Url | Failure:
    """The same for what is in WHATWG form already, such as an `href` of before: much cheaper."""
    if not href.startswith("https://") and not href.startswith("http://"):
        return _other_scheme(href)
    end = href.find("/", 8)
    origin = _origin(href[:end])
    if not isinstance(origin, _Origin):
        return origin
    fragment = None
    if "#" in href:
        href, _, fragment = href.partition("#")
    if len(href) > LONGEST:
        return Failure("url-malformed", f"longer than {LONGEST:,} characters once encoded")
    return Url(href, origin.scheme, origin.host, origin.port, origin.text, fragment or None)


class _Origin:
    """An origin (RFC 6454), taken apart. Most URLs share theirs with others."""

    __slots__ = ("host", "is_standard", "port", "scheme", "text")

    def __init__(self, text: str, scheme: str, host: str, port: int, is_standard: bool) -> None:
        self.text: Final = text
        self.scheme: Final = scheme
        self.host: Final = host
        self.port: Final = port
        self.is_standard: Final = is_standard
        """Whether it is written as the standard has it: no number in another form, no label that is no IDN."""


@lru_cache(maxsize=65_536)
def _origin(text: str) -> _Origin | Failure:
    """What stands before the path of an http(s) URL in WHATWG form, or of one that `_USUAL` matches."""
    scheme, _, authority = text.partition("://")
    host, port = authority, DEFAULT_PORTS[scheme]
    if "@" in authority:
        return Failure("url-credentials", "a user name or password stands before the @")
    if authority[-1] == "]":
        host = authority[1:-1]
    elif ":" in authority:
        host, _, digits = authority.rpartition(":")
        host, port = host.strip("[]"), int(digits)
    if impossible := _impossible(host, port):
        return Failure("url-malformed", impossible)
    return _Origin(text, scheme, host, port, _is_standard(text))


def _is_standard(origin: str) -> bool:
    try:
        return normalize_url(f"{origin}/") == f"{origin}/"
    except ValueError:
        return False


@lru_cache(maxsize=65_536)
def registrable_domain(host: str) -> str | None:
    """The part of a host name that somebody registered: one label below its public suffix (https://publicsuffix.org).

    None for IP literals, for public suffixes themselves and for single labels. Private suffixes count, as in browsers:
    `a.github.io` and `b.github.io` belong to different people.
    """
    if is_address(host):
        return None
    domain: str | None = _suffixes().privatesuffix(host.removesuffix("."))
    return domain


@cache
def _suffixes() -> "PublicSuffixList":
    from publicsuffixlist import PublicSuffixList  # reading the list takes some 70 ms, and most runs never need it

    return PublicSuffixList()


def _impossible(host: str, port: int) -> str | None:
    """Why an origin that the standard lets through can't lead anywhere."""
    if ".." in host or host[0] == ".":
        return f"the host name {quote(host)} has an empty part between its dots"
    if len(host) > LONGEST_LABEL:
        name = host.removesuffix(".")
        if len(name) > LONGEST_HOST:
            return f"the host name is longer than {LONGEST_HOST} characters, which DNS can't hold"
        if max(map(len, name.split("."))) > LONGEST_LABEL:
            return f"a part of the host name is longer than {LONGEST_LABEL} characters, which DNS can't hold"
    if port == 0:
        return "port 0 can't be connected to"
    return None


def _other_scheme(href: str) -> Failure:
    scheme = href.partition(":")[0]
    if scheme in IGNORED_SCHEMES:
        return Failure("scheme-ignored", f"`{scheme}:` asks no web server for anything")
    if misses_scheme(href):
        return Failure("url-malformed", diagnose(href))
    return Failure("scheme-unsupported", f"{quote(scheme + ':')} is neither http: nor https:")


def _too_long(text: str) -> Failure:
    scheme = text[:40].lstrip().partition(":")[0].lower()
    if scheme in IGNORED_SCHEMES:
        return _other_scheme(scheme)
    return Failure("url-malformed", f"longer than {LONGEST:,} characters")
