"""Every format from its first bytes: right, or asking for more, and never anything else."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.media.image import STEPS, Image, Need, NotImage, probe, sniff
from tests.media.image_files import FILES, H, W, chunk, directory, jpeg, png, segment

SOLID = {name: file for name, file in FILES.items() if file.width}
MEBIBYTE = 1 << 20


def lengths(total: int) -> list[int]:
    """Where to cut a file, in order: everywhere, but more coarsely in the long middle of large ones."""
    return [at for at in range(total) if at < 1500 or at > total - 300 or at % 1009 == 0]


@pytest.mark.parametrize("name", FILES)
def test_a_whole_file_says_its_format_and_sides(name: str) -> None:
    form, data, width, height = FILES[name]
    found = probe(data, complete=True)
    assert isinstance(found, Image)
    assert (found.format, found.width, found.height) == (form, width, height)
    assert sniff(data) == found.media_type


@pytest.mark.parametrize("name", SOLID)
def test_a_prefix_is_answered_rightly_or_asked_to_grow(name: str) -> None:
    form, data, width, height = FILES[name]
    answered = False
    for length in lengths(len(data)):
        found = probe(data[:length], complete=False)
        if isinstance(found, Image):
            assert (found.format, found.width, found.height) == (form, width, height), length
            answered = True
        else:
            assert isinstance(found, Need), length
            assert found.at_least > length
            assert not answered, "an answer once given stays"


@pytest.mark.parametrize("name", [name for name in SOLID if not name.startswith("png turned")])
def test_a_file_cut_short_is_never_given_wrong_sides(name: str) -> None:
    _, data, width, height = FILES[name]
    for length in lengths(len(data)):
        found = probe(data[:length], complete=True)
        assert not isinstance(found, Need)
        assert isinstance(found, NotImage) or (found.width, found.height) in ((width, height), (None, None))


@pytest.mark.parametrize("name", SOLID)
def test_need_never_overstates(name: str) -> None:
    """A caller that asks for exactly what is needed arrives, and in a few steps where the file says what follows."""
    data = FILES[name].data
    length = steps = 0
    while isinstance(found := probe(data[:length], complete=length >= len(data)), Need):
        length, steps = min(found.at_least, len(data)), steps + 1
    assert isinstance(found, Image)
    assert (found.width, found.height) == (FILES[name].width, FILES[name].height)


def asked_for(data: bytes) -> tuple[list[int], Image | NotImage]:
    """What a caller asks for, step by step, and the answer it comes to."""
    asked = [STEPS[0]]
    while True:
        prefix = data[: asked[-1]]
        found = probe(prefix, complete=len(prefix) == len(data))
        if isinstance(found, Need) and found.next is None:
            found = probe(prefix, complete=True)
        if not isinstance(found, Need):
            return asked, found
        assert found.next is not None
        asked.append(found.next)


@pytest.mark.parametrize(
    ("size", "steps", "sides"),
    [
        (1_000, STEPS[:1], (W, H)),
        (100_000, STEPS[:2], (W, H)),
        (900_000, STEPS, (W, H)),
        (1_100_000, STEPS, (None, None)),
    ],
)
def test_the_prefix_grows_step_by_step_and_then_no_more(
    size: int, steps: tuple[int, ...], sides: tuple[int | None, int | None]
) -> None:
    profile = [segment(0xE2, bytes(min(60_000, size - at))) for at in range(0, size, 60_000)]
    asked, found = asked_for(jpeg(*profile) + bytes(MEBIBYTE))
    assert isinstance(found, Image)
    assert (found.format, found.width, found.height) == ("jpeg", *sides)
    assert asked == list(steps[: len(asked)])
    assert asked[-1] == steps[-1] or sides[0] is None


def test_what_lies_far_away_is_not_walked_to() -> None:
    """The directory of a large TIFF stands behind its pixels: no step reaches it, so none is taken."""
    data = b"II*\0" + struct.pack("<I", 5_000_000) + bytes(70_000)
    assert probe(data[: STEPS[0]], complete=False) == Need(5_000_002)
    assert Need(5_000_002).next is None


def test_png_cut_before_its_orientation_has_the_sides_of_its_header() -> None:
    data = png(chunk(b"iTXt", bytes(2_000_000)), chunk(b"eXIf", directory("<", [(274, 3, 1)])))
    assert asked_for(data) == ([STEPS[0]], Image("png", "image/png", W, H))


HOSTILE = {
    "jpeg of fill bytes": b"\xff\xd8\xff" + b"\xff" * MEBIBYTE,
    "jpeg of stuffed zeros": b"\xff\xd8\xff" + b"\xff\0" * (MEBIBYTE // 2),
    "jpeg of empty segments": b"\xff\xd8" + b"\xff\xe0\0\2" * (MEBIBYTE // 4),
    "png of empty chunks": png()[:33] + chunk(b"tEXt") * (MEBIBYTE // 12),
    "avif of endless brands": struct.pack(">I", MEBIBYTE) + b"ftypavif" + b"avis" * (MEBIBYTE // 4),
    "avif of associations": b"".join(
        (
            b"\0\0\0\x10ftypavif\0\0\0\0",
            struct.pack(">I", MEBIBYTE) + b"meta\0\0\0\0\0\0\0\x0epitm\0\0\0\0\0\1",
            struct.pack(">I", MEBIBYTE - 100) + b"iprp",
            b"\0\0\0\x18ipma\0\0\0\0\xff\xff\xff\xff\0\2\0\0\0\2\0\0" * (MEBIBYTE // 24),
        )
    ),
    "jxl of empty parts": b"\0\0\0\x0cJXL \r\n\x87\n" + b"\0\0\0\x0cjxlp\0\0\0\0" * (MEBIBYTE // 12),
    "svg of attributes": b"<svg" + b' a=""' * (MEBIBYTE // 5),
    "svg of a single name": b"<svg " + b"a" * MEBIBYTE,
    "svg of space": b"<svg a" + b" " * MEBIBYTE + b"x",
    "svg of digits": b'<svg width="' + b"9" * MEBIBYTE + b'" height="1e999"/>',
    "tiff of a full directory": b"MM\0*\0\0\0\x08\xff\xff" + bytes(MEBIBYTE),
    "icon of too many pictures": b"\0\0\1\0\xff\xff" + bytes(MEBIBYTE),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_cost_little_and_say_nothing(name: str) -> None:
    found = probe(HOSTILE[name], complete=True)
    assert isinstance(found, Image)
    assert (found.width, found.height) == (None, None)


STARTS = sorted({file.data[:n] for file in FILES.values() for n in (4, 12, 24, 40)})
ANYTHING = st.one_of(
    st.binary(max_size=300),
    st.builds(bytes.__add__, st.sampled_from(STARTS), st.binary(max_size=200)),
    st.builds(
        lambda data, at, patch: data[: at % len(data)] + patch + data[at % len(data) + len(patch) :],
        st.sampled_from([file.data for file in FILES.values() if len(file.data) < 4000]),
        st.integers(0, 4000),
        st.binary(min_size=1, max_size=8),
    ),
)


@settings(max_examples=500)
@given(ANYTHING, st.booleans())
def test_any_bytes_have_an_answer(data: bytes, complete: bool) -> None:
    match probe(data, complete=complete):
        case Image(_, media_type, width, height):
            assert media_type == sniff(data)
            assert (width is None) == (height is None)
            assert all(0 < side < 1 << 31 for side in (width, height) if side is not None)
        case Need(at_least):
            assert not complete
            assert at_least > len(data)
        case NotImage():
            assert sniff(data) is None


@settings(max_examples=500)
@given(ANYTHING, st.integers(0, 300))
def test_an_answer_stands_whatever_follows(data: bytes, length: int) -> None:
    early = probe(data[:length], complete=False)
    if isinstance(early, Image) and early.format != "svgz":  # damage to a packed file shows when it is reached
        assert probe(data, complete=False) == early
