"""What to write instead of a URL that has moved, and whether that is safe to do unasked."""

from crawler.http.landing import is_home, looks_like_error, looks_like_login
from crawler.http.move import is_trivial_move
from crawler.http.url import Url, parse
from crawler.model.exchange import Failure
from crawler.model.link import Link
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.verdict import Replacement
from crawler.verdict.naming import page_name

SUSPICIONS = (is_home, looks_like_login, looks_like_error)
"""Where sites send readers once a page is lost. Only suspect where the link did not go there in the first place."""

PAGES = (Role.WEB, Role.AMP)
"""Roles of what can be known again by its title and canonical page. A cache is no cache once it has led elsewhere."""


def for_move(source: Url, target: Url) -> Replacement:
    """The replacement for a URL whose every redirect was permanent: safe within one site."""
    return Replacement(target.href, "redirect", is_sound(source, target) and source.site == target.site)


def is_sound(source: Url, target: Url) -> bool:
    """Whether nothing speaks against a move: no step down from https, and no page that stands in for a lost one."""
    return (source.scheme, target.scheme) != ("https", "http") and not stands_in(source, target)


def stands_in(source: Url, target: Url) -> bool:
    """Whether a target looks like a front page, a login or an error page, where its source does not."""
    return any(suspect(target) and not suspect(source) for suspect in SUSPICIONS)


def at(link: Link, outcome: Outcome) -> Replacement | None:
    """The replacement for a target at one of its links: there it is safe on another site too where the page is the
    link's article, and in no case where an AMP page has given way to an ordinary one.

    A fragment that the link has goes with it, as browsers keep it over redirects (RFC 9110, section 10.2.2).
    """
    replacement = outcome.verdict.replacement
    if replacement is None:
        return None
    source, target = parse(outcome.url), parse(replacement.url)
    if replacement.kind == "redirect" and isinstance(source, Url) and isinstance(target, Url):
        safe = _is_safe(link, outcome, source, target)
        if safe is not replacement.safe:
            replacement = replacement._replace(safe=safe)
    if "#" not in link.url:
        return replacement
    parsed = parse(link.url)
    if isinstance(parsed, Failure) or parsed.fragment is None:
        return replacement
    return replacement._replace(url=f"{replacement.url}#{parsed.fragment}")


def _is_safe(link: Link, outcome: Outcome, source: Url, target: Url) -> bool:
    metadata = outcome.observation.metadata
    if link.role is Role.AMP and metadata.is_amp is False and not is_trivial_move(source, target):
        return False
    replacement = outcome.verdict.replacement
    if replacement is not None and replacement.safe:
        return True
    return link.role in PAGES and is_sound(source, target) and _is_article(link, outcome)


def _is_article(link: Link, outcome: Outcome) -> bool:
    """Whether a page says that it is a link's article: by its title, or by the canonical page it names."""
    article, said = link.article, outcome.observation.metadata
    if article is None:
        return False
    from crawler.media.titles import has_title  # 4 ms, for records alone

    if said.title and article.title and has_title(said.title, article.title):
        return True
    names = {page_name(url) for role, _, url in article.urls if role is Role.WEB}
    return said.canonical is not None and page_name(said.canonical) in names
