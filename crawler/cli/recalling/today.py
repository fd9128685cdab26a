"""The rules and settings of today, by which all that is remembered is judged."""

from typing import NamedTuple, Self

from crawler.config import Config, Schedule
from crawler.verdict.hindsight import Hindsight
from crawler.verdict.judge import Judge


class Today(NamedTuple):
    """What judges."""

    judge: Judge
    """Each check by itself."""
    hindsight: Hindsight
    """The last of several, in the light of those before."""
    schedule: Schedule
    now: float
    """Seconds since the epoch (UTC)."""

    @classmethod
    def of(cls, config: Config, now: float, compared: float | None = None) -> Self:
        """`now` and `compared` in seconds since the epoch (UTC); see `Judge` and `Hindsight`."""
        judge = Judge(config.rules, now)
        confirm = config.schedule.confirm
        return cls(judge, Hindsight(judge, confirm, compared), config.schedule, now)
