"""`crawler report`: a run told again from the store, in any format."""

import os
import sys
from collections.abc import Sequence
from functools import partial
from time import time
from typing import Any

import click

from crawler.cli import options
from crawler.cli.recalling.opening import opened, past_runs, store_option
from crawler.cli.recalling.rendering import render_current, render_run
from crawler.cli.recalling.today import Today
from crawler.cli.recalling.words import moment
from crawler.config import Config
from crawler.config.load import load
from crawler.errors import UsageError
from crawler.fetch.archive import remembered
from crawler.judging import Judging
from crawler.remembering import last_ended
from crawler.report.console import Detail
from crawler.report.formats import open_reporters
from crawler.report.port import Reporter
from crawler.store.port import PastRun, Store
from crawler.verdict.levels import fails

RUNS = 100_000
"""Runs that are looked at: one every hour for eleven years."""

UNENDED = "crawler: run {} of {} UTC has not ended: this is as far as it got"


@click.command("report")
@options.config_file
@store_option
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    metavar="NAME[=PATH]",
    help="As of crawler check: console (default), json or jsonl; to standard output without PATH; repeatable.",
)
@click.option("--run", "number", type=click.IntRange(1), metavar="N", help="This run.  [default: the last that ended]")
@click.option("--current", is_flag=True, help="All that is written now, by the newest check of each URL.")
@options.judging
@click.option("-q", "--quiet", is_flag=True, help="Findings and the closing line only.")
@click.option("-v", "--verbose", is_flag=True, help="Every URL's verdict too.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="[default: auto]")
def command(config_path: str | None, formats: tuple[str, ...], number: int | None, current: bool, **given: Any) -> None:
    """Report a run again from what the store remembers, judged by the rules and settings of today, without network.

    With --current, everything that stands in a file now, by the newest check of each URL, whichever run made it. The
    numbers of runs are in crawler history.

    Exit codes: 0 nothing at or above --fail-on, 1 something, 2 usage or configuration error or no such run, 3 no store,
    or one that can't be used.
    """
    if current and number is not None:
        raise click.UsageError("--run and --current contradict each other")
    config = load(config_path, environ=os.environ, overrides=options.overrides(given)).config
    detail = Detail.QUIET if given["quiet"] else Detail.VERBOSE if given["verbose"] else Detail.NORMAL
    reporters = open_reporters(formats, stdout=sys.stdout, when=given["color"], detail=detail, environ=os.environ)
    with opened(config) as store:
        runs = past_runs(store, config, RUNS)
        copies = partial(remembered, store, config.archive.endpoint)
        if current:
            judging = _judging(store, config, reporters, last_ended(runs, time()))
            told = render_current(store, judging, copies)
        else:
            run, before, later = _chosen(runs, number)
            compared = last_ended(before, run.started_at)
            judging = _judging(store, config, reporters, compared)
            told = render_run(store, run, later, judging, copies, compared)
        judging.publish(told)
    sys.exit(int(fails(told.summary.levels, config.rules.fail_on)))


def _chosen(runs: Sequence[PastRun], number: int | None) -> tuple[PastRun, Sequence[PastRun], Sequence[PastRun]]:
    """One of `runs`, which come newest first; those before it, newest first, and those after it, oldest first."""
    if number is None:
        run = next((run for run in runs if run.finished_at is not None), runs[0])
    else:
        run = next((run for run in runs if run.id == number), runs[0])
        if run.id != number:
            raise UsageError(f"there is no run {number}: the last one is {run.id}")
    if run.finished_at is None:
        click.echo(UNENDED.format(run.id, moment(run.started_at)), err=True)
    place = runs.index(run)
    return run, runs[place + 1 :], runs[:place][::-1]


def _judging(store: Store, config: Config, reporters: Sequence[Reporter], compared: float | None) -> Judging:
    """By today's rules."""
    today = Today.of(config, time(), compared)
    return Judging(today.judge, reporters, today.hindsight, store.history, holds_broken=True)
