"""Where a response sends us (RFC 9110, sections 10.2.2 and 15.4)."""

from crawler.http.url import Url, parse
from crawler.model.exchange import Failure, Response

FOLLOWED = frozenset({301, 302, 303, 307, 308})
"""The statuses that browsers follow. 300 offers a choice, 304 answers a condition, 305 and 306 are retired."""

PERMANENT = frozenset({301, 308})
"""RFC 9110, sections 15.4.2 and 15.4.9: future references ought to use the new URL."""


def redirect(response: Response, url: str) -> Url | Failure | None:
    """The next hop of a response to `url`; a Failure `redirect-invalid` where it names none that can be followed;
    None where it is no redirect.

    `Location` may be relative, carry white space or bytes above ASCII, as browsers take it. Where there are several,
    the first counts.
    """
    if response.status not in FOLLOWED:
        return None
    location = response.fields.get("location")
    if not location:
        return Failure("redirect-invalid", f"{response.status} without a Location to go to")
    target = parse(location, url)
    if isinstance(target, Failure):
        where = "" if target.reason == "url-credentials" else f" to {location[:200]}"
        return Failure("redirect-invalid", f"{response.status}{where}: {target.message}")
    return target
