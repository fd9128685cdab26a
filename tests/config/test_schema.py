"""The JSON Schema, and what the thorough check says."""

import re
from dataclasses import fields
from typing import Any

import pytest

from crawler.config import Config
from crawler.config.keys import dotted, kinds
from crawler.config.schema import check, json_schema

MISFITS: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown section": ({"pol": {}}, "pol: unknown key; did you mean pool?"),
    "an unknown key": ({"pool": {"per_hots": 1}}, "pool.per_hots: unknown key; did you mean pool.per_host?"),
    "a key in no section": ({"timeout": 1}, "timeout: unknown key; did you mean fetch.timeout?"),
    "a key like no other": ({"pool": {"xyzzy": 1}}, "pool.xyzzy: unknown key"),
    "a key of an item": (
        {"rules": {"exempt": [{"url": "x", "reason": "y", "utnil": "2026-01-01"}]}},
        "rules.exempt[0].utnil: unknown key; did you mean rules.exempt[0].until?",
    ),
    "a missing key": ({"rules": {"exempt": [{"url": "x"}]}}, "rules.exempt[0].reason: is missing"),
    "an unknown role": (
        {"records": {"roles": {"wbe": ["x"]}}},
        "records.roles.wbe: should be 'web', 'amp', 'amp-cache' or 'image', not \"wbe\"",
    ),
    "a level": (
        {"rules": {"levels": {"http-404": "fatal"}}},
        "rules.levels.http-404: should be 'error', 'warning', 'info' or 'off', not \"fatal\"",
    ),
    "text for a number": ({"pool": {"per_host": "2"}}, 'pool.per_host: should be a whole number, not "2"'),
    "a fraction": ({"pool": {"per_host": 1.5}}, "pool.per_host: should be a whole number, not 1.5"),
    "truth for a number": ({"pool": {"delay": True}}, "pool.delay: should be a number, not true"),
    "infinity": ({"pool": {"delay": float("inf")}}, "pool.delay: should be a finite number, not Infinity"),
    "too little": ({"pool": {"concurrency": 0}}, "pool.concurrency: should be greater than 0, not 0"),
    "too much": ({"fetch": {"retries": 21}}, "fetch.retries: should be less than or equal to 20, not 21"),
    "a number for truth": ({"records": {"bodies": 1}}, "records.bodies: should be true or false, not 1"),
    "a number for text": (
        {"network": {"proxy": 8080}},
        "network.proxy: should be text, in quotes where it looks like something else, not 8080",
    ),
    "text for a list": (
        {"network": {"connect_to": "a:1:b:2"}},
        'network.connect_to: should be a list, such as [a, b], not "a:1:b:2"',
    ),
    "a list for a table": ({"rules": {"levels": ["x"]}}, "rules.levels: should be keys with values, not a list"),
    "text for a section": ({"pool": "big"}, 'pool: should be a section: keys with values, not "big"'),
    "a section for a number": ({"pool": {"delay": {}}}, "pool.delay: should be a number, not keys with values"),
    "no length of time": (
        {"store": {"max_age": "soon"}},
        "store.max_age: 'soon' is no length of time: write 90s, 30m, 12h, 7d, 2w, 1h30m or plain seconds",
    ),
    "a length that goes back": ({"store": {"keep": -1}}, "store.keep: should be greater than or equal to 0, not -1"),
    "a length deep down": (
        {"schedule": {"confirm": {"span": "36501d"}}},
        "schedule.confirm.span: '36501d' is longer than a hundred years",
    ),
    "truth for a length": ({"schedule": {"alive": True}}, "schedule.alive: should be a number, not true"),
    "a list for an item": (
        {"rules": {"exempt": [[]]}},
        "rules.exempt[0]: should be a section: keys with values, not a list",
    ),
}


@pytest.mark.parametrize(("tree", "words"), MISFITS.values(), ids=MISFITS)
def test_what_does_not_fit_is_said_plainly(tree: dict[str, Any], words: str) -> None:
    config, misfits = check(tree)
    assert config is None
    assert [f"{dotted(path)}: {message}" for path, message in misfits] == [words]


def test_a_long_value_is_cut_and_its_password_not_shown() -> None:
    _, ((_, message),) = check({"network": {"connect_to": "http://me:secret@" + "x" * 10_000}})
    assert "secret" not in message
    assert len(message) < 120


def test_an_override_of_bytes_that_are_not_utf8_does_no_harm() -> None:
    config, _ = check({"network": {"proxy": "http://\udc80/"}})
    assert config is not None


def test_the_schema_describes_every_key_and_its_bounds() -> None:
    schema = json_schema()
    described = {**schema["$defs"], "Config": schema}
    for section in (Config, *(kind for kind in map(type, _sections(Config())))):
        for name in kinds(section):
            entry = described[section.__name__]["properties"][name]
            assert "description" in entry or "$ref" in entry, f"{section.__name__}.{name} has no docstring"
        assert described[section.__name__]["additionalProperties"] is False
    assert described["Pool"]["properties"]["concurrency"]["maximum"] == 10_000
    assert schema["$schema"].endswith("draft/2020-12/schema")


def test_the_schema_takes_a_length_of_time_either_way() -> None:
    number, text = json_schema()["$defs"]["Schedule"]["properties"]["alive"]["anyOf"]
    assert (number["type"], number["minimum"], text["type"]) == ("number", 0, "string")
    for length in ("7d", "1h30m", "90", "0.5h"):
        assert re.search(text["pattern"], length), length
    for nonsense in ("", "soon", "30m1h", "7 d", "-1d"):
        assert not re.search(text["pattern"], nonsense), nonsense


def _sections(holder: Any) -> list[Any]:
    below = [getattr(holder, key.name) for key in fields(holder)]
    sections = [value for value in below if hasattr(value, "__dataclass_fields__")]
    return [*sections, *(deeper for section in sections for deeper in _sections(section))]
