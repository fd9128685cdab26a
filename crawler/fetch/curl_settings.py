"""Settings of the network, checked before libcurl sees them, which would complain of them only at the first request."""

import ssl
from urllib.parse import urlsplit

PROXY_SCHEMES = {"http": "http", "https": "https", "socks5": "socks5h", "socks5h": "socks5h"}
"""As users write them, and as libcurl is told. It would resolve names itself for a `socks5` proxy, and nobody would
have checked what they resolve to."""


def checked_proxy(url: str | None) -> str | None:
    """A proxy's URL for libcurl. Raises ValueError, which says nothing of the URL but its scheme: there may be a
    password in it."""
    if url is None:
        return None
    scheme, parted, rest = url.partition("://")
    known = PROXY_SCHEMES.get(scheme.lower()) if parted else None
    if known is None:
        scheme = url.partition(":")[0].lower()
        raise ValueError(f"the URL of a proxy begins with one of {', '.join(PROXY_SCHEMES)}, not with `{scheme}`")
    try:
        usable = bool(urlsplit(url).hostname) and urlsplit(url).port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ValueError("the URL of the proxy can't be read: it is `scheme://[user:password@]host[:port]`")
    return f"{known}://{rest}"


def checked_cacert(path: str | None) -> str | None:
    """A file of certificates that can be read as such. Raises ValueError for any other."""
    if path is not None:
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
        except OSError as error:
            raise ValueError(f"`{path}` can't be read as certificates: {error.strerror or error}") from None
    return path
