"""The configuration checked against its section classes, and their JSON Schema: all that pydantic does here.

It costs a tenth of a second to import, so `load` does that only where a file or the environment says something.
"""

import json
from dataclasses import asdict, is_dataclass
from functools import cache
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from crawler.config import Config
from crawler.config.keys import KeyPath, unknown
from crawler.config.quote import quote

MOST = 101
"""Misfits looked at: one more than `load` shows, since finding out which key was meant takes its time."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"

WORDS = {
    "bool_type": "should be true or false",
    "dataclass_type": "should be a section: keys with values",
    "dict_type": "should be keys with values",
    "float_type": "should be a number",
    "int_type": "should be a whole number",
    "string_type": "should be text, in quotes where it looks like something else",
    "tuple_type": "should be a list, such as [a, b]",
}
"""Plainer words for some of pydantic's errors, by their type; the others say it well enough."""


class Misfit(NamedTuple):
    """A value that can't stand where it stands."""

    path: KeyPath
    message: str


@cache
def _adapter() -> TypeAdapter[Config]:
    return TypeAdapter(Config)


def check(tree: dict[str, Any]) -> tuple[Config | None, list[Misfit]]:
    """The configuration that plain values make, or what is wrong with them: the first `MOST` misfits.

    Checked as JSON, whose strict rules are those a file needs: no text for a number, but a list for a tuple.
    """
    text = json.dumps(tree, default=_plain, ensure_ascii=False).encode(errors="replace")
    try:
        return _adapter().validate_json(text), []
    except ValidationError as error:
        errors = error.errors(include_url=False, include_context=False)[:MOST]
        return None, [_misfit(found["type"], found["loc"], found["msg"], found["input"]) for found in errors]


def json_schema() -> dict[str, Any]:
    """The JSON Schema of `config.yaml`, for editors."""
    return {"$schema": DIALECT, **_adapter().json_schema()}


def _plain(value: Any) -> Any:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)


def _misfit(problem: str, loc: KeyPath, words: str, value: Any) -> Misfit:
    path = tuple(step for step in loc if step != "[key]")
    match problem:
        case "unexpected_keyword_argument":
            return Misfit(path, unknown(path))
        case "missing":
            return Misfit(path, "is missing")
        case "value_error":  # one of our own, in our own words
            return Misfit(path, words.removeprefix("Value error, "))
    shown = (
        "keys with values"
        if isinstance(value, dict)
        else "a list"
        if isinstance(value, list)
        else quote(value, 60, path)
    )
    return Misfit(path, f"{WORDS.get(problem) or words.removeprefix('Input ')}, not {shown}")
