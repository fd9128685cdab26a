"""The cases written by hand in the TOML files of this folder."""

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.media.pages.case import Answered, Case, answered
from tests.media.pages.frame import GONE, Site, article, english, front, heading, number, page, turned

FILES = ("walls", "logins", "parked", "gone", "shells", "hard", "living", "noise")
CHALLENGE = "<html><head><title>Just a moment...</title></head><body></body></html>"


def handmade() -> list[Case]:
    """Every case of every file; one case a title."""
    cases = []
    for name in FILES:
        entries = tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))["case"]
        for entry in entries:
            titles = entry.get("titles", [[""]])
            cases += [_case(entry, title, f"{entry['family']}#{n}") for n, title in enumerate(titles)]
    return cases


def _case(entry: dict[str, Any], titles: list[str], name: str) -> Case:
    asked, via = entry["asked"], entry.get("via", [])
    host = urlsplit(via[-1].split(" ", 1)[1] if via else asked).hostname or ""
    site = english(host, entry.get("layout"))
    here = answered(asked, via, entry.get("status", 200), _body(entry, site, titles, asked), entry.get("fields"))

    def sibling(url: str) -> Answered:
        return _missing(entry, site, titles, here, url)

    return Case(name, entry["family"], entry["label"], asked, here, sibling, entry.get("converging", 0))


def _body(entry: dict[str, Any], site: Site, titles: list[str], asked: str) -> bytes:
    title, h1 = titles[0], titles[-1]
    site = turned(site, asked) if entry.get("noise") == "teasers" else site
    if (raw := entry.get("raw")) is not None:
        return str(raw).replace("{title}", title).replace("{path}", urlsplit(asked).path).encode()
    if "text" in entry:
        main = article(site, h1 if len(titles) > 1 else "", entry["text"], asked)
    elif entry["label"] == "soft-404" and (entry.get("via") or entry["missing"] == "front-page"):
        main = (heading(h1) if len(titles) > 1 else "") + front(site)
    elif entry["label"] == "soft-404" or entry.get("status", 200) >= 400:
        main = f"{heading(h1) if len(titles) > 1 else ''}<p>{GONE}</p>{_noise(entry, site, asked)}"
    else:
        main = article(site, h1, 10, asked)
    path = urlsplit(asked).path
    chrome = {key: entry[key].replace("{path}", path) for key in ("head", "body_class", "tail") if key in entry}
    return page(site, title, main, **chrome).encode()


def _noise(entry: dict[str, Any], site: Site, asked: str) -> str:
    """What makes two answers of one error page differ."""
    match entry.get("noise"):
        case "number":
            return f"<p>Request {number(asked):x}-{number(asked + '2'):x} at 12:{number(asked) % 60:02}</p>"
        case "suggestions":
            words = urlsplit(asked).path.rsplit("/", 1)[-1].replace("-", " ")
            found = turned(site, asked).headlines[:5]
            return f"<p>Did you mean {words}?</p><ul>{''.join(f'<li>{one}: {words}</li>' for one in found)}</ul>"
        case _:
            return ""


def _missing(entry: dict[str, Any], site: Site, titles: list[str], here: Answered, url: str) -> Answered:
    """How the site answers an address that it never had, by the word in `missing`."""
    final, parts = here.hops[-1].url, urlsplit(url)
    frame = turned(site, url) if entry.get("noise") == "teasers" else site
    not_found = page(frame, f"Page not found | {site.name}", f"{heading('Page not found')}<p>{GONE}</p>").encode()
    gone = _body(entry, site, titles, url) if entry["label"] == "soft-404" else not_found
    home = f"{parts.scheme}://{parts.netloc}/"
    match entry.get("missing", "hard"):
        case "soft":
            return answered(url, [], 200, gone)
        case "home":
            return answered(url, [f"302 {_at(here, home)}"], 200, page(frame, site.name, front(frame)).encode())
        case "section" | "same-final":
            return answered(url, [f"302 {final}"], 200, here.body)
        case "same-body" | "front-page":
            return answered(url, [], 200, here.body)
        case "echo":
            return answered(url, [], 200, _body(entry, site, titles, url))
        case "search":
            search = f"{home}search?q={parts.path.rsplit('/', 1)[-1]}&notfound=1"
            return answered(url, [f"302 {search}"], 200, here.body)
        case "wall":
            return answered(url, [], 403, CHALLENGE.encode(), ["cf-mitigated: challenge", "content-type: text/html"])
        case "error":
            return answered(url, [], 500, b"<html><title>500</title></html>")
        case _:
            return answered(url, [], 404, not_found)


def _at(here: Answered, home: str) -> str:
    """Where a site sends its lost visitors: where this one was sent, or the home page."""
    return here.hops[-1].url if len(here.hops) > 1 else home
