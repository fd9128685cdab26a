"""Settings from environment variables: `CRAWLER_POOL__CONCURRENCY=64` sets `pool.concurrency`.

Two underscores part the steps of a key. What names no key is an error, so that no slip goes unseen; a variable without
two underscores (`CRAWLER_HOME`, or what container platforms set for a service of this name) is none of ours, unless it
would be a key if only its underscores were doubled. A variable that is set to nothing is not set.
"""

from collections.abc import Mapping
from types import UnionType
from typing import Any, Literal, NamedTuple, get_args, get_origin

from crawler.config.keys import KeyPath, bare, is_section, kind_at, kinds, known, unknown
from crawler.config.place import Fault, Place

PREFIX = "CRAWLER_"
NOTHING = ("null", "~")
"""What takes back a text that need not be there, such as a proxy."""


class Setting(NamedTuple):
    """One value for one key, and where it was set."""

    place: Place
    path: KeyPath
    value: Any


def variable(path: tuple[str, ...]) -> str:
    """The variable that sets a key."""
    return PREFIX + "__".join(path).replace("-", "_").upper()


def settings(environ: Mapping[str, str]) -> tuple[list[Setting], list[Fault]]:
    """What the environment sets, by name, and what is wrong with it. Types and bounds are not looked at here."""
    found: list[Setting] = []
    faults: list[Fault] = []
    undoubled = {variable(path).replace("__", "_"): variable(_first_key(path)) for path in known()}
    for name in sorted(name for name in environ if name.startswith(PREFIX) and environ[name].strip()):
        place = Place(name)
        if "__" in name:
            path = _path(name)
            value, wrong = _value(path, environ[name])
            faults += (Fault(place, path, message) for message in wrong)
            if not wrong:
                found.append(Setting(place, path, value))
        elif name in undoubled:
            faults.append(Fault(place, (), f"is not read; two underscores part section and key: {undoubled[name]}"))
    return found, faults


def _first_key(path: tuple[str, ...]) -> tuple[str, ...]:
    """A key, or for a section the first key in it."""
    kind = known()[path]
    return (*path, next(iter(kinds(kind)))) if is_section(kind) else path


def _path(name: str) -> tuple[str, ...]:
    """`CRAWLER_RECORDS__ROLES__AMP_CACHE` is `records.roles.amp-cache`: codes and roles, the keys that are not names
    of settings, are spelled with dashes, which no variable's name can hold."""
    path: tuple[str, ...] = ()
    for step in name.removeprefix(PREFIX).lower().split("__"):
        in_map = get_origin(bare(kind_at(path))) is dict
        path = (*path, step.replace("_", "-") if in_map else step)
    return path


def _value(path: KeyPath, text: str) -> tuple[Any, list[str]]:
    """What a key is set to: text as it stands, anything else as YAML (`[a, b]`, `true`, `0.5`); and what is wrong."""
    kind = bare(kind_at(path))
    if kind is None:
        return None, [unknown(path)]
    if is_section(kind):
        return None, ["is a section; set its keys one by one"]
    if not _is_utf8(text):
        return None, ["is not UTF-8"]
    optional = get_origin(kind) is UnionType
    if kind is str or get_origin(kind) is Literal or (optional and str in get_args(kind)):
        return (None if optional and text in NOTHING else text), []

    from crawler.config.document import read  # YAML only where there is something to read

    document = read(text.encode(), "")
    return document.value, [fault.message for fault in document.faults]


def _is_utf8(text: str) -> bool:
    """Bytes that are not UTF-8 come to us as lone surrogates (PEP 383)."""
    return not any("\ud800" <= character <= "\udfff" for character in text)
