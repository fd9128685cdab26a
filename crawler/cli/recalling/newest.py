"""The newest check of URLs."""

from collections.abc import Iterable, Iterator

from crawler.store.port import Seen, Store
from crawler.store.portions import portions

PORTION = 2_000
"""URLs that are asked for at a time: what is held of them is some MB."""


def newest(store: Store, urls: Iterable[str]) -> Iterator[tuple[str, Seen]]:
    """The last check of each URL that asked for something; the last one of all where none did, as for what is no URL.
    One without any is left out.
    """
    for portion in portions(urls, PORTION):
        found = store.latest(portion)
        never = [url for url in portion if url not in found]
        found |= {url: checks[-1] for url, checks in store.history(never).items()}
        for url in portion:
            if url in found:
                yield url, found[url]
