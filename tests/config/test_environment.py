"""Variables to settings."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config.environment import PREFIX, settings, variable
from crawler.config.keys import KeyPath, known

SET: dict[str, tuple[str, KeyPath, Any]] = {
    "a number": ("POOL__CONCURRENCY=64", ("pool", "concurrency"), 64),
    "a fraction": ("POOL__DELAY=0.5", ("pool", "delay"), 0.5),
    "a truth": ("RECORDS__BODIES=false", ("records", "bodies"), False),
    "a list": (
        "NETWORK__ALLOW_ADDRESSES=[10.0.0.0/8, 'fd00::/8']",
        ("network", "allow_addresses"),
        ["10.0.0.0/8", "fd00::/8"],
    ),
    "a key three deep": ("RECORDS__BOUNDS__DEPTH=3", ("records", "bounds", "depth"), 3),
    "text that YAML would take for keys": ("FETCH__USER_AGENT=bot: #1", ("fetch", "user_agent"), "bot: #1"),
    "text that looks like a number": ("RECORDS__FACTS__TITLE=5", ("records", "facts", "title"), "5"),
    "a choice": ("RULES__FAIL_ON=never", ("rules", "fail_on"), "never"),
    "an optional text": ("NETWORK__PROXY=http://proxy:3128", ("network", "proxy"), "http://proxy:3128"),
    "an optional text taken back": ("NETWORK__PROXY=null", ("network", "proxy"), None),
    "a code": ("RULES__LEVELS__HTTP_404=off", ("rules", "levels", "http-404"), "off"),
    "a length of time": ("STORE__MAX_AGE=12h", ("store", "max_age"), "12h"),
    "no store": ("STORE__URL=null", ("store", "url"), None),
    "a role": ("RECORDS__ROLES__AMP_CACHE=[cdn]", ("records", "roles", "amp-cache"), ["cdn"]),
    "a table": ("RULES__LEVELS={http-404: off}", ("rules", "levels"), {"http-404": "off"}),
}

WRONG = {
    "an unknown key": ("POOL__CONCURENCY=1", "pool.concurency: unknown key; did you mean pool.concurrency?"),
    "an unknown section": ("POL__CONCURRENCY=1", "pol.concurrency: unknown key; did you mean pool?"),
    "nothing like a key": ("XYZZY__PLUGH=1", "xyzzy.plugh: unknown key"),
    "no key": ("__=1", ".: unknown key"),
    "a key below a key": ("POOL__DELAY__MORE=1", "pool.delay.more: unknown key"),
    "a whole section": ("RECORDS__BOUNDS={depth: 3}", "records.bounds: is a section; set its keys one by one"),
    "one underscore": (
        "POOL_CONCURRENCY=1",
        "is not read; two underscores part section and key: CRAWLER_POOL__CONCURRENCY",
    ),
    "a section alone": ("POOL=1", "is not read; two underscores part section and key: CRAWLER_POOL__CONCURRENCY"),
    "no YAML": ("POOL__DELAY=[", "pool.delay: not YAML"),
    "bytes that are not UTF-8": ("FETCH__USER_AGENT=\udcff", "fetch.user_agent: is not UTF-8"),
}

OTHERS = ["CRAWLER_HOME", "CRAWLER_SERVICE_HOST", "CRAWLER_PORT_80_TCP", "CRAWLER", "PATH", "MY_CRAWLER_POOL__DELAY"]


def environ(assignment: str) -> dict[str, str]:
    name, _, value = assignment.partition("=")
    return {PREFIX + name: value}


@pytest.mark.parametrize(("assignment", "path", "value"), SET.values(), ids=SET)
def test_what_a_variable_sets(assignment: str, path: KeyPath, value: Any) -> None:
    found, faults = settings(environ(assignment))
    assert [(setting.path, setting.value) for setting in found] == [(path, value)]
    assert type(found[0].value) is type(value)
    assert not faults


@pytest.mark.parametrize(("assignment", "words"), WRONG.values(), ids=WRONG)
def test_a_variable_that_sets_nothing_is_said(assignment: str, words: str) -> None:
    found, (fault,) = settings(environ(assignment))
    assert str(fault).startswith(f"{PREFIX}{assignment.partition('=')[0]}: {words}")
    assert not found


@pytest.mark.parametrize("name", OTHERS)
def test_other_programs_variables_are_left_alone(name: str) -> None:
    assert settings({name: "1"}) == ([], [])


@pytest.mark.parametrize("value", ["", "  "])
def test_a_variable_set_to_nothing_is_not_set(value: str) -> None:
    assert settings({"CRAWLER_POOL__DELAY": value, "CRAWLER_XYZZY__PLUGH": value}) == ([], [])


@pytest.mark.parametrize("path", [path for path in known() if len(path) > 1])
def test_every_key_has_a_variable(path: tuple[str, ...]) -> None:
    found, faults = settings({variable(path): "x"})
    assert [*(setting.path for setting in found), *(fault.path for fault in faults)] == [path]


@given(st.text(alphabet="POLDEAY_X0", max_size=20), st.text(max_size=30))
def test_whatever_is_set_is_read_refused_or_left(name: str, value: str) -> None:
    found, faults = settings({PREFIX + name: value})
    places = [*(setting.place for setting in found), *(fault.place for fault in faults)]
    assert {str(place) for place in places} <= {PREFIX + name}
