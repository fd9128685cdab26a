"""Searching bodies, with the library or without it: what methods of `bytes` say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.http.search import count, find, rfind

PIECES = st.sampled_from([b"<meta", b"</head>", b"<met", b"<", b"ta", b"</", b"\0", b"\xff" * 40, b"a" * 70])
BODIES = st.lists(PIECES | st.binary(max_size=3), max_size=40).map(b"".join)
WORDS = PIECES | st.binary(min_size=1, max_size=9)
PLACES = st.integers(-400, 400)


@given(BODIES, WORDS, PLACES, PLACES)
def test_is_what_bytes_do(body: bytes, word: bytes, start: int, end: int) -> None:
    assert find(body, word, start, end) == body.find(word, start, end)
    assert rfind(body, word, start, end) == body.rfind(word, start, end)
    assert count(body, word, start, end) == body.count(word, start, end)


@pytest.mark.parametrize("word", [b"</head>", b"<p>", b"<h1", b"<"])
@pytest.mark.parametrize("unit", [b"<", b"</hea", b"<p", b"-"])
def test_whatever_stands_before_it(word: bytes, unit: bytes) -> None:
    for ahead in (*range(70), 4_099, 65_537):
        body = (unit * ahead)[:ahead] + word + unit
        for end in (len(body), ahead + len(word), ahead + len(word) - 1):
            assert find(body, word, 0, end) == body.find(word, 0, end)
            assert rfind(body, word, 0, end) == body.rfind(word, 0, end)
            assert count(body, word, 0, end) == body.count(word, 0, end)
