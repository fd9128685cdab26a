"""Parked domains: names without a site, shown by whoever sells them or lives off their visitors' clicks.

After Vissers, Joosen and Nikiforakis, "Parking Sensors: analyzing and detecting parked domains" (NDSS 2015): what
gives a parked page away is whose scripts fill it. Words count only as the whole title of a page that says nothing
else, and a domain in a title only if it is the page's own: articles about the trade live.
"""

import re
from functools import cache

from crawler.media.answer import Answer
from crawler.media.landmarks import lowered, may_match
from crawler.media.wording.offers import ANY_DOMAIN, EXPIRED, FOR_SALE, PARKED, SAID_ASIDE, THIS
from crawler.media.wording.plain import TOKEN, plain
from crawler.media.wording.vocabulary import Vocabulary

_LOADS = r"<(?:script|link|img|iframe|form)\b[^<>]{0,200}?\s(?:src|href|action)\s?=\s?[\"']?[^\"'<>\s]{0,100}?"
"""An element that loads what goes on as the pattern does. It never looks beyond the next tag."""

_GODADDY = "https://www.godaddy.com/help/what-is-a-parked-domain-34"

MARKERS: tuple[tuple[str, str, str], ...] = (
    (
        "AdSense for Domains",
        _LOADS + r"google\.com/adsense/domains/caf\.js",
        "Parking Sensors, section V (advertisement syndicators)",
    ),
    (
        "a key that lets ads of parking services through",
        r"<html\b[^<>]{0,200}?\bdata-adblockkey\s*=",
        "https://gitlab.com/eyeo/adblockplus (`checkSitekey`)",
    ),
    ("Sedo", _LOADS + r"img\.sedoparking\.com/|\"sedoparkingurl\"", "https://sedo.com/us/park-domains/"),
    ("Bodis", r"[\"'/]parking\.bodiscdn\.com/|<script>\s*window\.park\s*=\s*\"", "https://www.bodis.com"),
    ("ParkingCrew", _LOADS + r"(?:parkingcrew\.net|d38psrni17bvxu\.cloudfront\.net)/", "https://www.parkingcrew.com"),
    (
        "Above.com",
        _LOADS + r"(?:cdn\.above\.com/|above\.com/marketplace/)",
        "https://www.above.com/domain-parking.html",
    ),
    ("GoDaddy", _LOADS + r"img1\.wsimg\.com/parking-lander/|window\.lander_system\s*=", _GODADDY),
    ("GoDaddy", _LOADS + r"mcc\.godaddy\.com/park", _GODADDY),
    ("a registrar", _LOADS + r"i\.cdnpark\.com/", "https://www.uniregistry.com"),
)
"""Whose parking it is, what only parked pages load, and where they say what they do."""

STEMS = (
    "park",
    "google.com/adsense/domains/",
    "data-adblockkey",
    "d38psrni17bvxu",
    "above.com/",
    "window.lander_system",
)
"""One of these, in whatever letter case, stands in all that a marker matches: fewer words to look for than markers."""

_LANDER_STUB = re.compile(
    rb"^.{0,200}?<script>\s*window\.(?:onload\s*=\s*function\s*\(\)\s*\{\s*window\.)?location\.href\s*=\s*"
    rb"[\"']/lander[\"']",
    re.DOTALL | re.IGNORECASE,
)
"""All that GoDaddy's and Afternic's parking answers to anything: a script that goes on to `/lander`."""
_STUB_SIZE = 1_000

_MARKETS = re.compile(
    r"(?:[\w-]+\.)?(?:hugedomains\.com/domain_profile|dan\.com/(?:buy-domain|domain)/|afternic\.com/(?:forsale|domain)/"
    r"|sedo\.(?:com|de)/search/details|buydomains\.com/lander/|domainmarket\.com/(?:buynow|domain)/"
    r"|uniregistry\.com/market/domain|(?:atom|squadhelp)\.com/name/|brandbucket\.com/names/"
    r"|undeveloped\.com/buy-domain|epik\.com/domain/|godaddy\.com/(?:forsale|domainsearch)/|sav\.com/domains/"
    r"|perfectdomain\.com/domain/|namecheap\.com/market|dynadot\.com/market|flippa\.com/domains)",
    re.IGNORECASE,
)
"""Pages of marketplaces where one name is offered. A site that sends its visitors there is gone."""

SUSPENDED = "/cgi-sys/suspendedpage.cgi"
"""Where cPanel sends visitors of an account that is suspended (https://docs.cpanel.net/whm/account-functions/)."""

_PARKING_VISIT = re.compile(r"(?:^|&)subid1=\d{8}-\d{4}-")
"""How parking platforms number a visit when they send it to `ww25.` or the like."""

REGISTRANT = "registrant"
_REGISTRARS = re.compile(rf"namecheap parking page|{REGISTRANT} whois contact information verification.*")
"""Titles that say it in a registrar's own way."""

LONGEST_TITLE = 200
OWN, _OWN_LABEL = "ownname", "ownlabel"
"""What a page's own domain and its first label are called where they stand in its title."""


def parked(page: Answer) -> str | None:
    """What shows that a page is a parked or for-sale domain, in words; None where it is none."""
    if page.redirected and not page.same_site and _MARKETS.match(f"{page.final.host}{page.final.path}"):
        return f"sent to the marketplace {page.final.host}"
    if page.final.path == SUSPENDED:
        return "the hosting account is suspended"
    if page.redirected and _PARKING_VISIT.search(page.final.query):
        return f"sent to a parking platform at {page.final.host}"
    if not page.is_html:
        return None
    return by_markup(page) or _by_title(page)


def by_markup(page: Answer) -> str | None:
    """What in a page's markup shows it, in words."""
    if len(page.near) <= _STUB_SIZE and _LANDER_STUB.match(page.near):
        return "a script goes on to /lander"
    if page.head.canonical or page.head.og_url:  # nobody gives a page without a site an address to be known by
        return None
    text = lowered(page.body)
    if not any(stem in text for stem in STEMS):
        return None
    for whose, pattern, _ in MARKERS:
        if may_match(pattern, text) and _compiled(pattern).search(page.body):
            return f"filled by {whose}"
    return None


def _by_title(page: Answer) -> str | None:
    said = _own_named(page)
    if not said:
        return None
    shown = f"the title says it: {page.head.title!r:.200}"
    tokens = TOKEN.findall(said)
    if any(vocabulary.says(said) for vocabulary in _vocabularies()) and _is_of_itself(tokens) and page.is_short:
        return shown
    if _REGISTRARS.fullmatch(said) and page.is_short:
        return shown
    if tokens == [OWN] and page.is_short:
        text = " ".join(page.seen.words)
        return next((f"nothing but the domain's name and {said!r}" for said in SAID_ASIDE if said in text), None)
    return None


def _own_named(page: Answer) -> str | None:
    """The title, with the page's own domain called `ownname` wherever it stands."""
    title = plain(page.head.title or "")
    if len(title) > LONGEST_TITLE:
        return None
    host = page.final.host
    for name in sorted({host, host.removeprefix("www."), page.final.site}, key=len, reverse=True):
        title = re.sub(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", OWN, title)
    if OWN in title:
        label = page.final.site.partition(".")[0]
        title = re.sub(rf"\b{re.escape(label)}\b", _OWN_LABEL, title)
    return title


def _is_of_itself(tokens: list[str]) -> bool:
    """Whether a title speaks of the page's own domain, rather than of what a registrar has to offer to everybody."""
    return OWN in tokens or not ANY_DOMAIN.intersection(tokens) or bool(THIS.intersection(tokens))


@cache
def _compiled(pattern: str) -> re.Pattern[bytes]:
    return re.compile(pattern.encode(), re.IGNORECASE)


@cache
def _vocabularies() -> tuple[Vocabulary, ...]:
    return Vocabulary(FOR_SALE), Vocabulary(PARKED), Vocabulary(EXPIRED)
