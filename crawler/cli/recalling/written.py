"""Every URL that records name, with its places, as the store has them."""

from collections.abc import Iterable, Iterator

from crawler.http.url import parse
from crawler.model.exchange import Failure
from crawler.model.link import Link
from crawler.model.role import Role, stricter


class Written:
    """One URL and where it is written."""

    __slots__ = ("_links", "role", "url")

    def __init__(self, url: str, role: Role) -> None:
        self.url = url
        self.role = role
        """The strictest that any of its places gives it."""
        self._links: list[Link] = []

    @property
    def links(self) -> tuple[Link, ...]:
        """Every place, in the order read."""
        return tuple(self._links)

    def name(self, link: Link) -> None:
        """One more place."""
        self._links.append(link)
        self.role = stricter(self.role, link.role)


class Index:
    """All of them by URL, spellings of one together as in `visiting.targets`; each is taken out once."""

    def __init__(self) -> None:
        self._by_url: dict[str, Written] = {}
        self._taken: set[str] = set()
        self.links = 0
        """Places that were added."""

    def __contains__(self, url: str) -> bool:
        return url in self._by_url

    def add(self, links: Iterable[Link]) -> None:
        """Take in where links are written."""
        for link in links:
            self.links += 1
            url = target_of(link)
            written = self._by_url.get(url)
            if written is None:
                written = self._by_url[url] = Written(url, link.role)
            written.name(link)

    def take(self, url: str, role: Role) -> Written | None:
        """The places of a URL, or one in no file where it is written nowhere; None where it was taken before."""
        if url in self._taken:
            return None
        self._taken.add(url)
        written = self._by_url.pop(url, None)
        if written is None:
            written = Written(url, role)
            written.name(Link(url, role))
        return written

    def __iter__(self) -> Iterator[Written]:
        """What has not been taken, in the order first added."""
        return iter(tuple(self._by_url.values()))


def target_of(link: Link) -> str:
    """The URL that a link asks for: without its fragment, in WHATWG form; as written where it is no URL."""
    parsed = parse(link.url)
    return link.url if isinstance(parsed, Failure) else parsed.href
