"""YAML documents: aliases, merge keys, odd keys, and the bounds."""

import pytest

from crawler.config import Bounds, Records
from crawler.model.role import Role
from crawler.records.tree import Collection, Mapping, Node, Sequence
from crawler.records.yaml_tree import YamlTree, documents
from tests.records.reading import front_matter, links, markdown, problems, urls, written

BOUNDS = Bounds()


def trees(text: str, bounds: Bounds = BOUNDS) -> list[YamlTree]:
    return [*documents(text, 0, len(text), bounds)]


def plain(tree: YamlTree, node: Node) -> object:
    """A node as dictionaries, lists and strings."""
    if isinstance(node, Mapping):
        return {key: plain(tree, value) for key, value in node.members()}
    if isinstance(node, Sequence):
        return [plain(tree, value) for value in node.items]
    return None if node is None else tree.value(node)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1", {"a": "1"}),
        ("[a, ~, null, '', '~', !!str null]", ["a", None, None, "", "~", "null"]),
        ("a: &x {b: c}\nd: *x", {"a": {"b": "c"}, "d": {"b": "c"}}),
        ("a: &x b\n*x : *x", {"a": "b", "b": "b"}),
        ("a: &x b\nc: &x d\ne: *x", {"a": "b", "c": "d", "e": "d"}),
        ("&k a: *k", {"a": "a"}),
        ("? [a]\n: b\n? {c: d}\n: e", {"?": "e"}),
        ("a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}", {"a": {"b": "1", "c": "2"}, "d": {"c": "3", "b": "1"}}),
        (
            "- &x {a: 1, b: 1}\n- &y {b: 2, c: 2}\n- {<<: [*x, *y], c: 3}",
            [{"a": "1", "b": "1"}, {"b": "2", "c": "2"}, {"c": "3", "a": "1", "b": "1"}],
        ),
        ("- &x {a: 1}\n- &y {<<: *x, b: 2}\n- {<<: *y}", [{"a": "1"}, {"b": "2", "a": "1"}, {"b": "2", "a": "1"}]),
        ("'<<': x", {"<<": "x"}),
        ("<<: 5\na: b", {"a": "b"}),
        ("!!map {a: !!python/object:os.system b}", {"a": "b"}),
        ("- |\n a\n- >+\n b\n\n- 'c'", ["a", "b\n", "c"]),
    ],
)
def test_values(text: str, value: object) -> None:
    (tree,) = trees(text)
    assert plain(tree, tree.root) == value
    assert tree.flaws == []


def test_documents() -> None:
    text = "a: 1\n---\n# nothing\n---\n- b\n...\n%YAML 1.1\n---\nc\n"
    assert [plain(tree, tree.root) for tree in trees(text)] == [{"a": "1"}, ["b"], "c"]


@pytest.mark.parametrize(
    ("text", "bounds", "setting"),
    [
        ("[" * 65, Bounds(), "depth"),
        ("{a: " * 65, Bounds(), "depth"),
        ("- " * 65, Bounds(), "depth"),
        ("a: &a [[]]\nb: &b [*a]\nc: &c [[*b]]\nd: [*c]", Bounds(depth=6), "depth"),
        ("[1, 2, 3]", Bounds(nodes=3), "nodes"),
        ("a: &a [1, 2, 3]\nb: [*a, *a]", Bounds(nodes=14), "nodes"),
        ("a: &a 1\nb: [*a, *a, *a]", Bounds(aliases=2), "aliases"),
        ("---\n" * 5, Bounds(nodes=3), "nodes"),
    ],
)
def test_each_bound_is_named_when_it_is_overrun(text: str, bounds: Bounds, setting: str) -> None:
    tree = trees(text, bounds)[-1]
    assert tree.root is None
    assert f"(records.bounds.{setting})" in tree.flaws[-1].message


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("[" * 64 + "]" * 64, Bounds()),
        ("a: &a [[]]\nb: &b [*a]\nc: &c [[*b]]\nd: [*c]", Bounds(depth=7)),
        ("[1, 2, 3]", Bounds(nodes=4)),
        ("a: &a [1, 2, 3]\nb: [*a, *a]", Bounds(nodes=16)),
        ("a: &a 1\nb: [*a, *a]", Bounds(aliases=2)),
        ("a: &a [1, {x: &c y}]\nb: *c", Bounds(depth=3, nodes=9)),
    ],
)
def test_what_is_within_the_bounds_is_read(text: str, bounds: Bounds) -> None:
    (tree,) = trees(text, bounds)
    assert tree.flaws == []
    assert isinstance(tree.root, Collection)


def test_a_bomb_of_aliases_is_counted_without_being_built() -> None:
    text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
    )
    (tree,) = trees(text)
    assert tree.root is None
    assert "records.bounds.nodes" in tree.flaws[0].message


def test_a_bomb_of_merge_keys_is_counted_too() -> None:
    text = "a0: &a0 {k: x}\n" + "".join(
        f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 30)
    )
    (tree,) = trees(text)
    assert tree.root is None


def test_tag_directives_are_bounded_since_libyaml_compares_each_with_all() -> None:
    text = "".join(f"%TAG !{n}! tag:a\n" for n in range(200)) + "---\na: b\n"
    (tree,) = trees(text)
    assert "%TAG" in tree.flaws[0].message


def test_control_characters_far_into_a_stream_lose_nothing() -> None:
    text = "".join(f"--- {{n: {n}, text: {'x' * 100}}}\n" for n in range(1000)) + "--- \x01\n--- end\n"
    found = trees(text)
    assert len(found) == 1002
    assert [tree.root is not None for tree in found] == [True] * 1002
    (flaw,) = [flaw for tree in found for flaw in tree.flaws]
    assert text[flaw.offset] == "\x01"


def test_a_link_by_alias_stands_where_its_url_is_written() -> None:
    text = (
        "---\nwebUrl: &u https://a.example/\noriginalUrl: *u\nrelated:\n- &r {webUrl: https://b.example/}\n- *r\n---\n"
    )
    found = links(markdown(text))
    assert [(link.field, link.line) for link in found] == [
        ("webUrl", 2),
        ("originalUrl", 2),
        ("related[0].webUrl", 5),
        ("related[1].webUrl", 5),
    ]
    assert [written(text, link) for link in found] == [link.url for link in found]


def test_a_merged_link_is_one_of_each_object_that_merges_it_and_what_it_overrides_is_not() -> None:
    record = front_matter(
        "x: &x {webUrl: https://a.example/, title: T}\nrelated: [{<<: *x}, {<<: *x, webUrl: https://b.example/}]"
    )
    assert [(link.field, link.url, link.article and link.article.title) for link in record.links] == [
        ("related[0].webUrl", "https://a.example/", "T"),
        ("related[1].webUrl", "https://b.example/", "T"),
    ]
    assert problems(record) == []


def test_the_anchor_of_a_key_and_tags_do_not_hide_a_url() -> None:
    assert urls(front_matter("&k !!str webUrl: !!str &v https://a.example/")) == ["https://a.example/"]


def test_no_character_at_all_stops_a_record() -> None:
    everything = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x110000, 7)]))
    record = front_matter(f"webUrl: https://a.example/\nx: {everything!r}\ny: |\n  {everything}")
    assert urls(record) == ["https://a.example/"]


def test_the_deepest_bound_that_can_be_set_can_be_walked() -> None:
    deep = "[" * 198 + "https://a.example/" + "]" * 198
    settings = Records(roles={Role.WEB: ("**",)}, bounds=Bounds(depth=200))
    assert len(links(front_matter(f"a: {deep}", settings))) == 1
