"""Links of Markdown bodies: which, and exactly where."""

import re
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from crawler.config import Bounds, Records
from crawler.records.body import FIELD
from tests.records.reading import links, markdown, problems, written

A, B = "https://a.example/", "https://b.example/"


class Body(NamedTuple):
    """A body, and the (role, URL, as written) of each link, in order."""

    name: str
    text: str
    found: list[tuple[str, str, str]]


def web(url: str, form: str | None = None) -> tuple[str, str, str]:
    return "web", url, url if form is None else form


def image(url: str, form: str | None = None) -> tuple[str, str, str]:
    return "image", url, url if form is None else form


BODIES = [
    Body("inline", f"a [b]({A}) c", [web(A)]),
    Body("angle brackets, title", f'[b]( <{A}x y> "{B}" )', [web(f"{A}x y")]),
    Body("the same URL twice", f"[{A}]({A}) {A} [b]({A})", [web(A), web(A)]),
    Body("parentheses", f"[b]({A}x_(y_(z)))", [web(f"{A}x_(y_(z))")]),
    Body("escapes and entities", rf"[b]({A}x\)?a=1&amp;b=2)", [web(f"{A}x)?a=1&b=2", rf"{A}x\)?a=1&amp;b=2")]),
    Body("emphasis around", f"**[_b_]({A})** _[c]({B})_", [web(A), web(B)]),
    Body("image", f'![b]({A} "t")', [image(A)]),
    Body("image in a link", f"[![b]({A})]({B})", [image(A), web(B)]),
    Body("link in an image's text", f"![b [c]({A})]({B})", [image(B)]),
    Body("link in a link", f"[b [c]({A}) d]({B})", [web(A)]),
    Body(
        "autolinks",
        f"<{A}> <mailto:a@b.example> <a@b.example>",
        [web(A), web("mailto:a@b.example"), web("mailto:a@b.example", "a@b.example")],
    ),
    Body("over lines", f"[a\nb](\n  {A}\n  'title'\n) [c\nd]({B})", [web(A), web(B)]),
    Body("reference", f"[b][x] [x] [X][] \n\n[x]: {A} 'title'\n", [web(A)]),
    Body("reference before use, angle brackets, next line", f"[x]:\n  <{A}>\n\n[x]\n", [web(A)]),
    Body("reference as an image", f"![b][x] [x]\n\n[x]: {A}", [image(A)]),
    Body("reference that nothing uses", f"text\n\n[x]: {A}\n", []),
    Body("second definition of a name", f"[x]\n\n[x]: {A}\n[x]: {B}\n", [web(A)]),
    Body("two definitions in a quote", f"> [x] [y]\n>\n> [x]: {A}\n> [y]: {B}\n", [web(A), web(B)]),
    Body("heading", f"# [b]({A}) #\n\n[c]({B})\n===\n", [web(A), web(B)]),
    Body("quotes and lists", f"> - [b]({A})\n>   more [c]({B})\n1. > <{A}>\n", [web(A), web(B), web(A)]),
    Body("lazy lines", f"> a\n[b]({A})\n- c\n<{B}>\n", [web(A), web(B)]),
    Body("tabs", f">\t\t[no]({A})\n\n-\t[b]({A})\n\n\t[c]({B})\n", [web(A), web(B)]),
    Body(
        "nested lists", "".join(f"{'  ' * n}- [{n}]({A}{n})\n" for n in range(15)), [web(f"{A}{n}") for n in range(15)]
    ),
    Body("code", f"`[b]({A})` ``<{A}>``\n\n    [b]({A})\n\n```\n<{A}>\n```\n~~~\n[x]: {A}\n~~~\n", []),
    Body("escaped", f"\\[b]({A}) \\<{A}>", []),
    Body("bare URLs", f"{A} and www.b.example", []),
    Body("relative", "[a](/b) [c](d.md) [e](#f) ![g](../h.png) <a href='?q'>", []),
    Body("empty", "[a]() [b](<>) <a href=''>", []),
    Body("host alone", "[a](//a.example/x)", [web("https://a.example/x", "//a.example/x")]),
    Body(
        "other schemes",
        "[a](mailto:x@y.example) [b](tel:1) [c](data:,x) [d](javascript:x)",
        [web("mailto:x@y.example"), web("tel:1"), web("data:,x"), web("javascript:x")],
    ),
    Body("HTML inline", f"a <a href='{A}'>b</a> <img src=\"{B}\"> c", [web(A), image(B)]),
    Body(
        "HTML block",
        f"<div>\n<a\n  href='{A}'>b</a>\n<img srcset='{A}1 1x,\n  {B}2 2x'>\n</div>\n",
        [web(A), image(f"{A}1"), image(f"{B}2")],
    ),
    Body("HTML in a quote", f"> <div>\n> <a href='{A}'>\n> </div>\n", [web(A)]),
    Body("HTML entities", f"<a href='{A}?a&amp;b'>", [web(f"{A}?a&b", f"{A}?a&amp;b")]),
    Body("comments", f"<!-- <a href='{A}'> -->\n\na <!-- [b]({A}) --> c", []),
    Body("Markdown between HTML", f"<div>\n\n[b]({A})\n\n</div>", [web(A)]),
    Body("umlauts and emoji", f"Grüße 👩‍👩‍👧 [ü]({A}ü/👍)", [web(f"{A}ü/👍")]),
    Body("no line ends but Markdown's", f"a\u2028[b]({A})\x85[c]({B})", [web(A), web(B)]),
]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("before", ["", "\ufeff", "---\ntitle: x\n---\n"], ids=["", "BOM", "front matter"])
@pytest.mark.parametrize("case", BODIES, ids=lambda case: case.name)
def test_bodies(case: Body, before: str, line_end: str) -> None:
    text = (before + case.text).replace("\n", line_end)
    record = markdown(text)
    assert [(link.role.value, link.url, written(text, link)) for link in record.links] == case.found
    assert {link.field for link in record.links} <= {FIELD}
    assert problems(record) == []
    for link in record.links:
        lines = text.removeprefix("\ufeff").split(line_end)
        assert lines[(link.line or 0) - 1][(link.column or 0) - 1 :].startswith(written(text, link))


def test_white_space_inside_a_destination_is_reported() -> None:
    record = markdown(f"[a](< {A} >) <a href=' {B}\n'>")
    assert [link.url for link in record.links] == [A, B]
    assert [(problem.code, problem.line, problem.column) for problem in record.problems] == [
        ("url-whitespace", 1, 7),
        ("url-whitespace", 1, 39),
    ]


def test_a_body_with_too_much_to_look_at_is_refused() -> None:
    settings = Records(bounds=Bounds(nodes=100))
    assert problems(markdown("\n\n" + f"[a]({A}) " * 10, settings)) == []
    record = markdown("\n\n" + f"[a]({A}) " * 100, settings)
    assert record.links == ()
    assert "records.bounds.nodes" in record.problems[0].message


PIECES = [
    *("text ", "**", "_", "`[no](https://no.example)` ", "`", "[l](@) ", "[l](<@>) ", "![i](@ 't') ", "[![i](@)](@) "),
    *(
        "<@> ",
        "<a href='@'>",
        "<img src=@ srcset='@ 1x, @ 2x'>",
        "[r] ",
        "[l][r] ",
        "![r] ",
        "\n",
        "\n\n",
        "\n[r]: @\n",
    ),
    *("\n[r]:\n<@> 't'\n", "\n> ", "\n- ", "\n1. ", "    ", "\t", "\n# ", " #", "\n===\n", "\n```\n", "\n<div>\n"),
    *("</div>\n\n", "<!-- ", " -->", "[", "]", "(", ")", "\\", "ü👍\u2028", "&amp;"),
]
DESTINATIONS = [
    A,
    B,
    "//c.example/(x)",
    "https://d.example/\\*?a&amp;b",
    "mailto:a@b.example",
    "/relative",
    "HTTP://e.example/ü👍",
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=15),
    st.lists(st.sampled_from(DESTINATIONS), min_size=1, max_size=5),
    st.sampled_from(["", "\ufeff", "---\ntitle: x\n---\n"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_every_link_that_the_parser_sees_is_found_and_no_place_is_wrong(
    pieces: list[str], destinations: list[str], before: str, line_end: str
) -> None:
    given_out = iter(destinations * 50)
    body = re.sub("@", lambda _: next(given_out), "x" + "".join(pieces)).replace("\n", line_end)
    record = markdown(before.replace("\n", line_end) + body)

    text = before.replace("\n", line_end) + body
    assert {written(text, link) for link in record.links} <= {*destinations, "https://no.example"}
    seen = {str(href) for href in parsed(body)}
    absolute = {href for href in seen if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", href)}
    assert {"https:" + href if href.startswith("//") else href for href in absolute} <= {
        link.url for link in links(record)
    }
    assert len({link.start for link in record.links}) == len(record.links)


def parsed(body: str) -> list[object]:
    """What stock markdown-it-py makes of a body."""
    parser = MarkdownIt("commonmark", {"maxNesting": 40})
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    children = [child for token in parser.parse(body) for child in token.children or ()]
    return [
        child.attrs.get("href") or child.attrs.get("src") for child in children if child.type in ("link_open", "image")
    ]
