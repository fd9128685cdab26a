"""The keys that can be set, read off the section classes: a section or key added there is known everywhere at once."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from crawler.config import Config

KeyPath = tuple[str | int, ...]
"""Where a value stands: `("rules", "exempt", 0, "url")`."""


def dotted(path: KeyPath) -> str:
    """A path as people write it: `rules.exempt[0].url`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


@cache
def kinds(section: type) -> dict[str, Any]:
    """Each key of a section class with its annotation, bounds included."""
    hints = get_type_hints(section, include_extras=True)
    return {key.name: hints[key.name] for key in fields(section)}


def bare(kind: Any) -> Any:
    """An annotation without its bounds."""
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def is_section(kind: Any) -> bool:
    """Whether an annotation is a section class, rather than the type of a value."""
    return isinstance(kind, type) and is_dataclass(kind)


def kind_at(path: KeyPath) -> Any:
    """The annotation of what stands at a path, a section class for a section; None where nothing can stand."""
    kind: Any = Config
    for step in path:
        kind = bare(kind)
        if is_section(kind):
            kind = kinds(kind).get(str(step))
        elif get_origin(kind) is dict:
            kind = get_args(kind)[1]
        elif get_origin(kind) is tuple and isinstance(step, int):
            kind = get_args(kind)[0]
        else:
            return None
    return kind


@cache
def known() -> dict[tuple[str, ...], Any]:
    """The annotation of every section and key, by path, each section ahead of its keys."""

    def walk(section: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
        for name, kind in kinds(section).items():
            yield (*path, name), kind
            if is_section(kind):
                yield from walk(kind, (*path, name))

    return dict(walk(Config, ()))


def unknown(path: KeyPath) -> str:
    """What to say of a key that does not exist, with the one that was most likely meant."""
    meant = nearest(path)
    return "unknown key" if meant is None else f"unknown key; did you mean {dotted(meant)}?"


def nearest(path: KeyPath) -> KeyPath | None:
    """What was most likely meant by the first step of a path that does not exist: a sibling, or a key of this name in
    another section; None where nothing is close."""
    from difflib import get_close_matches  # only needed once something is wrong

    known_steps = next(length for length in range(len(path)) if kind_at(path[: length + 1]) is None)
    above, name = path[:known_steps], str(path[known_steps])
    section = kind_at(above)
    if is_section(section) and (near := get_close_matches(name, kinds(section), 1)):
        return (*above, near[0])
    elsewhere = {key[-1]: key for key in known()}
    near = get_close_matches(name, elsewhere, 1, cutoff=0.8)
    return elsewhere[near[0]] if near else None
