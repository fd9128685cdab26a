"""A year of nightly runs over the little web, by the program's own decisions."""

from collections.abc import Sequence
from typing import NamedTuple

from crawler.config import Rules, Schedule
from crawler.model.observation import Observation
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.verdict import Change, Kind
from crawler.store.retention import Trace, superfluous
from crawler.verdict.hindsight import Hindsight
from crawler.verdict.judge import Judge
from crawler.visiting.due import NEVER, Turn, due, due_at
from tests.simulation.world import DAY, NIGHTS, START, Fate, Thing, drawn

SCHEDULE = Schedule()

KEPT = 15 * DAY
"""Seconds for which checks are kept that changed nothing, as `store.keep` has it: short, to be quick."""

ROLL_UP = 10
"""Nights from each time that the past is rolled up to the next."""


class Alarm(NamedTuple):
    """A link that a run calls broken, and did not before."""

    thing: Thing
    at: float


class Year:
    """What was asked and said in a year."""

    end = START + NIGHTS * DAY
    """Seconds since the epoch."""

    def __init__(self, things: Sequence[Thing], *, remembers: bool, by_schedule: bool) -> None:
        self.things = {thing.url: thing for thing in things}
        self.nights: list[list[Thing]] = []
        """What was asked for on each night."""
        self.alarms: list[Alarm] = []
        self.recovered: list[Alarm] = []
        self.moved: dict[str, float] = {}
        self.flapping: set[str] = set()
        self._judge = Judge(Rules(), START)
        self._remembers = remembers
        self._by_schedule = by_schedule
        self._past: dict[str, list[Observation]] = {thing.url: [] for thing in things}
        """The checks of each link that are remembered."""
        self._turns = {thing.url: Turn(NEVER, thing.host, thing.url) for thing in things}
        self._broken: set[str] = set()
        """What one who remembers nothing but the last report said was broken."""
        compared = None
        for night in range(NIGHTS):
            began = START + night * DAY + 7_200 + 600 * drawn("began", night)
            asked = self._asked(began)
            self.nights.append(asked)
            hindsight = Hindsight(self._judge, SCHEDULE.confirm, compared)
            for number, thing in enumerate(asked):
                self._check(thing, began + number / 2, hindsight)
            compared = began + len(asked) / 2
            if night % ROLL_UP == 0:
                self._past = {url: _rolled_up(past, began - KEPT) for url, past in self._past.items()}

    def _asked(self, now: float) -> list[Thing]:
        if not self._by_schedule:
            return list(self.things.values())
        return [self.things[turn.url] for turn in due(self._turns.values(), now)]

    def _check(self, thing: Thing, now: float, hindsight: Hindsight) -> None:
        observation = thing.observe(now)
        verdict = self._judge.verdict(thing.url, Role.WEB, observation)
        outcome = Outcome(thing.url, Role.WEB, (), observation, verdict)
        if verdict.kind is Kind.MOVED:
            self.moved.setdefault(thing.url, now)
        if not self._remembers:
            self._without_memory(thing, now, verdict.kind)
            return
        past = self._past[thing.url]
        if hindsight.matters(outcome, past[-1] if past else None):
            outcome = hindsight.see(outcome, past)
            if outcome.change is Change.NEW:
                self.alarms.append(Alarm(thing, now))
            elif outcome.change is Change.RECOVERED:
                self.recovered.append(Alarm(thing, now))
            if outcome.past and outcome.past.flaps:
                self.flapping.add(thing.url)
        past.append(observation)
        if self._by_schedule:
            at = due_at(thing.url, hindsight.checks(thing.url, Role.WEB, past), SCHEDULE)
            self._turns[thing.url] = Turn(at, thing.host, thing.url)

    def _without_memory(self, thing: Thing, now: float, kind: Kind) -> None:
        """One bit a night, as most link checkers have it: it answered, or it is broken."""
        if kind in (Kind.ALIVE, Kind.MOVED):
            self._broken.discard(thing.url)
        elif thing.url not in self._broken:
            self._broken.add(thing.url)
            self.alarms.append(Alarm(thing, now))

    @property
    def requests(self) -> int:
        return sum(map(len, self.nights))

    @property
    def false_alarms(self) -> list[Alarm]:
        """What was called broken and was not."""
        return [alarm for alarm in self.alarms if not alarm.thing.is_dead(alarm.at)]

    def deaths(self) -> list[tuple[Fate, float]]:
        """For each death that was told of, the days from it to the first alarm."""
        first: dict[str, Alarm] = {}
        for alarm in self.alarms:
            if alarm.thing.is_dead(alarm.at):
                first.setdefault(alarm.thing.url, alarm)
        return [(thing.fate, (at - thing.turns) / DAY) for thing, at in first.values()]

    def days(self, share: float) -> float:
        """The days from death to report within which a share of the deaths was told of."""
        days = sorted(days for _, days in self.deaths())
        return days[min(len(days) - 1, int(share * len(days)))]

    def unreported(self, days: float) -> list[Thing]:
        """What has been dead for so many days when the year ends, and was never told of."""
        told = {alarm.thing.url for alarm in self.alarms if alarm.thing.is_dead(alarm.at)}
        dead = [thing for thing in self.things.values() if thing.is_dead(self.end - days * DAY)]
        return [thing for thing in dead if thing.url not in told]


def _rolled_up(past: Sequence[Observation], before: float) -> list[Observation]:
    """What a store keeps of the checks of one link."""
    traces = [
        Trace(number, one.observed_at, (one.status, one.failure and one.failure.reason))
        for number, one in enumerate(past)
    ]
    gone = set(superfluous(traces, before))
    return [one for number, one in enumerate(past) if number not in gone]


def row(name: str, year: Year, everything: int) -> str:
    """One line of the table."""
    return (
        f"{name:<32}{year.requests:>9,}{year.requests / everything:>6.0%}{len(year.deaths()):>8}"
        f"{year.days(0.5):>9.1f}{year.days(0.9):>9.1f}{year.days(1):>9.1f}{len(year.false_alarms):>9,}"
    )


HEAD = f"{'':<32}{'requests':>9}{'':>6}{'deaths':>8}{'median':>9}{'9 of 10':>9}{'last':>9}{'false':>9}"
