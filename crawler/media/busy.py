"""Whether a page says a good deal, seen without parsing it."""

import re
from itertools import islice

BUSY = 40
"""Links and paragraphs from which a page is no wall. Walls have some ten."""

LONG = 16_384
"""Bytes from which a page is looked at from its middle first: in front of that stands its head, which holds neither."""

_TEXTUAL = re.compile(rb"<[aApP][\s>]")


def is_busy(body: bytes, end: int) -> bool:
    """Whether the first `end` bytes of a page have so many links and paragraphs that it says a good deal."""
    end = min(end, len(body))
    return (end > LONG and _has_enough(body, end // 2, end)) or _has_enough(body, 0, end)


def _has_enough(body: bytes, start: int, end: int) -> bool:
    return next(islice(_TEXTUAL.finditer(body, start, end), BUSY - 1, None), None) is not None
