"""Rules about pages that answer: what they say of themselves, against what the record says of them."""

from collections.abc import Iterable, Sequence

from crawler.http.url import Url, parse
from crawler.model.link import Link
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.verdict import Level
from crawler.verdict.naming import page_name
from crawler.verdict.quoting import short
from crawler.verdict.rule import ANSWERED, Occurrence, Remark, Scope, beyond


def title_drift(link: Link, outcome: Outcome) -> Remark | None:
    """A page whose title has little left of the article's."""
    title = outcome.observation.metadata.title
    if not title or link.article is None or not link.article.title or outcome.verdict.kind not in ANSWERED:
        return None
    from crawler.media.titles import ALIKE, resemblance  # 4 ms, for records alone

    if resemblance(link.article.title, title) >= ALIKE:
        return None
    return Remark(f"the page is titled `{short(title)}`, the article `{short(link.article.title)}`")


def fragment_missing(link: Link, outcome: Outcome) -> Remark | None:
    """A link into a page that has no such place."""
    fragments = outcome.observation.metadata.missing_fragments
    if not fragments or outcome.verdict.kind not in ANSWERED:
        return None
    fragment = link.url.partition("#")[2]
    return Remark(f"the page has no place named `{short(fragment)}`") if fragment in fragments else None


def urls_diverge(occurrences: Sequence[Occurrence]) -> Iterable[tuple[Link, Remark]]:
    """An article's web URLs that lead to different pages by now; told at all of them but the first."""
    pages = [one for one in occurrences if one.link.role is Role.WEB and one.outcome.verdict.kind in ANSWERED]
    for one in pages[1:]:
        if one.outcome is not pages[0].outcome and _part(one.outcome, pages[0].outcome):
            where, first = short(one.outcome.observation.final_url or ""), pages[0].link.field
            yield one.link, Remark(f"leads to {where}, another page than `{short(first or '')}` of the same article")


def _part(one: Outcome, other: Outcome) -> bool:
    """Whether two URLs lead to different pages, and not because they did so all along: as a page and its copy on
    another site do, or two pages of a site that still are where they were.
    """
    ours, theirs = _ends(one), _ends(other)
    if not ours or not theirs or not ours.isdisjoint(theirs):
        return False
    written = page_name(one.url), page_name(other.url)
    if written[0] == written[1]:
        return True
    if written[0] in ours and written[1] in theirs:
        return False
    sites = [_sites(one), _sites(other)]
    return sites[0][0] == sites[1][0] or any(began != ended for began, ended in sites)


def _ends(outcome: Outcome) -> set[str]:
    """What a page may be called: where it was found, and where it says it is."""
    final, canonical = outcome.observation.final_url, outcome.observation.metadata.canonical
    return {page_name(url) for url in (final, canonical) if url}


def _sites(outcome: Outcome) -> tuple[str, str]:
    """The sites on which a visit began and ended."""
    asked, ended = parse(outcome.url), parse(outcome.observation.final_url or outcome.url)
    return asked.site if isinstance(asked, Url) else "", ended.site if isinstance(ended, Url) else ""


def provider_changed(link: Link, outcome: Outcome) -> Remark | None:
    """A page that ends at another site than its article's provider."""
    if len(outcome.observation.hops) < 2 or link.article is None or not link.article.domain:
        return None
    if outcome.verdict.kind not in ANSWERED:
        return None
    domain = link.article.domain.strip()
    provider = parse(domain if "://" in domain else f"https://{domain}")
    began, ended = _sites(outcome)
    if not isinstance(provider, Url) or began != provider.site or ended == began:
        return None
    return Remark(f"the provider is {short(provider.site)}, and the page is now at {short(ended)}")


PAGES = (
    beyond(
        "title-drift",
        Scope.LINK,
        Level.INFO,
        "page with another title",
        """The title of the page has little in common with the article's. Editors do rewrite headlines; but another page
        may have taken the place of the one that was linked to. Look at it. Letters that were garbled on the way
        (`â€™`) and names of sites are left out of the comparison.""",
        "https://html.spec.whatwg.org/multipage/semantics.html#the-title-element",
        check=title_drift,
        roles=(Role.WEB,),
    ),
    beyond(
        "fragment-missing",
        Scope.LINK,
        Level.INFO,
        "no such place in the page",
        """The link leads to a place within the page (the part after #) and the page, as it was served, has no element
        of that name, so readers land at its top. Pages that build themselves by scripts may have it after all.""",
        "https://html.spec.whatwg.org/multipage/browsing-the-web.html#scrolling-to-a-fragment",
        check=fragment_missing,
        roles=(Role.WEB, Role.AMP, Role.AMP_CACHE),
    ),
    beyond(
        "urls-diverge",
        Scope.ARTICLE,
        Level.WARNING,
        "URLs of one article lead apart",
        """The article's web URLs (its original one and the one it is published under) led to one page once, and lead to
        different ones now: redirects have parted them. One of them is probably no longer the article. Copies on sites
        of their own are left alone.""",
        "setting records.roles.web",
        check_article=urls_diverge,
        roles=(Role.WEB,),
    ),
    beyond(
        "provider-changed",
        Scope.LINK,
        Level.INFO,
        "no longer at its provider",
        """The record names a provider and the link began at the provider's domain, but ends at another one. The
        article may have been sold or syndicated, or the domain may have new owners. Where `domain-changed` is told as
        well, the link itself may want changing; here it is the provider in the record.""",
        "setting records.facts.domain",
        check=provider_changed,
        roles=(Role.WEB,),
    ),
)
