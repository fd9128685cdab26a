"""Whether a page says a good deal, seen without parsing it."""

import re
from itertools import islice

from crawler.http.search import count

BUSY = 40
"""Links and paragraphs from which a page is no wall. Walls have some ten."""

STEP = 2_048
"""Bytes that are looked at at once: most pages that are busy are so within a few of these behind their head."""

_TEXTUAL = re.compile(rb"<[aApP][\s>]")


def is_busy(body: bytes, end: int, head: int = 0) -> bool:
    """Whether the first `end` bytes of a page have so many links and paragraphs that it says a good deal. `head`: where
    its head, which holds neither, ends."""
    end = min(end, len(body))
    return _has_plain(body, head, end) or _has_enough(body, end)


def _has_plain(body: bytes, start: int, end: int) -> bool:
    """Whether there are enough that are written as nearly all are: counted far faster than a pattern finds."""
    found = 0
    while start < end:
        stop = min(start + STEP, end)
        found += count(body, b"<p>", start, stop) + count(body, b"<a ", start, stop)
        if found >= BUSY:
            return True
        start = stop
    return False


def _has_enough(body: bytes, end: int) -> bool:
    if count(body, b"<", 0, end) < BUSY:
        return False
    return next(islice(_TEXTUAL.finditer(body, 0, end), BUSY - 1, None), None) is not None
