"""What a host's robots.txt lets us ask for (RFC 9309, read by protego)."""

import re
from typing import TYPE_CHECKING, NamedTuple

from crawler.http.content import inflate
from crawler.http.url import Url
from crawler.model.exchange import Failure, Response

if TYPE_CHECKING:
    from protego import Protego

PATH = "/robots.txt"
"""RFC 9309, section 2.3."""

LONGEST = 500 * 1024
"""Bytes of a robots.txt that count (RFC 9309, section 2.5: at least so many must)."""

REDIRECTS = 5
"""Redirects that are followed to a robots.txt (RFC 9309, section 2.3.1.2: at least so many should be)."""

LONGEST_DELAY = 30.0
"""Seconds of a `Crawl-delay` that are kept to: not part of the RFC, and some ask for hours."""

UNAVAILABLE = frozenset({"redirect-loop", "too-many-redirects", "redirect-invalid"})
"""Redirects that lead nowhere: as if there were no robots.txt (RFC 9309, section 2.3.1.2)."""


class Robots(NamedTuple):
    """What one origin's robots.txt says to us."""

    rules: "Protego | None" = None
    """None where there are no rules: everything may be asked for."""
    agent: str = ""
    refusal: Failure | None = None
    """Why nothing at all may be asked for, or can be."""
    delay: float = 0.0
    """Seconds that we are to leave between two requests."""

    def refuses(self, url: Url) -> Failure | None:
        """None if the URL may be asked for; otherwise why not."""
        if self.rules is None or self.rules.can_fetch(url.href, self.agent):
            return self.refusal
        return Failure("robots-disallowed", f"{url.origin}{PATH} asks programs not to fetch it")


def read_robots(answer: Response | Failure, agent: str) -> Robots:
    """From what asking for robots.txt gave. `agent` is the product token that rules for us would name.

    4xx: there are no rules. 5xx: nothing may be asked for (RFC 9309, section 2.3.1.4). No answer at all is no rule but
    a fact about the host, which its links then have as their own: a dead host must not pass for a cautious one.
    """
    if isinstance(answer, Failure):
        return Robots() if answer.reason in UNAVAILABLE else Robots(refusal=answer)
    if answer.status >= 500:
        return Robots(
            refusal=Failure("robots-disallowed", f"{PATH} answers {answer.status}, which has to count as a no")
        )
    if not 200 <= answer.status < 300:
        return Robots()
    from protego import Protego  # only where robots.txt is asked for at all

    text = inflate(answer.body, answer.fields.get("content-encoding"), LONGEST)
    rules = Protego.parse((text or b"").decode("utf-8", "replace"))
    return Robots(rules, agent, delay=min(LONGEST_DELAY, max(0.0, rules.crawl_delay(agent) or 0.0)))


def product_token(user_agent: str) -> str:
    """The name that a robots.txt would call us by (RFC 9309, section 2.2.1): `crawler` of
    `Mozilla/5.0 (compatible; crawler/0.1; +https://…)`, else the first product.
    """
    found = re.search(r"compatible;\s*([A-Za-z_-]+)", user_agent) or re.match(r"\s*([A-Za-z_-]+)", user_agent)
    return found[1] if found else "*"
