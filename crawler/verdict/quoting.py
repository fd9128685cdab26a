"""Text in messages: one line, of bounded length, and days as everybody reads them."""

from datetime import UTC, datetime

from crawler.model.exchange import MESSAGE_LIMIT

URL_LIMIT = 120
"""Characters of a URL in a message; the whole of it stands in fields of its own."""


def short(url: str) -> str:
    """A URL, or a part of one, as a message quotes it."""
    return cut(url, URL_LIMIT)


def sentence(text: str) -> str:
    """A whole message: white space and line ends made single spaces, and cut where it would be too long."""
    return cut(" ".join(text.split()), MESSAGE_LIMIT)


def cut(text: str, length: int) -> str:
    """As much of a text as fits into so many characters."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def day(moment: float) -> str:
    """The day in UTC of a moment in seconds since the epoch: `2026-01-31`."""
    return datetime.fromtimestamp(moment, UTC).date().isoformat()
