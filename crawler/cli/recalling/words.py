"""Moments, spans and numbers as the history's screens say them."""

from crawler.config.duration import SECONDS
from crawler.model.link import Link
from crawler.report.console import PATH_LIMIT
from crawler.report.member import timestamp
from crawler.report.text import safe

_SPANS = (("day", SECONDS["d"]), ("hour", SECONDS["h"]), ("minute", SECONDS["m"]))

_MINUTE = len("2026-01-31T02:00")


def moment(at: float) -> str:
    """Seconds since the epoch as `2026-01-31 02:00`, in UTC."""
    return timestamp(at)[:_MINUTE].replace("T", " ")


def span(seconds: float) -> str:
    """A length of time in the largest unit that gives a whole number: `19 days`, `1 hour`."""
    for unit, length in _SPANS:
        if seconds >= length:
            return counted(int(seconds // length), unit)
    return "less than a minute"


def counted(number: int, one: str) -> str:
    """`1 check`, `1,204 checks`."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def milliseconds(fastest: float, slowest: float) -> str:
    """`41 ms`, or `41-120 ms` where they differ."""
    low, high = round(fastest * 1000), round(slowest * 1000)
    return f"{low:,} ms" if low == high else f"{low:,}-{high:,} ms"


def place(link: Link) -> str:
    """Where a link is written, as many a terminal opens it at a click: `records/a.md:31:14`. Safe to be shown."""
    if link.path is None:
        return "on the command line"
    numbers = [str(number) for number in (link.line, link.column) if number is not None]
    return ":".join([safe(link.path, PATH_LIMIT), *numbers])
