"""Several processes on one store, and processes that are killed."""

import subprocess
import sys
from pathlib import Path
from random import Random
from time import time

import pytest

from crawler.store.choose import open_store
from crawler.store.port import Store
from tests.store.child import PLACES, SHARED
from tests.store.making import link_url, run_of, seen

ROOT = Path(__file__).parents[2]

LOST = 1.0
"""Seconds whose observations a process that is killed may take with it."""


def child(what: str, url: str) -> "subprocess.Popen[str]":
    """A process with a store of its own."""
    program = [sys.executable, "-m", "tests.store.child", what, url]
    return subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_two_runs_at_once(url: str) -> None:
    both = [child("share", url), child("share", url)]
    assert [process.wait() for process in both] == [0, 0]
    for process in both:
        process.communicate()
    with open_store(url) as store:
        older, newer = sorted(run.id for run in store.runs() if run.complete)
        history = store.history(store.urls())
        assert len(history) == SHARED
        assert all(sorted(check.run for check in checks) == [older, newer] for checks in history.values())
        assert [link.line for link in store.places(link_url(1))] == [newer]
        assert written(store, newer) == [newer] * SHARED
        assert written(store, older) == []


def written(store: Store, run: int) -> list[int | None]:
    """The lines of all links that a run has read, and no later run."""
    return [link.line for record in store.records(run) for link in record.links]


def killed_after(lines: int, url: str) -> tuple[float, list[tuple[int, float]]]:
    """Kill a process once it has said so many lines: when that was, and the (number, time) of all it said."""
    with child("endless", url) as process:
        assert process.stdout is not None
        told = [next(process.stdout) for _ in range(lines)]
        at = time()
        process.kill()
        told += [line for line in process.stdout if line.endswith("\n")]
    return at, [(int(number), float(when)) for number, when in map(str.split, told)]


def stored(store: Store) -> list[int]:
    """The numbers of all observations, in the order they were written."""
    runs = sorted(run.id for run in store.runs(limit=1_000))
    return [round(check.observation.elapsed) for run in runs for check in store.observed(run)]


@pytest.mark.parametrize("seed", range(3))
def test_a_process_that_is_killed_loses_the_last_second_at_most(url: str, seed: int) -> None:
    at, handed = killed_after(Random(seed).randrange(10, 500), url)
    with open_store(url) as store:
        numbers = stored(store)
        assert numbers == list(range(len(numbers)))
        assert all(number < len(numbers) for number, when in handed if when < at - LOST)
        lines = [line for run in store.runs(limit=1_000) for line in written(store, run.id)]
        assert lines in ([], lines[:1] * PLACES), "all of one run, or none at all"
        run_of(store, [seen(1)])
