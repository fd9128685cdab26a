"""One labelled case: an address, what its site answers, and what a person says of that."""

from collections.abc import Callable
from typing import NamedTuple

from crawler.model.exchange import Fields
from crawler.model.observation import Hop


class Answered(NamedTuple):
    """What came of asking for one address."""

    hops: tuple[Hop, ...]
    fields: Fields
    body: bytes

    @property
    def status(self) -> int:
        return self.hops[-1].status or 0


class Case(NamedTuple):
    """What was asked for, and what is right to say of the answer."""

    name: str
    family: str
    """Cases of one family are alike, so they stand in one half together."""
    label: str
    """`alive`, `shell-alive`, `as-status` (the status says it all), or the reason of the contract that is right."""
    asked: str
    answered: Answered
    sibling: Callable[[str], Answered]
    """What the same site answers to an address that it never had."""
    converging: int = 0
    """How many unrelated addresses are known to end where this one does."""


HTML = ("content-type", "text/html; charset=utf-8")


def answered(asked: str, via: list[str], status: int, body: bytes, fields: list[str] | None = None) -> Answered:
    """`via`: each redirect as `301 URL`, in order."""
    steps = [step.split(" ", 1) for step in via]
    urls = [asked, *(url for _, url in steps)]
    statuses = [*(int(code) for code, _ in steps), status]
    lines = [tuple(line.split(": ", 1)) for line in fields or []]
    return Answered(
        tuple(Hop(url, code) for url, code in zip(urls, statuses, strict=True)),
        Fields([(name, value) for name, value in lines] or [HTML]),
        body,
    )
