"""The cases that are alike in every language: articles, articles about the number 404, and pages that are gone."""

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.media.pages.case import Answered, Case, answered
from tests.media.pages.frame import Site, article, front, heading, number, page

LEGACY = {
    ("ja", 1): "shift_jis",
    ("ru", 1): "windows-1251",
    ("de", 2): "iso-8859-1",
    ("zh", 1): "gbk",
    ("ko", 1): "euc-kr",
}
"""Pages that are gone on sites that never left their old encoding."""


def spoken() -> list[Case]:
    """Every language's cases, a family for each kind of page and language."""
    languages, wild = (
        tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8")) for name in ("languages", "wild")
    )
    said = [case for lang, words in languages.items() for case in _language(lang, words)]
    return said + [case for lang, wordings in wild.items() for case in _wild(lang, wordings, languages)]


def _wild(lang: str, wordings: list[list[str]], languages: dict[str, Any]) -> list[Case]:
    """Other people's wording; once with its own title, once under a title that says nothing."""
    words = languages.get(lang, languages["en"])
    site = Site(words["name"], tuple(words["sections"]), tuple(words["headlines"]), tuple(words["lines"]), lang)
    cases = []
    for n, (title, h1) in enumerate(wordings):
        for kind, shown in (("wild", title), ("wild-h1", site.name)):
            url = f"https://{words['host']}/2017/09/{n}7{n}4-archive"
            cases.append(_soft(site, kind, lang, n, [shown, h1, "404"], url))
    return cases


def _language(lang: str, words: dict[str, Any]) -> list[Case]:
    lines, layout = tuple(words["lines"]), ("blog", "news")[number(lang) % 2]
    teasers = tuple(words["headlines"]) + tuple(line[:60] for line in lines)
    site = Site(words["name"], tuple(words["sections"]), teasers, lines, lang, layout)
    root = f"https://{words['host']}"

    def hard(url: str) -> Answered:
        return answered(url, [], 404, _gone(site, words["gone"][0], "utf-8"))

    cases = []
    for n, headline in enumerate([*words["headlines"], words["about"]]):
        url = f"{root}/{quote(words['sections'][n])}/2021/0{n + 4}/{quote(headline.replace(' ', '-'))}"
        body = page(site, f"{headline} - {site.name}", article(site, headline, 9)).encode()
        kind = "article" if n < 2 else "about-404"
        cases.append(Case(f"{kind}/{lang}#{n}", f"{kind}/{lang}", "alive", url, answered(url, [], 200, body), hard))
    for n, wording in enumerate(words["gone"]):
        cases.append(_soft(site, "gone", lang, n, wording, f"{root}/2016/11/{n}1{n}8-archive"))
    asked = f"{root}/archive/2015/{number(lang) % 9000 + 1000}.html"
    body = page(site, site.name, front(site)).encode()
    home = f"{root}/"
    cases.append(
        Case(
            f"to-home/{lang}",
            f"to-home/{lang}",
            "soft-404",
            asked,
            answered(asked, [f"301 {home}"], 200, body),
            lambda url: answered(url, [f"301 {home}"], 200, body),
        )
    )
    return cases


def _soft(site: Site, kind: str, lang: str, n: int, wording: list[str], url: str) -> Case:
    charset = LEGACY.get((lang, n), "utf-8") if kind == "gone" else "utf-8"
    body, fields = _gone(site, wording, charset), [f"content-type: text/html; charset={charset}"]
    return Case(
        f"{kind}/{lang}#{n}",
        f"{kind}/{lang}",
        "soft-404",
        url,
        answered(url, [], 200, body, fields),
        lambda other: answered(other, [], 200, body, fields),
    )


def _gone(site: Site, wording: list[str], charset: str) -> bytes:
    title, h1, sentence = (part.replace("{name}", site.name) for part in wording)
    return page(site, title, f"{heading(h1)}<p>{sentence}</p>", charset=charset).encode(charset, "xmlcharrefreplace")
