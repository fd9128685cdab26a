"""Running a check from the command line: its event loop, its signals, its progress, its exit code."""

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, NamedTuple

import anyio
import click

from crawler.cli import INTERRUPTED
from crawler.config import Config, Pool
from crawler.errors import CrawlerError, UsageError
from crawler.fetch.choose import open_transport
from crawler.memory import settle
from crawler.model.report import Run
from crawler.report.console import Detail
from crawler.report.formats import streams_to
from crawler.report.progress import Display
from crawler.report.terminal import Terminal, When
from crawler.report.text import safe
from crawler.run import Check
from crawler.verdict.levels import fails

if TYPE_CHECKING:
    from crawler.shards.birth import Born

STOPPING = (signal.SIGINT, signal.SIGTERM)
"""Signals that end a run."""


class Showing(NamedTuple):
    """How much a run shows of itself, and how."""

    when: When
    detail: Detail
    progress: bool


def showing(given: dict[str, Any], formats: Sequence[str]) -> Showing:
    """From the options of `crawler.cli.options.showing`."""
    if given["quiet"]:
        detail = Detail.QUIET
    else:
        detail = Detail.VERBOSE if given["verbose"] else Detail.NORMAL
    progress = not (given["no_progress"] or given["quiet"] or streams_to(sys.stdout, formats))
    return Showing(given["color"], detail, progress)


def children(pool: Pool) -> "AbstractContextManager[Sequence[Born]]":
    """The processes that a run is shared out over, where this one can fork; before it has threads or an event loop."""
    if pool.processes == 1:
        return nullcontext(())
    from crawler.shards.birth import forked  # which most runs have no use for

    return forked(min(pool.processes, pool.concurrency))


def run_check(check: Check, config: Config, show: Showing) -> int:
    """Run a check to its end and return the exit code.

    The first interrupt or termination signal ends the run with its report; a second one kills it. One that comes when
    the report is being written already has nothing to end.
    """
    settle()
    terminal = Terminal.of(sys.stderr, show.when, os.environ)
    try:
        with Display(check.progress, sys.stderr, terminal) if show.progress else nullcontext():
            anyio.run(_run, check, config)
    except BaseException as error:
        cause = _cause(error)
        if not isinstance(cause, UsageError):  # nothing has been checked then
            _report(check)
        raise cause from None
    run = _report(check)
    if check.note:
        complain(check.note)
    if check.not_due and show.detail is not Detail.QUIET:
        complain(f"{check.not_due:,} URLs are not due yet" if check.not_due > 1 else "1 URL is not due yet")
    if check.interrupted:
        return INTERRUPTED
    return int(fails(run.summary.levels, config.rules.fail_on))


def _report(check: Check) -> Run:
    """Have the report written, whole whatever signal comes first."""
    before = {number: signal.getsignal(number) for number in STOPPING}

    def let_go(*_: object) -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    if not check.interrupted:
        for number in STOPPING:
            signal.signal(number, let_go)
    try:
        return check.report()
    finally:
        let_go()


async def _run(check: Check, config: Config) -> None:
    async with anyio.create_task_group() as group:
        group.start_soon(_listen, check)
        async with open_transport(config.fetch, config.network) as transport:
            await check.run(transport)
        group.cancel_scope.cancel()


async def _listen(check: Check) -> None:
    with anyio.open_signal_receiver(*STOPPING) as signals:
        async for _ in signals:
            check.interrupt()
            return


def _cause(error: BaseException) -> BaseException:
    """What went wrong, out of the wrapping that task groups put around it; our own errors before others."""
    while isinstance(error, BaseExceptionGroup):
        ours, _ = error.split(CrawlerError)
        error = (ours or error).exceptions[0]
    return error


def complain(line: str) -> None:
    """A line on standard error."""
    click.echo(f"crawler: {safe(line)}", err=True)
