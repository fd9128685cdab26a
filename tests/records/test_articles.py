"""Key paths, roles and declared facts: which URLs a record has, and what each link knows."""

from typing import NamedTuple

import pytest

from crawler.config import Facts, Records
from crawler.errors import UsageError
from crawler.model.role import Role
from crawler.records.schema import compile_schema
from tests.records.reading import DEFAULT, front_matter, problems, urls

RECORD = """
title: One
publishedDateTime: 2021-05-25T11:00:00Z
originalUrl: https://a.example/1
webUrl: "https://a.example/1"
ampWebUrl: https://a.example/amp
cdnAmpWebUrl: https://a-example.cdn.ampproject.org/c/s/a.example/amp
secured: "https+//blob=="
provider:
  name: RT
  domain: a.example
  images:
  - {url: https://a.example/logo.png, width: 50, height: 40}
images:
- url: https://a.example/1.jpg
  width: 760
  height: "428"
  isCached: true
- {width: 0, url: https://a.example/2.jpg, height: 1.5, isCached: no}
related:
- title: Two
  webUrl: https://b.example/2
  provider: {domain: b.example}
  images: [{url: https://b.example/2.jpg, isCached: maybe}]
  related:
  - webUrl: https://c.example/too-deep
- webUrl: https://b.example/3
"""


def test_every_url_of_every_field_once_with_its_role_and_field() -> None:
    assert [(link.field, link.role.value, link.url) for link in front_matter(RECORD).links] == [
        ("originalUrl", "web", "https://a.example/1"),
        ("webUrl", "web", "https://a.example/1"),
        ("ampWebUrl", "amp", "https://a.example/amp"),
        ("cdnAmpWebUrl", "amp-cache", "https://a-example.cdn.ampproject.org/c/s/a.example/amp"),
        ("provider.images[0].url", "image", "https://a.example/logo.png"),
        ("images[0].url", "image", "https://a.example/1.jpg"),
        ("images[1].url", "image", "https://a.example/2.jpg"),
        ("related[0].webUrl", "web", "https://b.example/2"),
        ("related[0].images[0].url", "image", "https://b.example/2.jpg"),
        ("related[1].webUrl", "web", "https://b.example/3"),
    ]


def test_what_is_declared_beside_a_url() -> None:
    declared = {link.field: (link.width, link.height, link.is_cached) for link in front_matter(RECORD).links}
    assert declared["provider.images[0].url"] == (50, 40, None)
    assert declared["images[0].url"] == (760, 428, True)
    assert declared["images[1].url"] == (None, None, False)
    assert declared["related[0].images[0].url"] == (None, None, None)
    assert declared["webUrl"] == (None, None, None)


def test_what_an_article_declares() -> None:
    by_field = {link.field: link.article for link in front_matter(RECORD).links}
    one, two, three = by_field["webUrl"], by_field["related[0].webUrl"], by_field["related[1].webUrl"]
    assert one is by_field["images[1].url"]
    assert one is not None
    assert two is not None
    assert three is not None
    assert one[:4] == ("", "One", "2021-05-25T11:00:00Z", "a.example")
    assert two[:4] == ("related[0]", "Two", None, "b.example")
    assert three[:4] == ("related[1]", None, None, None)
    assert [(role.value, field) for role, field, _ in one.urls] == [
        ("web", "originalUrl"),
        ("web", "webUrl"),
        ("amp", "ampWebUrl"),
        ("amp-cache", "cdnAmpWebUrl"),
        ("image", "provider.images[0].url"),
        ("image", "images[0].url"),
        ("image", "images[1].url"),
    ]
    assert two.urls == (
        (Role.WEB, "related[0].webUrl", "https://b.example/2"),
        (Role.IMAGE, "related[0].images[0].url", "https://b.example/2.jpg"),
    )


def test_facts_come_from_where_the_settings_say_the_last_of_doubled_keys_counts_and_bad_dates_do_not() -> None:
    settings = Records(facts=Facts(title="meta.name", published="date", domain="hosts[]"))
    record = front_matter(
        "webUrl: https://a.example/\nmeta: {name: X, name: Y}\ndate: 2021-02-31\nhosts: [h.example, i.example]",
        settings,
    )
    article = record.links[0].article
    assert article is not None
    assert article[1:4] == ("Y", None, "h.example")


class Roles(NamedTuple):
    """Settings, and the (field, role) of what they find in `NESTED`."""

    name: str
    settings: Records
    found: list[tuple[str, str]]


NESTED = """
url: https://a.example/1
note: see https://a.example/not-alone
list: [https://a.example/2, plain, HTTP://a.example/3]
items:
- url: https://a.example/4
  deep: {er: {url: https://a.example/5}}
sections:
- items:
  - {url: https://a.example/6, icon: https://a.example/7}
"""
WEB, IMAGE = Role.WEB, Role.IMAGE
ROLES = [
    Roles("none", Records(roles={}), []),
    Roles(
        "members of a list",
        Records(roles={WEB: ("list[]",)}),
        [("list[0]", "web"), ("list[1]", "web"), ("list[2]", "web")],
    ),
    Roles("lists in lists", Records(roles={WEB: ("sections[].items[].url",)}), [("sections[0].items[0].url", "web")]),
    Roles(
        "articles in lists",
        Records(articles=("sections[].items[]",), roles={WEB: ("url",), IMAGE: ("icon",)}),
        [("sections[0].items[0].url", "web"), ("sections[0].items[0].icon", "image")],
    ),
    Roles(
        "articles that are URLs",
        Records(articles=("list[]",), roles={WEB: (".",)}),
        [(f"list[{n}]", "web") for n in range(3)],
    ),
    Roles(
        "everything",
        Records(roles={WEB: ("**",)}),
        [
            ("url", "web"),
            ("list[0]", "web"),
            ("list[2]", "web"),
            ("items[0].url", "web"),
            ("items[0].deep.er.url", "web"),
            ("sections[0].items[0].url", "web"),
            ("sections[0].items[0].icon", "web"),
        ],
    ),
    Roles(
        "everything, and a path that wins although it is configured later",
        Records(articles=(".", "items[]"), roles={WEB: ("**", "url"), IMAGE: ("list[]", "deep.er.url")}),
        [
            ("url", "web"),
            ("list[0]", "image"),
            ("list[1]", "image"),
            ("list[2]", "image"),
            ("items[0].url", "web"),
            ("items[0].deep.er.url", "image"),
            ("sections[0].items[0].url", "web"),
            ("sections[0].items[0].icon", "web"),
        ],
    ),
    Roles(
        "everything below a key",
        Records(roles={IMAGE: ("sections[].**",)}),
        [("sections[0].items[0].url", "image"), ("sections[0].items[0].icon", "image")],
    ),
    Roles(
        "two paths to one value",
        Records(articles=(".", "items[]"), roles={WEB: ("items[].url", "url")}),
        [("url", "web"), ("items[0].url", "web")],
    ),
]


@pytest.mark.parametrize("case", ROLES, ids=lambda case: case.name)
def test_key_paths(case: Roles) -> None:
    record = front_matter(NESTED, case.settings)
    assert [(link.field, link.role.value) for link in record.links] == case.found
    assert record.problems == ()


def test_a_url_belongs_to_the_innermost_article() -> None:
    record = front_matter(NESTED, Records(articles=(".", "items[]"), roles={WEB: ("**", "items[].url")}))
    articles = {link.field: link.article.field for link in record.links if link.article}
    assert articles["items[0].url"] == "items[0]"
    assert articles["items[0].deep.er.url"] == "items[0]"
    assert articles["sections[0].items[0].url"] == ""


def test_everything_takes_a_text_only_if_it_is_a_url_and_nothing_else() -> None:
    yaml = """
a: '  https://a.example/1 '
b: https://a b
c: ftp://a.example/
d: //a.example
e: 5
f: https://
? {x: https://k}
: https://a.example/2
"""
    record = front_matter(yaml, Records(roles={WEB: ("**",)}))
    assert [(link.field, link.url) for link in record.links] == [
        ("a", "https://a.example/1"),
        ("?", "https://a.example/2"),
    ]
    assert [problem.code for problem in record.problems] == ["url-whitespace"]


@pytest.mark.parametrize("value", ["mailto:a@b.example", "not a url", "5", "true", "/relative", "2021-01-01", "'null'"])
def test_what_a_path_names_is_a_link_whatever_it_is(value: str) -> None:
    record = front_matter(f"webUrl: {value}")
    assert urls(record) == [value.strip("'")]
    assert record.problems == ()


@pytest.mark.parametrize(
    ("yaml", "column", "field", "says"),
    [
        ("images: 5", 9, "images", "`images` is a single value where a list is expected"),
        ("images: {url: https://a.example/}", 9, "images", "is an object where a list"),
        ("related: {}", 10, "related", "is an object where a list"),
        ("related: [[]]", 11, "related[0]", "is a list where an object"),
        ("related: [5]", 11, "related[0]", "is a single value where an object"),
        ("related: [{images: [https://a.example/]}]", 21, "related[0].images[0]", "is a single value where an object"),
        ("provider: RT", 11, "provider", "is a single value where an object"),
        ("webUrl: [https://a.example/]", 9, "webUrl", "is a list where a URL"),
        ("webUrl: {}", 9, "webUrl", "is an object where a URL"),
    ],
)
def test_values_of_the_wrong_kind(yaml: str, column: int, field: str, says: str) -> None:
    record = front_matter(f"title: x\n{yaml}\noriginalUrl: https://ok.example/")
    (problem,) = record.problems
    assert (problem.code, problem.field, problem.line) == ("record-unreadable", field, 3)
    assert says in problem.message
    assert problem.column == column
    assert urls(record) == ["https://ok.example/"]


@pytest.mark.parametrize(
    "yaml", ["images:", "images: []", "images: [~]", "provider: ~", "related: null", "webUrl: ''", "webUrl: ' '"]
)
def test_what_is_absent_or_empty_is_no_problem(yaml: str) -> None:
    assert problems(front_matter(yaml)) == []


@pytest.mark.parametrize("path", ["", "a..b", "a.", ".a", "a[0]", "[]", "a[", "a.**.b", "*", "a.*"])
def test_what_is_no_key_path_is_said_before_anything_is_read(path: str) -> None:
    with pytest.raises(UsageError, match=r"records\.roles\.web: .* is no key path"):
        compile_schema(Records(roles={WEB: (path,)}))
    with pytest.raises(UsageError, match=r"records\.articles"):
        compile_schema(Records(articles=(path,)))
    with pytest.raises(UsageError, match=r"records\.facts\.title"):
        compile_schema(Records(facts=Facts(title=path)))


def test_keys_of_any_length_make_fields_of_bounded_length() -> None:
    record = front_matter(f"? {'k' * 5000}\n: https://a.example/", Records(roles={WEB: ("**",)}))
    assert [len(link.field or "") for link in record.links] == [100]


def test_the_default_settings_are_those_of_the_contract() -> None:
    assert compile_schema(DEFAULT).columns["related[].images[].url"] is Role.IMAGE
