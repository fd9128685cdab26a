"""How the labelled pages look: a site's chrome around what a page says. The same words in give the same bytes out."""

from hashlib import blake2b
from html import escape
from typing import NamedTuple

SUBJECTS = (
    *("Harbour pilots", "Islanders", "The council", "Oyster farmers", "Lock keepers", "School crews", "Night anglers"),
    *("Dredgers", "Lighthouse volunteers", "Boat builders", "Tide researchers", "Bridge engineers", "Fishmongers"),
    *("Rowing clubs", "Customs officers"),
)
DEEDS = (
    *("welcome", "reject", "debate", "postpone", "celebrate", "measure", "restore", "question", "photograph", "insure"),
    *("rename", "count"),
)
OBJECTS = (
    *("the new breakwater", "a cheaper ticket", "seven lost buoys", "the winter timetable", "an old steam winch"),
    *("plans for the quay", "a record catch", "the spring floods", "two rescued seals", "the ferry contract"),
    *("a map of the wrecks", "quieter engines"),
)
LINES = (
    "The council voted on Tuesday to reopen the northern line, four years after the last boat left the pier.",
    "Engineers say the new engines use a third less fuel and can run on two different kinds of it.",
    "Residents of the outer islands have asked for an evening service, which the operator calls too expensive.",
    "A first test crossing is planned for the autumn, weather permitting, with students of the school aboard.",
    "Fares will stay below those of the bus until the second winter, according to the agreement.",
    "Critics point out that the money was meant for the school buildings on the mainland.",
    "Nobody on the quay could remember a winter in which the swans had come so close to the nets.",
)
GONE = "It may have been moved or deleted. Try the search, or start again from the front page."


class Site(NamedTuple):
    """A site's look: what stands on every one of its pages."""

    name: str
    sections: tuple[str, ...]
    headlines: tuple[str, ...]
    lines: tuple[str, ...]
    lang: str = "en"
    layout: str = "blog"
    """`bare`: nothing around the page; `blog`: a little; `news`: a navigation and teasers; `portal`: a great deal."""


TEASERS = {"bare": 0, "blog": 4, "news": 12, "portal": 40}


def number(text: str) -> int:
    """A number that is always the same for one text."""
    return int.from_bytes(blake2b(text.encode(), digest_size=4).digest(), "big")


def turned(site: Site, url: str) -> Site:
    """The same site with other teasers, as a page that changes with every request shows them."""
    at = number(url) % len(site.headlines)
    return site._replace(headlines=site.headlines[at:] + site.headlines[:at])


def english(host: str, layout: str | None = None) -> Site:
    """A made-up English site for a host."""
    at = number(host)
    sections = ("World", "Business", "Science", "Culture", "Sport", "Opinion", "Weather")
    label = host.split(".")[-2].replace("-", " ").title()
    headlines = tuple(
        f"{SUBJECTS[(at + n) % 15]} {DEEDS[(at + 5 * n) % 12]} {OBJECTS[(at + 7 * n) % 12]}" for n in range(48)
    )
    return Site(label, sections, headlines, LINES, "en", layout or ("blog", "news", "news", "portal")[at % 4])


def page(
    site: Site, title: str, main: str, *, head: str = "", body_class: str = "", tail: str = "", charset: str = "utf-8"
) -> str:
    """One whole page of a site."""
    teasers = site.headlines[: TEASERS[site.layout]]
    navigation = "".join(f'<a href="/{n}/">{escape(name)}</a> ' for n, name in enumerate(site.sections))
    around = "" if site.layout == "bare" else f"<header><nav>{navigation}</nav></header>"
    aside = "".join(f'<li><a href="/{n}">{escape(teaser)}</a></li>' for n, teaser in enumerate(teasers))
    return (
        f'<!DOCTYPE html>\n<html lang="{site.lang}"><head><meta charset="{charset}"><title>{title}</title>{head}'
        f'<style>body{{margin:0}}</style></head>\n<body class="{body_class}">{around}\n<main>{main}</main>\n'
        f"{f'<aside><ul>{aside}</ul></aside>' if aside else ''}{tail}\n</body></html>\n"
    )


def article(site: Site, h1: str, paragraphs: int, seed: str = "") -> str:
    """The main part of an article; no two seeds tell quite the same story."""
    at = number(seed or h1)
    told = (
        f"<p>{escape(site.lines[(at + 3 * n) % len(site.lines)])} {escape(h1)}, {at % 89 + n}.</p>"
        for n in range(paragraphs)
    )
    return f"{heading(h1)}<p>{at % 28 + 1}.{at % 12 + 1}.20{at % 20 + 2:02}</p>{''.join(told)}"


def front(site: Site) -> str:
    """The main part of a home page or a section: teasers and nothing else."""
    teasers = "".join(
        f"<article><h2><a href='/a/{n}'>{escape(t)}</a></h2></article>" for n, t in enumerate(site.headlines)
    )
    return f"<section>{teasers}</section>"


def heading(h1: str) -> str:
    return f"<h1>{escape(h1)}</h1>" if h1 else ""
