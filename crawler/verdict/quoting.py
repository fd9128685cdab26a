"""Foreign text in messages: one line, of bounded length."""

from crawler.model.exchange import MESSAGE_LIMIT

URL_LIMIT = 120
"""Characters of a URL in a message; the whole of it stands in fields of its own."""


def short(url: str) -> str:
    """A URL, or a part of one, as a message quotes it."""
    return url if len(url) <= URL_LIMIT else f"{url[: URL_LIMIT - 1]}…"


def sentence(text: str) -> str:
    """A whole message: white space and line ends made single spaces, and cut where it would be too long."""
    line = " ".join(text.split())
    return line if len(line) <= MESSAGE_LIMIT else f"{line[: MESSAGE_LIMIT - 1]}…"
