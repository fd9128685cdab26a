"""What is wrong with a URL that can't be parsed, in words a person can act on."""

import re

SHOWN = 60
"""Characters of a faulty part that are shown."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOST_AND_PORT = re.compile(r"(?:[a-z0-9-]+\.)*[a-z0-9-]+:[0-9]{1,5}(?![^/?#])", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?:https?:[/\\]*|//)([^/\\?#]*)", re.IGNORECASE)
_PORT = re.compile(r":([^:\]]*)$")
_FORBIDDEN = re.compile(r"[\x00-\x20\"#%/<>?@\\^`{|}\x7f\[\]:]")
"""Code points that can't stand in a host name (WHATWG URL, "forbidden domain code point")."""


def misses_scheme(text: str) -> bool:
    """Whether a URL whose scheme isn't known only looks as if it had one: `example.org:8080/x`, `localhost:80`."""
    return "." in text.partition(":")[0] or _HOST_AND_PORT.match(text) is not None


def diagnose(text: str) -> str:
    """The first fault found in a URL that is not absolute or that the WHATWG parser refuses; one clause, bounded."""
    text = re.sub(r"[\t\r\n]", "", text).strip()
    if not text:
        return "it is empty"
    if any("\ud800" <= character <= "\udfff" for character in text):
        return "it holds half of a surrogate pair, which is no character"
    authority = _AUTHORITY.match(text)
    if authority is not None and (fault := _fault(authority[1].rpartition("@")[2])):
        return fault
    if text.startswith("//"):
        return "no scheme: https: is missing before the slashes"
    if not _SCHEME.match(text) or misses_scheme(text):
        return f"no scheme: {quote(text)} would need https:// in front to be a link to the web"
    return f"{quote(text if authority is None else authority[1])} can't be understood"


def _fault(authority: str) -> str | None:
    """What is wrong with a host and port."""
    port = _PORT.search(authority)
    host = authority[: port.start()] if port else authority
    if port and port[1] and not (port[1].isdecimal() and int(port[1][:9]) <= 0xFFFF):
        return f"the port {quote(port[1])} is no number up to 65535"
    if not host:
        return "the host is missing"
    if "[" in host or "]" in host:
        return f"{quote(host)} is no IPv6 address in brackets"
    if any(character.isspace() for character in host):
        return f"a space in the host name {quote(host)}"
    if forbidden := _FORBIDDEN.search(host):
        return f"{quote(forbidden[0])} can't stand in a host name"
    if host.rstrip(".").rpartition(".")[2][:1].isdecimal():
        return f"{quote(host)} is no IPv4 address"
    return None


def quote(text: str) -> str:
    """A part of a URL as it may stand in a message: short, printable, in backquotes."""
    shown = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return f"`{''.join(c if c.isprintable() else ascii(c)[1:-1] for c in shown)}`"
