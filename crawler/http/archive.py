"""What is asked of a web archive and what it says, whichever protocol it speaks (`wayback`, `timegate`)."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from crawler.http import retry
from crawler.http.url import Url, parse
from crawler.model.exchange import Failure, Response
from crawler.model.link import Link

SERVED_SECURELY = frozenset({"web.archive.org"})
"""Hosts that answer over https and name their copies with `http:` all the same."""

LARGEST = 65_536
"""Bytes of an answer that are read. A real one has some 300, and a copy's URL twice."""

TOO_MANY_REQUESTS = 429


class Question(NamedTuple):
    """What an archive is asked for: the copy of a page that is nearest to a moment."""

    url: str
    when: datetime | None = None
    """In UTC; None for now."""

    def key(self, endpoint: str) -> str:
        """What the answer of one archive is remembered under."""
        return f"{stamp(self.when) if self.when else 'now'} {endpoint} {self.url}"


class Opinion(NamedTuple):
    """What an archive said."""

    copy: str | None
    """The URL of the nearest copy; None where it named none, which is no proof that it has none."""


class Remembered(NamedTuple):
    """An opinion of before."""

    key: str
    """Of the question."""
    copy: str | None
    asked_at: float
    """Seconds since the epoch (UTC)."""


def moment(published: str | None) -> datetime | None:
    """The moment that a record gives in ISO 8601, in UTC; one without a zone is taken to be there already. None where
    it gives none that can be read.
    """
    try:
        written = datetime.fromisoformat((published or "").strip())
        return written.replace(tzinfo=UTC) if written.tzinfo is None else written.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def first_published(links: Iterable[Link]) -> datetime | None:
    """When the first of the articles that link to a page was published: what was there then is what it meant."""
    found = (moment(link.article.published) for link in links if link.article)
    return min((when for when in found if when), default=None)


def stamp(when: datetime) -> str:
    """`YYYYMMDDhhmmss`."""
    return f"{when:%Y%m%d%H%M%S}".zfill(14)


def opinion(copy: str, base: str | None = None) -> Opinion | Failure:
    """That a copy is at this URL, which may be relative to `base`; a Failure where no reader could open it."""
    url = parse(copy, base)
    if not isinstance(url, Url):
        return Failure("protocol-error", f"the archive names a copy that can't be opened: {url.message}")
    secure = url.scheme == "http" and url.host in SERVED_SECURELY and url.port == 80
    return Opinion(url.href.replace("http:", "https:", 1) if secure else url.href)


def is_memento(response: Response) -> bool:
    """Whether an answer is a copy (RFC 7089, section 2.1.1): its status is then that of the page back then, and says
    nothing of the archive.
    """
    return response.fields.get("memento-datetime") is not None


def turns_away(response: Response, now: float) -> bool:
    """Whether an archive asks to be left alone. `now` is in seconds since the epoch (UTC)."""
    if is_memento(response):
        return False
    return response.status == TOO_MANY_REQUESTS or bool(retry.stay_away(response, now))
