"""The Wayback Machine's availability API (https://archive.org/help/wayback_api.php): one question, one JSON object."""

import json
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from crawler.http.archive import LARGEST, Opinion, opinion, stamp
from crawler.http.content import inflate
from crawler.http.url import Url, parse
from crawler.model.exchange import Failure, Request, Response


def ask(endpoint: Url, url: str, when: datetime) -> Request | Failure:
    """The request for the copy nearest to a moment; a Failure where it would be longer than a URL may be."""
    query = urlencode({"url": url, "timestamp": stamp(when)}, errors="replace")
    asked = parse(f"{endpoint.href}{'&' if '?' in endpoint.href else '?'}{query}")
    if isinstance(asked, Failure):
        return asked
    return Request(asked.href, fields=(("Accept", "application/json"),), body_limit=LARGEST)


def read(request: Request, response: Response) -> Opinion | Failure:
    """What the answer says. Only a copy of a page that was all right (2xx) counts as one."""
    if response.status != 200:
        return Failure("protocol-error", f"the archive answers {response.status}")
    coding = ", ".join(response.fields.get_all("content-encoding"))
    body = inflate(response.body, coding, LARGEST)
    try:
        answer: Any = json.loads(body or b"")
    except (ValueError, RecursionError):
        return Failure("protocol-error", "the archive's answer is no JSON")
    match answer:
        case {"archived_snapshots": {"closest": {"available": True, "url": str(copy), **more}}}:
            return opinion(copy) if str(more.get("status", 200)).startswith("2") else Opinion(None)
        case {"archived_snapshots": dict() | list()}:
            return Opinion(None)
    return Failure("protocol-error", "the archive's answer is none of the availability API")
