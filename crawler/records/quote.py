"""Words of a record inside a message."""

QUOTE_LIMIT = 60
"""Characters of a record's own text that a message repeats at most."""


def quoted(text: str) -> str:
    """A key or value in back quotes, cut where it is long."""
    return f"`{text if len(text) <= QUOTE_LIMIT else text[: QUOTE_LIMIT - 1] + '…'}`"
