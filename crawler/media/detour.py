"""Redirects that mean no more than that a page stands elsewhere now, told by their two URLs."""

import re
from functools import cache

from crawler.http.landing import is_home
from crawler.http.url import Url
from crawler.media.login import GATE, is_gate_host
from crawler.media.signs import EXTENSION, GONE, NOT_FOUND


def may_lead_astray(asked: Url, final: Url) -> bool:
    """Whether a redirect may be one of those that `login_redirect`, `parked` and `signs` look for. False only where
    none of them is, which holds for nearly all within a site."""
    place = final.place.lower()
    return (
        "?" in place  # where gates, parking platforms and searches keep what they go by
        or (asked.host != final.host and asked.site != final.site)
        or is_gate_host(final.host)
        or _telling().search(place) is not None
        or _is_above(place, asked.path.lower().rstrip("/"))
        or is_home(final)
    )


def _is_above(place: str, asked: str) -> bool:
    """Whether a path may be a folder that another one stands in."""
    folder = place.rstrip("/")
    extension = EXTENSION.search(folder)
    if extension is not None:
        folder = folder[: extension.start()]
    return asked.startswith(f"{folder}/") or "//" in place or "//" in asked


@cache
def _telling() -> re.Pattern[str]:
    """A segment of a path, with or without an extension, that names a gate or an error page."""
    return re.compile(rf"/(?:{GATE.pattern}|{NOT_FOUND.pattern}|{GONE.pattern})(?:\.\w+)?(?=/|$)")
