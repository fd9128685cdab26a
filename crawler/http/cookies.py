"""The cookies of one visit, for sites that set one and redirect until it comes back (RFC 6265, much reduced).

A cookie goes back only to the very host that set it, over the same scheme or a safer one, whatever its attributes
claim, and is gone when the visit ends: nothing leaks between hosts or between links.
"""

from crawler.http.url import Url
from crawler.model.exchange import Fields

MOST = 50
"""Cookies a host (RFC 6265, section 6.1)."""

LONGEST = 4096
"""Bytes of one cookie (RFC 6265, section 6.1)."""


class Cookies:
    """What the hosts of one visit have set."""

    __slots__ = ("_by_origin",)

    def __init__(self) -> None:
        self._by_origin: dict[tuple[str, bool], dict[str, str]] = {}

    def take(self, fields: Fields, url: Url) -> None:
        """Keep what a response of `url` sets; `Max-Age=0` and an empty value take a cookie back."""
        for line in fields.get_all("set-cookie"):
            pair, *attributes = line.split(";")
            name, equals, value = (part.strip() for part in pair.partition("="))
            secure = any(attribute.strip().lower() == "secure" for attribute in attributes)
            kept = self._by_origin.setdefault((url.host, secure or url.scheme == "https"), {})
            gone = any(attribute.replace(" ", "").lower() in ("max-age=0", "max-age=-1") for attribute in attributes)
            if gone or not value:
                kept.pop(name, None)
            elif equals and name and len(pair) <= LONGEST and (name in kept or len(kept) < MOST) and pair.isprintable():
                kept[name] = value

    def field(self, url: Url) -> str | None:
        """The `Cookie` field for a request to `url`; None where there is nothing to send."""
        pairs = dict(self._by_origin.get((url.host, False), {}))
        if url.scheme == "https":
            pairs |= self._by_origin.get((url.host, True), {})
        return "; ".join(f"{name}={value}" for name, value in pairs.items()) or None
