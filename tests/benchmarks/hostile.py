"""What becomes of everything that a server can do, case by case: `python -m tests.benchmarks.hostile`.

The whole command over the hostile web of the tests, all of its hosts at once: each one's verdict, how long it took,
what was read of its body, and what its server could send in all. The run takes as long as the time-out and no longer,
however many hosts never come to an end.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.web import Web
from tests.web.hostile import NAMES, host_name, serve


def check(web: Web, urls: list[str], timeout: float) -> dict[str, Any]:
    """The report of one run."""
    with tempfile.TemporaryDirectory() as folder:
        listed, report = Path(folder, "urls.txt"), Path(folder, "report.json")
        listed.write_text("\n".join(urls))
        command = [sys.executable, "-m", "crawler", "check", str(listed), "-f", f"json={report}", "--no-store"]
        command += ["--no-progress", "--fail-on", "never", "--timeout", str(timeout), "--retries", "0"]
        command += ["--cacert", web.cacert, *(part for rule in web.connect_to for part in ("--connect-to", rule))]
        subprocess.run(command, check=True)
        result: dict[str, Any] = json.loads(report.read_text())
        return result


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--timeout", type=float, default=2.0, help="seconds for one exchange")
    arguments = parser.parse_args()
    with Web() as web:
        urls = serve(web)
        started = time.monotonic()
        report = check(web, list(urls.values()), arguments.timeout)
        took = time.monotonic() - started
        found = {member["url"]: member for member in report["urls"]}
        print("| host | verdict | reason | ms | requests | bytes read | bytes sent |\n|---|---|---|--:|--:|--:|--:|")
        for name in NAMES:
            one, seen = found[urls[name]], web.find(host_name(name)).seen
            cells = (name, one["verdict"], one["reason"], one["elapsed_ms"], len(seen), one["metadata"]["bytes"])
            print("|", " | ".join(map(str, (*cells, sum(request.sent for request in seen)))), "|")
    print(f"\n{len(NAMES)} hosts in {took:.1f} s, with {arguments.timeout:g} s for one exchange")


if __name__ == "__main__":
    main()
