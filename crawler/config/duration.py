"""Lengths of time as people write them: `90s`, `12h`, `7d`, `1h30m`, or a plain number of seconds."""

import re
from typing import Annotated, Any, get_args

from crawler.config.bounds import Ge, Le

SECONDS = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1}
"""Seconds of each unit, longest first: the order in which they may be combined."""

LONGEST = 100 * 365 * SECONDS["d"]
"""Seconds of a hundred years. More is a slip of the finger, and would leave the range of dates when added to now."""

_NUMBER = r"\d{1,12}(?:\.\d{1,9})?"
_FORM = re.compile("".join(rf"(?:(?P<{unit}>{_NUMBER}){unit})?" for unit in SECONDS), re.ASCII)
_PLAIN = re.compile(_NUMBER, re.ASCII)


def duration(text: str) -> float:
    """The seconds that a length of time takes.

    Units are `w`, `d`, `h`, `m` (minutes) and `s`, each at most once, longest first; a number alone is seconds.
    Raises ValueError with a message for the person who wrote it.
    """
    written = text.strip().lower()
    if _PLAIN.fullmatch(written):
        seconds = float(written)
    elif written and (parts := _FORM.fullmatch(written)):
        seconds = sum(float(number) * SECONDS[unit] for unit, number in parts.groupdict().items() if number)
    else:
        raise ValueError(f"{text[:40]!r} is no length of time: write 90s, 30m, 12h, 7d, 2w, 1h30m or plain seconds")
    if seconds > LONGEST:
        raise ValueError(f"{text[:40]!r} is longer than a hundred years")
    return seconds


def written(seconds: float) -> str:
    """A length of time in the largest unit that needs no fraction: `7d`, `36h`, `0.5s`; what `duration` reads again.

    In units up to days, as most people write them; `seconds` is none that `duration` would refuse.
    """
    for unit in "dhm":
        if seconds and seconds % SECONDS[unit] == 0:
            return f"{seconds / SECONDS[unit]:.0f}{unit}"
    text = f"{seconds:.9f}".rstrip("0").rstrip(".")
    return f"{text}s" if seconds else text


class Units:
    """Marks a number of seconds that may also be written with units."""

    __slots__ = ()

    @staticmethod
    def read(value: Any) -> Any:
        """The seconds that text stands for, and anything else as it is. Raises ValueError as `duration` does."""
        return duration(value) if isinstance(value, str) else value

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic import BeforeValidator  # which is loaded by whoever asks for this

        return BeforeValidator(self.read).__get_pydantic_core_schema__(source, handler)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        """A number, or text of the form; its units are written in lower case, as everywhere in the documents."""
        units = "".join(f"({_PLAIN.pattern}{unit})?" for unit in SECONDS)
        return {"anyOf": [handler(schema), {"type": "string", "pattern": f"^(?:{_PLAIN.pattern}|(?=.){units})$"}]}


Duration = Annotated[float, Ge(0), Le(LONGEST), Units()]
"""The type of a setting that is a length of time, in seconds."""


def is_duration(kind: Any) -> bool:
    """Whether an annotation is that of a length of time."""
    return any(isinstance(note, Units) for note in get_args(kind))
