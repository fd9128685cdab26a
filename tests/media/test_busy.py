"""Whether a page says a good deal."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.media.busy import BUSY, STEP, is_busy

PIECES = st.sampled_from(
    [b"<p>", b"<a href=x>", b"<A\n", b"<P ", b"<article>", b"<", b"<<a >", b"word ", b"<a", b"</p>"]
)


@given(st.lists(PIECES, max_size=120), st.sampled_from([0, STEP]), st.integers(0, 800))
def test_links_and_paragraphs_are_counted_up_to_the_end(pieces: list[bytes], ahead: int, end: int) -> None:
    body = b"-" * ahead + b"".join(pieces)
    counted = len(re.findall(rb"<[ap][\s>]", body[: ahead + end], re.IGNORECASE))
    assert is_busy(body, ahead + end) == (counted >= BUSY)
    assert is_busy(body, ahead + end, ahead) == (counted >= BUSY)


@pytest.mark.parametrize("head", [0, STEP, 3 * STEP])
@pytest.mark.parametrize("tail", [0, STEP, 3 * STEP])
def test_they_may_stand_anywhere(head: int, tail: int) -> None:
    for count, busy in ((BUSY, True), (BUSY - 1, False)):
        body = b"-" * head + b"<p>" * count + b"-" * tail
        assert is_busy(body, len(body)) is busy
