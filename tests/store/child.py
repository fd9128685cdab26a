"""Runs in a process of its own, on a store that others use too or that it is torn away from.

python -m tests.store.child share URL     one run, over the links that every such process checks
python -m tests.store.child endless URL   run after run, saying what was handed over, until it is killed
"""

import sys
from itertools import count
from time import sleep, time

from crawler.model.link import Link
from crawler.model.role import Role
from crawler.store.choose import open_store
from crawler.store.port import Store
from tests.store.making import NIGHT, Placed, ended, link_url, seen

SHARED = 1_500
"""Links that processes share, each checked once by each."""

PLACES = 500
"""Links that stand in the one record of an endless run, on the line that has the run's number."""


def placed(number: int, line: int) -> Placed:
    """A link of the one record."""
    link = Link(link_url(number), Role.WEB, "a.md", "originalUrl", line, 1, 0, 20)
    return Placed(link.url, link.role, (link,))


def share(store: Store) -> None:
    """One run over the shared links, which are also written in the one record."""
    run = store.begin(NIGHT, [])
    for number in range(SHARED):
        store.observe(seen(number, NIGHT + run), Role.WEB)
    store.written({"a.md": ()}, [placed(number, run) for number in range(SHARED)])
    store.finish(ended())


def endless(store: Store) -> None:
    """Observations in order, each with its number for `elapsed`; says every now and then how far they have got."""
    numbers = count()
    while True:
        run = store.begin(NIGHT, [])
        store.written({"a.md": ()}, [placed(number, run) for number in range(PLACES)])
        for _ in range(100):
            now = time()
            for number in (next(numbers) for _ in range(20)):
                store.observe(seen(number % 1_000, now)._replace(elapsed=float(number)), Role.WEB)
            print(number, now, flush=True)
            sleep(0.002)
        store.finish(ended())


if __name__ == "__main__":
    with open_store(sys.argv[2]) as store:
        {"share": share, "endless": endless}[sys.argv[1]](store)
