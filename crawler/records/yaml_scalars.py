"""Plain scalars that YAML 1.1 makes something of, which then cannot be made."""

import re
import sys
from datetime import date

_TIMESTAMP = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)"
    r"(?:(?:[Tt]|[ \t]+)(?P<hour>\d\d?):(?P<minute>\d\d):(?P<second>\d\d)(?:\.\d*)?"
    r"(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)?",
    re.ASCII,
)
"""yaml.org/type/timestamp.html."""
_INTEGER = re.compile(r"[-+]?[1-9][0-9_]*", re.ASCII)
_SHORTEST = 8
"""Nothing shorter is a timestamp, or too large a number."""


def unconstructible(value: str) -> str | None:
    """What is wrong with a plain scalar that a YAML loader would fail to turn into a date or a number, else None.

    Such a value is a problem of the record, since every other program that reads it stops there; here it stops nothing.
    """
    if len(value) < _SHORTEST or not (value[0].isdigit() or value[0] in "+-"):
        return None
    if found := _TIMESTAMP.fullmatch(value):
        a_string = found["hour"] is None and len(value) != len("2021-02-31")
        return None if a_string or _exists(found) else "a date or time that does not exist"
    limit = sys.get_int_max_str_digits()
    if limit and len(value) > limit and _INTEGER.fullmatch(value):
        return f"a number of {len(value):,} digits"
    return None


def _exists(found: re.Match[str]) -> bool:
    try:
        date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return False
    return int(found["hour"] or 0) < 24 and int(found["minute"] or 0) < 60 and int(found["second"] or 0) < 60
