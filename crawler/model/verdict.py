"""Judgements: the verdict of a target and the findings that people read."""

from enum import StrEnum
from typing import ClassVar, Final, NamedTuple

from crawler.model.role import Role
from crawler.model.value import Value


class Kind(StrEnum):
    """The seven verdicts."""

    ALIVE = "alive"
    MOVED = "moved"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"
    BLOCKED = "blocked"
    INVALID = "invalid"
    SKIPPED = "skipped"


class Level(StrEnum):
    """How much a finding matters. `OFF` findings are not reported."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


SEVERITY = {Level.ERROR: 3, Level.WARNING: 2, Level.INFO: 1, Level.OFF: 0}
"""Levels in order: at or above means a number at least as large."""


class Change(StrEnum):
    """What has become of a target since the last complete run."""

    NEW = "new"
    """Broken or invalid now, and not then; or not known then."""
    STILL = "still"
    """Broken or invalid now as then."""
    RECOVERED = "recovered"
    """Alive or moved now, and broken or invalid then."""


class Replacement(NamedTuple):
    """What to write instead. `safe`: a repair may do so unasked."""

    url: str
    kind: str
    """`redirect`, `archive`, `amp-cache`, `canonical` or `article`."""
    safe: bool


class Verdict(NamedTuple):
    """The one judgement of one target, derived from its observation and the policy."""

    kind: Kind
    reason: str
    message: str
    """One sentence for people; may quote untrusted text, so whoever prints it makes it safe first."""
    level: Level
    replacement: Replacement | None = None


class Finding(Value):
    """One verdict or rule at one place in one record: what a person reads, and what every report format carries."""

    _fields: ClassVar[tuple[str, ...]] = (
        *("code", "level", "message", "url", "path", "field", "role", "line", "column", "end_column"),
        *("replacement", "start", "length", "change", "since"),
    )
    __slots__ = _fields

    def __init__(
        self,
        code: str,
        level: Level,
        message: str,
        url: str | None = None,
        path: str | None = None,
        field: str | None = None,
        role: Role | None = None,
        line: int | None = None,
        column: int | None = None,
        end_column: int | None = None,
        replacement: Replacement | None = None,
        start: int | None = None,
        length: int = 0,
        change: Change | None = None,
        since: float | None = None,
    ) -> None:
        self.code: Final = code
        self.level: Final = level
        self.message: Final = message
        self.url: Final = url
        """As written at this place."""
        self.path: Final = path
        self.field: Final = field
        self.role: Final = role
        self.line: Final = line
        self.column: Final = column
        self.end_column: Final = end_column
        self.replacement: Final = replacement
        self.start: Final = start
        self.length: Final = length
        """The splice of `Link`: what a repair replaces. Not reported."""
        self.change: Final = change
        """Of its URL, where the finding tells its verdict."""
        self.since: Final = since
        """Since when the URL has been failing, in seconds since the epoch (UTC); with `change`, and as little a key of
        the JSON report."""
