"""Answers to judge, made of a few words."""

from html import escape

from crawler.http.url import Url, parse
from crawler.media.answer import Answer
from crawler.media.html import head
from crawler.model.exchange import Fields

TYPE = "text/html; charset=utf-8"


def url(text: str) -> Url:
    """A URL that is known to be one."""
    parsed = parse(text)
    assert isinstance(parsed, Url), text
    return parsed


def answer(
    asked: str,
    final: str | None = None,
    *,
    status: int = 200,
    title: str = "",
    body: str = "",
    raw: bytes | None = None,
    fields: dict[str, str] | None = None,
    complete: bool = True,
) -> Answer:
    """What a visit ended with: a page with this title and this in its body, or `raw` as it stands."""
    page = raw if raw is not None else document(title, body)
    ends = url(final or asked)
    kind = (fields or {}).get("content-type", TYPE)
    read = head(page, kind, ends.href)
    sent = Fields([("content-type", kind), *((fields or {}).items())])
    return Answer(url(asked), ends, status, sent, page, read, complete=complete)


def document(title: str, body: str, head_markup: str = "") -> bytes:
    """A small whole page."""
    return (
        f"<!DOCTYPE html><html><head><title>{escape(title)}</title>{head_markup}</head><body>{body}</body></html>"
    ).encode()


PROSE = " ".join(
    f"<p>Paragraph {n} of an article tells of boat {n * 7} and of the {n * 3} people aboard it.</p>" for n in range(30)
)
"""Some 450 words that no error page has."""
