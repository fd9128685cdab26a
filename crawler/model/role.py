"""What a URL is used as, which decides what it must answer."""

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """The use that a record makes of a URL; the value is the word in configuration and reports."""

    WEB = "web"
    AMP = "amp"
    AMP_CACHE = "amp-cache"
    IMAGE = "image"


WEB: Final = Role.WEB
IMAGE: Final = Role.IMAGE
"""For what every link goes through: up to Python 3.11, naming a member of an enumeration runs a function."""

STRICTEST_FIRST = (Role.IMAGE, Role.AMP, Role.WEB, Role.AMP_CACHE)
"""A target that several roles name is judged as the first of these that it has."""

_RANK = {role: rank for rank, role in enumerate(STRICTEST_FIRST)}


def stricter(a: Role, b: Role) -> Role:
    """The role of the two that asks more of an answer."""
    return a if _RANK[a] <= _RANK[b] else b
