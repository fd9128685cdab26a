"""Where a setting was made, and what is wrong with it."""

from typing import NamedTuple

from crawler.config.keys import KeyPath, dotted
from crawler.config.quote import quote


class Place(NamedTuple):
    """Where a value came from: `config.yaml:12`, `CRAWLER_POOL__CONCURRENCY`, `--concurrency` or `default`."""

    name: str
    """The file as it was named, the variable or the option."""
    line: int = 0
    """1-based line of a file; 0 where there are no lines."""

    def __str__(self) -> str:
        return f"{self.name}:{self.line}" if self.line else self.name


DEFAULT = Place("default")


class Fault(NamedTuple):
    """Something wrong with a configuration."""

    place: Place
    path: KeyPath
    """The key, where it is known; `()` for the whole."""
    message: str

    def __str__(self) -> str:
        key = dotted(self.path)
        if not key.isprintable() or len(key) > 120:
            key = quote(key, 120)
        return f"{self.place}: {key}: {self.message}" if key else f"{self.place}: {self.message}"
