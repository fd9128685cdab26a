"""What a part of the settings is: a frozen dataclass, made by `section` out of what all of them share.

`dataclass(frozen=True)` writes six functions for each class and has Python compile them: at fifteen sections, a
twentieth of the time in which the program starts. Here they are written once.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

__all__ = ["Section", "section"]


class Section:
    """What all sections share: how they are made, compared and shown, and how pydantic checks and describes them. No
    unknown key, no type that is merely near.
    """

    __pydantic_config__: ClassVar[dict[str, object]] = {
        "extra": "forbid",
        "strict": True,
        "allow_inf_nan": False,
        "use_attribute_docstrings": True,
    }

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    if not TYPE_CHECKING:  # a type checker has its own for dataclasses, by the fields of each

        def __init__(self, *values: Any, **named: Any) -> None:
            """As of a dataclass: TypeError for a field that has no value, or too many, or is not there."""
            fields = self.__dataclass_fields__
            given = dict(zip(fields, values))  # noqa: B905, what is left over is found below
            if len(values) > len(fields) or not given.keys().isdisjoint(named) or not named.keys() <= fields.keys():
                raise TypeError(f"{type(self).__name__} takes {', '.join(fields)}, each at most once")
            given |= named
            for name, field in fields.items():
                if name in given:
                    value = given[name]
                elif field.default is not MISSING:
                    value = field.default
                elif field.default_factory is not MISSING:
                    value = field.default_factory()
                else:
                    raise TypeError(f"{type(self).__name__} lacks {name}")
                self.__dict__[name] = value

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        return self.__dict__ == other.__dict__ if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__[name] for name in self.__dataclass_fields__))

    def __repr__(self) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"


if TYPE_CHECKING:
    from dataclasses import dataclass as section
else:

    def section(*, frozen: Literal[True]) -> Callable[[type], type]:
        """Makes a section of a class; to whoever looks, it is what `dataclass` would have made."""
        return dataclass(init=False, repr=False, eq=False)
