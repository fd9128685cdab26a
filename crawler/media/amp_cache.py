"""AMP cache URLs: computed from an AMP URL, read back, compared. No network is needed for any of it.

Source: "AMP Cache URL Format and Request Handling" (amp.dev, guides, AMP caches and CORS), called *the format* below.
Where it is silent, the AMP project's own cache-url toolbox and runtime decide, and the comment says so.
"""

import re
import unicodedata
from base64 import b32encode
from typing import NamedTuple

import ada_url

GOOGLE = "cdn.ampproject.org"
CACHES = (GOOGLE, "www.bing-amp.com", "bing-amp.com", "amp.cloudflare.com")
"""Domains of caches: those of the AMP project's register (`caches.json`), and two that it has held before."""

SERVINGS = {"c": "document", "v": "document", "wp": "document", "i": "image", "ii": "image", "r": "resource"}
"""First folder of a cache URL's path → what it serves (the format, "URL Path"; `r` from Google's cache overview).
`c`, `v` and `wp` are the same document in different frames."""

_LABEL_LIMIT = 63
"""Octets of a domain label (RFC 1035, section 2.3.4)."""
_LEFT, _RIGHT = frozenset("L"), frozenset(("R", "AL"))
"""Bidirectional classes (Unicode, annex 9) that no label may mix (RFC 5893, section 2)."""
_OF_CACHE = re.compile(r"(?:amp_(?:js[^&=]*|gsa|r|kit|latest_update_time)|usqp)(?:=|$)")
"""Query parameters that a cache or its viewer adds, and keeps from the origin (the format, "URL Path"; names from the
AMP runtime's `removeAmpJsParamsFromUrl`)."""
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


class CacheUrl(NamedTuple):
    """A URL of an AMP cache, taken apart."""

    cache: str
    """One of `CACHES`."""
    serves: str
    """`document`, `image` or `resource`."""
    origin: str
    """The URL that it is a copy of, in WHATWG form."""


def cache_url(url: str, *, cache: str = GOOGLE, serving: str = "c") -> str | None:
    """The URL of an AMP page (or with another `serving`, a key of `SERVINGS`: of an image or resource) in a cache.

    Path, query, fragment and port stay as they are in WHATWG form. None for what no cache serves: not http(s), with
    credentials, or at an IPv6 address.
    """
    parts = _parsed(url)
    if parts is None:
        return None
    secure = "s/" if parts.protocol == "https:" else ""
    tail = f"{parts.pathname}{parts.search}{parts.hash}"
    return f"https://{prefix(parts.hostname)}.{cache}/{serving}/{secure}{parts.host}{tail}"


def prefix(host: str) -> str:
    """The label under a cache's domain that stands for a publisher's host, given in ASCII ("Combined Algorithm").

    `www.example.com` becomes `www-example-com`; what would be no valid label becomes a hash.
    """
    return _readable(host) or _hashed(host)


def parse(url: str) -> CacheUrl | None:
    """What a cache URL names; None for any other URL, and where host and path contradict each other.

    Also read are the forms before 2017, without a label for the publisher, and before 2020, with a hash where there is
    none any more (ampproject/amphtml, issue 26205): old records still hold them.
    """
    parts = _parsed(url)
    if parts is None or parts.port:
        return None
    label, _, cache = parts.hostname.partition(".")
    if parts.hostname in CACHES:
        label, cache = "", parts.hostname
    _, serving, *folders = parts.pathname.split("/")
    if serving == "ii" and folders and re.fullmatch(r"w\d+", folders[0]):  # the width that a page asks for
        del folders[0]
    scheme = "http"
    if folders and folders[0] == "s":
        scheme = "https"
        del folders[0]
    if cache not in CACHES or serving not in SERVINGS or not folders or not folders[0]:
        return None
    query = "&".join(pair for pair in parts.search[1:].split("&") if not _OF_CACHE.match(pair))
    origin = _parsed(f"{scheme}://{'/'.join(folders)}{query and '?' + query}{parts.hash}")
    if origin is None or label not in ("", _readable(origin.hostname), _hashed(origin.hostname)):
        return None
    return CacheUrl(cache, SERVINGS[serving], origin.href)


def origin_of(url: str) -> str | None:
    """The AMP URL that a cache URL names; None where it is none. Undoes `cache_url`."""
    found = parse(url)
    return found and found.origin


def same(a: str, b: str) -> bool:
    """Whether two cache URLs name the same document (or image, or resource), whichever cache they belong to.

    Letter case of hosts, escapes that stand for the same character (RFC 3986, section 6.2.2), fragments, the frame that
    a document is served in and parameters of caches make no difference; scheme, path and query do.
    """
    first, second = parse(a), parse(b)
    return first is not None and second is not None and _identity(first) == _identity(second)


def _identity(url: CacheUrl) -> tuple[str, str]:
    return url.serves, _ESCAPE.sub(_normal_escape, url.origin.partition("#")[0])


def _normal_escape(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else escape[0].upper()


def _parsed(url: str) -> ada_url.URL | None:
    try:
        parts = ada_url.URL(url)
    except ValueError:
        return None
    is_cacheable = parts.protocol in ("http:", "https:") and not (parts.username or parts.password)
    return parts if is_cacheable and not parts.hostname.startswith("[") else None


def _readable(host: str) -> str | None:
    """The "Basic Algorithm", in its five steps; None where it yields no valid label.

    A host of one label, or one that mixes writing directions, has none either: so the cache-url toolbox decides.
    """
    if "." not in host or len(host) > 253:  # no longer host exists (RFC 1035, section 2.3.4)
        return None
    try:
        name = ".".join(map(_decoded, host.split(".")))
    except UnicodeError:
        return None
    directions = {unicodedata.bidirectional(character) for character in name}
    if directions & _LEFT and directions & _RIGHT:
        return None
    label = name.replace("-", "--").replace(".", "-")
    if label[2:4] == "--":  # RFC 5891, section 4.2.3.1
        label = f"0-{label}-0"
    if not label.isascii():
        label = "xn--" + label.encode("punycode").decode()
    return label if len(label) <= _LABEL_LIMIT else None


def _decoded(label: str) -> str:
    """A label in Unicode (RFC 3492), with no mapping beyond that. Raises UnicodeError."""
    return label[4:].encode().decode("punycode") if label.startswith("xn--") else label


def _hashed(host: str) -> str:
    """The "Fallback Algorithm": SHA-256 in base 32 (RFC 4648, section 6), without its padding."""
    import hashlib  # few names are written that way

    return b32encode(hashlib.sha256(host.encode()).digest()).decode().rstrip("=").lower()
