"""Values of a configuration as text that is safe to print anywhere."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

_PASSWORD = re.compile(r"(://[^/?#@:\s]*:)[^/?#@\s]*(?=@)")
"""The password in a URL's authority; RFC 3986, section 3.2.1, says not to show it."""


def masked(value: Any) -> Any:
    """A value as plain data, with the passwords in its URLs blotted out."""
    if isinstance(value, str):
        return _PASSWORD.sub(r"\1***", value)
    if isinstance(value, Mapping):
        return {masked(str(key)): masked(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [masked(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return masked(asdict(value))
    return value


def quote(value: Any, limit: int | None = None) -> str:
    """A value on one line of at most `limit` characters: JSON, which is YAML as well, with passwords blotted out.

    What would not show as itself (control characters, bidirectional overrides, lone surrogates) is a YAML escape.
    """
    text = json.dumps(masked(value), ensure_ascii=False)
    text = "".join(character if character.isprintable() else f"\\U{ord(character):08x}" for character in text)
    return text if limit is None or len(text) <= limit else text[: limit - 1] + "…"
