"""Where a URL is written: line, column and splice, in every notation, whatever stands around it."""

from itertools import product
from typing import NamedTuple

import pytest

from tests.records.reading import markdown, problems, written

URL = "https://example.org/a?b=c#d"


class Style(NamedTuple):
    """One way to write a URL in YAML. `@` stands for it, or for `written` if its written form differs."""

    name: str
    yaml: str
    written: str = URL
    url: str = URL


STYLES = [
    Style("plain", "webUrl: @"),
    Style("plain, comment", "webUrl: @ # a comment"),
    Style("plain on the next line", "webUrl:\n  @"),
    Style("double", 'webUrl: "@"'),
    Style("double, escapes", 'webUrl: "@"', r"https:\/\/example.org\x2Fa?b=c\u0023d"),
    Style("double over lines", 'webUrl: "@"', "https://example.org/\\\n   a?b=c#d"),
    Style("double on the next line", 'webUrl:\n    "@"'),
    Style("single", "webUrl: '@'"),
    Style("single, quote in it", "webUrl: '@'", "https://example.org/it''s", "https://example.org/it's"),
    Style("literal", "webUrl: |\n  @"),
    Style("literal, kept", "webUrl: |+\n  @"),
    Style("literal, stripped, comment", "webUrl: |- # a comment\n  @"),
    Style("literal, indented by number", "webUrl: |2\n  @"),
    Style("folded", "webUrl: >\n  @\n\nother: x"),
    Style("folded, stripped", "webUrl: >-\n    @"),
    Style("anchor", "webUrl: &a @"),
    Style("tag and anchor", 'webUrl: !!str &a "@"'),
    Style("tag, comment, next line", "webUrl: !!str # a comment\n  '@'"),
    Style("verbatim tag", "webUrl: !<tag:yaml.org,2002:str> @"),
    Style("flow", '{title: x, webUrl: "@"}'),
    Style("flow, JSON", '{"title":"x","webUrl":"@"}'),
    Style("complex key before", "? [a, b]\n: c\nwebUrl: @"),
    Style("tabs before the value", "webUrl:\t\t@"),
    Style("umlauts, emoji before", 'title: "Grüße 👩‍👩‍👧 𝕏"\nwebUrl: @'),
    Style("emoji on the same line", '{title: "Grüße 👩‍👩‍👧 𝕏", webUrl: "@"}'),
    Style("YAML's own line ends before", 'title: "a\u2028b\u0085c"\nwebUrl: "@"'),
    Style("other characters that split lines", 'title: "a\u2028b"\nwebUrl: @'),
    Style("umlauts and emoji in it", 'webUrl: "@"', "https://exämple.org/👍", "https://exämple.org/👍"),
]
BEFORE = {"nothing": "", "BOM": "\ufeff"}
LINE_ENDS = {"LF": "\n", "CRLF": "\r\n", "CR": "\r"}


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
@pytest.mark.parametrize(("before", "line_end"), [*product(BEFORE, LINE_ENDS)])
def test_every_style_of_scalar(style: Style, before: str, line_end: str) -> None:
    text = BEFORE[before] + f"---\n{style.yaml}\n---\nbody\n".replace("\n", LINE_ENDS[line_end])
    form = style.written.replace("\n", LINE_ENDS[line_end])
    start = text.index("@")
    text = text.replace("@", form)

    record = markdown(text)

    (link,) = record.links
    assert problems(record) == []
    assert (link.url, link.field) == (style.url, "webUrl")
    assert (link.start, written(text, link)) == (start, form)
    lines = text.removeprefix("\ufeff")[: start - len(BEFORE[before])].split(LINE_ENDS[line_end])
    assert (link.line, link.column) == (len(lines), len(lines[-1]) + 1)


@pytest.mark.parametrize(("before", "line_end"), [*product(BEFORE, LINE_ENDS)])
def test_a_body_without_front_matter(before: str, line_end: str) -> None:
    text = BEFORE[before] + f"Grüße 👍 [a]({URL})\nand <{URL}>\n".replace("\n", LINE_ENDS[line_end])
    first, second = markdown(text).links
    assert (first.line, first.column, written(text, first)) == (1, 13, URL)
    assert (second.line, second.column, written(text, second)) == (2, 6, URL)


def test_mixed_line_ends_count_as_in_an_editor() -> None:
    text = f"---\r\na: 1\rb: 2\n\r\nwebUrl: {URL}\n---\n"
    (link,) = markdown(text).links
    assert (link.line, link.column, written(text, link)) == (5, 9, URL)


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (f'" {URL}"', URL),
        (f'"{URL} "', URL),
        (f"' {URL}\t'", URL),
        (f'"\\t{URL}\\n"', URL),
        (f'"\\x20\\u00a0\\_{URL}\\U00002003"', URL),
        (f'"\n  \n  {URL}"', URL),
        (f"{URL}\u00a0", URL),
        (f"\u200b{URL}", URL),
        (f"|\n\n  {URL}\n", URL),
        (f"|+\n  {URL}\n\n", URL),
        (f"|\n  {URL} \n", URL),
        (f">\n\n  {URL}\n", URL),
        ('" https:\\/\\/example.org/\\\\ "', r"https:\/\/example.org/\\"),
    ],
)
def test_white_space_around_a_url_is_reported_and_left_out(value: str, form: str) -> None:
    text = f"---\nwebUrl: {value}\n---\n"
    record = markdown(text)
    (link,) = record.links
    (problem,) = record.problems
    assert written(text, link) == form
    assert link.url == link.url.strip()
    assert (problem.code, problem.line, problem.column, problem.end_column) == (
        "url-whitespace",
        link.line,
        link.column,
        link.end_column,
    )
    assert (problem.field, problem.role, problem.url) == ("webUrl", link.role, link.url)


@pytest.mark.parametrize("value", [f"|\n  {URL}", f">\n  {URL}", f"|-\n  {URL}", f"  {URL}   ", f"|+\n  {URL}"])
def test_white_space_that_the_notation_adds_is_nobodys_fault(value: str) -> None:
    record = markdown(f"---\nwebUrl: {value}\n---\n")
    assert [link.url for link in record.links] == [URL]
    assert record.problems == ()
