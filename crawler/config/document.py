"""One YAML document as plain values, each with the line it stands on.

Read from libyaml's events, without PyYAML's composer: that one recurses in C and brings the process down on deep
nesting, and a configuration may come from anybody's pull request. Scalars follow the core schema of YAML 1.2 (10.3.2),
under which `off` and `no` are text and only `true` and `false` are truth values: `http-404: off` is a level here.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import yaml
from yaml import CSafeLoader
from yaml.events import (
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from crawler.config.keys import KeyPath
from crawler.config.place import Fault, Place
from crawler.config.quote import quote

BYTES = 1_000_000
DEPTH = 20
VALUES = 50_000
"""Bounds of a document: a configuration with a thousand exemptions is a tenth of that and five deep."""

TOO_DEEP = "exceeded maximum nesting depth"
"""What libyaml says beyond a thousand levels, from 0.2.6 on: it reads ahead of whoever counts them."""

_TEXT = "tag:yaml.org,2002:str"
_PLAIN: tuple[tuple[re.Pattern[str], Callable[[str], Any]], ...] = (
    (re.compile(r"~|null|Null|NULL|"), lambda text: None),
    (re.compile(r"true|True|TRUE"), lambda text: True),
    (re.compile(r"false|False|FALSE"), lambda text: False),
    (re.compile(r"[-+]?[0-9]{1,100}"), int),
    (re.compile(r"0o[0-7]{1,100}|0x[0-9a-fA-F]{1,100}"), lambda text: int(text, 0)),
    (re.compile(r"[-+]?(?:\.[0-9]{1,100}|[0-9]{1,100}(?:\.[0-9]{0,100})?)(?:[eE][-+]?[0-9]{1,3})?"), float),
    (re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"), lambda text: float(text.replace(".", ""))),
)
"""What an unquoted scalar is, first match first; anything else is text."""


class Document(NamedTuple):
    """What was read, as far as it could be."""

    value: Any
    """None, bool, int, float, str, or lists and dicts (keys are text) of these; None for an empty document."""
    places: dict[KeyPath, Place]
    """Where every value stands, at its key where it has one."""
    faults: list[Fault]


class _UnreadableError(Exception):
    """Reading can't go on; the fault that says why is noted."""


class _Reader:
    """Builds values from the events of one text; recursion is bounded by `DEPTH`."""

    def __init__(self, text: str, name: str) -> None:
        self.events = yaml.parse(text, Loader=CSafeLoader)
        self.name = name
        self.places: dict[KeyPath, Place] = {}
        self.faults: list[Fault] = []

    def place(self, event: Event) -> Place:
        return Place(self.name, event.start_mark.line + 1 if event.start_mark else 0)

    def fault(self, event: Event, path: KeyPath, message: str) -> None:
        self.faults.append(Fault(self.place(event), path, message))

    def document(self) -> Any:
        value = None
        for count, event in enumerate(e for e in self.events if isinstance(e, DocumentStartEvent)):
            if count:
                self.fault(event, (), "a second document begins here; a configuration is one")
                raise _UnreadableError
            value = self.value(next(self.events), ())
        return value

    def value(self, event: Event, path: KeyPath) -> Any:
        self.places.setdefault(path, self.place(event))
        if len(path) > DEPTH:
            self.fault(event, path[:3], f"is nested more than {DEPTH} levels deep")
            raise _UnreadableError
        if len(self.places) > VALUES:
            self.fault(event, (), f"more than {VALUES} values")
            raise _UnreadableError
        if (tag := getattr(event, "tag", None)) not in (None, "!", _TEXT):
            self.fault(event, path, f"has the tag {quote(tag, 60)}; tags have no meaning here")
        match event:
            case ScalarEvent():
                return self.scalar(event)
            case SequenceStartEvent():
                return self.sequence(path)
            case MappingStartEvent():
                return self.mapping(path)
        self.fault(event, path, "is an alias; anchors and aliases are not followed here")
        return None

    def scalar(self, event: ScalarEvent) -> Any:
        if event.implicit[0] and event.tag is None:  # neither quoted nor tagged
            for form, make in _PLAIN:
                if form.fullmatch(event.value):
                    return make(event.value)
        return event.value

    def sequence(self, path: KeyPath) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            items.append(self.value(event, (*path, len(items))))
        return items

    def mapping(self, path: KeyPath) -> dict[str, Any]:
        items: dict[str, Any] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            name = event.value if isinstance(event, ScalarEvent) else "?"
            here = (*path, name)
            if not isinstance(event, ScalarEvent):
                self.fault(event, path, "has a key that is no text")
                self.value(event, here)
            elif name in items:
                self.fault(event, here, f"stands twice; first on line {self.places[here].line}")
            self.places.setdefault(here, self.place(event))
            items.setdefault(name, self.value(next(self.events), here))
        return items


def read(raw: bytes, name: str) -> Document:
    """Read one document, UTF-8 with or without a BOM. Never raises for what stands in it: that is among the faults."""

    def hopeless(line: int, message: str) -> Document:
        return Document(None, {}, [Fault(Place(name, line), (), message)])

    if len(raw) > BYTES:
        return hopeless(1, f"larger than {BYTES} bytes, too much for a configuration")
    try:
        text = raw.decode("utf-8-sig")
        reader = _Reader(text, name)
        value = reader.document()
    except UnicodeDecodeError as error:
        return hopeless(raw.count(b"\n", 0, error.start) + 1, "not UTF-8")
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        too_deep = error.problem == TOO_DEEP
        return hopeless(line, f"is nested more than {DEPTH} levels deep" if too_deep else f"not YAML: {error.problem}")
    except yaml.YAMLError as error:  # a character that YAML does not allow: the one error without a mark
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        return hopeless(line, f"not YAML: {getattr(error, 'reason', error)}")
    except _UnreadableError:
        value = None
    return Document(value, reader.places, reader.faults)
