"""A server's certificate as libcurl describes it (CURLINFO_CERTINFO(3)), and what is wrong with it."""

import ssl
from collections.abc import Sequence
from typing import NamedTuple

Details = Sequence[Sequence[tuple[str, str]]]
"""For each certificate of a chain, the server's own first, names and values."""

EXPIRED, NOT_YET_VALID, SELF_SIGNED, WRONG_HOST = 10, 9, 18, 62
"""X509_V_ERR_CERT_HAS_EXPIRED, …_CERT_NOT_YET_VALID, …_DEPTH_ZERO_SELF_SIGNED_CERT, …_HOSTNAME_MISMATCH."""

WORDS = {
    EXPIRED: "certificate has expired",
    NOT_YET_VALID: "certificate is not yet valid",
    SELF_SIGNED: "self-signed certificate",
}
"""OpenSSL's own (X509_verify_cert_error_string(3))."""


class Certificate(NamedTuple):
    """Times are seconds since the epoch (UTC); None where they are not told."""

    subject: str | None
    issuer: str | None
    starts: float | None
    ends: float | None


def certificate(details: Details) -> Certificate | None:
    """The server's own; None where nothing is known of it."""
    if not details:
        return None
    told = dict(details[0])
    return Certificate(
        told.get("Subject"), told.get("Issuer"), _seconds(told.get("Start date")), _seconds(told.get("Expire date"))
    )


def fault(found: Certificate | None, now: float) -> int:
    """What OpenSSL would object to in a certificate of another host: libcurl compares the names first, and stops there.

    In OpenSSL's order: trust, dates, name.
    """
    if found is None:
        return WRONG_HOST
    if found.subject is not None and found.subject == found.issuer:
        return SELF_SIGNED
    if found.ends is not None and found.ends < now:
        return EXPIRED
    if found.starts is not None and found.starts > now:
        return NOT_YET_VALID
    return WRONG_HOST


def _seconds(date: str | None) -> float | None:
    try:
        return float(ssl.cert_time_to_seconds(date)) if date else None
    except ValueError:
        return None
