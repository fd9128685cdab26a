"""What deserves another try, and when."""

from collections.abc import Mapping
from zlib import crc32

from crawler.model.exchange import Response

TRANSIENT_REASONS = frozenset(
    {
        "timeout",
        "connect-refused",
        "connection-reset",
        "dns-failure",
        "tls-handshake",
        "protocol-error",
        "body-truncated",
    }
)
"""Failures that may pass by themselves. Certificates, names that do not exist and forbidden addresses do not."""

TRANSIENT_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})
"""RFC 9110, sections 15.5.9, 15.6.1, 15.6.3 to 15.6.5; RFC 8470, section 5.2 (425); RFC 6585, section 4 (429)."""

FIRST_PAUSE = 1.0
"""Seconds before the first retry, doubled for each one after it."""

LONGEST_PAUSE = 30.0

EPOCH_SINCE = 1e9
"""A number of seconds above this is a moment (after September 2001), not a length of time (31 years)."""


def pause(attempt: int, key: str) -> float:
    """Seconds to wait before retry number `attempt` (1 is the first): exponential, with jitter of ±50%.

    The jitter is drawn from `key`, so that URLs that failed together come back apart and a run can be repeated.
    """
    jitter = 0.5 + crc32(f"{attempt} {key}".encode(errors="replace")) / 2**32
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** (attempt - 1)) * jitter


def stay_away(response: Response, now: float) -> float | None:
    """Seconds that the server asks us to stay away: by `Retry-After`, or by a rate limit that is used up.

    Never negative; None where it asks for nothing. `now` is in seconds since the epoch.
    """
    fields = response.fields.first
    if (
        "retry-after" not in fields
        and "ratelimit" not in fields
        and "ratelimit-remaining" not in fields
        and "x-ratelimit-remaining" not in fields
    ):
        return None
    seconds = _retry_after(fields.get("retry-after"), now)
    return _limit_reset(fields, now) if seconds is None else seconds


def _retry_after(value: str | None, now: float) -> float | None:
    """`Retry-After` in either form (RFC 9110, section 10.2.3)."""
    if not value:
        return None
    if _is_number(value):
        return float(value[:9])
    from email.utils import parsedate_to_datetime  # few servers ask for a wait until a date

    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return max(0.0, moment.timestamp() - now)


def _limit_reset(fields: Mapping[str, str], now: float) -> float | None:
    """Seconds until a used-up rate limit is filled again.

    `RateLimit: "name";r=0;t=30` of draft-ietf-httpapi-ratelimit-headers, its older form of a field each, and the `X-`
    forms that GitHub and others send, whose reset may be a moment since the epoch.
    """
    if limit := fields.get("ratelimit"):
        numbers = dict(part.strip().partition("=")[::2] for part in limit.split(",")[0].split(";")[1:])
        remaining, reset = numbers.get("r"), numbers.get("t")
    else:
        prefix = "ratelimit" if "ratelimit-remaining" in fields else "x-ratelimit"
        remaining, reset = fields.get(f"{prefix}-remaining"), fields.get(f"{prefix}-reset")
    if remaining != "0" or reset is None or not _is_number(reset):
        return None
    seconds = float(reset[:12])
    return max(0.0, seconds - now) if seconds > EPOCH_SINCE else seconds


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit()
