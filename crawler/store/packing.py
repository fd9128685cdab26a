"""Values as JSON lists of their fields in order, and back: the cheapest form there is, and a compact one.

Fields are only ever added, at the end and with a default: then what was written before reads as before, and needs no
migration. Any other change of a value that is packed is one (`tests/store/test_packing.py` knows their fields).
"""

from typing import Any, Generic, TypeVar

from crawler.errors import RunError
from crawler.model.value import Value
from crawler.store.text import dumps, parse

Packed = TypeVar("Packed", bound=tuple[Any, ...] | Value)


class Packing(Generic[Packed]):
    """Packs the values of one NamedTuple or `Value`, whose fields hold what JSON does, or tuples of that."""

    def __init__(self, kind: type[Packed], *, tuples: tuple[str, ...] = ()) -> None:
        """`tuples` are the fields that hold one."""
        names: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
        self._kind = kind
        self._length = len(names)
        self._tuples = tuple(map(names.index, tuples))

    def pack(self, value: Packed) -> str:
        """JSON."""
        return dumps(tuple(value))

    def unpack(self, text: str) -> Packed:
        """From what `pack` gave."""
        return self.value(parse(text))

    def value(self, fields: list[Any]) -> Packed:
        """From what its JSON held. Raises RunError where that makes no such value."""
        for index in self._tuples:
            if index < len(fields):
                fields[index] = tuple(fields[index])
        try:
            return self._kind(*fields[: self._length])
        except TypeError as error:
            raise RunError(f"the store holds a {self._kind.__name__} this program can't read: {error}") from error
