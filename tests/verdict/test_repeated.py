"""One picture under many URLs of a host."""

import pytest

from crawler.config import Exemption, Rules
from crawler.model.link import Link
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.verdict import Finding
from crawler.verdict.judge import Judge
from tests.verdict.cases import judge, read

HOST = "https://cdn.example.org"
LOST = 4_711


def told(
    pictures: dict[str, int | None], width: int | None = 640, form: str = "png", of: Judge | None = None
) -> list[Finding]:
    """What is said at the end of a run that saw these pictures, by URL and digest."""
    by = of or judge()
    for url, digest in pictures.items():
        observation = read(url, 200, is_image=True, format=form, width=width, height=width, digest=digest)
        places = (Link(url, Role.IMAGE, "a.md", "images[0].url"), Link(url, Role.IMAGE, "b.md", "images[0].url"))
        by.findings(Outcome(url, Role.IMAGE, places, observation, by.verdict(url, Role.IMAGE, observation)))
    return by.closing()


SAME = {
    "two URLs": ({f"{HOST}/a.png": LOST, f"{HOST}/b.png": LOST}, 0),
    "three URLs": ({f"{HOST}/a.png": LOST, f"{HOST}/b.png": LOST, f"{HOST}/c.png": LOST}, 3),
    "three URLs, and others": (
        {f"{HOST}/{name}.png": LOST if name < "d" else ord(name) for name in "abcdefgh"},
        3,
    ),
    "different pictures": ({f"{HOST}/{name}.png": ord(name) for name in "abc"}, 0),
    "three hosts": ({f"https://{name}.example.org/{name}.png": LOST for name in "abc"}, 0),
    "one file in three sizes": ({f"{HOST}/a.png?w={width}": LOST for width in (1, 2, 3)}, 0),
    "one file in three folders": ({f"{HOST}/{width}/a.png": LOST for width in (1, 2, 3)}, 0),
    "one file spelt in three ways": ({f"{HOST}/{name}": LOST for name in ("a.png", "A.png", "a.PNG")}, 0),
    "three files, one of them twice": (
        {f"{HOST}/{name}": LOST for name in ("a.png", "a.png?w=1", "b.png", "c.png")},
        4,
    ),
    "pictures that could not be told apart": ({f"{HOST}/{name}.png": None for name in "abc"}, 0),
}


@pytest.mark.parametrize(("pictures", "urls"), SAME.values(), ids=SAME)
def test_unrelated_urls_of_one_picture(pictures: dict[str, int | None], urls: int) -> None:
    found = told(pictures)
    assert [one.code for one in found] == ["image-placeholder"] * urls * 2
    assert {one.message for one in found} <= {f"the very same picture stands under {urls} URLs of its host"}
    assert {one.path for one in found} == ({"a.md", "b.md"} if urls else set())


THREE: dict[str, int | None] = {f"{HOST}/{name}.png": LOST for name in "abc"}


def test_tiny_ones_are_told_by_their_size_and_only_once() -> None:
    assert told(THREE, width=1, form="gif") == []


def test_what_is_drawn_at_any_size_is_never_tiny() -> None:
    assert len(told(THREE, width=1, form="svg")) == 6


def test_a_picture_of_unknown_size_counts() -> None:
    assert len(told(THREE, width=None)) == 6


def test_settings_hold_at_the_end_as_well() -> None:
    assert told(THREE, of=judge(Rules(levels={"image-placeholder": "off"}))) == []
    by = judge(Rules(exempt=(Exemption("/a.png$", "our logo"),)))
    assert len(told(THREE, of=by)) == 4
    assert by.exempted == 2
