"""SVG: sides in CSS pixels, by `width` and `height` or by the view box; and nothing that would lead a parser astray."""

import gzip

import pytest

from crawler.media.image import Image, Need, NotImage, probe
from tests.media.image_files import ENTITIES, SVG

NS = 'xmlns="http://www.w3.org/2000/svg"'

SIDES = [
    # width and height, in every unit
    ('width="640" height="427"', (640, 427)),
    ("width='640' height='427'", (640, 427)),
    ('width = "640px"\n\theight="427PX"', (640, 427)),
    ('width=" 1in " height="72pt"', (96, 96)),
    ('width="2.54cm" height="25.4mm"', (96, 96)),
    ('width="101.6q" height="6pc"', (96, 96)),
    ('width="1em" height="2rem"', (16, 32)),
    ('width="+1e2" height=".5e3px"', (100, 500)),
    ('width="99.5" height="99.4"', (100, 99)),
    ('width="0.2" height="3"', (1, 3)),
    # the view box stands in
    ('viewBox="0 0 24 16"', (24, 16)),
    ('viewBox="-12,-8 , 24 , 16"', (24, 16)),
    ('viewBox="0 0 23.6 1e1"', (24, 10)),
    ('width="100%" height="100%" viewBox="0 0 300 150"', (300, 150)),
    ('width="auto" height="0" viewBox="0 0 300 150"', (300, 150)),
    ('width="150" viewBox="0 0 300 150"', (150, 75)),
    ('height="50" viewBox="0 0 300 150"', (100, 50)),
    ('width="60" height="50" viewBox="0 0 300 150"', (60, 50)),
    # neither
    ("", None),
    ('width="100%" height="100%"', None),
    ('width="10"', None),
    ('width="10" height="10ex"', None),
    ('width="-10" height="10"', None),
    ('width="1e400" height="10"', None),
    ('width="&w;" height="10"', None),
    ('width="10" height="10 10"', None),
    ('viewBox="0 0 24"', None),
    ('viewBox="0 0 0 10"', None),
    ('viewBox="0 0 nan inf"', None),
    ('viewbox="0 0 24 16"', None),
    ('data-width="1" stroke-width="2" height="3"', None),
    ("width=10 height=10", None),
    # the first of two, though XML allows none
    ('width="10" width="20" height="10"', (10, 10)),
    ('title="a > b" width="10" height="5"', (10, 5)),
]


@pytest.mark.parametrize(("attributes", "sides"), SIDES)
@pytest.mark.parametrize("end", [">", "/>", " \n/>"])
def test_sides(attributes: str, sides: tuple[int, int] | None, end: str) -> None:
    data = f"<svg {attributes} {NS}{end}".encode()
    assert probe(data, complete=True) == Image("svg", "image/svg+xml", *(sides or (None, None)))


@pytest.mark.parametrize(
    "text",
    [
        "<svg:svg xmlns:svg='http://www.w3.org/2000/svg' width='640' height='427'/>",
        "<?xml version='1.0' encoding='utf-8'?><?xml-stylesheet href='a.css'?>\n\n<svg width='640' height='427'/>",
        "<!DOCTYPE svg><svg width='640' height='427'/>",
        "<!doctype svg:svg SYSTEM 'a>b.dtd'><svg width='640' height='427'/>",
        "<!-- > <svg width='1' height='1'> -- ><html>--><!----><svg width='640' height='427'/>",
        "<!DOCTYPE svg [<!ENTITY ns 'http://www.w3.org/2000/svg'>]><svg xmlns='&ns;' width='640' height='427'/>",
        "<svg width='640' height='427'><svg width='1' height='1'/></svg>",
    ],
)
def test_the_root_is_found_behind_whatever_xml_allows(text: str) -> None:
    assert probe(text.encode(), complete=True) == Image("svg", "image/svg+xml", 640, 427)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8"])
def test_byte_order_marks(encoding: str) -> None:
    data = ("\ufeff" + SVG.decode()).encode(encoding)
    assert probe(data, complete=False) == Image("svg", "image/svg+xml", 640, 427)


def test_entities_are_never_expanded() -> None:
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 100))
    data = f"<!DOCTYPE svg [<!ENTITY l0 'ha'>{laughs}]><svg width='&l99;' height='&l99;' viewBox='0 0 3 2'/>".encode()
    assert probe(data, complete=True) == Image("svg", "image/svg+xml", 3, 2)


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b" \n",
        b"<",
        b"<s",
        b"<svg",
        b"<svg ",
        b"<!",
        b"<!-",
        b"<!--",
        b"<!-- a --",
        b"<?xml",
        b"<!DOC",
        b"<!DOCTYPE svg [",
        ENTITIES,
    ],
)
def test_a_prologue_that_goes_on_needs_more(start: bytes) -> None:
    assert probe(start, complete=False) == Need(len(start) + 1)


def test_a_prologue_longer_than_any_prefix_is_let_go() -> None:
    found = probe(b"<!--" + b"x" * 2_000_000, complete=True)
    assert isinstance(found, NotImage)


def test_a_packed_file_is_unpacked_no_further_than_its_root() -> None:
    bomb = gzip.compress(b"<svg width='3' height='2'>" + b" " * 50_000_000, mtime=0)
    assert probe(bomb, complete=False) == Image("svgz", "image/svg+xml", 3, 2)
    late = gzip.compress(b" " * 100_000 + SVG, mtime=0)
    assert probe(late, complete=True) == NotImage("archive", "application/gzip")


@pytest.mark.parametrize("data", [gzip.compress(b"hello", mtime=0), b"\x1f\x8b\x08" + b"\xff" * 2000])
def test_a_packed_file_of_anything_else_is_an_archive(data: bytes) -> None:
    assert probe(data, complete=True) == NotImage("archive", "application/gzip")
