"""What is kept of what the head of a page says of it."""

from typing import ClassVar, Final

from crawler.model.value import Value

TEXT_LIMIT: Final = 300
"""Characters of a title, and of what is said to robots."""

NO_INDEX: Final = ("noindex", "none")
"""Robots directives that keep a page out of search (https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag)."""


class Head(Value):
    """Facts of a page's head; None: not there. URLs are absolute http(s) ones in WHATWG form."""

    _fields: ClassVar[tuple[str, ...]] = (
        *("title", "canonical", "amphtml", "og_image", "og_url", "robots", "is_amp", "refresh", "prerendered"),
    )
    __slots__ = _fields

    def __init__(
        self,
        title: str | None = None,
        canonical: str | None = None,
        amphtml: str | None = None,
        og_image: str | None = None,
        og_url: str | None = None,
        robots: str | None = None,
        is_amp: bool = False,
        refresh: tuple[float, str] | None = None,
        prerendered: str | None = None,
    ) -> None:
        self.title: Final = title
        """White space folded, `TEXT_LIMIT` characters at most."""
        self.canonical: Final = canonical
        """`<link rel=canonical>` (RFC 6596); the first where there are several."""
        self.amphtml: Final = amphtml
        """`<link rel=amphtml>` (amp.dev, "Make your pages discoverable")."""
        self.og_image: Final = og_image
        """`<meta property=og:image>` (ogp.me)."""
        self.og_url: Final = og_url
        """`<meta property=og:url>`."""
        self.robots: Final = robots
        """`<meta name=robots>` in lower case; joined by commas where there are several, since all of them hold."""
        self.is_amp: Final = is_amp
        """Whether `<html>` says that this is an AMP page: `amp` or `⚡` (amp.dev, "AMP HTML Specification")."""
        self.refresh: Final = refresh
        """`<meta http-equiv=refresh>`: seconds, and the URL that is shown then (WHATWG HTML, section 4.2.5.3)."""
        self.prerendered: Final = prerendered
        """The status that an application tells a prerenderer to send (https://docs.prerender.io/docs/best-practices;
        https://github.com/GoogleChrome/rendertron, "Status codes")."""


def is_introduced(head: Head) -> bool:
    """Whether a head tells of its page what only its site knows: what it is called, where it belongs and which picture
    goes with it. It takes a link beside the picture: Anubis asks the site for `og:image` and shows it in its challenges
    (https://github.com/TecharoHQ/anubis, Open Graph passthrough). What is kept out of search may be anything."""
    if head.title is None or head.og_image is None or (head.canonical is None and head.amphtml is None):
        return False
    robots = head.robots
    noindex, none = NO_INDEX
    return robots is None or not (noindex in robots or none in robots)
