"""Values of a configuration as text that is safe to print anywhere."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

Path = tuple[str | int, ...]

_PASSWORD = re.compile(r"(://[^/?#@:\s]*:)[^/?#@\s]*(?=@)")
"""The password in a URL's authority; RFC 3986, section 3.2.1, says not to show it."""


_AFTER_SCHEME = re.compile(r"(\A\s*[A-Za-z][A-Za-z0-9+.-]{0,20}://)?.*\Z", re.DOTALL)

SECRET = ("notify",)
"""Sections of which no text is shown but the scheme of a URL: a token may stand anywhere in the rest."""


def masked(value: Any, path: Path = ()) -> Any:
    """A value as plain data, with what is secret in its URLs blotted out. `path` is where it stands in the settings."""
    if isinstance(value, str):
        return _AFTER_SCHEME.sub(r"\1***", value) if path[:1] == SECRET else _PASSWORD.sub(r"\1***", value)
    if isinstance(value, Mapping):
        return {masked(str(key)): masked(item, (*path, str(key))) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [masked(item, (*path, number)) for number, item in enumerate(value)]
    if is_dataclass(value) and not isinstance(value, type):
        return masked(asdict(value), path)
    return value


def quote(value: Any, limit: int | None = None, path: Path = ()) -> str:
    """A value on one line of at most `limit` characters: JSON, which is YAML as well, with secrets blotted out.

    What would not show as itself (control characters, bidirectional overrides, lone surrogates) is a YAML escape.
    """
    text = json.dumps(masked(value, path), ensure_ascii=False)
    text = "".join(character if character.isprintable() else f"\\U{ord(character):08x}" for character in text)
    return text if limit is None or len(text) <= limit else text[: limit - 1] + "…"
