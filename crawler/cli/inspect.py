"""`crawler inspect`: why one URL is judged as it is."""

import os
import sys
from collections import Counter
from typing import Any

import anyio
import click

from crawler.cli import options
from crawler.cli.inspecting.inspection import Inspection, inspect
from crawler.cli.inspecting.json import as_json
from crawler.cli.inspecting.show import show
from crawler.config import Config
from crawler.config.load import load
from crawler.fetch.choose import open_transport
from crawler.model.role import Role
from crawler.report.output import StandardOutput
from crawler.report.screen import Screen
from crawler.report.terminal import Terminal
from crawler.verdict.levels import fails


@click.command("inspect")
@click.argument("url")
@options.config_file
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.WEB.value,
    help="What it is used as, which decides what it has to answer.  [default: web]",
)
@click.option("--json", "as_object", is_flag=True, help="All of it as one JSON object.")
@options.judging
@options.fetching
@click.option("-v", "--verbose", is_flag=True, help="Every response field, in full.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="[default: auto]")
def command(url: str, config_path: str | None, **given: Any) -> None:
    """Show why one URL is judged as it is.

    Every hop with its response fields, what was read of the page, and each rule that looked: what it saw and what it
    said. Rules of other roles, and those that compare a URL with the record that names it, are not asked.

    Exit codes: 0 nothing at or above --fail-on, 1 something, 2 usage or configuration error, 130 interrupted.
    """
    config = load(config_path, environ=os.environ, overrides=options.overrides(given)).config
    inspection = anyio.run(_inspect, url.strip(), Role(given["role"]), config)
    with StandardOutput(sys.stdout) as output:
        if given["as_object"]:
            output.write(f"{as_json(inspection)}\n".encode("ascii"))
        else:
            screen = Screen(output, Terminal.of(sys.stdout, given["color"], os.environ))
            show(screen, inspection, verbose=given["verbose"])
    sys.exit(int(fails(Counter(finding.level for finding in inspection.findings), config.rules.fail_on)))


async def _inspect(url: str, role: Role, config: Config) -> Inspection:
    async with open_transport(config.fetch, config.network) as transport:
        return await inspect(url, role, config, transport)
