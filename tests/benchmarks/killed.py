"""Runs that are killed at any moment, and gone on with: `python -m tests.benchmarks.killed`.

Each time a check of a few hundred slow links is ended by SIGKILL after a random while, and the same command is given
again until it completes. What the server saw has to add up: nothing that was checked a second before the end or earlier
is asked for again, everything is asked for in the end, and the store is whole.
"""

import argparse
import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from tests.web import Answer, Web

LINKS = 600
DELAY = 0.05
"""Seconds that each answer takes: with the default of 128 requests at once, two to a host, a run takes some seconds."""
HOSTS = 10
GRACE = 1.0
"""Seconds before the end whose checks may be lost."""


def is_over(store: Path) -> bool:
    """Whether the last run had finished when it was killed, so that there is nothing to go on with. A copy is looked
    at: what a kill leaves behind is for the next run to put in order.
    """
    with tempfile.TemporaryDirectory() as folder:
        for file in store.parent.glob(f"{store.name}*"):
            shutil.copy(file, folder)
        with closing(sqlite3.connect(Path(folder, store.name))) as copy:
            try:
                last = copy.execute("SELECT complete FROM runs ORDER BY id DESC LIMIT 1").fetchone()
            except sqlite3.OperationalError:  # it had not come as far as making its tables
                return False
            return bool(last == (1,))


def once(seed: int) -> str:
    """One check, killed and gone on with until it is done; what was seen, or what is wrong."""
    rnd = random.Random(seed)
    with Web() as web, tempfile.TemporaryDirectory() as folder:
        urls = []
        for number in range(LINKS):
            host = web.host(f"host-{number % HOSTS}.example")
            host.delay = DELAY
            host.otherwise = Answer(200, b"<title>A page</title>")
            urls.append(host.http(f"/{number}"))
        listed, report = Path(folder, "urls.txt"), Path(folder, "report.json")
        listed.write_text("\n".join(urls))
        command = [sys.executable, "-m", "crawler", "check", str(listed), "--store", f"sqlite:///{folder}/links.db"]
        command += ["--no-progress", "--fail-on", "never", "-f", f"json={report}"]
        command += [part for rule in web.connect_to for part in ("--connect-to", rule)]
        killed: list[float] = []
        while True:
            process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
            try:
                process.wait(rnd.uniform(0.4, 1.6 + len(killed)))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                killed.append(time.monotonic())
                if not is_over(Path(folder, "links.db")):
                    continue
            if process.returncode not in (0, -signal.SIGKILL):
                return f"seed {seed}: exited with {process.returncode}"
            break
        asked = Counter(f"http://{seen.host}{seen.target}" for seen in web.seen)
        for seen in web.seen:
            ended = seen.ended
            if ended is None or any(seen.at < at < ended + GRACE for at in killed):
                continue  # nothing came of it, or that may be lost
            if any((seen.host, seen.target) == (other.host, other.target) and other.at > ended for other in web.seen):
                return f"seed {seed}: {seen.target} was checked, and asked for again"
        if set(asked) != set(urls):
            return f"seed {seed}: {len(set(urls) - set(asked))} URLs were never asked for"
        if len(json.loads(report.read_text())["urls"]) != LINKS:
            return f"seed {seed}: the report is not whole"
        with sqlite3.connect(Path(folder, "links.db")) as store:
            if store.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return f"seed {seed}: the store is damaged"
        return f"seed {seed}: killed {len(killed)} times, {sum(asked.values()) - LINKS} requests made again"


def main() -> None:
    """Do it as often as is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=50)
    arguments = parser.parse_args()
    for seed in range(arguments.times):
        print(once(seed), flush=True)


if __name__ == "__main__":
    main()
