"""Content codings: what comes out is right, and never more than was asked for, whatever goes in."""

import gzip
import random
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.http.content import MEMBERS_LIMIT, MOST, OPENING, PIECE, STEP, content, inflate

TEXT = b"".join(b"line %d of a page that compresses well\n" % n for n in range(2000))
NOISE = random.Random(1).randbytes(8 * PIECE)


def zipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def bare(data: bytes) -> bytes:
    """A deflate stream without zlib's wrapping."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        (None, TEXT),
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", zipped(TEXT)),
        ("x-gzip", zipped(TEXT)),
        (" GZip ", zipped(TEXT)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", bare(TEXT)),
        ("gzip, identity", zipped(TEXT)),
        ("gzip, gzip", zipped(zipped(TEXT))),
        ("deflate, gzip", zipped(zlib.compress(TEXT))),
        ("gzip,", zipped(TEXT)),
        ("gzip", zipped(TEXT[:1000]) + zipped(b"") + zipped(TEXT[1000:])),
    ],
)
def test_gives_what_the_server_packed(coding: str | None, body: bytes) -> None:
    assert inflate(body, coding, len(TEXT) + 1) == TEXT
    assert inflate(body, coding, 77) == TEXT[:77]
    assert inflate(body, coding, 0) == b""


@pytest.mark.parametrize("after", [b"x", zipped(TEXT), b"x" * 2 * PIECE])
@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_what_follows_a_stream_that_gives_much_for_little_is_no_endless_task(coding: str, after: bytes) -> None:
    much = bytes(4 * MOST)
    packed = zipped(much) if coding == "gzip" else zlib.compress(much)
    assert len(packed) < PIECE
    assert (inflate(packed + after, coding, 8 * MOST) or b"")[: 4 * MOST] == much


@pytest.mark.parametrize(
    "coding", ["br", "zstd", "compress", "gzip, br", "gzip, gzip, gzip", "identity, gzip, gzip, gzip", "\x00", "utf-8"]
)
def test_leaves_what_it_does_not_know(coding: str) -> None:
    assert inflate(zipped(TEXT), coding, 100) is None


@pytest.mark.parametrize("coding", ["gzip", "deflate", "gzip, gzip"])
def test_a_body_that_is_not_what_the_field_says_is_none(coding: str) -> None:
    assert inflate(b"<!DOCTYPE html><title>plain after all</title>", coding, 100) is None


@pytest.mark.parametrize("coding", ["gzip", "deflate", "gzip, gzip"])
def test_no_body_is_an_empty_one(coding: str) -> None:
    assert inflate(b"", coding, 100) == b""


@pytest.mark.parametrize(
    ("coding", "packed"),
    [("gzip", zipped(NOISE)), ("deflate", zlib.compress(NOISE)), ("deflate", bare(NOISE))],
)
def test_a_body_cut_off_gives_its_front(coding: str, packed: bytes) -> None:
    out = inflate(packed[: len(packed) // 2], coding, len(NOISE))
    assert out is not None
    assert len(out) > len(NOISE) // 3
    assert NOISE.startswith(out)


def test_a_body_that_breaks_down_gives_what_was_good() -> None:
    packed = bytearray(zipped(TEXT))
    packed[-8:-4] = bytes(b ^ 0xFF for b in packed[-8:-4])  # a wrong check sum is found at the very end
    out = inflate(bytes(packed), "gzip", len(TEXT))
    assert out is not None
    assert len(out) > len(TEXT) // 2
    assert TEXT.startswith(out)


def test_garbage_after_a_member_is_left_out() -> None:
    assert inflate(zipped(TEXT) + b"\0\0\0\0trailing", "gzip", len(TEXT) + 100) == TEXT


def test_a_bomb_gives_no_more_than_its_limit() -> None:
    bomb = zipped(bytes(50_000_000))
    assert len(bomb) < 65_536
    assert inflate(bomb, "gzip", 1000) == bytes(1000)
    assert inflate(zipped(bomb), "gzip, gzip", 1000) == bytes(1000)


def test_a_body_of_nothing_but_empty_members_is_given_up() -> None:
    assert inflate(zipped(b"") * (MEMBERS_LIMIT - 1) + zipped(b"read"), "gzip", 100) == b"read"
    assert inflate(zipped(b"") * MEMBERS_LIMIT + zipped(b"not read"), "gzip", 100) == b""


CODINGS = st.sampled_from(["gzip", "deflate", "identity", "gzip, deflate", "br", ", ,", "gzip;q=1"]) | st.text()


@given(body=st.binary(), coding=CODINGS, limit=st.integers(0, 50))
def test_never_raises_and_never_exceeds(body: bytes, coding: str, limit: int) -> None:
    out = inflate(body, coding, limit)
    assert out is None or len(out) <= limit


@given(
    text=st.binary(max_size=3000),
    cut=st.integers(0, 3100),
    limit=st.integers(1, 3000),
    coding=st.sampled_from(["gzip", "deflate"]),
)
def test_any_cut_gives_a_front_of_the_text(text: bytes, cut: int, limit: int, coding: str) -> None:
    packed = zipped(text) if coding == "gzip" else zlib.compress(text)
    out = inflate(packed[:cut], coding, limit)
    assert out is not None
    assert text.startswith(out)
    whole = content(packed[:cut], coding, limit)
    assert whole is not None
    assert text.startswith(whole.front(limit))
    assert whole.front(limit)[:limit] == out


@given(text=st.binary(max_size=3000), steps=st.lists(st.integers(0, 3100)), coding=st.sampled_from(["gzip", "deflate"]))
def test_what_is_read_in_steps_is_what_is_read_at_once(text: bytes, steps: list[int], coding: str) -> None:
    packed = zipped(text) if coding == "gzip" else zlib.compress(text)
    opened = content(packed, coding, len(text))
    assert opened is not None
    for limit in steps:
        assert opened.read(limit) == text[:limit]


def test_a_bomb_read_in_steps_is_decoded_as_far_as_it_is_read() -> None:
    opened = content(zipped(bytes(50_000_000)), "gzip", 1_000_000)
    assert opened is not None
    assert opened.read(10) == bytes(10)
    assert opened.read(3 * MOST + 7) == bytes(3 * MOST + 7)
    assert opened.read(20) == bytes(20)


@pytest.mark.parametrize("ahead", [0, OPENING - 3, OPENING, OPENING + 1, OPENING + STEP - 2, 3 * STEP])
@pytest.mark.parametrize(("coding", "pack"), [("gzip", zipped), ("deflate", bare)])
def test_a_body_is_decoded_through_a_word(ahead: int, coding: str, pack: Callable[[bytes], bytes]) -> None:
    text = TEXT[:ahead] + b"</head>" + TEXT
    opened = content(pack(text), coding, len(text))
    assert opened is not None
    assert opened.decode(b"</head>", 100, len(text)) == ahead
    front = opened.front(0)
    assert text.startswith(front)
    assert ahead + 100 <= len(front) <= ahead + 100 + OPENING
    assert opened.is_open()
    assert opened.read(len(text)) == text


def test_a_body_without_the_word_is_decoded_as_far_as_is_allowed() -> None:
    opened = content(zipped(TEXT), "gzip", len(TEXT))
    assert opened is not None
    assert opened.decode(b"</head>", 100, 3 * STEP) < 0
    assert opened.front(0) == TEXT[: 3 * STEP]
    assert opened.decode(b"</head>", 100, len(TEXT) + 1) < 0
    assert opened.front(0) == TEXT
    assert not opened.is_open()


def test_a_body_that_is_not_packed_is_all_there() -> None:
    opened = content(TEXT, None, len(TEXT))
    assert opened is not None
    assert opened.decode(b"</head>", 100, 3 * STEP) < 0
    assert opened.front(0) is TEXT
    assert not opened.is_open()


@given(data=st.binary(max_size=300), steps=st.lists(st.integers(OPENING, OPENING + 900), min_size=1, max_size=20))
def test_nothing_is_held_back_for_want_of_room(data: bytes, steps: list[int]) -> None:
    text = data + b"a" * OPENING + data
    opened = content(bare(text), "deflate", len(text))
    assert opened is not None
    for step in steps:
        assert opened.read(step) == text[:step]
    assert opened.read(2 * len(text)) == text


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_fault_behind_what_was_read_costs_only_what_comes_behind_it(coding: str) -> None:
    packed = bytearray(zipped(NOISE) if coding == "gzip" else zlib.compress(NOISE))
    packed[len(packed) // 2] ^= 0xFF
    packed[-4:] = bytes(4)
    opened = content(bytes(packed), coding, len(NOISE))
    assert opened is not None
    first = opened.read(1000)
    assert first == NOISE[:1000]
    assert opened.read(len(NOISE)).startswith(first)


def test_a_short_body_is_known_to_be_whole() -> None:
    opened = content(zipped(b"short"), "gzip", 100)
    assert opened is not None
    assert not opened.is_open()
    assert opened.front(0) == b"short"
