"""Which links are asked for at all: decided before any request, and again at every redirect."""

import re
from collections.abc import Callable
from typing import NamedTuple

from crawler.http.address import AddressGuard
from crawler.http.url import Url
from crawler.model.exchange import Failure
from crawler.model.link import Link

OFFLINE = Failure("offline", "not asked for: this run needs no network")
NOT_INCLUDED = Failure("excluded", "matches none of the patterns to include")


class Admission(NamedTuple):
    """What a run lets through."""

    guard: AddressGuard
    redirected: Callable[[str, int], object]
    """Whether connections to a host and port are sent elsewhere by `--connect-to`, so that the URL's own host is not
    what is connected to."""
    include: tuple[re.Pattern[str], ...] = ()
    """Where there are any, a URL must match one."""
    exclude: tuple[re.Pattern[str], ...] = ()
    offline: bool = False

    def admit(self, url: Url) -> Failure | None:
        """None if the URL's host may be connected to as far as its name tells; the resolved addresses are the
        transport's to check.
        """
        words = self.guard.forbidden_host(url.host)
        if words is None or self.redirected(url.host, url.port):
            return None
        return Failure("address-forbidden", f"{url.host}: {words}")

    def preflight(self, link: Link, url: Url) -> Failure | None:
        """None if the link is to be asked for; otherwise why not."""
        if self.include and not any(pattern.search(link.url) for pattern in self.include):
            return NOT_INCLUDED
        for pattern in self.exclude:
            if pattern.search(link.url):
                return Failure("excluded", f"matches {pattern.pattern}, which is excluded")
        return self.admit(url) or (OFFLINE if self.offline else None)
