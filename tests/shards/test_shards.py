"""Runs that are shared out over real processes, in the little web: the same report, and every promise kept."""

import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import crawler
from crawler.cli import main
from crawler.config import Config, Network, Pool
from crawler.shards.shards import WORTH, shares
from tests.web import Answer, Host, Stall, Web, redirect

TIMES = re.compile(r'"(started_at|finished_at|checked_at|elapsed_ms)": ?("[^"]*"|\d+)')
PATIENCE = 20.0
"""Seconds after which a test has failed rather than being slow."""


class Ran(NamedTuple):
    """How a check ended."""

    code: int
    text: str
    """Its JSON report."""
    children: bool
    """Whether it had processes of its own."""

    @property
    def report(self) -> dict[str, Any]:
        """The same, read."""
        report: dict[str, Any] = json.loads(self.text)
        return report

    def reasons(self) -> dict[str, str]:
        """The reason of each URL's verdict."""
        return {url["url"]: url["reason"] for url in self.report["urls"]}


def arguments(web: Web, *more: str) -> list[str]:
    """Of `crawler check` in the little web."""
    there = [option for override in web.connect_to for option in ("--connect-to", override)]
    alone = ["--retries", "0", "--no-store", "-f", "json=report.json", "-q"]
    return ["check", "--cacert", web.cacert, *there, *alone, *more]


Check = Callable[..., Ran]


@pytest.fixture
def check(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Run `crawler check` in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def run(*more: str) -> Ran:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with pytest.raises(SystemExit) as ended:
            main(arguments(web, *more), prog_name="crawler")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert isinstance(ended.value.code, int)
        return Ran(ended.value.code, Path("report.json").read_text(), after.ru_utime > before.ru_utime)

    return run


def listed(*urls: str) -> str:
    """A list with these URLs, long enough to be shared out."""
    Path("urls.txt").write_text("".join(f"{urls[number % len(urls)]}\n" for number in range(max(len(urls), WORTH))))
    return "urls.txt"


def town(web: Web) -> list[str]:
    """A dozen sites that lead to each other; returns links to them, and some to nowhere."""
    hosts = [web.host(f"{'www.' * (number % 2)}h{number}.example") for number in range(12)]
    for number, host in enumerate(hosts):
        beside, beyond = hosts[(number + 1) % 12], hosts[(number + 5) % 12]
        for part in range(5):
            host.page(f"/page/{part}", b"<title>Story %d of %d</title>" % (part, number))
            host.redirect(f"/moved/{part}", beside.http(f"/page/{part}"))
            host.redirect(f"/chain/{part}", beyond.http(f"/moved/{part}"), 302)
        host.on("/cookie", redirect(beyond.http("/cookie/2"), 302, (("Set-Cookie", "seen=1"),)))
        host.on("/cookie/2", redirect(host.http("/private/3"), 302))
        host.redirect("/loop", hosts[number ^ 1].http("/loop"))
        host.page("/robots.txt", b"User-agent: *\nDisallow: /private")
        host.page("/image.jpg", b"<p>no image")
    hosts[3].redirect("/robots.txt", hosts[8].http("/rules.txt"))
    hosts[8].page("/rules.txt", b"User-agent: *\nDisallow: /page/1")
    kinds = ("page", "moved", "chain", "gone", "private")
    links = [host.http(f"/{kind}/{part}") for part in range(5) for kind in kinds for host in hosts]
    links += [host.http(path) for host in hosts for path in ("/cookie", "/loop", "/page/1#missing", "/image.jpg")]
    return [*links, "mailto:somebody@example.org"]


def asked(host: Host, target: str) -> int:
    return sum(seen.target == target for seen in host.seen)


def test_the_report_is_that_of_one_process(check: Check, web: Web) -> None:
    links = town(web)
    Path("records").mkdir()
    for part in range(3):
        related = [
            {"images": [{"url": link}]} if link.endswith(".jpg") else {"webUrl": link} for link in links[part::3]
        ]
        Path(f"records/{part}.md").write_text(f"---\nrelated: {json.dumps(related)}\n---\n")
    one, three = check("records", "--processes", "1"), check("records", "--processes", "3")
    assert not one.children
    assert three.children
    assert TIMES.sub("", three.text) == TIMES.sub("", one.text)
    assert three.code == one.code == 1
    assert three.report["complete"] is True
    assert set(three.reasons().values()) == {
        *("ok", "permanent-redirect", "temporary-redirect", "http-404", "redirect-loop", "robots-disallowed"),
        *("scheme-ignored", "image-not-image"),
    }
    for number in range(12):
        host = web.host(f"{'www.' * (number % 2)}h{number}.example")
        assert asked(host, "/robots.txt") == 2, "once a run"
        forbidden = "/page/1" if number == 3 else "/private/1"  # by the rules that it is led to, or by its own
        assert not asked(host, forbidden)
        assert host.most_under_way <= 2


def test_no_host_sees_more_than_its_limit_redirects_from_elsewhere_included(check: Check, web: Web) -> None:
    hub = web.host("hub.example")
    hub.otherwise, hub.delay = Answer(), 0.005
    hosts = [web.host(f"h{number}.example") for number in range(20)]
    urls = [host.on(f"/{part}", redirect(hub.http(f"/{host.name}/{part}"), 302)) for host in hosts for part in range(5)]
    ran = check(listed(*(url.replace("https:", "http:") for url in urls)), "--processes", "3", "--per-host", "3")
    assert ran.children
    assert set(ran.reasons().values()) == {"temporary-redirect"}
    assert len(hub.seen) == 100
    assert hub.most_under_way == 3
    assert max(host.most_under_way for host in hosts) <= 3


def test_what_is_soon_done_is_done_here(check: Check, web: Web) -> None:
    ran = check(*(web.host(f"h{number}.example").page("/") for number in range(5)), "--processes", "4")
    assert set(ran.reasons().values()) == {"ok"}
    assert not ran.children


def test_the_budget_ends_a_run_in_time(check: Check, web: Web) -> None:
    stuck = web.host("stuck.example").on("/", (Stall(),))
    waiting = [stuck.replace("https:", "http:").replace("//", f"//{number}") for number in range(9)]
    for number in range(9):
        web.host(f"{number}stuck.example").on("/", (Stall(),))
    started = time.monotonic()
    ran = check(listed(*waiting, "mailto:somebody@example.org"), "--processes", "2", "--budget", "1s")
    assert time.monotonic() - started < PATIENCE
    assert ran.children
    assert ran.report["complete"] is False
    assert ran.reasons() == dict.fromkeys(waiting, "budget-exhausted") | {
        "mailto:somebody@example.org": "scheme-ignored"
    }


class Running(NamedTuple):
    """A check in a process of its own, with children, that has answered for what it can and waits for the rest."""

    process: subprocess.Popen[bytes]
    pages: list[str]

    @property
    def said(self) -> str:
        """What it wrote to standard error."""
        return Path("said.txt").read_text()

    def children(self) -> list[int]:
        """The ids of its processes."""
        ids = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(number) for number in ids.split()]

    def end(self) -> dict[str, Any]:
        """Wait for its end, and read its report."""
        self.process.wait(PATIENCE)
        report: dict[str, Any] = json.loads(Path("report.json").read_text())
        assert report["complete"] is False
        return report


@pytest.fixture
def running(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """`crawler check` where half of the hosts never answer."""
    monkeypatch.chdir(tmp_path)
    good, stuck = ([web.host(f"{kind}{number}.example") for number in range(4)] for kind in ("good", "stuck"))
    for host in (*good, *stuck):
        host.on("/", (Stall(),) if host in stuck else Answer(200, b"<title>A page</title>"))
    pages = [host.http() for host in good]
    name = listed(*pages, *(host.http() for host in stuck))
    command = [sys.executable, "-m", "crawler", *arguments(web, name, "--processes", "3", "-f", "jsonl")]
    with Path("said.txt").open("wb") as said, Path("told.txt").open("wb") as told:
        process = subprocess.Popen(command, stdout=told, stderr=said, start_new_session=True)
    try:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and (len(web.seen) < 8 or Path("told.txt").read_text().count("\n") < 4):
            time.sleep(0.02)
        yield Running(process, pages)
    finally:
        process.kill()
        process.wait()


def test_an_interrupt_of_the_whole_group_ends_in_a_report(running: Running, web: Web) -> None:
    os.killpg(running.process.pid, signal.SIGINT)
    report = running.end()
    assert running.process.returncode == 130
    assert sorted(url["url"] for url in report["urls"]) == running.pages
    assert "Traceback" not in running.said
    web.wait_closed(PATIENCE)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found in /proc")
def test_a_child_that_dies_ends_the_run_with_its_report(running: Running, web: Web) -> None:
    children = running.children()
    assert len(children) == 3
    if sys.platform == "linux":  # where they are forked
        assert len({Path(f"/proc/{number}/cmdline").read_bytes() for number in (running.process.pid, *children)}) == 1
    os.kill(children[1], signal.SIGKILL)
    report = running.end()
    assert running.process.returncode == 3
    assert sorted(url["url"] for url in report["urls"]) == running.pages
    assert "process 2 of 3 ended before its work was done (killed by SIGKILL)" in running.said
    web.wait_closed(PATIENCE)


def test_children_do_not_outlive_their_parent(running: Running, web: Web) -> None:
    running.process.kill()
    running.process.wait()
    web.wait_closed(PATIENCE)


@pytest.mark.anyio
async def test_a_crawl_is_shared_out_too_and_waits_for_who_reads_it(web: Web) -> None:
    hosts = [web.host(f"h{number}.example") for number in range(4)]
    for host in hosts:
        host.otherwise = Answer()
    config = Config(pool=Pool(processes=2), network=Network(connect_to=web.connect_to))
    urls = {host.http(f"/{part}") for host in hosts for part in range(WORTH // 4)}
    seen = [observation.url async for observation in crawler.crawl(urls, config)]
    assert sorted(seen) == sorted(urls)


@pytest.mark.parametrize(
    ("processes", "concurrency", "each"), [(1, 128, [128]), (3, 128, [43, 43, 42]), (4, 3, [1, 1, 1])]
)
def test_the_concurrency_is_shared_out(processes: int, concurrency: int, each: list[int]) -> None:
    shared = shares(Pool(processes=processes, concurrency=concurrency, per_host=7, delay=0.5))
    assert [pool.concurrency for pool in shared] == each
    assert {(pool.per_host, pool.delay, pool.processes) for pool in shared} == {(7, 0.5, 1)}
