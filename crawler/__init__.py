"""Verifies every link in collections of content records.

    report = await crawler.check(["records/"], config="config.yaml")
    async for observation in crawler.crawl(["https://www.example.org/"]): ...

Nothing heavy is imported before it is used.
"""

from typing import TYPE_CHECKING

from crawler.config import VERSION

if TYPE_CHECKING:
    from crawler.library import check, crawl

__version__ = VERSION

__all__ = ["__version__", "check", "crawl"]


def __getattr__(name: str) -> object:
    if name in ("check", "crawl"):
        from crawler import library

        return getattr(library, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
