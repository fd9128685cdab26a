"""Whether two URLs name one page, whatever way they are written."""

import re
from functools import lru_cache
from urllib.parse import unquote

from crawler.http.move import telling
from crawler.http.url import DEFAULT_PORTS, parse
from crawler.model.exchange import Failure

_PLAIN = re.compile(r"https?://(?:www\.)?+([a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[\w~-]+(?:\.[\w~-]+)*)*)/*", re.ASCII)
"""URLs, as most are, in which there is nothing to parse: that costs ten times as much as seeing it."""


@lru_cache(maxsize=1_024)
def page_name(url: str) -> str:
    """A URL as far as it tells pages apart: without what a trivial move changes (scheme, `www.`, final slash, letter
    case, default port, tracking parameters), fragment and needless escapes. What is no URL names itself.

    Remembers some: the rules of one article name the same few pages again and again.
    """
    if plain := _PLAIN.fullmatch(url):
        return plain[1].lower()
    parsed = parse(url)
    if isinstance(parsed, Failure):
        return url
    port = "" if parsed.port == DEFAULT_PORTS[parsed.scheme] else f":{parsed.port}"
    query = "&".join(telling(parsed.query))
    name = f"{parsed.host.removeprefix('www.')}{port}{parsed.path.rstrip('/')}{query and '?' + query}"
    return (unquote(name) if "%" in name else name).lower()
