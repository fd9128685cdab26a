"""The whole road on real records: every URL served under its own name through TLS, every finding at its place."""

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from zlib import crc32

import pytest

from tests.cli.conftest import Crawl
from tests.web import Answer, Behaviour, Web, redirect

RECORDS = Path(__file__).parents[3] / "shared/records"

pytestmark = pytest.mark.skipif(not RECORDS.is_dir(), reason=f"there are no records in {RECORDS}")

WRITTEN = re.compile(r'^ *(?:- )?(url|webUrl|originalUrl|ampWebUrl|cdnAmpWebUrl): "(.+)"\s*$')
"""A line of a record that holds a URL: an independent and simpler-minded reader."""

IMAGE = Answer(200, b"\x89PNG\r\n\x1a\n" + b"\0" * 8, (("Content-Type", "image/png"),))
FATES: tuple[tuple[str | None, Behaviour], ...] = (
    (None, Answer(200, b"<title>A page</title>")),
    ("http-404", Answer(404)),
    ("http-410", Answer(410)),
    ("http-403", Answer(403)),
    ("http-5xx", Answer(500)),
    ("redirect-loop", redirect("?", 302)),
)


class Written(NamedTuple):
    """A URL where it stands in a record."""

    path: str
    line: int
    column: int
    key: str
    url: str


def written() -> list[Written]:
    found = []
    for path in sorted(RECORDS.glob("*.md")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if match := WRITTEN.match(line):
                found.append(Written(path.as_posix(), number, match.start(2) + 1, match[1], match[2]))
    return found


def fate(url: str) -> tuple[str | None, Behaviour]:
    """What becomes of a URL, always the same."""
    return FATES[crc32(url.encode()) % len(FATES)]


@pytest.fixture
def records(web: Web) -> list[Written]:
    """All that is written in the records, each URL served by its host as fate wills."""
    everything = written()
    for _, _, _, key, url in everything:
        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        code, behaviour = fate(url)
        if code == "redirect-loop":
            behaviour = redirect(target, 302)
        elif code is None and key == "url":
            behaviour = IMAGE
        web.host(parts.hostname or "").on(target, behaviour)
    return everything


def test_every_url_is_found_and_every_finding_stands_at_its_place(
    check: Crawl,
    web: Web,
    records: list[Written],
) -> None:
    ran = check(RECORDS, "--per-host", "8")
    report = ran.report
    assert len(records) == 195
    places = {
        (place["path"], place["line"], place["column"], url["url"])
        for url in report["urls"]
        for place in url["occurrences"]
    }
    assert len(places) == report["summary"]["links"] == 195
    assert places == {(path, line, column, url.partition("#")[0]) for path, line, column, _, url in records}

    reasons = {reason for reason, _ in FATES if reason}
    found = Counter(
        (finding["code"], finding["path"], finding["line"], finding["column"], finding["end_column"])
        for finding in report["findings"]
        if finding["code"] in reasons
    )
    expected = Counter(
        (code, path, line, column, column + len(url))
        for path, line, column, _, url in records
        if (code := fate(url)[0])
    )
    assert found == expected
    assert report["summary"]["records"] == 49
    assert not web.stranger.seen


def test_every_url_is_asked_for_once(check: Crawl, web: Web, records: list[Written]) -> None:
    check(RECORDS)
    asked = Counter((seen.host, seen.target) for seen in web.seen if seen.target != "/robots.txt")
    assert len(asked) == len({url.partition("#")[0] for *_, url in records})
    assert set(asked.values()) == {1}
    assert max(host.most_under_way for host in map(web.find, {host for host, _ in asked})) <= 2
