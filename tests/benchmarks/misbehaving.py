"""Good hosts beside bad ones: `python -m tests.benchmarks.misbehaving`.

The stand's 200 sites, of which every tenth misbehaves in its own way, all at once: it stalls, drips, floods, resets,
refuses, redirects for ever, sends bombs. What counts is when the other 180 are done: as if they were alone.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from datetime import datetime
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.benchmarks.against_lychee import stand
from tests.web import Web
from tests.web.hostile import DOORS, HTTP

WAYS = (
    "stall-unanswered",
    "drip-body",
    "endless-body",
    "reset-unanswered",
    "refused",
    "garbage",
    "head-of-megabytes",
    "gzip-bomb",
    "endless-redirect",
    "too-many-requests",
    "unanswered",
    "stall-in-body",
)
"""How hosts misbehave, by the names of the hostile web."""


BUDGET = "90s"
"""Far more than the good hosts take, and less than those that stall would, a hundred URLs each."""


def check(urls: list[str], seconds: str, more: list[str]) -> dict[str, Any]:
    """The report of one run."""
    with tempfile.TemporaryDirectory() as folder:
        listed, report = Path(folder, "urls.txt"), Path(folder, "report.json")
        listed.write_text("\n".join(urls))
        command = [sys.executable, "-m", "crawler", "check", str(listed), "-f", f"json={report}", "--no-store"]
        command += ["--no-progress", "--fail-on", "never", "--allow-address", "127.0.0.0/8", "--timeout", seconds]
        command += ["--retries", "0", "--budget", BUDGET, *more]
        subprocess.run(command, check=True)
        result: dict[str, Any] = json.loads(report.read_text())
        return result


def done(report: dict[str, Any], bad: set[str]) -> float:
    """Seconds from the run's start until the last URL of a good host was checked."""
    started = datetime.fromisoformat(report["started_at"])
    last = max(
        datetime.fromisoformat(member["checked_at"])
        for member in report["urls"]
        if urlsplit(member["url"]).hostname not in bad
    )
    return (last - started).total_seconds()


def main() -> None:
    """Print both runs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("/tmp/stand"), help="where the stand is, or is built")
    parser.add_argument("--timeout", default="2", help="seconds for one exchange")
    arguments = parser.parse_args()
    folder = arguments.folder.resolve()
    with stand(folder), Web() as web:
        urls = (folder / "urls/http-20000.txt").read_text().split()
        hosts = sorted({urlsplit(url).hostname or "" for url in urls})
        behaviours = dict(zip(hosts[::10], cycle(WAYS), strict=False))
        for name, way in behaviours.items():
            host = web.host(name, door=DOORS[way]) if way in DOORS else web.host(name)
            host.otherwise = HTTP.get(way, HTTP["page"])
        rules = [rule for rule in web.connect_to if not rule.startswith("::")]
        ruled = {rule.partition(":")[0] for rule in rules}
        rules += [f"{name}::{web.address}:{web.port}" for name in behaviours if name not in ruled]
        bad = set(behaviours)
        good = [url for url in urls if urlsplit(url).hostname not in bad]
        alone = done(check(good, arguments.timeout, []), bad)
        report = check(urls, arguments.timeout, [part for rule in rules for part in ("--connect-to", rule)])
        beside = done(report, bad)
    print(f"{len(good)} URLs of {len(hosts) - len(bad)} good hosts alone: {alone:.1f} s")
    print(
        f"the same beside {len(urls) - len(good)} URLs of {len(bad)} bad hosts: {beside:.1f} s ({beside / alone:.2f})"
    )
    counts: dict[str, int] = {}
    for member in report["urls"]:
        if urlsplit(member["url"]).hostname in bad:
            counts[member["reason"]] = counts.get(member["reason"], 0) + 1
    print("what became of the latter:", ", ".join(f"{reason} {count}" for reason, count in sorted(counts.items())))


if __name__ == "__main__":
    main()
