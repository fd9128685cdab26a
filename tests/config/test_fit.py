"""The quick way to a configuration leads where the thorough one does, or nowhere."""

from dataclasses import asdict, is_dataclass
from math import isfinite
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import Config
from crawler.config.duration import LONGEST, is_duration, written
from crawler.config.fit import fit
from crawler.config.keys import bare, known
from crawler.config.schema import check
from crawler.model.role import Role

ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 20_000)
    | st.sampled_from([2**53 - 1, 2**53 + 1, 10**400, -0.0, 1e308])
    | st.floats()
    | st.sampled_from([*Role, "error", "off", "never", "web", "5", "true", ""])
    | st.text(max_size=5),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(st.sampled_from([*Role, "url", "reason", "codes", "until", "x"]), below, max_size=4)
    ),
    max_leaves=6,
)


def usual(kind: Any) -> st.SearchStrategy[Any]:
    """Values of about the right kind for a key: mostly right, now and then beyond a bound."""
    if is_duration(kind):
        lengths = st.floats(0, LONGEST).map(written)
        return st.integers(-2, 2 * LONGEST) | lengths | st.sampled_from(["", "7 d", " 1H30M ", "9e3", "٣d", "36501d"])
    kind = bare(kind)
    match get_origin(kind):
        case None if is_dataclass(kind):
            return st.fixed_dictionaries({"url": st.text()}, optional={"reason": st.text(), "codes": ANYTHING})
        case None:
            return {
                int: st.integers(-2, 10_001),
                float: st.integers(-2, 400) | st.floats(-1, 400),
                bool: st.booleans(),
                str: st.text(max_size=5),
                Role: st.sampled_from([role.value for role in Role]),
                NoneType: st.none(),
            }[kind]
        case origin if origin is Literal:
            return st.sampled_from(get_args(kind))
        case origin if origin is UnionType:
            return st.one_of(*map(usual, get_args(kind)))
        case origin if origin is dict:
            return st.dictionaries(*map(usual, get_args(kind)), max_size=3)
        case _:
            return st.lists(usual(get_args(kind)[0]), max_size=3)


KEYS = {path: kind for path, kind in known().items() if not is_dataclass(kind)}


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Any]:
    """A few keys set, to what is mostly right and sometimes anything."""
    tree: dict[str, Any] = {}
    for path in draw(st.lists(st.sampled_from(sorted(KEYS)), unique=True, max_size=4)):
        node = tree
        for step in path[:-1]:
            node = node.setdefault(step, {})
        node[path[-1]] = draw(usual(KEYS[path]) if draw(st.integers(0, 4)) else ANYTHING)
    return tree


@given(trees())
def test_what_fits_is_what_the_thorough_check_builds(tree: dict[str, Any]) -> None:
    fitted = fit(tree)
    checked, misfits = check(tree)
    if fitted is not None:
        assert fitted == checked
        assert repr(fitted) == repr(checked)  # 1 is not 1.0 here
    else:
        assert checked is None or not misfits


@given(st.sampled_from(sorted(KEYS)), st.data())
def test_what_the_thorough_check_accepts_fits(path: tuple[str, ...], data: st.DataObject) -> None:
    value = data.draw(usual(KEYS[path]))
    tree: dict[str, Any] = {path[-1]: value}
    for step in reversed(path[:-1]):
        tree = {step: tree}
    checked, _ = check(tree)
    assert fit(tree) == checked


@given(ANYTHING)
def test_a_tree_of_anything_is_decided_alike(value: Any) -> None:
    tree = value if isinstance(value, dict) else {"pool": value}
    assert (fit(tree) is not None) == (check(tree)[0] is not None)


def test_all_defaults_fit() -> None:
    assert fit(asdict(Config())) == Config()


@pytest.mark.parametrize("value", [float("inf"), float("nan")])
def test_a_number_without_end_never_fits(value: float) -> None:
    assert not isfinite(value)
    assert fit({"pool": {"delay": value}}) is None
    assert check({"pool": {"delay": value}})[0] is None
