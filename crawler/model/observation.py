"""What a visit learned: facts only. It is what a store keeps, and all that a verdict may rest on."""

from typing import ClassVar, Final, NamedTuple

from crawler.model.exchange import Failure
from crawler.model.value import Value


class Hop(Value):
    """One step on the way: what was asked for, and the status it answered (None where nothing answered)."""

    _fields: ClassVar[tuple[str, ...]] = ("url", "status")
    __slots__ = _fields

    def __init__(self, url: str, status: int | None) -> None:
        self.url: Final = url
        self.status: Final = status


class Metadata(Value):
    """What was read of the last answer. None: not there, or not looked for."""

    _fields: ClassVar[tuple[str, ...]] = (
        *("content_type", "etag", "last_modified", "title", "canonical", "amphtml", "og_image", "robots"),
        *("width", "height", "bytes", "is_amp", "format", "is_image", "digest", "missing_fragments"),
        *("fragments",),
    )
    __slots__ = _fields

    def __init__(
        self,
        content_type: str | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
        title: str | None = None,
        canonical: str | None = None,
        amphtml: str | None = None,
        og_image: str | None = None,
        robots: str | None = None,
        width: int | None = None,
        height: int | None = None,
        bytes: int = 0,  # noqa: A002 - what the JSON report calls it
        is_amp: bool | None = None,
        format: str | None = None,  # noqa: A002
        is_image: bool | None = None,
        digest: int | None = None,
        missing_fragments: tuple[str, ...] = (),
        fragments: tuple[str, ...] = (),
    ) -> None:
        self.content_type: Final = content_type
        """The media type alone, in lower case, without parameters."""
        self.etag: Final = etag
        self.last_modified: Final = last_modified
        self.title: Final = title
        self.canonical: Final = canonical
        self.amphtml: Final = amphtml
        self.og_image: Final = og_image
        self.robots: Final = robots
        self.width: Final = width
        self.height: Final = height
        """Pixels of an image as it is shown."""
        self.bytes: Final = bytes
        """How much of the body was read."""
        self.is_amp: Final = is_amp
        """Whether a page calls itself an AMP page; None for what is no page."""
        self.format: Final = format
        """What the bytes are where an image is expected: `jpeg`, `png`, …, or what stands there: `html`, `empty`, …"""
        self.is_image: Final = is_image
        """Whether that is an image."""
        self.digest: Final = digest
        """Tells one picture from another: a checksum of the first bytes and the whole length; None for what is no
        image."""
        self.missing_fragments: Final = missing_fragments
        """Fragments that links name and the whole page, as served, does not have."""
        self.fragments: Final = fragments
        """All fragments that links name, in order."""


NOTHING: Final = Metadata()
"""Of what did not answer."""


class Evidence(NamedTuple):
    """What speaks against a page's being what was linked to, read from an answer that is not kept."""

    reason: str | None
    """`bot-wall`, `login-redirect`, `parked-domain` or `soft-404`; None where it is noted without a judgement."""
    words: tuple[str, ...]
    """What was seen, a short phrase each. May quote untrusted text."""


class Observation(Value):
    """The facts of one check of one target."""

    _fields: ClassVar[tuple[str, ...]] = (
        *("url", "hops", "failure", "metadata", "observed_at", "elapsed", "attempts", "from_store"),
        *("evidence", "cert_expires", "retry_after", "read_at", "distrusted"),
    )
    __slots__ = _fields

    def __init__(
        self,
        url: str,
        hops: tuple[Hop, ...] = (),
        failure: Failure | None = None,
        metadata: Metadata = NOTHING,
        observed_at: float = 0.0,
        elapsed: float = 0.0,
        attempts: int = 0,
        from_store: bool = False,
        evidence: Evidence | None = None,
        cert_expires: float | None = None,
        retry_after: float | None = None,
        read_at: float | None = None,
        distrusted: tuple[str, ...] = (),
    ) -> None:
        self.url: Final = url
        self.hops: Final = hops
        """Every URL asked for, in order, retries of the same hop counted once. Empty where nothing was asked."""
        self.failure: Final = failure
        """What ended the visit instead of a response, or kept it from starting."""
        self.metadata: Final = metadata
        self.observed_at: Final = observed_at
        """Seconds since the epoch (UTC) when the visit ended."""
        self.elapsed: Final = elapsed
        """Seconds spent in exchanges, waiting in queues left out."""
        self.attempts: Final = attempts
        """Requests made, retries and redirects included."""
        self.from_store: Final = from_store
        self.evidence: Final = evidence
        self.cert_expires: Final = cert_expires
        self.retry_after: Final = retry_after
        """Seconds that the server asked us to stay away, where its last answer said so."""
        self.read_at: Final = read_at
        """When what `metadata` says was read, where this check only had it confirmed (304); None where this one read
        it."""
        self.distrusted: Final = distrusted
        """What its server's answers to conditions are not to be relied on for: `etag` and `last-modified`, validators
        that are of no use, and `not-modified`, where it says so of what has changed."""

    @property
    def confirmed(self) -> bool:
        """Whether the server said that nothing has changed (304), and nothing was read."""
        return self.read_at is not None

    @property
    def status(self) -> int | None:
        """The last hop's status; None where nothing answered."""
        return self.hops[-1].status if self.hops else None

    @property
    def final_url(self) -> str | None:
        """The URL that gave the last answer; None where nothing answered."""
        if not self.hops:
            return None
        last = self.hops[-1]
        return None if last.status is None else last.url
