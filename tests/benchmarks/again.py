"""A first and a second run over the same links, and what the store costs: `python -m tests.benchmarks.again`.

The stand's sites, once with nothing known and once with everything: requests as its server counts them, bytes of bodies
as they came, time. Then runs with and without a store in turn: A B A B …, the first pair thrown away.
"""

import argparse
import json
import re
import statistics
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.benchmarks.against_lychee import CRAWLER, run, stand

STATUS = "http://127.0.0.1:8099/status"


def requests() -> int:
    """How many requests the stand's server has had."""
    with urllib.request.urlopen(STATUS) as answer:
        return int(re.findall(r"\d+", answer.read().decode())[3])


def check(urls: Path, *more: str) -> list[str]:
    """The command of one run."""
    command = [CRAWLER, "check", str(urls), "--allow-address", "127.0.0.0/8"]
    return [*command, "--no-progress", "--fail-on", "never", *more]


def main() -> None:
    """Print the table, and what the store costs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("/tmp/stand"), help="where the stand is, or is built")
    parser.add_argument("--list", default="http-20000", help="the list of URLs")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    folder = arguments.folder.resolve()
    urls = folder / f"urls/{arguments.list}.txt"
    with stand(folder), tempfile.TemporaryDirectory() as kept:
        store, report = ("--store", f"sqlite:///{kept}/links.db"), Path(kept, "report.json")
        print("| run | requests | bytes of bodies | seconds |\n|---|--:|--:|--:|")
        for name in ("first", "second"):
            before, started = requests(), time.perf_counter()
            subprocess.run(check(urls, *store, "--max-age", "0", "-f", f"json={report}"), check=True)
            took = time.perf_counter() - started
            read = sum(member["metadata"]["bytes"] for member in json.loads(report.read_text())["urls"])
            print(f"| {name} | {requests() - before - 1} | {read} | {took:.1f} |", flush=True)
        ratios = []
        for turn in range(arguments.runs + 1):
            fresh = ("--store", f"sqlite:///{kept}/{turn}.db")
            with_store = run(check(urls, *fresh, "-f", "json=/dev/null"))
            without = run(check(urls, "--no-store", "-f", "json=/dev/null"))
            ratios.append((with_store.wall / without.wall, with_store.cpu / without.cpu))
        wall, cpu = (statistics.median(ratio[figure] for ratio in ratios[1:]) for figure in (0, 1))
        print(f"\nwith a new store over without one: wall {wall:.2f}, CPU {cpu:.2f}")


if __name__ == "__main__":
    main()
