"""Which links are asked for at all: decided before any request, and again at every redirect."""

import re
from collections.abc import Callable
from typing import Final

from crawler.http.address import AddressGuard
from crawler.http.url import Url
from crawler.model.exchange import Failure
from crawler.model.link import Link

OFFLINE = Failure("offline", "not asked for: this run needs no network")
NOT_INCLUDED = Failure("excluded", "matches none of the patterns to include")


class Admission:
    """What a run lets through."""

    def __init__(
        self,
        guard: AddressGuard,
        redirected: Callable[[str, int], object],
        include: tuple[re.Pattern[str], ...] = (),
        exclude: tuple[re.Pattern[str], ...] = (),
        offline: bool = False,
    ) -> None:
        """`redirected` tells whether connections to a host and port are sent elsewhere by `--connect-to`, so that the
        URL's own host is not what is connected to. Where there are patterns to `include`, a URL must match one.
        """
        self._guard: Final = guard
        self._redirected: Final = redirected
        self._include: Final = include
        self._exclude: Final = exclude
        self._offline: Final = offline

    def __reduce__(self) -> tuple[object, ...]:
        """Its rules hold in every process of a run."""
        return Admission, (self._guard, self._redirected, self._include, self._exclude, self._offline)

    def admit(self, url: Url) -> Failure | None:
        """None if the URL's host may be connected to as far as its name tells; the resolved addresses are the
        transport's to check.
        """
        words = self._guard.forbidden_host(url.host)
        if words is None or self._redirected(url.host, url.port):
            return None
        return Failure("address-forbidden", f"{url.host}: {words}")

    def preflight(self, link: Link, url: Url) -> Failure | None:
        """None if the link is to be asked for; otherwise why not."""
        if self._include and not any(pattern.search(link.url) for pattern in self._include):
            return NOT_INCLUDED
        for pattern in self._exclude:
            if pattern.search(link.url):
                return Failure("excluded", f"matches {pattern.pattern}, which is excluded")
        return self.admit(url) or (OFFLINE if self._offline else None)
