"""What a URL says of where its request goes: scheme, host, port, and the two texts that stand in the request itself."""

import re
from typing import NamedTuple

DEFAULT_PORTS = {"http": 80, "https": 443}
"""RFC 9110, sections 4.2.1 and 4.2.2."""
PORT_LIMIT = 65_535

FORM = re.compile(
    r"(?P<scheme>https?)://(?:[^/?#@]*@)?(?P<authority>(?P<host>\[[0-9a-f:.]+\]|[^/?#:@\[\]]+)(?::(?P<port>[0-9]{1,5}))?)"
    r"(?P<target>[/?][^#]*)?(?:#.*)?",
    re.ASCII | re.DOTALL,
)


class Endpoint(NamedTuple):
    """The parts of an absolute http(s) URL in WHATWG form, cut but never rewritten."""

    scheme: str
    host: str
    """An IPv6 address stands here without its brackets."""
    port: int
    authority: str
    """The value of the `Host` field: the host as in the URL, and the port where it is not the scheme's own."""
    target: str
    """Path and query: the request target in origin form (RFC 9112, section 3.2.1)."""

    @property
    def server_name(self) -> str:
        """The name to ask for in TLS, which is written without a dot at its end (RFC 6066, section 3)."""
        return self.host.removesuffix(".")


def split(url: str) -> Endpoint:
    """Cut a URL that has been through a WHATWG parser. Credentials in it are left out, for they are never sent.

    Raises ValueError for what no such parser gives.
    """
    found = FORM.fullmatch(url)
    if found is None:
        raise ValueError("not an absolute http or https URL")
    scheme, target = found["scheme"], found["target"] or "/"
    port = int(found["port"] or DEFAULT_PORTS[scheme])
    if port > PORT_LIMIT:
        raise ValueError(f"there is no port {port}")
    return Endpoint(
        scheme=scheme,
        host=found["host"].strip("[]"),
        port=port,
        authority=found["authority"],
        target=target if target.startswith("/") else "/" + target,
    )
