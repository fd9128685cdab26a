"""Having what is known confirmed (304) instead of reading it again, by servers that can be relied on for that.

Not all can. Some answer 304 to whatever condition, some never, and some give new validators to what has not changed, or
keep old ones for what has. So nothing is taken from a 304 for longer than `READ_AGAIN` without one whole answer, and
that is asked for with conditions that can't hold (`Validators.traps`): a server that looks at them sends everything, as
it would without them, and one that does not is found out. Every whole answer is held against what was known
(`Known.learned`), and what came of that travels with the observation: no other state is kept.
"""

from typing import NamedTuple
from zlib import crc32

from crawler.http.retry import stay_away
from crawler.http.validators import Conditions, Validators, same_tag
from crawler.model.exchange import Response
from crawler.model.observation import Metadata, Observation
from crawler.model.role import Role

READ = frozenset({200, 206})
"""Statuses of answers that were read, in full or from their start, so that there is something to confirm."""

READ_AGAIN = 14 * 86_400.0
"""Seconds that a URL is confirmed, from the last time it was read, before it is read again: so many to twice as many,
by its name, so that the URLs of one day part.
"""

ETAG = "etag"
LAST_MODIFIED = "last-modified"
NOT_MODIFIED = "not-modified"
"""The members of `Observation.distrusted`. The last is for good: for as long as check follows good check."""


class Known(NamedTuple):
    """A good check of a target, and the conditions under which it still holds."""

    check: Observation
    url: str
    """What gave the answer: the conditions are for its server alone."""
    validators: Validators
    """Those that may be relied on."""
    conditions: Conditions
    """What to send along; empty where that is no use."""
    trap: bool
    """Whether the conditions can't hold."""
    distrusted: tuple[str, ...]

    def confirmed_by(self, response: Response) -> bool:
        """Whether a 304 is to be believed."""
        return not self.trap and self.validators.fit(response.fields)

    def unasked(self) -> "Known":
        """The same, to be asked for without conditions."""
        return self._replace(conditions=(), trap=False)

    def caught(self) -> "Known":
        """The same, after a 304 that can't be true."""
        return self.unasked()._replace(distrusted=(NOT_MODIFIED,))

    def confirmation(self, response: Response, now: float) -> Observation:
        """The check as of now, by a 304 that is to be believed; how it came about is left to whoever asked."""
        check = self.check
        return check._replace(
            metadata=check.metadata._replace(bytes=0),
            observed_at=now,
            from_store=False,
            cert_expires=response.cert_expires,
            retry_after=stay_away(response, now),
            read_at=check.observed_at if check.read_at is None else check.read_at,
            distrusted=self.distrusted,
        )

    def learned(self, found: Metadata) -> tuple[str, ...]:
        """What is distrusted of the server from now on, by its whole answer.

        | validator | and what it stands for | is      | so                                           |
        |-----------|------------------------|---------|----------------------------------------------|
        | the same  | the same               | sent    | of no use: the condition was passed over     |
        | the same  | the same               | unsent  | good                                         |
        | the same  | another                |         | no validator: a 304 would have been untrue   |
        | another   | the same               |         | of no use: it changes for nothing            |
        | another   | another                |         | good                                         |
        """
        if NOT_MODIFIED in self.distrusted:
            return self.distrusted
        before = self.check.metadata
        is_same, differs = self._is_all_of(found), _contradict(before, found)
        heeded = None  # by a server that heeds anything: of two conditions, the tag
        if self.conditions and not self.trap:
            heeded = ETAG if self.validators.etag else LAST_MODIFIED
        useless: list[str] = []
        if before.etag and found.etag:
            if not same_tag(before.etag, found.etag):
                useless += [ETAG] if is_same else []
            elif differs:
                return (NOT_MODIFIED,)
            elif is_same and heeded == ETAG:
                useless.append(ETAG)
        if before.last_modified and found.last_modified:
            if before.last_modified != found.last_modified:
                useless += [LAST_MODIFIED] if is_same else []
            elif differs:
                if not (before.etag and found.etag):
                    return (NOT_MODIFIED,)
                useless.append(LAST_MODIFIED)
            elif is_same and heeded == LAST_MODIFIED:
                useless.append(LAST_MODIFIED)
        return tuple(useless)

    def _is_all_of(self, found: Metadata) -> bool:
        """Whether nothing else has changed, as far as was read."""
        before = self.check.metadata
        if self.check.confirmed:  # how long it was is not known any more
            before = before._replace(bytes=found.bytes)
        return before == found._replace(etag=before.etag, last_modified=before.last_modified)


def known_from(check: Observation, role: Role, fragments: tuple[str, ...]) -> Known | None:
    """What a check knows that can be confirmed; None where the target has to be read as if it were new: it was no good,
    or read for something else.
    """
    url, metadata = check.final_url, check.metadata
    if (
        url is None
        or check.failure is not None
        or check.status not in READ
        or (check.evidence is not None and check.evidence.reason is not None)
        or not was_read_as(check, role)
        or not set(fragments).issubset(metadata.fragments)
        or not (metadata.etag or metadata.last_modified)
    ):
        return None
    validators = _trusted(check).sendable(check.observed_at)
    trap = check.read_at is not None and check.observed_at - check.read_at > READ_AGAIN * _stretch(url)
    conditions = validators.traps() if trap else validators.conditions()
    return Known(check, url, validators, conditions, trap, check.distrusted)


def was_read_as(check: Observation, role: Role) -> bool:
    """Whether what was answered was read as the role wants it: as a picture or as a page."""
    return role is not Role.IMAGE or check.status not in READ or check.metadata.is_image is not None


def _trusted(check: Observation) -> Validators:
    distrusted, metadata = check.distrusted, check.metadata
    if NOT_MODIFIED in distrusted:
        return Validators()
    return Validators(
        None if ETAG in distrusted else metadata.etag, None if LAST_MODIFIED in distrusted else metadata.last_modified
    )


def _contradict(before: Metadata, found: Metadata) -> bool:
    """Whether two answers can't be one and the same: both say something, and not alike. What only one of them says may
    have been read by one version of this program and not by another.
    """
    return any(
        one is not None and other is not None and one != other
        for one, other in (
            (before.title, found.title),
            (before.canonical, found.canonical),
            (before.format, found.format),
            (before.width, found.width),
            (before.height, found.height),
            (before.digest, found.digest),
        )
    )


def _stretch(url: str) -> float:
    return 1.0 + crc32(url.encode(errors="replace")) / 2**32
