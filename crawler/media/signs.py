"""Single signs that a page is not there though its server says 200: facts about one answer, cheap to see.

Each function looks for one thing and gives a `Sign` or None. None of them reads running text.
"""

import re
from enum import IntEnum
from typing import NamedTuple

from crawler.http.landing import is_home
from crawler.http.search import find
from crawler.http.url import Url, parse
from crawler.media.answer import Answer
from crawler.media.not_found import Saying, says_not_found


class Weight(IntEnum):
    """How much a sign proves."""

    SUSPECT = 1
    """Reason to ask the site for a page that can't exist, and compare."""
    CERTAIN = 2
    """Enough alone."""


class Sign(NamedTuple):
    """One sign, and what was seen, in words for people."""

    name: str
    weight: Weight
    words: str


CONVERGING = 3
"""Unrelated URLs that end at one before that means anything (Bar-Yossef et al. 2004 count redirects to one target;
A Link Rot Bestiary, chapter 3, https://en.wikibooks.org/wiki/A_Link_Rot_Bestiary, takes three)."""

EXTENSION = re.compile(r"\.(?:[sx]?html?|php\d?|aspx?|jspx?|cfm|do|cgi|stm)$")
_PAGE_WORD = re.compile(
    r"index|default|main|home(?:page)?|start|welcome|amp|print|feed|rss|comments|embed|page|all|overview|\d{1,3}"
)
"""Last segments that name no thing of their own."""
_ID = re.compile(r"\d{5}|[0-9a-f]{8}-[0-9a-f]{4}-")
_DATE = re.compile(r"(?:19|20)\d\d(?:-?(?:0[1-9]|1[0-2])(?:-?(?:0[1-9]|[12]\d|3[01]))?)?")
"""A folder of a year, a month or a day: `2021`, `202106`, `2021-06-30`."""
_ID_PARAMETER = re.compile(
    r"(?:p|id|\w*(?:article|story|news|item|post|page|doc)_?id|article|story|nid|aid)=[\w-]*\d", re.IGNORECASE
)

_WHY = re.compile(
    r"(?:ref|source|src|from|origin|via|redirected?|moved|old|error|err|msg|message|status|not_?found|404)(?:=.*)?"
)
"""Parameters with which a site sends lost visitors to its home page."""

NOT_FOUND = re.compile(
    r"(?:error|err|page|status|http|fehler|erreur|errore|erro)?[-_]?404[-_]?(?:error|page|not[-_]?found|seite)?"
    r"|(?:(?:page|file|url|article|content)[-_]?)?not[-_]?found|seite[-_]nicht[-_]gefunden|nicht[-_]gefunden"
    r"|page[-_](?:introuvable|non[-_]trouvee)|pagina[-_](?:no[-_]encontrada|non[-_]trovata|niet[-_]gevonden)"
    r"|pagina[-_]nao[-_]encontrada|strona[-_]nie[-_]znaleziona"
)
"""Segments, less their extension, by which an error page says what it is: `404`, `page-not-found`, `fehler-404`."""
GONE = re.compile(
    r"errors?(?:[-_]?page)?|expired|removed|unavailable|deleted|missing|gone|no[-_]longer[-_]available|410"
)
"""Segments that say something went wrong, or that a thing is over."""
_NOT_FOUND_PARAMETER = re.compile(
    r"(?:^|&)(?:404(?:;|%3b)https?:|(?:not_?found|404)=(?:1|true|yes)|(?:e|err|error|status|code|errorcode)=404)",
    re.IGNORECASE,
)
"""`?404;http://…` is how IIS hands the lost URL to its error page."""
_SEARCH = re.compile(
    r"search|suche|recherche|buscar|busqueda|busca|zoeken|ricerca|cerca|szukaj|ara|sok|hledani|search[-_]results?"
)

_BODY_CLASS = re.compile(rb"<body\b[^<>]{0,300}?\bclass\s*=\s*[\"']([^\"']{0,1000})", re.IGNORECASE)
PLATFORMS = {
    "error404": "WordPress (body_class(), https://developer.wordpress.org/reference/functions/body_class/)",
    "template-404": "Shopify (themes print `template-{{ template.name }}`, https://shopify.dev/docs/storefronts/themes)",
    "cms-noroute-index": "Magento (layout handle of its 404 page, https://developer.adobe.com/commerce/frontend-core/)",
    "cms-no-route": "Magento (the page that System > Default Pages names for 404)",
}
"""Classes that content systems put on the body of their own 404 page and on no other, and whose they are."""

_BEHIND_HEAD = 1_024
"""Bytes behind a head in which `<body>` begins in nearly all pages."""

_GONE_STATUS = re.compile(r"(?:404|410)\b")
_NEXT_DATA = b'id="__NEXT_DATA__"'
_NEXT_FILES = b"/_next/"
_NEXT_PAGE = re.compile(
    rb'"page"\s*:\s*"(/404)"|"statusCode"\s*:\s*404\b.{0,2000}?"page"\s*:\s*"(/_error)"',
    re.DOTALL,
)
"""The page that Next.js rendered, in its own words (https://nextjs.org/docs/pages/building-your-application/routing/custom-error)."""


def sent_home(answer: Answer) -> Sign | None:
    """A redirect from something particular to a home page."""
    if not answer.redirected or not _is_home(answer.final) or is_home(answer.asked):
        return None
    if not answer.same_site:
        deep = len(_segments(answer.asked)) > 1
        return Sign("redirect-home", Weight.SUSPECT, f"sent to the home page of {answer.final.host}") if deep else None
    if _names_an_item(answer.asked):
        return Sign("redirect-home", Weight.CERTAIN, f"sent to the home page {answer.final.href}")
    if len(_segments(answer.asked)) > 1:
        return Sign("redirect-home", Weight.SUSPECT, f"sent to the home page {answer.final.href}")
    return None


def sent_to_section(answer: Answer) -> Sign | None:
    """A redirect from something particular to a folder that it stood in."""
    asked, final = _segments(answer.asked), _segments(answer.final)
    if not answer.redirected or not answer.same_site or not final or len(final) >= len(asked):
        return None
    if asked[: len(final)] != final or _PAGE_WORD.fullmatch(asked[-1]) or _names_an_item(answer.final):
        return None
    weight = Weight.CERTAIN if _names_an_item(answer.asked) else Weight.SUSPECT
    return Sign("redirect-section", weight, f"sent to the section {answer.final.href}")


def sent_to_error_page(answer: Answer) -> Sign | None:
    """A redirect to a URL that calls itself an error page, or a search, where the one asked for did not."""
    if not answer.redirected:
        return None
    asked, final = _segments(answer.asked), _segments(answer.final)
    said = f"sent to {answer.final.href[:200]}"
    if _NOT_FOUND_PARAMETER.search(answer.final.query) and not _NOT_FOUND_PARAMETER.search(answer.asked.query):
        return Sign("final-url", Weight.CERTAIN, said)
    if any(NOT_FOUND.fullmatch(part) for part in final) and "404" not in answer.asked.href:
        if any(NOT_FOUND.fullmatch(part) for part in asked):
            return None
        number_deep_inside = final[-1] == "404" and len(final) > 2
        return Sign("final-url", Weight.SUSPECT if number_deep_inside else Weight.CERTAIN, said)
    if final and GONE.fullmatch(final[-1]) and not any(map(GONE.fullmatch, asked)):
        return Sign("final-url", Weight.SUSPECT, said)
    if final and _SEARCH.fullmatch(final[-1]) and answer.final.query and not any(map(_SEARCH.fullmatch, asked)):
        return Sign("redirect-search", Weight.SUSPECT, said)
    return None


def converges(answer: Answer, converging: int) -> Sign | None:
    """Several unrelated URLs that all end where this one does."""
    if not answer.redirected or converging < CONVERGING:
        return None
    return Sign("converging", Weight.SUSPECT, f"{converging} unrelated URLs end at {answer.final.href[:200]}")


def claims_home(answer: Answer) -> Sign | None:
    """A page deep inside a site that gives the home page as its own address."""
    head, final = answer.head, answer.final
    for name, claimed in (("canonical", head.canonical), ("og:url", head.og_url)):
        if claimed and claimed != final.href and _may_be_another_page(claimed, final):
            url = parse(claimed)
            if isinstance(url, Url) and is_home(url) and url.site == final.site and not is_home(final):
                return Sign("claims-home", Weight.SUSPECT, f"its {name} is the home page")
    return None


def _may_be_another_page(claimed: str, final: Url) -> bool:
    """Whether a URL, in WHATWG form, may name another path of the site that `final` is of: most need no parsing."""
    return final.site in claimed and claimed.split("/", 3)[3:] != [final.place[1:]]


def rendered_as_404(answer: Answer) -> Sign | None:
    """A content system or application that says, for machines, that it shows its 404 page."""
    if not answer.is_html:
        return None
    said = _said_by_class(answer) or _said_to_prerenderers(answer) or _said_by_next(answer)
    return Sign("rendered-as-404", Weight.CERTAIN, said) if said else None


def _said_by_class(answer: Answer) -> str | None:
    body, start = answer.near, answer.behind_head
    opening = find(body, b"<body", start, start + _BEHIND_HEAD)
    if opening < 0:
        body = answer.body
        opening = find(body, b"<body", start, len(body))
    match = _BODY_CLASS.match(body, opening if opening >= 0 else start)
    if match is None:
        return None
    names = match[1].decode("ascii", "replace").split()
    return next((f"the body has the class {name}" for name in names if name in PLATFORMS), None)


def _said_to_prerenderers(answer: Answer) -> str | None:
    status = answer.head.prerendered
    match = _GONE_STATUS.match(status) if status else None
    return f"a <meta> tells prerenderers to answer {match[0]}" if match else None


def _said_by_next(answer: Answer) -> str | None:
    # the rarest letter first: one byte is found without much ado
    if answer.behind_head:
        first = answer.near.find(b"_", 0, answer.behind_head)
        if first < 0 or find(answer.near, _NEXT_FILES, max(first - 1, 0), answer.behind_head) < 0:
            return None
        body = answer.whole().body  # it is said at the very end
    else:
        body = answer.body
    if body.find(b"X") < 0 or (start := body.find(_NEXT_DATA)) < 0 or not (match := _NEXT_PAGE.search(body, start)):
        return None
    return f"Next.js rendered its page {match[match.lastindex or 0].decode()}"


def titled_not_found(answer: Answer) -> Saying | None:
    """A title that says nothing but that the page is not there."""
    return says_not_found(answer.head.title, answer.final.host)


def headed_not_found(answer: Answer) -> Saying | None:
    """A heading that says nothing but that the page is not there."""
    if not _says_only(answer.glimpsed, answer.final.host):
        return None
    return _says_only(answer.seen.headings, answer.final.host)


def _says_only(headings: tuple[str, ...], host: str) -> Saying | None:
    sayings = (says_not_found(heading, host) for heading in headings)
    return next((saying for saying in sayings if saying and saying.whole), None)


def _is_home(url: Url) -> bool:
    """Also with a parameter or two that only say why somebody was sent there."""
    return is_home(url) or (
        is_home(url.without_query()) and all(_WHY.fullmatch(part) for part in url.query.lower().split("&"))
    )


def _segments(url: Url) -> list[str]:
    """The parts of the path in lower case, the last one less its extension; empty ones left out."""
    parts = [part for part in url.path.lower().split("/") if part]
    return [*parts[:-1], EXTENSION.sub("", parts[-1])] if parts else []


def _names_an_item(url: Url) -> bool:
    """Whether a URL names one article, product or post rather than a folder of them."""
    parts = _segments(url)
    if _ID_PARAMETER.search(url.query):
        return True
    if not parts or _PAGE_WORD.fullmatch(parts[-1]) or _DATE.fullmatch(parts[-1]):
        return False
    last = parts[-1]
    words = len(re.findall(r"%[0-9a-f%]+|[^\W_]+", last.replace("%20", "-")))
    return (
        bool(_ID.search(last))
        or words > 3
        or (words == 3 and len(parts) > 1)
        or (last.isdigit() and len(last) > 3 and len(parts) > 1)
        or (bool(EXTENSION.search(url.path.lower())) and len(parts) > 1)
    )
