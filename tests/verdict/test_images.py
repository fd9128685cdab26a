"""Pictures: what the bytes are, against what the record declares."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.config import Rules
from crawler.model.link import Link
from crawler.model.observation import Evidence, Observation
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.verdict import Kind
from crawler.verdict.images import SAME_SHAPE
from tests.verdict.cases import image, judge, judged, observed, only, read, said

PICTURE = "https://cdn.example.org/2026/bridge.jpg"
SCALE = "images[0].url: image-size-mismatch info"
SHAPE = "images[0].url: image-size-mismatch warning"
UNKNOWN = "images[0].url: image-size-unknown info"
HOLDER = "images[0].url: image-placeholder warning"
CALLED = "images[0].url: image-type-mismatch info"


def picture(width: int | None, height: int | None, form: str = "jpeg", kind: str | None = None) -> Observation:
    return read(PICTURE, 200, content_type=kind, format=form, is_image=True, width=width, height=height)


Sides = tuple[int | None, int | None]

SIZES: dict[str, tuple[Sides, Sides, list[str]]] = {
    "as declared": ((1240, 697), (1240, 697), []),
    "nothing declared": ((None, None), (1240, 697), []),
    "half as large": ((1240, 697), (620, 349), [SCALE]),
    "half as large, rounded down": ((1240, 697), (620, 348), [SCALE]),
    "twice as large": ((620, 349), (1240, 697), [SCALE]),
    "twice as large, rounded up": ((620, 349), (1240, 698), [SCALE]),
    "a thumbnail of it": ((1240, 697), (100, 56), [SCALE]),
    "a small thumbnail of it": ((1240, 697), (33, 19), [SCALE]),
    "declared by its thumbnail": ((33, 19), (1240, 697), [SCALE]),
    "a tall one's thumbnail": ((697, 1240), (19, 33), [SCALE]),
    "a pixel more": ((1240, 697), (1240, 698), [SCALE]),
    "cropped": ((1240, 697), (1240, 500), [SHAPE]),
    "cropped to a square": ((1240, 697), (697, 697), [SHAPE]),
    "three to two where sixteen to nine was declared": ((1600, 900), (1600, 1067), [SHAPE]),
    "cropped by a hair": ((1600, 900), (1600, 910), [SCALE]),
    "cropped by more": ((1600, 900), (1600, 945), [SHAPE]),
    "turned": ((4000, 3000), (3000, 4000), [SHAPE]),
    "a banner of another height": ((728, 90), (728, 250), [SHAPE]),
    "an icon": ((16, 16), (512, 512), [SCALE]),
    "a small one of another shape": ((16, 16), (32, 20), [SHAPE]),
    "the width alone is right": ((1240, None), (1240, 697), []),
    "the height alone is right": ((None, 697), (1240, 697), []),
    "the width alone is wrong": ((1240, None), (620, 349), [SCALE]),
    "the height alone is wrong": ((None, 697), (620, 349), [SCALE]),
}


@pytest.mark.parametrize(("declared", "real", "expected"), SIZES.values(), ids=SIZES)
def test_sizes(declared: Sides, real: Sides, expected: list[str]) -> None:
    assert said(judged(image(picture(*real), *declared))) == expected


@pytest.mark.parametrize(
    ("declared", "real", "form", "message"),
    [
        ((1240, 697), (620, 349), "jpeg", "declared 1240x697, is 620x349: the same shape at another scale"),
        ((1240, 697), (697, 1240), "jpeg", "declared 1240x697, is 697x1240: another shape"),
        ((1240, None), (620, 349), "png", "declared 1240 wide, is 620x349: another scale"),
        ((None, 697), (620, 349), "png", "declared 697 high, is 620x349: another scale"),
        ((640, 480), (64, 48), "svg", "declared 640x480, is 64x48: the same shape at another scale"),
        ((640, 640), (64, 48), "svg", "declared 640x640, is 64x48: another shape, in which it is drawn whole"),
    ],
)
def test_a_mismatch_says_declared_and_real(declared: Sides, real: Sides, form: str, message: str) -> None:
    assert only(judged(image(picture(*real, form), *declared)), "image-size-mismatch").message == message


@pytest.mark.parametrize("form", ["svg", "svgz"])
@pytest.mark.parametrize(("declared", "real"), [((640, 480), (64, 48)), ((640, 640), (64, 48)), ((300, 300), (1, 1))])
def test_what_is_drawn_at_any_size_weighs_little(form: str, declared: Sides, real: Sides) -> None:
    assert said(judged(image(picture(*real, form), *declared))) == [SCALE]


@given(st.integers(1, 5000), st.integers(1, 5000), st.integers(1, 64))
def test_a_picture_scaled_down_keeps_its_shape_whatever_the_rounding(width: int, height: int, by: int) -> None:
    small = max(1, round(width / by)), max(1, round(height / by))
    found = judged(
        image(picture(width, height), *small),
        of=judge(Rules(levels={"image-placeholder": "off"})),
    )
    assert said(found) in ([], [SCALE])


@given(st.integers(200, 5000), st.integers(200, 5000), st.floats(1 + 2 * SAME_SHAPE, 3))
def test_a_picture_drawn_out_does_not(width: int, height: int, by: float) -> None:
    assert said(judged(image(picture(width, height), round(width * by), height))) == [SHAPE]


HOLDERS: dict[str, tuple[Sides, Sides, list[str]]] = {
    "a pixel where a picture was declared": ((1240, 697), (1, 1), [HOLDER]),
    "a pixel where nothing was declared": ((None, None), (1, 1), [HOLDER]),
    "a pixel where a width was declared": ((1240, None), (1, 1), [HOLDER]),
    "a pixel where a pixel was declared": ((1, 1), (1, 1), []),
    "a tiny one where a large one was declared": ((1240, 697), (10, 10), [HOLDER]),
    "a tiny one where a large width was declared": ((1240, None), (10, 6), [HOLDER]),
    "a tiny one where nothing was declared": ((None, None), (10, 6), []),
    "a tiny one where a tiny one was declared": ((8, 8), (8, 8), []),
    "a tiny one where another tiny one was declared": ((10, 10), (5, 5), [SCALE]),
    "a tiny one where an icon was declared": ((32, 32), (8, 8), [SCALE]),
    "a tiny one where a line was declared": ((1240, 2), (8, 8), [SHAPE]),
    "a line": ((1240, 2), (1240, 2), []),
    "a small picture where a large one was declared": ((1240, 697), (16, 9), [SCALE]),
}


@pytest.mark.parametrize(("declared", "real", "expected"), HOLDERS.values(), ids=HOLDERS)
def test_placeholders(declared: Sides, real: Sides, expected: list[str]) -> None:
    assert said(judged(image(picture(*real, "gif"), *declared))) == expected


def test_the_size_is_told_where_the_rule_that_says_more_is_off() -> None:
    by = judge(Rules(levels={"image-placeholder": "off"}))
    assert said(judged(image(picture(2, 9), 1240, 697), of=by)) == [SHAPE]


UNREAD: dict[str, tuple[Observation, Sides, list[str]]] = {
    "a picture of no known size": (picture(None, None, "jp2"), (1240, 697), [UNKNOWN]),
    "with one side declared": (picture(None, None, "jpeg"), (1240, None), [UNKNOWN]),
    "with none declared": (picture(None, None), (None, None), []),
    "an answer that was not read": (observed(PICTURE, 200), (1240, 697), []),
    "one that is not there": (observed(PICTURE, 404), (1240, 697), ["images[0].url: http-404 error"]),
}


@pytest.mark.parametrize(("observation", "declared", "expected"), UNREAD.values(), ids=UNREAD)
def test_sizes_that_cannot_be_read(observation: Observation, declared: Sides, expected: list[str]) -> None:
    assert said(judged(image(observation, *declared))) == expected


TYPES = {
    "right": ("image/jpeg", "jpeg", []),
    "an old name": ("image/pjpeg", "jpeg", []),
    "none": (None, "jpeg", []),
    "one that says nothing": ("application/octet-stream", "jpeg", []),
    "another picture's": ("image/jpeg", "webp", [CALLED]),
    "a page's": ("text/html", "png", [CALLED]),
    "plain text": ("text/plain", "svg", [CALLED]),
}


@pytest.mark.parametrize(("kind", "form", "expected"), TYPES.values(), ids=TYPES)
def test_types(kind: str | None, form: str, expected: list[str]) -> None:
    found = judged(image(picture(640, 480, form, kind), 640, 480))
    assert said(found) == expected
    assert all(one.message == f"served as {kind}, is {form}" for one in found)


def anything(**facts: Any) -> Observation:
    return read(PICTURE, 200, is_image=False, **facts)


NO_PICTURES = {
    "a web page": (anything(format="html", content_type="text/html"), "a web page, served as text/html"),
    "a web page called a picture": (
        anything(format="html", content_type="image/jpeg"),
        "a web page, served as image/jpeg",
    ),
    "nothing": (anything(format="empty"), "nothing at all"),
    "JSON": (anything(format="json", content_type="application/json"), "JSON, served as application/json"),
    "text": (anything(format="text", content_type="text/plain"), "plain text, served as text/plain"),
    "a film": (anything(format="video", content_type="video/mp4"), "a video, served as video/mp4"),
    "something new": (anything(format="hologram"), "hologram"),
    "a page, after a redirect": (
        read(PICTURE, 302, "https://cdn.example.org/lost", 200, format="html", is_image=False),
        "a web page at https://cdn.example.org/lost, after 1 redirect",
    ),
}


@pytest.mark.parametrize(("observation", "what"), NO_PICTURES.values(), ids=NO_PICTURES)
def test_no_picture_at_all(observation: Observation, what: str) -> None:
    found = judged(image(observation, 640, 480))
    assert said(found) == ["images[0].url: image-not-image error"]
    assert found[0].message == f"no picture but {what}"


EVIDENCE = {
    "soft-404": (Kind.BROKEN, "image-not-image"),
    "parked-domain": (Kind.BROKEN, "parked-domain"),
    "bot-wall": (Kind.BLOCKED, "bot-wall"),
    "login-redirect": (Kind.BLOCKED, "login-redirect"),
    None: (Kind.BROKEN, "image-not-image"),
}


@pytest.mark.parametrize(("reason", "verdict"), EVIDENCE.items())
def test_a_page_in_place_of_a_picture_may_be_a_wall_or_a_parked_domain(
    reason: str | None, verdict: tuple[Kind, str]
) -> None:
    observation = anything(format="html")._replace(evidence=Evidence(reason, ("what was seen",)))
    judged = judge().verdict(PICTURE, Role.IMAGE, observation)
    assert (judged.kind, judged.reason) == verdict


def test_the_same_bytes_are_a_page_where_a_page_is_linked() -> None:
    assert judge().verdict(PICTURE, Role.WEB, anything(format="html")).reason == "ok"


def test_pictures_of_a_body_are_judged_as_well() -> None:
    by, place = judge(), Link(PICTURE, Role.IMAGE, "a.md", "body")
    pixel = picture(1, 1)
    found = by.findings(Outcome(PICTURE, Role.IMAGE, (place,), pixel, by.verdict(PICTURE, Role.IMAGE, pixel)))
    assert said(found) == ["body: image-placeholder warning"]


@settings(deadline=None)
@given(*[st.one_of(st.none(), st.integers(-1, 2000))] * 4, st.sampled_from(["svg", "png", None]))
def test_any_sizes_are_judged(
    width: int | None, height: int | None, wide: int | None, high: int | None, form: str | None
) -> None:
    observation = read(PICTURE, 200, is_image=True, format=form, width=width, height=height)
    assert len(judged(image(observation, wide, high))) <= 1
