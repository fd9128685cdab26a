"""What to write instead of a URL that has moved, and whether that is safe to do unasked."""

from crawler.http.landing import is_home, looks_like_error, looks_like_login
from crawler.http.url import Url, parse
from crawler.model.exchange import Failure
from crawler.model.link import Link
from crawler.model.verdict import Replacement

SUSPICIONS = (is_home, looks_like_login, looks_like_error)
"""Where sites send readers once a page is lost. Only suspect where the link did not go there in the first place."""


def for_move(source: Url, target: Url) -> Replacement:
    """The replacement for a URL whose every redirect was permanent.

    Safe within one site, without a step down from https, and where the target doesn't look like a page that stands in
    for a lost one.
    """
    safe = (
        source.site == target.site
        and (source.scheme, target.scheme) != ("https", "http")
        and not any(suspect(target) and not suspect(source) for suspect in SUSPICIONS)
    )
    return Replacement(target.href, "redirect", safe)


def at(link: Link, replacement: Replacement | None) -> Replacement | None:
    """A target's replacement for one of its links: a fragment that the link has goes with it, as browsers keep it over
    redirects (RFC 9110, section 10.2.2).
    """
    if replacement is None or "#" not in link.url:
        return replacement
    parsed = parse(link.url)
    if isinstance(parsed, Failure) or parsed.fragment is None:
        return replacement
    return replacement._replace(url=f"{replacement.url}#{parsed.fragment}")
