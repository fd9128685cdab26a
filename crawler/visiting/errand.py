"""What the frontier queues: something to be asked for, with the visit that asks."""

from dataclasses import replace

from crawler.http.robots import LONGEST, PATH, REDIRECTS
from crawler.http.url import Url, split
from crawler.model.role import Role
from crawler.visiting.visit import Policy, Visit, resume


class Errand:
    """One visit, from its turn in the frontier to its end."""

    __slots__ = ("host", "url", "visit")

    def __init__(self, url: str, host: str) -> None:
        self.url = url
        """In WHATWG form without fragment; as written where it is no URL."""
        self.host = host
        self.visit: Visit | None = None
        """None until its first turn and after its last: a million targets wait at once."""

    def begin(self, policy: Policy) -> Visit:
        """The visit, made when its turn comes."""
        raise NotImplementedError

    def leave(self) -> None:
        """The visit goes on somewhere else."""
        self.visit = None


class RobotsErrand(Errand):
    """Asks an origin for its robots.txt, on behalf of the targets that wait for it."""

    __slots__ = ("origin", "waiting")

    def __init__(self, origin: str, host: str, *waiting: Errand) -> None:
        super().__init__(origin + PATH, host)
        self.origin = origin
        self.waiting = list(waiting)

    def __reduce__(self) -> tuple[object, ...]:
        """It travels alone: those who wait stay where they are."""
        return RobotsErrand, (self.origin, self.host), {"visit": self.visit}, None, None, resume

    def begin(self, policy: Policy) -> Visit:
        """Redirects of robots.txt are followed to any host, and no rule but the address guard's holds for it."""
        self.visit = Visit(
            valid(self.url),
            Role.WEB,
            policy._replace(fetch=replace(policy.fetch, max_redirects=REDIRECTS, body_limit=LONGEST), suspicions=None),
        )
        return self.visit


def valid(href: str) -> Url:
    """A URL that has been parsed before."""
    url = split(href)
    assert isinstance(url, Url), href
    return url
