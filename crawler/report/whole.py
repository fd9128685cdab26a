"""Values for JSON with no half of a surrogate pair in them (RFC 8259, section 8.2)."""

from typing import Any


def whole(value: Any) -> Any:
    """The same value, in which a lone surrogate has become U+FFFD; tuples become lists."""
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, dict):
        return {key: whole(item) for key, item in value.items()}
    return [whole(item) for item in value] if isinstance(value, list | tuple) else value
