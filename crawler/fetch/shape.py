"""The fields that every request carries, as a person's browser would send them for what the URL is used as.

Servers choose by them: some answer 406 to a request without `Accept`, some serve an error page to one that takes no
HTML, and some serve an image only to a client that says it takes images.
"""

from crawler.model.exchange import Request
from crawler.model.role import Role

Fields = list[tuple[str, str]]

PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
IMAGE = "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5"

ACCEPT = {Role.WEB: PAGE, Role.AMP: PAGE, Role.AMP_CACHE: PAGE, Role.IMAGE: IMAGE}
"""What Firefox sends for a document and for an image (MDN, "List of default Accept values")."""

LANGUAGE = "en-US,en;q=0.5"
"""What the English Firefox sends. A server that has the page in one language only must not mind it."""

CODING = "gzip"
"""The one content coding that `crawler.http.content` decodes and every server knows."""
PLAIN = "identity"
"""With a range, as the Fetch Standard has it ("HTTP-network-or-cache fetch"): part of a gzip stream is no use alone."""


def request_fields(request: Request, user_agent: str) -> Fields:
    """All fields of a request but `Host`, in order: the usual ones, then the request's own, which stand in their stead.

    `Host` belongs to the URL and can't be set.
    """
    own = [(name, value) for name, value in request.fields if name.lower() != "host"]
    named = {name.lower() for name, _ in own}
    usual = (
        ("User-Agent", user_agent),
        ("Accept", ACCEPT[request.role]),
        ("Accept-Language", LANGUAGE),
        ("Accept-Encoding", PLAIN if "range" in named else CODING),
    )
    return [(name, value) for name, value in usual if name.lower() not in named] + own
