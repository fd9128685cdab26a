"""One picture under many URLs: what a site serves for pictures it has lost."""

from collections.abc import Iterator

from crawler.model.link import Link
from crawler.model.report import Outcome
from crawler.verdict.images import is_tiny

UNRELATED = 3
"""URLs of one host, different in their last path segment, from which one picture holds the place of others."""

_Picture = tuple[str, tuple[Link, ...]]
"""A URL, and where it is linked."""


class Repeated:
    """Remembers pictures by their digests, and where they are linked. One for a run, so what it keeps is small."""

    def __init__(self) -> None:
        self._seen: dict[int, list[_Picture]] = {}

    def note(self, outcome: Outcome) -> None:
        """Take a picture in, if the outcome is one. Tiny ones are told by their size, or are meant to be tiny."""
        metadata = outcome.observation.metadata
        if metadata.digest is not None and not is_tiny(metadata):
            self._seen.setdefault(metadata.digest, []).append((outcome.url, outcome.links))

    def found(self) -> Iterator[tuple[tuple[Link, ...], int]]:
        """The links of each URL that shows a repeated picture, with the number of URLs of its host that show it."""
        for pictures in self._seen.values():
            if len(pictures) >= UNRELATED:
                for of_host in _by_host(pictures):
                    if len({_name(url) for url, _ in of_host}) >= UNRELATED:
                        yield from ((links, len(of_host)) for _, links in of_host)


def _by_host(pictures: list[_Picture]) -> list[list[_Picture]]:
    hosts: dict[str, list[_Picture]] = {}
    for picture in pictures:
        hosts.setdefault(picture[0].partition("://")[2].partition("/")[0], []).append(picture)
    return list(hosts.values())


def _name(url: str) -> str:
    """The last segment of a URL's path: files in several sizes have it in common."""
    return url.partition("?")[0].rpartition("/")[2].lower()
