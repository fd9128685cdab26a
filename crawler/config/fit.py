"""The configuration built from plain values that are certainly right, in a millisecond.

Every run with a configuration would otherwise wait a tenth of a second for pydantic to be imported, and that is only
worth it where something is wrong or in doubt: then `schema.check` decides, and finds the words. What is built here is
always what it would build.
"""

from enum import Enum
from math import isfinite
from types import UnionType
from typing import Annotated, Any, Literal, get_args, get_origin

from crawler.config import Config
from crawler.config.bounds import Bound
from crawler.config.duration import Units, is_duration
from crawler.config.keys import is_section, kinds


class _DoubtError(Exception):
    """A value that is not certainly right."""


def fit(tree: dict[str, Any]) -> Config | None:
    """The configuration that plain values make; None where that is not certain."""
    try:
        config: Config = _fit(Config, tree)
    except _DoubtError:
        return None
    return config


def _fit(kind: Any, value: Any) -> Any:
    if is_duration(kind):
        value = _seconds(value)
    kind, *notes = get_args(kind) if get_origin(kind) is Annotated else (kind,)
    bounds = [note for note in notes if not isinstance(note, Units)]
    if isinstance(kind, type) and get_origin(kind) is None:
        fitted = _simple(kind, value)
    else:
        fitted = _composed(get_origin(kind), get_args(kind), value)
    if all(isinstance(bound, Bound) and bound.holds(fitted) for bound in bounds):
        return fitted
    raise _DoubtError


def _seconds(value: Any) -> Any:
    try:
        return Units.read(value)
    except ValueError:
        raise _DoubtError from None


def _simple(kind: type, value: Any) -> Any:
    if type(value) is kind and not (isinstance(value, float) and not isfinite(value)):
        return value
    if kind is float and type(value) is int and abs(value) < 2**53:  # beyond that, not every integer is a float
        return float(value)
    if is_section(kind) and type(value) is dict and value.keys() <= kinds(kind).keys():
        try:
            return kind(**{name: _fit(kinds(kind)[name], below) for name, below in value.items()})
        except TypeError:  # a key without a default is missing
            raise _DoubtError from None
    if issubclass(kind, Enum) and value in list(kind):
        return kind(value)
    raise _DoubtError


def _composed(origin: Any, args: tuple[Any, ...], value: Any) -> Any:
    if origin is Literal and type(value) is str and value in args:
        return value
    if origin is UnionType:
        for kind in args:
            if type(value) is kind:
                return value
    if origin is tuple and args[1:] == (...,) and type(value) in (list, tuple):
        return tuple(_fit(args[0], item) for item in value)
    if origin is dict and type(value) is dict:
        return {_fit(args[0], key): _fit(args[1], item) for key, item in value.items()}
    raise _DoubtError
