"""Hostile records: whatever is nested, repeated or never closed costs little, and never the process.

They are read in a process of their own, with little stack: what recurses in C kills it, and then nothing is reported.
"""

import json
import subprocess
import sys

import pytest

from crawler.config import Records
from tests.records.reading import markdown

SIZE = 450_000
DEEP = "(records.bounds.depth)"
MANY = "(records.bounds.nodes)"

YAML = {
    "[": ("[" * SIZE, DEEP),
    "{": ("{" * SIZE, DEEP),
    "[ over lines": ("[\n" * (SIZE // 2), DEEP),
    "{a: ": ("{a: " * (SIZE // 4), DEEP),
    "[{": ("[{" * (SIZE // 2), DEEP),
    "[?": ("[? " * (SIZE // 3), DEEP),
    '["a", ': ('["a", ' * (SIZE // 6), DEEP),
    "- ": ("- " * (SIZE // 2), DEEP),
    "? ": ("? " * (SIZE // 2), DEEP),
    "indentation": ("".join(" " * level + "a:\n" for level in range(1000)), DEEP),
    "members": ("[" + "a," * (SIZE // 2), MANY),
    "keys": ("{" + "a," * (SIZE // 2), MANY),
    "lines": ("-\n" * (SIZE // 2), MANY),
    "aliases": ("- &a b\n" + "- *a\n" * (SIZE // 5), "(records.bounds.aliases)"),
    "anchors": ("".join(f"a{number}: &a{number} b\n" for number in range(SIZE // 20)), ""),
    "one anchor": (f"a: &{'x' * SIZE} b", ""),
    "one tag": (f"a: !{'x' * SIZE} b", ""),
    "one key": (f"? {'x' * SIZE}\n: b", ""),
    "one plain value": ("a: " + "x\n  " * (SIZE // 4), ""),
    "one double-quoted value": ('a: "' + "\\n" * (SIZE // 2) + '"', ""),
    "one single-quoted value": ("a: '" + "''" * (SIZE // 2) + "'", ""),
    "one literal value": ("a: |\n" + "  x\n" * (SIZE // 4), ""),
    "never closed": ('a: "' + "x" * SIZE, "never closed"),
    "line ends": ("a: b" + "\n" * SIZE + "c: d", ""),
    "comments": ("#\n" * (SIZE // 2), ""),
    "digits": ("a: " + "7" * SIZE, "digits"),
    "the same key": ("a: b\n" * (SIZE // 20), "more problems"),
    "escapes around a URL": ('webUrl: "' + "\\x20" * (SIZE // 4) + 'https://a.example/"', "white space"),
    "links in one line": ("related: [" + "{webUrl: x}, " * (SIZE // 30) + "]", ""),
}
JSON = {
    "[": ("[" * SIZE, DEEP),
    '{"a":': ('{"a":' * (SIZE // 5), DEEP),
    "members": ("[" + "1," * (SIZE // 2), MANY),
    "never closed": ('["' + "x" * SIZE, "broken JSON"),
    "escapes, never closed": ('["' + "\\n" * (SIZE // 2), "broken JSON"),
    "backslashes": ('["' + "\\" * SIZE, "broken JSON"),
    "white space": (" " * SIZE, "broken JSON"),
    "digits": ("[" + "7" * SIZE + "]", ""),
    "number that is none": ("[" + "7" * SIZE + "x]", "broken JSON"),
}
HTML = {
    "tags, never closed": "<div>\n" + '<a href="' * (SIZE // 50),
    "quotes": "<div>\n" + '<a "' * (SIZE // 50),
    "comments, never closed": "<div>\n" + "<!--" * (SIZE // 50),
    "scripts, never closed": "<div>\n" + "<script>" * (SIZE // 50),
    "attributes": "<div>\n<a " + "x= " * (SIZE // 50),
    "candidates": "<div>\n<img srcset='" + "https://a.example/x (, " * (SIZE // 200),
    "references": "<div>\n<a href='https://a.example/" + "&amp" * (SIZE // 50),
}
BODY = {
    "brackets": "[" * (SIZE // 200),
    "images": "![" * (SIZE // 200),
    "nested links": "[" * 2000 + "a" + "](https://a.example/)" * 2000,
    "destinations": "[a](" * (SIZE // 200),
    "parentheses": "[a](" + "(" * SIZE,
    "definitions": "[a]: https://a.example/\n" * (SIZE // 100),
    "one definition used": "[a]: https://a.example/\n\n" + "[a]" * (SIZE // 200),
    "definitions, never closed": '[a]: b "\n' * (SIZE // 50),
    "quotes": "> " * 200 + "\n" + "> a\n" * (SIZE // 1000),
    "backticks": "".join("a" + "`" * number for number in range(300)),
    "underscores": "[a](https://a.example/) " + "_" * SIZE,
    "brackets beyond the bound": "[" * SIZE,
    **{f"HTML: {name}": text for name, text in HTML.items()},
}

PROGRAM = """
import json, sys, threading
from crawler.config import Bounds, Records
from crawler.records.data import records
from crawler.records.json_tree import document
from crawler.records.markdown import record
from crawler.records.page import Page
from crawler.records.schema import compile_schema

schema = compile_schema(Records())

def read(kind, text):
    if kind == "json":
        page = Page("r.json", text)
        found = [*records([document(text, schema.bounds)], page, schema, False)]
    else:
        found = [record(Page("r.md", f"---\\n{text}\\n---\\n" if kind == "yaml" else "x\\n\\n" + text), schema, [])]
    return [problem.message for one in found for problem in one.problems]

def run():
    for line in sys.stdin:
        name, kind, text = json.loads(line)
        print(json.dumps([name, read(kind, text)]), flush=True)

threading.stack_size(512 * 1024)
thread = threading.Thread(target=run)
thread.start()
thread.join()
"""
CASES = [
    *((f"yaml {name}", "yaml", text, says) for name, (text, says) in YAML.items()),
    *((f"json {name}", "json", text, says) for name, (text, says) in JSON.items()),
    *((f"body {name}", "body", text, "") for name, text in BODY.items()),
]


@pytest.fixture(scope="module")
def messages() -> dict[str, list[str]]:
    """What each case reports, by name; of the case that ends the process, and those after it, nothing."""
    stdin = "".join(json.dumps([name, kind, text]) + "\n" for name, kind, text, _ in CASES)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], input=stdin, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.stderr == ""
    return dict(json.loads(line) for line in done.stdout.splitlines())


@pytest.mark.parametrize(("name", "says"), [(name, says) for name, _, _, says in CASES])
def test_hostile_texts_end_at_a_bound_or_are_read(name: str, says: str, messages: dict[str, list[str]]) -> None:
    assert name in messages
    if says:
        assert says in " ".join(messages[name])
    elif name.startswith("yaml"):
        assert messages[name] == []


def test_a_few_kilobytes_of_aliases_do_not_become_millions_of_links() -> None:
    text = "a0: &a0 [{webUrl: x}]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
    record = markdown(f"---\n{text}related: *a8\n---\n", Records())
    assert record.links == ()
    assert MANY in record.problems[0].message
