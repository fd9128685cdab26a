"""Rules about copies in AMP caches: judged by the article's AMP URL, which says what the copy's has to be.

Source: amp.dev, "AMP Cache URL Format and Request Handling". A cache is fetched and judged by its answer like any other
URL, but its answer proves nothing of the origin.
"""

from collections.abc import Sequence
from functools import lru_cache

from crawler.media import amp_cache
from crawler.model.role import Role
from crawler.model.verdict import Kind, Level, Replacement
from crawler.verdict.amp import Remarks, repeats_web
from crawler.verdict.quoting import short
from crawler.verdict.rule import ANSWERED, Occurrence, Remark, Scope, beyond

CACHE = "https://amp.dev/documentation/guides-and-tutorials/learn/amp-caches-and-cors/amp-cache-urls"

GONE = (Kind.BROKEN, Kind.INVALID)


def cache_mismatch(occurrences: Sequence[Occurrence]) -> Remarks:
    """A cache URL that is not the one of the article's AMP page. Needs no network."""
    pages = _amp_pages(occurrences)
    for one in _copies(occurrences):
        if not pages or any(_copies_page(one, page) for page in pages):
            continue
        written = amp_cache.parse(one.link.url)
        cache = written.cache if written else amp_cache.GOOGLE
        right = ((page, _copy_of(page.outcome.url, cache)) for page in pages)
        page, url = next(((page, url) for page, url in right if url), (None, None))
        if page is not None and url is not None:
            what = "names another page" if written else "is no URL that a cache has"
            new = Replacement(url, "amp-cache", page.outcome.verdict.kind not in GONE and _may_be_amp(page))
            yield one.link, Remark(f"{what}: the AMP page's own would be {short(url)}", replacement=new)


def cache_orphan(occurrences: Sequence[Occurrence]) -> Remarks:
    """A cache URL in an article that has no AMP URL. Needs no network."""
    if _amp_pages(occurrences):
        return
    for one in _copies(occurrences):
        if not any(_copies_page(one, page) for page in occurrences if page.link.role is Role.AMP):
            yield one.link, Remark("the article has a copy in an AMP cache, but no AMP page that it would copy")


def cache_stale(occurrences: Sequence[Occurrence]) -> Remarks:
    """A cache that still answers for an AMP page which is gone."""
    pages = [one.outcome.verdict for one in occurrences if one.link.role is Role.AMP]
    if not pages or {verdict.kind for verdict in pages} != {Kind.BROKEN}:
        return
    for one in _copies(occurrences):
        if one.outcome.verdict.kind in ANSWERED and _is_in_cache(one.outcome.observation.final_url):
            words = f"the cache still shows an AMP page that is broken at its origin ({pages[0].reason})"
            yield one.link, Remark(words)


def _copies(occurrences: Sequence[Occurrence]) -> list[Occurrence]:
    return [one for one in occurrences if one.link.role is Role.AMP_CACHE]


def _amp_pages(occurrences: Sequence[Occurrence]) -> list[Occurrence]:
    """The article's AMP URLs, less what only repeats its web URL."""
    return [one for one in occurrences if one.link.role is Role.AMP and not repeats_web(one, occurrences)]


def _copies_page(copy: Occurrence, page: Occurrence) -> bool:
    """Whether a cache URL is that of an AMP page, by the page's URL or by where it has moved to."""
    if copy.link.url == _copy_of(page.outcome.url, amp_cache.GOOGLE):
        return True
    observation = page.outcome.observation
    moved = observation.final_url if observation.metadata.is_amp else None
    rights = [_copy_of(url, amp_cache.GOOGLE) for url in (page.outcome.url, moved) if url]
    return any(right is not None and amp_cache.same(right, copy.link.url) for right in rights)


def _copy_of(url: str, cache: str) -> str | None:
    """An AMP page's URL in a cache, made of that of its site: what follows the host stays as it is."""
    scheme, _, rest = url.partition("://")
    host, _, tail = rest.partition("/")
    root = _root(f"{scheme}://{host}/", cache)
    return root and root + tail


@lru_cache(maxsize=1_024)
def _root(site: str, cache: str) -> str | None:
    return amp_cache.cache_url(site, cache=cache)


def _is_in_cache(url: str | None) -> bool:
    """Whether a cache answered by itself, rather than to send readers on to the site that it copies."""
    return url is not None and amp_cache.parse(url) is not None


def _may_be_amp(page: Occurrence) -> bool:
    return page.outcome.observation.metadata.is_amp is not False


COPIES = (
    beyond(
        "amp-cache-mismatch",
        Scope.ARTICLE,
        Level.WARNING,
        "cache URL of another page",
        """The URL in the AMP cache is not the one that the cache's own format gives for the article's AMP URL, so it
        shows another page or none. The right one is computed from the AMP URL, without asking anybody. It is safe to
        write unless the AMP page is known to be broken or none.""",
        CACHE,
        check_article=cache_mismatch,
        roles=(Role.AMP_CACHE,),
    ),
    beyond(
        "amp-cache-orphan",
        Scope.ARTICLE,
        Level.INFO,
        "cache URL without AMP page",
        """The article has a URL in an AMP cache but none of an AMP page that the cache would have copied. Add the AMP
        URL, or take the cache's out.""",
        CACHE,
        check_article=cache_orphan,
        roles=(Role.AMP_CACHE,),
    ),
    beyond(
        "amp-cache-stale",
        Scope.ARTICLE,
        Level.WARNING,
        "cache that outlived its page",
        """The cache still answers, but the AMP page that it copies is broken at its origin. The copy will go, and until
        then shows what the publisher has taken down. A cache's answer proves nothing of the origin.""",
        CACHE,
        check_article=cache_stale,
        roles=(Role.AMP_CACHE,),
    ),
)
