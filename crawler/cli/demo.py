"""`crawler demo`: a small web in this process, checked and explained."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import get_terminal_size
from textwrap import fill

import anyio
import click

import crawler.demo
from crawler.config import Config, Fetch
from crawler.demo.web import serve
from crawler.fetch.choose import open_transport
from crawler.model.report import Report
from crawler.report.console import Detail
from crawler.report.formats import open_reporters
from crawler.report.memory import MemoryReporter
from crawler.report.port import Reporter
from crawler.report.terminal import When
from crawler.run import Ask, Check
from crawler.verdict.catalogue import CATALOGUE

RECORDS = Path(crawler.demo.__file__).with_name("records")
PATIENCE = Fetch(timeout=1.0, retries=0)
"""The one server that never answers shall not keep anybody waiting."""
WIDEST = 100


@click.command("demo")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="[default: auto]")
def command(color: When) -> None:
    """Serve a small web with every kind of link in it on this machine, check some sample records against it, and say
    what each line of the report means. Needs no network.
    """
    records = _nearest(RECORDS)
    print(f"Four sample records name links of every kind. They lie in {records}", end="\n\n", flush=True)
    memory = MemoryReporter()
    console = open_reporters((), stdout=sys.stdout, when=color, detail=Detail.NORMAL, environ=os.environ)
    anyio.run(_check, records, [*console, memory])
    print("\n".join(_meanings(memory.report)))


async def _check(records: str, reporters: Sequence[Reporter]) -> None:
    async with serve() as network:
        config = Config(fetch=PATIENCE, network=network)
        async with open_transport(config.fetch, config.network) as transport:
            check = Check(Ask((records,)), config, reporters)
            await check.run(transport)
    check.report()


def _meanings(report: Report) -> Iterator[str]:
    """What the codes that were reported mean, in the order of the catalogue."""
    codes = {finding.code for finding in report.findings}
    width = min(get_terminal_size().columns, WIDEST)
    yield "\nWhat the lines say\n"
    for code, rule in CATALOGUE.items():
        if code in codes:
            yield fill(f"{code}: {rule.gist}", width, subsequent_indent="    ")
    yield "\nWhat to do about each: crawler rules CODE. To check records of your own: crawler check FOLDER"


def _nearest(path: Path) -> str:
    """A path from here where that is shorter, so that a place in it can be clicked."""
    relative = os.path.relpath(path)
    return relative if len(relative) < len(str(path)) else str(path)
