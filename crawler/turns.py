"""Which of the links that were read are due, by what the store knows of them, and in which order they are taken."""

from collections.abc import Iterable
from typing import NamedTuple

from crawler.config import Schedule
from crawler.http.url import Url, parse
from crawler.judging import BATCH, History
from crawler.model.link import Link
from crawler.model.role import stricter
from crawler.store.portions import portions
from crawler.verdict.hindsight import Hindsight
from crawler.visiting.due import Turn, due, due_at


class Due(NamedTuple):
    """What a run is to check."""

    links: list[Link]
    """Every link of each URL that is due; the URLs in the order of their turns."""
    left: int
    """URLs that are not due yet."""


class _Wanted:
    """One URL, as far as its turn is concerned."""

    __slots__ = ("host", "links", "role")

    def __init__(self, host: str, link: Link) -> None:
        self.host = host
        self.role = link.role
        self.links = [link]

    def name_again(self, link: Link) -> None:
        self.role = stricter(self.role, link.role)
        self.links.append(link)


def pick(links: Iterable[Link], history: History, hindsight: Hindsight, schedule: Schedule, now: float) -> Due:
    """What is due at `now`, in seconds since the epoch (UTC). A URL that was never checked in its role is."""
    wanted: dict[str, _Wanted] = {}
    for link in links:
        parsed = parse(link.url)
        url, host = (parsed.href, parsed.host) if isinstance(parsed, Url) else (link.url, "")
        if url in wanted:
            wanted[url].name_again(link)
        else:
            wanted[url] = _Wanted(host, link)
    turns: list[Turn] = []
    for urls in portions(wanted, BATCH):
        past = history(urls)
        for url in urls:
            one = wanted[url]
            known = [seen.observation for seen in past.get(url, ()) if seen.role is one.role]
            checks = hindsight.checks(url, one.role, [check for check in known if check.observed_at <= now])
            turns.append(Turn(due_at(url, checks, schedule), one.host, url))
    order = due(turns, now)
    return Due([link for turn in order for link in wanted[turn.url].links], len(turns) - len(order))
