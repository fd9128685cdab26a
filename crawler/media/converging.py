"""How many unrelated URLs end at one: the memory that the sign `converging` needs across visits."""

import re
from typing import Final

from crawler.http.move import telling
from crawler.http.url import Url
from crawler.media.signs import CONVERGING

_SUBDOMAIN = re.compile(r"^(?:www|m|mobile|amp)\.")
_SAME_PAGE = re.compile(r"/(?:amp|index\.\w{2,5}|print)?/?$|\.amp$|\.html?$")
"""What parts two addresses of one page: a slash, an AMP version, an extension."""
_LONGEST: Final = len("/index.xhtml/")
"""How much of a path that is at most."""


class Converging:
    """Counts, for each URL that redirects end at, the unrelated URLs that ended there. Memory is bounded: of each end
    only as many are remembered as mean something, and of all ends the latest `limit`.
    """

    def __init__(self, limit: int = 50_000) -> None:
        self._limit = limit
        self._ends: dict[str, frozenset[str]] = {}

    def note(self, asked: Url, final: Url) -> int:
        """Remember that `asked` ended at `final`, and say how many unrelated ones are known to by now, this one
        counted; 0 where there was no redirect, or none but from one address of a page to another."""
        if (here := _page(asked)) == _page(final):
            return 0
        known = self._ends.pop(final.href, frozenset())
        if len(known) < CONVERGING:
            known |= {here}
        self._ends[final.href] = known
        if len(self._ends) > self._limit:
            del self._ends[next(iter(self._ends))]
        return len(known)


def _page(url: Url) -> str:
    """What two addresses of one page have in common."""
    path, host = url.path.lower(), url.host
    if end := _SAME_PAGE.search(path, max(0, len(path) - _LONGEST)):
        path = path[: end.start()]
    if subdomain := _SUBDOMAIN.match(host):
        host = host[subdomain.end() :]
    return f"{host}{path}?{'&'.join(telling(url.query))}"
