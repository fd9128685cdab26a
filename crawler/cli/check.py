"""`crawler check`: the main job."""

import os
import sys
from time import gmtime, strftime
from typing import Any

import click

from crawler.cli import options
from crawler.cli.running import children, complain, run_check, showing
from crawler.config.load import load
from crawler.memory import leave
from crawler.model.role import Role
from crawler.remembering import Remembering
from crawler.report.console import Detail
from crawler.report.formats import open_reporters
from crawler.run import Ask, Check

GOES_ON = (
    "crawler: goes on with the run of %Y-%m-%d %H:%M UTC, which did not finish:"
    " what it checked is not asked for again (--max-age 0 asks for all)"
)


@click.command("check")
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@options.config_file
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    metavar="NAME[=PATH]",
    help="console (default), json or jsonl; to standard output where no PATH is given; repeatable.",
)
@options.selecting
@options.judging
@click.option("--offline", is_flag=True, help="Only what needs no network.")
@options.remembering
@options.beside
@click.option(
    "--budget", type=options.seconds, metavar="DURATION", help="Stop in time (90s, 30m, 2h): the rest is skipped."
)
@options.pooling
@options.fetching
@options.showing
def command(inputs: tuple[str, ...], config_path: str | None, formats: tuple[str, ...], **given: Any) -> None:
    """Verify every link of the INPUTs.

    An INPUT is a record file, a folder, a glob, an http(s) URL, a list of URLs (*.txt), a *.jsonl, *.json, *.yaml
    or *.csv file, or - for URLs on standard input. Without any, the records that the configuration includes.

    Exit codes: 0 nothing at or above --fail-on, 1 something, 2 usage, configuration or input error, 3 could not
    finish, 130 interrupted.
    """
    if given["store"] and given["no_store"]:
        raise click.UsageError("--store and --no-store contradict each other")
    if given["due"] and given["no_store"]:
        raise click.UsageError("--due takes what the store says is due: it can't go with --no-store")
    config = load(config_path, environ=os.environ, overrides=options.overrides(given)).config
    ask = Ask(
        inputs,
        roles=frozenset(map(Role, given["roles"] or Role)),
        include=given["include"],
        exclude=given["exclude"],
        offline=given["offline"],
        budget=given["budget"],
        allow_empty=given["allow_empty"],
        due=given["due"],
    )
    show = showing(given, formats)
    reporters = open_reporters(formats, stdout=sys.stdout, when=show.when, detail=show.detail, environ=os.environ)
    if given["metrics"] is not None:
        from crawler.report.metrics import open_metrics

        reporters.append(open_metrics(given["metrics"]))
    if config.notify.urls:
        from crawler.report.notification import open_notification

        reporters.append(open_notification(config.notify.urls, complain))  # last: by then, the report is written
    url = None if given["no_store"] else config.store.url
    with children(config.pool) as born, Remembering(url, config.store, again=given["max_age"] == 0) as remembering:
        check = Check(ask, config, reporters, stdin=sys.stdin.buffer, remembering=remembering, born=born)
        if remembering.resumed and show.detail is not Detail.QUIET:
            click.echo(strftime(GOES_ON, gmtime(remembering.resumed.started_at)), err=True)
        code = run_check(check, config, show)
    leave()
    sys.exit(code)
