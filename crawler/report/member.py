"""The members of the JSON report, each encoded to one line of JSON, once, when it is known.

The contract's objects stand here as templates, which read as the contract does and cost less than half of what
building a dictionary and encoding it does. All text is escaped to ASCII (RFC 8259, section 7), so that no control
character reaches a terminal and no encoding of standard output is too small. A lone surrogate, which no strict reader
accepts (RFC 8259, section 8.2), becomes U+FFFD.
"""

import re
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from json.encoder import encode_basestring_ascii
from math import floor
from typing import Final

from crawler.model.link import Link
from crawler.model.observation import Metadata
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.verdict import Finding, Kind, Level, Replacement

_escaped: Final[Callable[[str], str]] = encode_basestring_ascii
_ROLES: Final = {role: _escaped(role) for role in Role}
_KINDS: Final = {kind: _escaped(kind) for kind in Kind}
_LEVELS: Final = {level: _escaped(level) for level in Level}
_SECONDS: Final[dict[int, str]] = {}
"""Seconds since the epoch as they are written."""
_MOST_SECONDS: Final = 64
_THOUSANDTHS: Final = [f"{number:03}" for number in range(1000)]


def outcome_line(outcome: Outcome, links: Sequence[Link]) -> bytes:
    """A member of `urls`; `links` are its occurrences in order."""
    url, seen = outcome.url, outcome.observation
    metadata = seen.metadata
    kind, reason, _, _, replacement = outcome.verdict
    text = answered = _text(url)  # of most hops and canonical URLs too, and escaping is half of the work
    canonical = text if metadata.canonical == url else _optional(metadata.canonical)
    status = "null"
    hops: list[str] = []
    for hop in seen.hops:
        status = _number(hop.status)
        answered = text if hop.url == url else _text(hop.url)
        hops.append(f'{{"url":{answered},"status":{status}}}')
    if status == "null":
        answered = "null"
    return (
        f'{{"url":{text},"role":{_ROLES[outcome.role]},"verdict":{_KINDS[kind]},"reason":{_word(reason)},'
        f'"status":{status},"final_url":{answered},"hops":[{",".join(hops)}],'
        f'"replacement":{_replacement(replacement)},"metadata":{_metadata(metadata, canonical)},'
        f'"checked_at":{_checked(seen.observed_at)},"elapsed_ms":{_milliseconds(seen.elapsed)},'
        f'"attempts":{seen.attempts},"from_store":{_truth(seen.from_store)},'
        f'"occurrences":[{",".join([_occurrence(link) for link in links])}],"change":{_optional(outcome.change)}}}'
    ).encode("ascii")


def finding_line(finding: Finding) -> bytes:
    """A member of `findings`."""
    role = finding.role
    return (
        f'{{"code":{_word(finding.code)},"level":{_LEVELS[finding.level]},"message":{_text(finding.message)},'
        f'"url":{_optional(finding.url)},"path":{_named(finding.path)},"field":{_named(finding.field)},'
        f'"role":{"null" if role is None else _ROLES[role]},"line":{_number(finding.line)},'
        f'"column":{_number(finding.column)},"end_column":{_number(finding.end_column)},'
        f'"replacement":{_replacement(finding.replacement)}}}'
    ).encode("ascii")


def timestamp(seconds: float) -> str:
    """Seconds since the epoch as `2026-01-31T02:00:00.000Z` (RFC 3339), in UTC."""
    milliseconds = _milliseconds(seconds)
    return f"{_second(milliseconds // 1000)}.{_THOUSANDTHS[milliseconds % 1000]}Z"


def _second(seconds: int) -> str:
    """Hundreds of checks end within one second, and formatting it costs more than all the rest of a timestamp."""
    text = _SECONDS.get(seconds)
    if text is None:
        if len(_SECONDS) >= _MOST_SECONDS:
            _SECONDS.clear()
        text = _SECONDS[seconds] = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
    return text


def _milliseconds(seconds: float) -> int:
    """To the nearest; `round` takes three times as long."""
    return floor(seconds * 1000 + 0.5)


def _truth(is_so: bool) -> str:
    return "true" if is_so else "false"


def _text(text: str) -> str:
    """Any text. Half of a surrogate pair can only be in one that has grown by more than its quotes."""
    escaped = _escaped(text)
    if len(escaped) > len(text) + 2 and r"\ud" in escaped:
        return _ESCAPE.sub(lambda escape: r"\ufffd" if len(escape[0]) == len(r"\ud800") else escape[0], escaped)
    return escaped


@lru_cache(maxsize=1024)
def _word(text: str) -> str:
    """A text that comes again and again."""
    return _text(text)


def _named(text: str | None) -> str:
    return "null" if text is None else _word(text)


def _optional(text: str | None) -> str:
    return "null" if text is None else _text(text)


def _number(number: int | None) -> str:
    return "null" if number is None else str(number)


def _checked(seconds: float) -> str:
    """`null` where no visit ever ended."""
    return f'"{timestamp(seconds)}"' if seconds else "null"


def _occurrence(link: Link) -> str:
    return (
        f'{{"path":{_named(link.path)},"field":{_named(link.field)},"role":{_ROLES[link.role]},'
        f'"line":{_number(link.line)},"column":{_number(link.column)}}}'
    )


def _replacement(replacement: Replacement | None) -> str:
    if replacement is None:
        return "null"
    url, kind, safe = replacement
    return f'{{"url":{_text(url)},"kind":{_text(kind)},"safe":{_truth(safe)}}}'


def _metadata(metadata: Metadata, canonical: str) -> str:
    return (
        f'{{"content_type":{_named(metadata.content_type)},"etag":{_optional(metadata.etag)},'
        f'"last_modified":{_optional(metadata.last_modified)},"title":{_optional(metadata.title)},'
        f'"canonical":{canonical},"amphtml":{_optional(metadata.amphtml)},'
        f'"width":{_number(metadata.width)},"height":{_number(metadata.height)},"bytes":{metadata.bytes}}}'
    )


_ESCAPE = re.compile(r"\\ud[89ab]..\\ud[c-f]..|\\ud[89a-f]..|\\.")
"""A pair of surrogates, one alone, or any other escape (so that the text `\\ud800` is not taken for one)."""
