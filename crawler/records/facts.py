"""What a record declares beside its URLs."""

import re

WIDTH, HEIGHT, CACHED = DECLARED = ("width", "height", "isCached")
"""The members of the object with the URL that say something of what it leads to."""
FACT_LIMIT = 1_000
"""Characters of a title, date or domain that are kept."""
_PIXELS = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
_BOOLEANS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
"""yaml.org/type/bool.html, without the single letters that no loader takes."""


def pixels(value: str | None) -> int | None:
    """A width or height; None for what is no positive whole number."""
    return int(value) if value and _PIXELS.fullmatch(value) else None


def boolean(value: str | None) -> bool | None:
    """A truth value; None for any other."""
    return _BOOLEANS.get(value.lower()) if value else None


def cut(value: str | None) -> str | None:
    """A text for the article; None for an empty one."""
    return value[:FACT_LIMIT] if value else None
