"""Validators: having a server say whether what it has is still what it had (RFC 9110, sections 8.8 and 13)."""

import re
from datetime import UTC, datetime
from typing import NamedTuple

from crawler.model.exchange import Fields

Conditions = tuple[tuple[str, str], ...]
"""Fields of a request: answer with what there is, unless it is still this."""

LONGEST = 256
"""Characters of an entity tag that is sent. A checksum has up to 128; RFC 9110 knows no limit, and servers do."""

DAY = 86_400.0
"""Seconds. A modification may lie so much after the answer that told of it, since clocks go wrong by a time zone; a
server is to name none that has yet to come (RFC 9110, section 8.8.2.1).
"""

_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]*"')
"""RFC 9110, section 8.8.3, less its characters above ASCII: what was received as bytes can't be said for certain."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_DATE = re.compile(
    rf"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), ([0-9]{{2}}) ({'|'.join(_MONTHS)}) ([0-9]{{4}})"
    r" ([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT"
)
"""IMF-fixdate, the one form that may be sent (RFC 9110, section 5.6.7)."""

_CODED = re.compile(r'--?(?:gzip|deflate|br|zstd)"$')
"""What some servers append to a tag for a compressed body and leave out of their 304: Apache httpd (`DeflateAlterETag`,
https://httpd.apache.org/docs/2.4/mod/mod_deflate.html#deflatealteretag), Jetty (`--gzip`).
"""

NOBODYS = '"no-server-has-ever-given-this-tag"'
"""An entity tag that fits nothing."""


class Validators(NamedTuple):
    """What an answer said of the state it shows: as received, or None."""

    etag: str | None = None
    last_modified: str | None = None

    def sendable(self, at: float) -> "Validators":
        """Those that may go back to the server: whole, well-formed, and possible in an answer that came at `at`, in
        seconds since the epoch. What is left is sent as it came, since some servers compare the text.
        """
        etag = self.etag if self.etag and len(self.etag) <= LONGEST and _TAG.fullmatch(self.etag) else None
        modified = moment(self.last_modified)
        return Validators(etag, self.last_modified if modified is not None and modified <= at + DAY else None)

    def conditions(self) -> Conditions:
        """Of those that may be sent: both where there are both. A server that knows tags then takes no notice of the
        date (RFC 9110, section 13.1.3), and one that doesn't has the date. A Range is only looked at where they don't
        hold (section 13.2.2).
        """
        fields = ("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified)
        return tuple([(name, value) for name, value in fields if value])

    def traps(self) -> Conditions:
        """The same conditions but that they can't hold, so that whoever answers 304 has not looked at them: a tag that
        fits nothing, and a day before the last change.
        """
        from email.utils import formatdate  # traps are laid where a 304 is in doubt

        modified = moment(self.last_modified) or 0.0
        before = formatdate(modified - DAY, usegmt=True) if modified > DAY else None
        return Validators(self.etag and NOBODYS, before).conditions()

    def fit(self, fields: Fields) -> bool:
        """Whether a 304 with these fields speaks of what these validators stand for. It names the tag that a 200 would
        have (RFC 9110, section 15.4.5): where that is another one, or else a later change, it contradicts itself.
        """
        etag = fields.get("etag")
        if etag and self.etag:
            return same_tag(etag, self.etag)
        then, now = moment(self.last_modified), moment(fields.get("last-modified"))
        return then is None or now is None or now <= then


def same_tag(one: str, other: str) -> bool:
    """Whether two entity tags stand for the same state, which is enough for asking (weak comparison, RFC 9110, section
    8.8.3.2); an addition for the content coding is none to the state.
    """
    return one == other or _state(one) == _state(other)


def moment(date: str | None) -> float | None:
    """Seconds since the epoch of a date in the one form that may be sent; None for any other, and impossible ones."""
    found = _DATE.fullmatch(date) if date else None
    if found is None:
        return None
    day, year, hour, minute, second = map(int, found.group(1, 3, 4, 5, 6))
    try:
        return datetime(year, _MONTHS.index(found[2]) + 1, day, hour, minute, second, tzinfo=UTC).timestamp()
    except ValueError:
        return None


def _state(tag: str) -> str:
    return _CODED.sub('"', tag.removeprefix("W/"))
