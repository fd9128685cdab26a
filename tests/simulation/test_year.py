"""What memory and schedule are worth: a year of nights, against looking at everything every night.

`pytest -s tests/simulation` prints the table; `SIMULATED_LINKS=2000` makes the web larger and the figures steadier.
"""

import os
from collections import Counter
from functools import lru_cache

from tests.simulation.world import HOSTS, NIGHTS, Fate, things
from tests.simulation.year import HEAD, SCHEDULE, Year, row

LINKS = int(os.environ.get("SIMULATED_LINKS", "300"))

IN_TIME = 40.0
"""Days within which every death has to be told of, whatever walls and outages come in between."""


@lru_cache
def forgetful() -> Year:
    """Everything every night, each night by itself: a failure is a dead link."""
    return Year(things(LINKS), remembers=False, by_schedule=False)


@lru_cache
def scheduled() -> Year:
    """What is due, with the past in mind."""
    return Year(things(LINKS), remembers=True, by_schedule=True)


def test_what_a_year_costs_and_brings() -> None:
    nightly = Year(things(LINKS), remembers=True, by_schedule=False)
    years = {
        "everything nightly, no memory": forgetful(),
        "everything nightly, with memory": nightly,
        "what is due, with memory": scheduled(),
    }
    print(f"\n{LINKS:,} links, {NIGHTS} nights, days from death to report\n{HEAD}")
    for name, year in years.items():
        print(row(name, year, LINKS * NIGHTS))
    found = {url for alarm in scheduled().alarms if alarm.thing.is_dead(alarm.at) for url in [alarm.thing.url]}
    assert scheduled().requests < nightly.requests / 6
    assert len(found) > LINKS / 20, "a year in which hardly anything dies shows nothing"
    assert scheduled().days(0.5) < 9
    assert scheduled().days(0.9) < 18
    assert nightly.days(0.9) < 7


def test_no_death_is_overlooked() -> None:
    assert scheduled().unreported(IN_TIME) == []


def test_a_definite_death_is_told_within_the_longest_interval() -> None:
    longest = 2 * SCHEDULE.alive / 86_400 + 1
    slowest = [days for fate, days in scheduled().deaths() if fate is Fate.DIES]
    assert len(slowest) > 10
    assert max(slowest) <= longest + 2, "but for two nights on which we or the host were down"


def test_what_has_moved_is_seen_within_the_longest_interval() -> None:
    year = scheduled()
    moved = [
        thing for thing in year.things.values() if thing.fate is Fate.MOVES and thing.turns < year.end - 20 * 86_400
    ]
    assert len(moved) > 10
    assert all(year.moved[thing.url] - thing.turns <= 17 * 86_400 for thing in moved)


def test_there_are_hardly_any_false_alarms() -> None:
    """What is left are links that failed four nights running, or a wall's rare gaps that all were outages."""
    assert len(scheduled().false_alarms) <= LINKS / 200
    assert len(forgetful().false_alarms) > 100 * len(scheduled().false_alarms)


def test_a_false_alarm_is_taken_back() -> None:
    year = scheduled()
    back = {alarm.thing.url for alarm in year.recovered}
    assert all(alarm.thing.url in back for alarm in year.false_alarms if alarm.thing.fate is not Fate.WALLED)


def test_links_that_flap_are_named_and_hardly_any_others() -> None:
    year = scheduled()
    named = Counter(year.things[url].fate for url in year.flapping)
    assert named[Fate.FLAPS] >= 0.9 * sum(thing.fate is Fate.FLAPS for thing in year.things.values())
    assert sum(named.values()) - named[Fate.FLAPS] <= LINKS / 100


def test_a_collection_taken_in_on_one_day_is_spread_from_the_first_week_on() -> None:
    counts = [len(night) for night in scheduled().nights]
    assert counts[0] == LINKS
    usual = sum(counts[1:8]) / 7
    assert all(usual / 2 < count < usual * 1.5 for count in counts[1:8]), counts[1:8]
    late = counts[120:]
    assert max(late) < 2.5 * sum(late) / len(late), "an outage of our own brings all that failed back the next night"


def test_no_host_is_hit_in_a_burst() -> None:
    """Not after its outages, and not after ours: once all links were seen, never more than two thirds of a host's are
    asked for on one night. (A host that is down on the very first night is asked for all of them again on the next.)
    """
    for night in scheduled().nights[4:]:
        _, most = Counter(thing.host for thing in night).most_common(1)[0]
        assert most <= LINKS / HOSTS * 2 / 3
