"""What a visit learned: facts only. It is what a store keeps, and all that a verdict may rest on."""

from typing import NamedTuple

from crawler.model.exchange import Failure


class Hop(NamedTuple):
    """One step on the way: what was asked for, and the status it answered (None where nothing answered)."""

    url: str
    status: int | None


class Metadata(NamedTuple):
    """What was read of the last answer. None: not there, or not looked for."""

    content_type: str | None = None
    """The media type alone, in lower case, without parameters."""
    etag: str | None = None
    last_modified: str | None = None
    title: str | None = None
    canonical: str | None = None
    amphtml: str | None = None
    og_image: str | None = None
    robots: str | None = None
    width: int | None = None
    height: int | None = None
    """Pixels of an image as it is shown."""
    bytes: int = 0
    """How much of the body was read."""
    is_amp: bool | None = None
    """Whether a page calls itself an AMP page; None for what is no page."""
    format: str | None = None
    """What the bytes are where an image is expected: `jpeg`, `png`, …, or what stands there: `html`, `empty`, …"""
    is_image: bool | None = None
    """Whether that is an image."""
    digest: int | None = None
    """Tells one picture from another: a checksum of the first bytes and the whole length; None for what is no image."""
    missing_fragments: tuple[str, ...] = ()
    """Fragments that links name and the whole page, as served, does not have."""
    fragments: tuple[str, ...] = ()
    """All fragments that links name, in order."""


class Evidence(NamedTuple):
    """What speaks against a page's being what was linked to, read from an answer that is not kept."""

    reason: str | None
    """`bot-wall`, `login-redirect`, `parked-domain` or `soft-404`; None where it is noted without a judgement."""
    words: tuple[str, ...]
    """What was seen, a short phrase each. May quote untrusted text."""


class Observation(NamedTuple):
    """The facts of one check of one target."""

    url: str
    hops: tuple[Hop, ...] = ()
    """Every URL asked for, in order, retries of the same hop counted once. Empty where nothing was asked."""
    failure: Failure | None = None
    """What ended the visit instead of a response, or kept it from starting."""
    metadata: Metadata = Metadata()
    observed_at: float = 0.0
    """Seconds since the epoch (UTC) when the visit ended."""
    elapsed: float = 0.0
    """Seconds spent in exchanges, waiting in queues left out."""
    attempts: int = 0
    """Requests made, retries and redirects included."""
    from_store: bool = False
    evidence: Evidence | None = None
    cert_expires: float | None = None
    retry_after: float | None = None
    """Seconds that the server asked us to stay away, where its last answer said so."""
    read_at: float | None = None
    """When what `metadata` says was read, where this check only had it confirmed (304); None where this one read it."""
    distrusted: tuple[str, ...] = ()
    """What its server's answers to conditions are not to be relied on for: `etag` and `last-modified`, validators that
    are of no use, and `not-modified`, where it says so of what has changed.
    """

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
        return self.hops[-1].url if self.hops and self.hops[-1].status is not None else None
