"""TimeGates (RFC 7089, "Memento"): how web archives, and aggregators of them, lead to the copy nearest to a moment.

The address of a page's TimeGate is that of the archive's, with the page's URL behind it as it is. It redirects to the
copy (section 4.2.1), over further TimeGates where it knows other archives, or answers with the copy itself (4.2.2).
"""

from datetime import datetime
from email.utils import format_datetime

from crawler.http.archive import Opinion, is_memento, opinion
from crawler.http.redirect import redirect
from crawler.http.url import Url, parse
from crawler.model.exchange import Failure, Request, Response


def ask(endpoint: Url, url: str, when: datetime) -> Request | Failure:
    """The request for the copy nearest to a moment, of which only the fields are of interest; a Failure where it would
    be longer than a URL may be.
    """
    asked = parse(endpoint.href + url)
    if isinstance(asked, Failure):
        return asked
    return Request(asked.href, method="HEAD", fields=(("Accept-Datetime", format_datetime(when, usegmt=True)),))


def read(request: Request, response: Response) -> Request | Opinion | Failure:
    """What the answer says, or the next request where it leads on.

    A copy says what it is by its `Memento-Datetime`. One of a redirect or an error (sections 4.5.4 and 4.5.5) is no
    copy of the page.
    """
    if is_memento(response):
        if not 200 <= response.status < 300:
            return Opinion(None)
        return opinion(response.fields.get("content-location") or request.url, request.url)
    if response.status == 404:
        return Opinion(None)
    further = redirect(response, request.url)
    if isinstance(further, Url):
        return request.to(further.href)
    return further or Failure("protocol-error", f"the archive answers {response.status}, and not as a TimeGate does")
