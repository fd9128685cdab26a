"""Searching long bodies for words: what `bytes.find`, `bytes.rfind` and `bytes.count` do, in a tenth of the time.

For a single byte, methods of `bytes` are as fast. Start and end mean what they mean to those.
"""

from collections.abc import Callable
from typing import Final

try:
    import stringzilla
except ImportError:  # there is no wheel for this system
    _first, _last, _count = bytes.find, bytes.rfind, bytes.count
else:
    _first, _last, _count = stringzilla.find, stringzilla.rfind, stringzilla.count

Search = Callable[[bytes, bytes, int, int], int]

find: Final[Search] = _first
"""Where in a body, between a start and an end, a word stands first; negative where it doesn't."""
rfind: Final[Search] = _last
"""Where it stands last."""
count: Final[Search] = _count
"""How many times it stands there. It is not empty."""
