"""What a run reports: each target with what was found, and the counts of the whole."""

from typing import ClassVar, Final, NamedTuple

from crawler.model.link import Link
from crawler.model.observation import Observation
from crawler.model.past import Past
from crawler.model.role import Role
from crawler.model.value import Value
from crawler.model.verdict import Change, Finding, Kind, Level, Verdict


class Outcome(Value):
    """One member of the report's `urls`: a target, what was observed of it, and how that is judged."""

    _fields: ClassVar[tuple[str, ...]] = ("url", "role", "links", "observation", "verdict", "change", "past")
    __slots__ = _fields

    def __init__(
        self,
        url: str,
        role: Role,
        links: tuple[Link, ...],
        observation: Observation,
        verdict: Verdict,
        change: Change | None = None,
        past: Past | None = None,
    ) -> None:
        self.url: Final = url
        self.role: Final = role
        """The strictest of its occurrences' roles."""
        self.links: Final = links
        """Every occurrence, in the order read."""
        self.observation: Final = observation
        self.verdict: Final = verdict
        self.change: Final = change
        """Against the last complete run; None where nothing is to be compared, or the verdict settles nothing."""
        self.past: Final = past
        """None where no earlier check was looked at: it could not change what is said."""


class Summary(NamedTuple):
    """The counts of a run."""

    records: int
    links: int
    urls: int
    verdicts: dict[Kind, int]
    """All seven, zeros too, in the order of `Kind`."""
    levels: dict[Level, int]
    """`error`, `warning`, `info`, in this order: findings of each."""
    changes: dict[Change, int] | None = None
    """URLs of each change, in the order of `Change`; None where nothing is remembered."""


class Run(NamedTuple):
    """What is known of a run when it ends."""

    started_at: float
    finished_at: float
    """Seconds since the epoch (UTC)."""
    complete: bool
    """False when it was interrupted, or ran out of its budget."""
    summary: Summary


class Report(NamedTuple):
    """A whole report in memory, for library use; lists sorted as the JSON report's."""

    run: Run
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]


Place = tuple[str, int, int, str]


def place_key(path: str | None, line: int | None, column: int | None, url: str | None) -> Place:
    """The order of every list in every report: path, line, column, URL; what has no place comes first."""
    return (path or "", line or 0, column or 0, url or "")
