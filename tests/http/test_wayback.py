import gzip
import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.http.archive import LARGEST, Opinion
from crawler.http.url import LONGEST, Url, parse
from crawler.http.wayback import ask, read
from crawler.model.exchange import Failure, Fields, Request, Response

WHEN = datetime(2020, 5, 12, 0, 10, 15, tzinfo=UTC)
ASKED = Request("https://archive.example/wayback/available?url=x")


def endpoint(url: str) -> Url:
    parsed = parse(url)
    assert isinstance(parsed, Url)
    return parsed


@pytest.mark.parametrize("url", ["https://archive.example/wayback/available", "https://archive.example/?key=1&"])
def test_the_question_names_the_page_and_the_moment(url: str) -> None:
    page = "https://news.example/a?b=1&c=%20#d+ü"
    asked = ask(endpoint(url), page, WHEN)
    assert isinstance(asked, Request)
    assert (asked.method, asked.body_limit) == ("GET", LARGEST)
    assert asked.url.startswith(url)
    said = dict(parse_qsl(urlsplit(asked.url).query))
    assert said["url"] == page
    assert said["timestamp"] == "20200512001015"


def test_a_question_that_is_longer_than_a_url_may_be_is_not_put() -> None:
    page = "https://news.example/?" + "%20" * (LONGEST // 4)
    assert isinstance(ask(endpoint("https://archive.example/"), page, WHEN), Failure)


def said(body: Any, status: int = 200, fields: tuple[tuple[str, str], ...] = ()) -> Opinion | Failure:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return read(ASKED, Response(status, Fields(fields), raw))


COPY = "http://web.archive.org/web/20200514000000/https://news.example/a"
CLOSEST = {"available": True, "url": COPY, "timestamp": "20200514000000", "status": "200"}
FOUND = Opinion(COPY.replace("http:", "https:", 1))
NONE = Opinion(None)

SAID: dict[str, tuple[Any, Opinion]] = {
    "a copy": ({"url": "news.example/a", "archived_snapshots": {"closest": CLOSEST}}, FOUND),
    "a copy, status as a number": ({"archived_snapshots": {"closest": CLOSEST | {"status": 206}}}, FOUND),
    "a copy, no status": ({"archived_snapshots": {"closest": {"available": True, "url": COPY}}}, FOUND),
    "a copy of a redirect": ({"archived_snapshots": {"closest": CLOSEST | {"status": "301"}}}, NONE),
    "a copy of an error": ({"archived_snapshots": {"closest": CLOSEST | {"status": "404"}}}, NONE),
    "a copy that is not to be had": ({"archived_snapshots": {"closest": CLOSEST | {"available": False}}}, NONE),
    "none": ({"url": "news.example/a", "archived_snapshots": {}}, NONE),
    "none, as a list": ({"archived_snapshots": []}, NONE),
}


@pytest.mark.parametrize(("answer", "opinion"), SAID.values(), ids=SAID)
def test_the_answer_names_a_copy_or_none(answer: Any, opinion: Opinion) -> None:
    assert said(answer) == opinion


def test_the_answer_may_be_compressed() -> None:
    body = gzip.compress(json.dumps({"archived_snapshots": {"closest": CLOSEST}}).encode())
    assert said(body, fields=(("Content-Encoding", "gzip"),)) == FOUND


BAD: dict[str, Any] = {
    "nothing": b"",
    "HTML": b"<title>Be back soon</title>",
    "not UTF-8": b'{"archived_snapshots": "\xff\xfe"}',
    "cut off": b'{"archived_snapshots": {"closest": {"avail',
    "deep": b"[" * LARGEST,
    "a long number": b'{"archived_snapshots": ' + b"9" * 60_000 + b"}",
    "another object": {"message": "moved"},
    "a list": [],
    "a word": "archived_snapshots",
    "null": None,
    "snapshots of another kind": {"archived_snapshots": "none"},
    "a copy that can't be opened": {"archived_snapshots": {"closest": CLOSEST | {"url": "javascript:alert(1)"}}},
}


@pytest.mark.parametrize("answer", BAD.values(), ids=BAD)
def test_what_is_no_such_answer_says_nothing(answer: Any) -> None:
    assert isinstance(said(answer), Failure)


def test_a_bomb_is_not_inflated() -> None:
    bomb = gzip.compress(b'{"archived_snapshots": {}, "x": "' + b" " * 50_000_000 + b'"}')
    assert len(bomb) < LARGEST
    assert isinstance(said(bomb, fields=(("Content-Encoding", "gzip"),)), Failure)


@pytest.mark.parametrize("status", [301, 404, 429, 500])
def test_an_error_says_nothing(status: int) -> None:
    assert isinstance(said({"archived_snapshots": {}}, status), Failure)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["closest", "url", "available", "x"]), inner),
)


@given(JSON)
def test_any_json_is_an_opinion_or_a_failure(snapshots: Any) -> None:
    assert isinstance(said({"archived_snapshots": snapshots}), Opinion | Failure)
