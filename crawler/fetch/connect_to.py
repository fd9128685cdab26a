"""`HOST:PORT:ADDR:PORT`: where to connect to instead, with the meaning that curl gives its option `--connect-to`.

Only the connection goes elsewhere: the `Host` field, SNI and the certificate check keep the URL's name. An empty HOST
or PORT on the left matches any, an empty one on the right keeps the URL's own; IPv6 addresses stand in brackets; the
first that matches holds. Whoever names an address here means it: it passes the address guard, and a URL that one
matches goes there directly, past any proxy.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from crawler.fetch.endpoint import PORT_LIMIT

FORM = re.compile(
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^:\[\]]*):(?P<port>[0-9]*):(?P<to_host>\[[0-9A-Fa-f:.%\w]+\]|[^:\[\]]*):(?P<to_port>[0-9]*)",
    re.ASCII,
)


class Override(NamedTuple):
    """One instruction. Hosts are in lower case and without brackets; None matches any, or keeps the URL's own."""

    host: str | None
    port: int | None
    to_host: str | None
    to_port: int | None


def parse(text: str) -> Override:
    """Raises ValueError, with a sentence for whoever wrote it, for anything that is not of the form."""
    found = FORM.fullmatch(text.strip())
    if found is None:
        raise ValueError(
            f"`{text}` is not HOST:PORT:ADDR:PORT (an IPv6 address stands in brackets; HOST and PORT may be empty)"
        )
    host, to_host = (found[name].strip("[]").lower() or None for name in ("host", "to_host"))
    port, to_port = (int(found[name]) if found[name] else None for name in ("port", "to_port"))
    for number in (port, to_port):
        if number is not None and number > PORT_LIMIT:
            raise ValueError(f"`{text}` names port {number}; the highest is {PORT_LIMIT}")
    for name in (host, to_host):
        if name is not None and not (name.isascii() and name.isprintable() and " " not in name):
            raise ValueError(
                f"`{text}` holds `{name}`, which is no host name: write an international name in its `xn--` form"
            )
    return Override(host, port, to_host, to_port)


def find(overrides: Iterable[Override], host: str, port: int) -> Override | None:
    """The first that matches a URL's host (lower case, no brackets) and port."""
    return next((o for o in overrides if o.host in (None, host) and o.port in (None, port)), None)
