"""Rules about AMP pages: whether an AMP URL leads to one, and how it and its article's web page name each other.

Source: amp.dev, "Make your pages discoverable with rel=amphtml and canonical". No AMP field at all is normal.
"""

from collections.abc import Iterator, Sequence

from crawler.http.redirect import PERMANENT
from crawler.http.url import Url, parse
from crawler.model.link import Link
from crawler.model.role import Role
from crawler.model.verdict import Level, Replacement
from crawler.verdict import replacement
from crawler.verdict.naming import page_name
from crawler.verdict.quoting import short
from crawler.verdict.rule import ANSWERED, Occurrence, Remark, Scope, beyond

DISCOVERY = "https://amp.dev/documentation/guides-and-tutorials/optimize-and-measure/discovery"
PAGE = "https://amp.dev/documentation/guides-and-tutorials/learn/spec/amphtml"

HTML = (None, "text/html", "application/xhtml+xml")
"""Media types of what may be a page; servers that name none nearly always send one."""

Remarks = Iterator[tuple[Link, Remark]]


def amp_retired(occurrences: Sequence[Occurrence]) -> Remarks:
    """An AMP URL that redirects to its article: the publisher has given AMP up, and nothing is lost."""
    for one in _answered(occurrences, Role.AMP):
        if web := _retired_to(one, occurrences):
            where = short(one.outcome.observation.final_url or "")
            permanent = all(hop.status in PERMANENT for hop in one.outcome.observation.hops[:-1])
            words = "redirects" if permanent else "redirects for now"
            yield (
                one.link,
                Remark(
                    f"there is no AMP page any more: it {words} to the article, {where}",
                    replacement=_article(one, web, permanent),
                ),
            )


def amp_not_amp(occurrences: Sequence[Occurrence]) -> Remarks:
    """An AMP URL that answers with something else than an AMP page."""
    for one in _answered(occurrences, Role.AMP):
        metadata = one.outcome.observation.metadata
        if metadata.is_amp or repeats_web(one, occurrences) or _retired_to(one, occurrences):
            continue
        if metadata.is_amp is False:
            yield one.link, Remark("the page does not call itself an AMP page (no amp or ⚡ on its html element)")
        elif metadata.content_type not in HTML:
            yield one.link, Remark(f"what answers is no page at all, but {short(metadata.content_type)}")


def canonical_missing(occurrences: Sequence[Occurrence]) -> Remarks:
    """An AMP page that names no canonical page."""
    for one in _answered(occurrences, Role.AMP):
        if one.outcome.observation.metadata.is_amp and not one.outcome.observation.metadata.canonical:
            yield one.link, Remark("the AMP page names no canonical page, which every AMP page has to")


def canonical_mismatch(occurrences: Sequence[Occurrence]) -> Remarks:
    """An AMP page whose canonical page is neither its article nor itself."""
    for one in _answered(occurrences, Role.AMP):
        metadata = one.outcome.observation.metadata
        if not metadata.is_amp or not (canonical := metadata.canonical):
            continue
        pages, name = _web_pages(occurrences), page_name(canonical)
        if pages and not any(_goes_by(page, name) for page in pages) and name not in _ends(one):
            yield one.link, Remark(f"the AMP page says that it belongs to {short(canonical)}, not to the article")


def not_advertised(occurrences: Sequence[Occurrence]) -> Remarks:
    """A web page that does not name the AMP page which the record has for it."""
    for one in _answered(occurrences, Role.AMP):
        if not one.outcome.observation.metadata.is_amp:
            continue
        pages = [page.outcome.observation.metadata for page in _answered(occurrences, Role.WEB)]
        pages = [page for page in pages if page.is_amp is False]
        named = [page.amphtml for page in pages if page.amphtml]
        if pages and (not named or _ends(one).isdisjoint(map(page_name, named))):
            instead = f"names {short(named[0])}" if named else "names none"
            yield one.link, Remark(f"the article's web page does not name this AMP page: it {instead}")


def repeats_web(one: Occurrence, occurrences: Sequence[Occurrence]) -> bool:
    """Whether an AMP URL is the article's web URL again, as records have it where there is no AMP page, and is none."""
    return not one.outcome.observation.metadata.is_amp and any(
        page_name(other.outcome.url) == page_name(one.outcome.url)
        for other in occurrences
        if other.link.role is Role.WEB
    )


def _answered(occurrences: Sequence[Occurrence], role: Role) -> list[Occurrence]:
    """The occurrences of one role whose targets answered."""
    return [one for one in occurrences if one.link.role is role and one.outcome.verdict.kind in ANSWERED]


def _web_pages(occurrences: Sequence[Occurrence]) -> list[Occurrence]:
    """An article's web pages, the last one first: what an article is published as follows what it was taken from."""
    return [one for one in reversed(occurrences) if one.link.role is Role.WEB]


def _goes_by(web: Occurrence, name: str) -> bool:
    """Whether a web page has a name: by its URL in the record, by those that redirects led it to, or by its canonical.
    Front pages, logins and error pages, where sites send what they have lost, are no names of anything else.
    """
    outcome = web.outcome
    if name == page_name(outcome.url):
        return True
    led = [hop.url for hop in outcome.observation.hops[1:]]
    if outcome.verdict.kind in ANSWERED and outcome.observation.metadata.canonical:
        led.append(outcome.observation.metadata.canonical)
    return any(page_name(url) == name and not _stands_in(outcome.url, url) for url in led)


def _stands_in(asked: str, led: str) -> bool:
    source, target = parse(asked), parse(led)
    return isinstance(source, Url) and isinstance(target, Url) and replacement.stands_in(source, target)


def _ends(amp: Occurrence) -> set[str]:
    """The names of an AMP URL and of all that it led to."""
    return {page_name(amp.outcome.url), *(page_name(hop.url) for hop in amp.outcome.observation.hops)}


def _retired_to(amp: Occurrence, occurrences: Sequence[Occurrence]) -> Occurrence | None:
    """The web page that an AMP URL was redirected to, where that is the article: by its URL or, as it is no AMP page,
    by the canonical it names.
    """
    observation = amp.outcome.observation
    if len(observation.hops) < 2 or observation.metadata.is_amp or repeats_web(amp, occurrences):
        return None
    final = observation.hops[-1].url
    names = {page_name(final), page_name(observation.metadata.canonical or final)}
    if page_name(amp.outcome.url) in names:
        return None
    pages = _web_pages(occurrences)
    return next((page for page in pages if any(_goes_by(page, name) for name in names)), None)


def _article(amp: Occurrence, web: Occurrence, permanent: bool) -> Replacement:
    """The article's URL in place of a retired AMP page's: the one that the record is to have of it."""
    new = replacement.at(web.link, web.outcome)
    url = new.url if new and new.safe else web.link.url
    source, target = parse(amp.outcome.url), parse(url)
    safe = (
        permanent
        and isinstance(source, Url)
        and isinstance(target, Url)
        and source.site == target.site
        and replacement.is_sound(source, target)
    )
    return Replacement(url, "article", safe)


AMP = (
    beyond(
        "amp-retired",
        Scope.ARTICLE,
        Level.WARNING,
        "AMP page given up",
        """The AMP URL redirects to the article itself. Many publishers have given AMP up and lead its readers to the
        ordinary page, so nothing is lost: take the AMP fields out of the record, or write the article's URL there.
        It stands in place of what would be said of the redirect.""",
        DISCOVERY,
        check_article=amp_retired,
        roles=(Role.AMP,),
        instead_of=("permanent-redirect", "temporary-redirect", "domain-changed"),
    ),
    beyond(
        "amp-not-amp",
        Scope.ARTICLE,
        Level.WARNING,
        "no AMP page",
        """The AMP URL answers, but with an ordinary page: its html element does not say amp or ⚡. Caches and viewers
        will refuse it. The publisher may have given AMP up without redirecting. Where the record has the article's web
        URL in its AMP field as well, that is taken for a way to say that there is no AMP page.""",
        PAGE,
        check_article=amp_not_amp,
        roles=(Role.AMP,),
    ),
    beyond(
        "amp-canonical-missing",
        Scope.ARTICLE,
        Level.WARNING,
        "AMP page without canonical",
        """Every AMP page has to name the ordinary page it belongs to, or itself where there is none (link
        rel=canonical). This one names none, so it is no valid AMP page.""",
        DISCOVERY,
        check_article=canonical_missing,
        roles=(Role.AMP,),
    ),
    beyond(
        "amp-canonical-mismatch",
        Scope.ARTICLE,
        Level.WARNING,
        "AMP page of another article",
        """The AMP page says that it belongs to another page than the article's, as its URLs in the record, where they
        lead, and the web page's own canonical have it. Either the AMP URL is another article's, or the article has
        moved.""",
        DISCOVERY,
        check_article=canonical_mismatch,
        roles=(Role.AMP,),
    ),
    beyond(
        "amp-not-advertised",
        Scope.ARTICLE,
        Level.INFO,
        "AMP page that its article does not name",
        """The article's web page names no AMP page (link rel=amphtml), or another one than the record. Search engines
        and caches then don't take the two for one article. Often the first step before AMP is given up.""",
        DISCOVERY,
        check_article=not_advertised,
        roles=(Role.AMP,),
    ),
)
