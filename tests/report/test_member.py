import json
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.model.link import Link
from crawler.model.observation import Hop, Metadata, Observation
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.verdict import Change, Finding, Kind, Level, Replacement, Verdict
from crawler.report.member import finding_line, outcome_line, timestamp

_TEXT = st.text()
_URL = st.text(min_size=1)
_NUMBER = st.none() | st.integers(0, 10**6)
_REPLACEMENT = st.none() | st.builds(Replacement, _URL, st.sampled_from(["redirect", "article"]), st.booleans())
_LINK = st.builds(
    Link, _URL, st.sampled_from(Role), path=st.none() | _TEXT, field=st.none() | _TEXT, line=_NUMBER, column=_NUMBER
)
_OUTCOME = st.builds(
    Outcome,
    url=_URL,
    role=st.sampled_from(Role),
    links=st.lists(_LINK, max_size=3).map(tuple),
    observation=st.builds(
        Observation,
        _URL,
        hops=st.lists(st.builds(Hop, _URL, st.none() | st.integers(100, 599)), max_size=3).map(tuple),
        metadata=st.builds(Metadata, content_type=st.none() | _TEXT, title=st.none() | _TEXT, width=_NUMBER),
        observed_at=st.just(1769824800.25),
        elapsed=st.floats(0, 100),
        attempts=st.integers(0, 9),
        from_store=st.booleans(),
    ),
    verdict=st.builds(Verdict, st.sampled_from(Kind), _TEXT, _TEXT, st.sampled_from(Level), replacement=_REPLACEMENT),
    change=st.none() | st.sampled_from(Change),
)
_FINDING = st.builds(
    Finding,
    code=_TEXT,
    level=st.sampled_from(Level),
    message=_TEXT,
    url=st.none() | _TEXT,
    path=st.none() | _TEXT,
    field=st.none() | _TEXT,
    role=st.none() | st.sampled_from(Role),
    line=_NUMBER,
    column=_NUMBER,
    end_column=_NUMBER,
    replacement=_REPLACEMENT,
)


def _url_member(outcome: Outcome) -> dict[str, Any]:
    """A member of `urls` as the contract has it, in the order of its keys."""
    seen, verdict, metadata = outcome.observation, outcome.verdict, outcome.observation.metadata
    return {
        "url": outcome.url,
        "role": outcome.role,
        "verdict": verdict.kind,
        "reason": verdict.reason,
        "status": seen.status,
        "final_url": seen.final_url,
        "hops": [{"url": hop.url, "status": hop.status} for hop in seen.hops],
        "replacement": verdict.replacement and verdict.replacement._asdict(),
        "metadata": {
            "content_type": metadata.content_type,
            "etag": metadata.etag,
            "last_modified": metadata.last_modified,
            "title": metadata.title,
            "canonical": metadata.canonical,
            "amphtml": metadata.amphtml,
            "width": metadata.width,
            "height": metadata.height,
            "bytes": metadata.bytes,
        },
        "checked_at": "2026-01-31T02:00:00.250Z",
        "elapsed_ms": floor(seen.elapsed * 1000 + 0.5),
        "attempts": seen.attempts,
        "from_store": seen.from_store,
        "occurrences": [
            {"path": link.path, "field": link.field, "role": link.role, "line": link.line, "column": link.column}
            for link in outcome.links
        ],
        "change": outcome.change,
    }


def _finding_member(finding: Finding) -> dict[str, Any]:
    """A member of `findings` as the contract has it, in the order of its keys."""
    return {
        "code": finding.code,
        "level": finding.level,
        "message": finding.message,
        "url": finding.url,
        "path": finding.path,
        "field": finding.field,
        "role": finding.role,
        "line": finding.line,
        "column": finding.column,
        "end_column": finding.end_column,
        "replacement": finding.replacement and finding.replacement._asdict(),
    }


def _encoded(member: dict[str, Any]) -> bytes:
    return json.dumps(member, separators=(",", ":")).encode()


@given(_OUTCOME)
def test_an_outcome_is_the_contract_s_object(outcome: Outcome) -> None:
    assert outcome_line(outcome, outcome.links) == _encoded(_url_member(outcome))


@given(_FINDING)
def test_a_finding_is_the_contract_s_object(finding: Finding) -> None:
    assert finding_line(finding) == _encoded(_finding_member(finding))


@given(st.text(st.characters(exclude_categories=())))
def test_whatever_a_text_holds_its_line_is_printable_ascii_and_strict_json(text: str) -> None:
    line = finding_line(Finding("code", Level.INFO, text)).decode("ascii")
    assert line.isprintable()
    json.loads(line)["message"].encode()  # which a lone surrogate would refuse


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a\ud800b", "a\ufffdb"),
        ("\udfff", "\ufffd"),
        ("\ud800\ud83d\ude00", "\ufffd😀"),
        ("😀", "😀"),
        (r"\ud800", r"\ud800"),
        ("\\\udc80", "\\\ufffd"),
    ],
)
def test_a_lone_surrogate_is_replaced_and_nothing_else_is(text: str, read: str) -> None:
    assert json.loads(finding_line(Finding("code", Level.INFO, text)))["message"] == read


def test_what_was_never_checked_has_no_time() -> None:
    outcome = Outcome("x:", Role.WEB, (), Observation("x:"), Verdict(Kind.SKIPPED, "offline", "", Level.OFF))
    assert json.loads(outcome_line(outcome, ()))["checked_at"] is None


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "1970-01-01T00:00:00.000Z"),
        (1769824800.0, "2026-01-31T02:00:00.000Z"),
        (1769824800.0006, "2026-01-31T02:00:00.001Z"),
        (1769824799.9996, "2026-01-31T02:00:00.000Z"),
        (-0.001, "1969-12-31T23:59:59.999Z"),
    ],
)
def test_times_are_utc_to_the_millisecond(seconds: float, text: str) -> None:
    assert timestamp(seconds) == text
