"""A store with ten nights in it: links that live, die, move, flap and hide, and one that nobody should print raw."""

from collections.abc import Iterable
from pathlib import Path

from crawler.model.exchange import Failure
from crawler.model.link import Article, Link, Problem
from crawler.model.observation import Hop, Metadata, Observation
from crawler.model.report import Run, Summary
from crawler.model.role import Role
from crawler.model.verdict import Kind, Level
from crawler.store.choose import open_store
from crawler.store.port import Store
from tests.store.making import DAY, NIGHT, Placed

NIGHTS = 10
NOW = NIGHT + (NIGHTS - 0.5) * DAY
"""2026-02-09T14:00:00Z: half a day after the last run."""

SITE = "https://www.example.org"
PATH = "records/\x1b]0;owned\x07.md"
HOSTILE = "http://exa mple.org/\x1b[31m\u202egpj.exe\r\nGotcha\ud800\x00\x9b2J"
"""No URL at all, and written all the same."""

FATES = {
    "alive": "..........",
    "dead": ".....xxxxx",
    "ill": "...ttttttt",
    "moved": "......mmmm",
    "flaps": ".t.t.t.tt.",
    "walled": "..bbbbbbbb",
    "left": "..-..-....",
    "late": "         x",
}
"""What each night brings: an answer, a 404, a time-out, a redirect, a bot wall, a night left out, or nothing at all."""


def url(name: str) -> str:
    """One of the URLs."""
    return f"{SITE}/{name}"


def check(name: str, night: int, came: str) -> Observation:
    """One check of one URL."""
    page, at = url(name), NIGHT + night * DAY + 60
    gone = "https://elsewhere.example/\u202enew"
    match came:
        case ".":
            return Observation(page, (Hop(page, 200),), None, Metadata("text/html", title="A"), at, 0.041, 1)
        case "x":
            return Observation(page, (Hop(page, 404),), None, Metadata("text/html"), at, 0.037 + night / 1000, 1)
        case "t":
            late = Failure("timeout", "no answer within \x1b[1m20 s")
            return Observation(page, (Hop(page, None),), late, Metadata(), at, 60.0, 3)
        case "m":
            return Observation(page, (Hop(page, 301), Hop(gone, 200)), None, Metadata("text/html"), at, 0.09, 2)
        case "b":
            return Observation(page, (Hop(page, 403),), None, Metadata("text/html"), at, 0.02, 1)
        case _:
            return Observation(page, (), Failure("budget-exhausted", "the time was over"), Metadata(), at)


def malformed(night: int) -> Observation:
    """A check that asked for nothing, since nothing can be asked for."""
    return Observation(HOSTILE, (), Failure("url-malformed", "a space in the host"), Metadata(), NIGHT + night * DAY)


def written() -> Iterable[Placed]:
    """Where each URL is written: some twice, one in a record with a name that nobody should print raw."""
    article = Article("", "Title")
    for line, name in enumerate(FATES, 3):
        links = [Link(url(name), Role.WEB, "records/a.md", "webUrl", line, 10, 40 * line, 30, article=article)]
        if name == "dead":
            links.append(Link(f"{url(name)}#part", Role.WEB, PATH, "related[0].\x1bwebUrl", 7, 3, 70, 35))
        yield Placed(url(name), Role.WEB, tuple(links))
    yield Placed(HOSTILE, Role.WEB, (Link(HOSTILE, Role.WEB, PATH, "webUrl", 9, 3, 90, 20),))


PROBLEM = Problem("record-unreadable", "no YAML: \x1b[31mred", PATH, 1)


def fill(store: Store) -> None:
    """Ten nights, of which the eighth was stopped early and the ninth killed."""
    for night in range(NIGHTS):
        store.begin(NIGHT + night * DAY, ["records/"])
        for name, fate in FATES.items():
            if fate[night] != " ":
                store.observe(check(name, night, fate[night]), Role.WEB)
        store.observe(malformed(night), Role.WEB)
        store.written({"records/a.md": (), PATH: (PROBLEM,)}, written())
        if night != NIGHTS - 2:
            counts = dict.fromkeys(Kind, 0) | {Kind.ALIVE: 6 - night // 3, Kind.BROKEN: night // 3, Kind.INVALID: 1}
            summary = Summary(2, 9, 8, counts, {Level.ERROR: 1, Level.WARNING: 2, Level.INFO: 0})
            at = NIGHT + night * DAY
            store.finish(Run(at, at + 90, night != NIGHTS - 3, summary))


def filled(folder: Path) -> str:
    """The URL of such a store in a folder."""
    place = f"sqlite:///{folder}/links.db"
    with open_store(place) as store:
        fill(store)
    return place
