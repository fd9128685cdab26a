"""`crawler history`: what the store knows of one URL, or of the worst ones."""

import os
import sys
from math import inf
from time import time
from typing import Any

import click

from crawler.cli import options
from crawler.cli.recalling.json import overview_json, story_json
from crawler.cli.recalling.opening import opened, past_runs, store_option
from crawler.cli.recalling.overview import overview
from crawler.cli.recalling.show_overview import show_overview
from crawler.cli.recalling.show_url import show_url
from crawler.cli.recalling.today import Today
from crawler.cli.recalling.url import recall
from crawler.config.duration import SECONDS
from crawler.config.load import load
from crawler.report.output import StandardOutput
from crawler.report.screen import Screen
from crawler.report.terminal import Terminal

RUNS = 14
"""Runs that the overview looks back on: two weeks of nights."""

DAYS = 30.0
"""Days in which a link has to have moved to be told of, and stumbled to be looked at."""


@click.command("history")
@click.argument("url", required=False)
@options.config_file
@store_option
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["console", "json"]),
    default="console",
    show_default=True,
    help="How to print it.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, 100_000),
    default=10,
    show_default=True,
    help="Lines of each list; of a URL, changes that are shown.",
)
@click.option(
    "--days",
    type=click.FloatRange(0, min_open=True, max=36_500),
    help="Days to look back on. [default: 30; of a URL, all]",
)
@click.option("-v", "--verbose", is_flag=True, help="Of a URL, each check on its own, and every place.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="[default: auto]")
def command(url: str | None, config_path: str | None, **given: Any) -> None:
    """Show what the store knows of a URL: how it stands and since when, where it is written, and every check there was,
    those that came out alike folded into one line. Any spelling of the URL will do; its fragment doesn't matter.

    Without a URL: the last runs, the hosts with most failing links, and which links have been failing longest, have
    moved lately, or come and go. Every check is judged by the rules and settings of today. Nothing is asked for.

    Exit codes: 0, 2 usage or configuration error or a URL of which nothing is known, 3 no store, or one that can't be
    used.
    """
    config = load(config_path, environ=os.environ, overrides=options.overrides(given)).config
    now = time()
    today = Today.of(config, now)
    days, limit = given["days"], given["limit"]
    with opened(config) as store, StandardOutput(sys.stdout) as output:
        screen = Screen(output, Terminal.of(sys.stdout, given["color"], os.environ))
        if url is not None:
            since = -inf if days is None else now - days * SECONDS["d"]
            story = recall(store, url.strip(), today, since)
            if given["form"] == "json":
                output.write(f"{story_json(story)}\n".encode("ascii"))
            else:
                show_url(screen, story, now, limit=limit, verbose=given["verbose"])
        else:
            runs = past_runs(store, config, RUNS)
            since = now - (days or DAYS) * SECONDS["d"]
            found = overview(store, today, runs, since=since, limit=limit)
            if given["form"] == "json":
                output.write(f"{overview_json(found)}\n".encode("ascii"))
            else:
                show_overview(screen, found, now)
