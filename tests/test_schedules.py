"""The schedules of README.md do what it says: each is taken from there and run for some nights, in the little web."""

import configparser
import fcntl
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from crawler.config.duration import duration
from tests.github.gh import LIMIT
from tests.github.runner import ROOT, Runner
from tests.web import Host, Web

README = (ROOT / "README.md").read_text(encoding="utf-8")

TREE, RECORDS = "/opt/crawler", "/srv/records"
"""Where README.md has the program and the records."""

PROGRAM = f"{TREE}/.venv/bin/crawler"


def block(language: str, first: str) -> str:
    """The one block of README.md in a language of which the first line has some words."""
    found = [
        text
        for text in re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
        if first in text.partition("\n")[0]
    ]
    assert len(found) == 1, f"README.md has {len(found)} blocks of {language} with {first!r}"
    return str(found[0])


def unit(name: str) -> configparser.ConfigParser:
    """A unit of systemd, as README.md has it."""
    parser = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",), comment_prefixes=("#", ";"))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(block("ini", f"/etc/systemd/system/{name}"))
    return parser


SERVICE, TIMER = unit("crawler.service"), unit("crawler.timer")
CRON = block("crontab", "crawler check").strip()
WORKFLOW: dict[Any, Any] = yaml.safe_load(block("yaml", ".github/workflows/"))


class Site(NamedTuple):
    """A folder with a record and a configuration that leads into the little web."""

    folder: Path
    host: Host

    def asked(self) -> list[str]:
        """What the host was asked for since this was last called."""
        targets = [seen.target for seen in self.host.seen]
        self.host.seen.clear()
        return targets

    def mend(self) -> None:
        """Write another URL in the place of the dead one."""
        record = self.folder / "records/a.md"
        record.write_text(record.read_text().replace(self.host.https("/gone"), self.host.page("/found")))

    def files(self) -> set[str]:
        """Every file, but for what stands in `.crawler/`."""
        paths = {path.relative_to(self.folder) for path in self.folder.rglob("*")}
        return {str(path) for path in paths if path.parts[0] != ".crawler"}


FIRST = ["/gone", "/robots.txt", "/well"]
"""What a first night asks for."""


@pytest.fixture
def site(web: Web, tmp_path: Path) -> Site:
    """Two links, of which one is dead."""
    host = web.host("gazette.example")
    folder = tmp_path / "site"
    (folder / "records").mkdir(parents=True)
    (folder / "records/a.md").write_text(f"[well]({host.page('/well')}) [dead]({host.https('/gone')})\n")
    (folder / "config.yaml").write_text(
        f"network: {json.dumps({'connect_to': web.connect_to, 'cacert': web.cacert})}\nfetch: {{retries: 0}}\n"
    )
    return Site(folder, host)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """This tree's program."""
    program = tmp_path / "crawler"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m crawler "$@"\n')
    program.chmod(0o755)
    return program


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """What a command printed, and how it ended, with no more around it than cron and systemd give."""
    environ = {"PATH": os.defpath, "HOME": "/"}
    return subprocess.run(command, cwd=folder, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True)


def test_the_service_runs_what_is_due_and_writes_nothing_else(site: Site, program: Path) -> None:
    service = SERVICE["Service"]
    assert service["WorkingDirectory"] == RECORDS
    first, *arguments = shlex.split(service["ExecStart"])
    assert first == PROGRAM
    writable = service["ReadWritePaths"].replace(RECORDS, str(site.folder))
    Path(writable).mkdir()
    before = site.files()
    night = run([str(program), *arguments], site.folder)
    assert (night.returncode, night.stderr) == (int(service["SuccessExitStatus"]), "")
    assert "http-404" in night.stdout
    assert sorted(site.asked()) == FIRST
    assert "links.db" in [path.name for path in Path(writable).iterdir()]
    assert run([str(program), *arguments], site.folder).returncode == 0
    assert site.asked() == []
    assert site.files() == before


def test_the_service_has_time_for_its_budget() -> None:
    service = SERVICE["Service"]
    assert service["Type"] == "oneshot"
    budget = re.search(r"--budget (\S+)", service["ExecStart"])
    assert budget
    assert duration(service["TimeoutStartSec"].removesuffix("in")) > duration(budget[1])


def test_the_timer_starts_the_service_and_makes_up_for_a_lost_night() -> None:
    timer = TIMER["Timer"]
    assert "Unit" not in timer, "without it, a timer starts the service of its own name"
    assert timer["Persistent"] == "true"
    assert {"OnCalendar", "RandomizedDelaySec"} <= set(timer)
    assert TIMER["Install"]["WantedBy"] == "timers.target"


def test_systemd_knows_every_key_of_the_units(tmp_path: Path, program: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("there is no systemd-analyze here to ask")
    for name in ("crawler.service", "crawler.timer"):
        text = block("ini", f"/etc/systemd/system/{name}")
        (tmp_path / name).write_text(text.replace(PROGRAM, str(program)).replace("User=crawler", "User=root"))
    checked = run([analyze, "verify", "./crawler.timer", "./crawler.service"], tmp_path)
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")


def test_the_line_of_cron_prints_what_is_broken_and_nothing_else(site: Site, program: Path) -> None:
    *times, command = CRON.split(None, 5)
    assert all(re.fullmatch(r"\*|\d+", time) for time in times)
    assert len(CRON.splitlines()) == 1
    assert "%" not in command, "cron makes a line break of it"
    assert PROGRAM in command
    shell = ["/bin/sh", "-c", command.replace(PROGRAM, str(program)).replace(RECORDS, str(site.folder))]
    night = run(shell, Path("/"))
    assert "http-404" in night.stdout
    assert sorted(site.asked()) == FIRST
    night = run(shell, Path("/"))
    assert (night.returncode, night.stdout, night.stderr) == (0, "", "")
    assert site.asked() == []
    site.mend()
    with locked(site.folder):
        night = run(shell, Path("/"))
    assert (night.returncode, night.stdout, night.stderr) == (0, "", "")
    assert site.asked() == []
    night = run(shell, Path("/"))
    assert (night.returncode, night.stdout, night.stderr) == (0, "", "")
    assert site.asked() == ["/found"]


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Another night still goes on."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


@pytest.fixture
def runner(site: Site, tmp_path: Path) -> Runner:
    """GitHub, for the repository of the site."""
    folder = tmp_path / "github"
    folder.mkdir()
    return Runner(folder, site.folder)


def test_the_workflow_keeps_the_store_and_one_issue(site: Site, runner: Runner) -> None:
    assert runner.run(WORKFLOW), runner.output
    assert sorted(site.asked()) == FIRST
    assert runner.calls() == ["label create", "issue create"]
    (issue,) = runner.issues
    assert (issue["state"], issue["labels"]) == ("open", ["broken-links"])
    assert f"http-404  error: 404 Not Found  {site.host.https('/gone')}" in issue["body"]

    assert runner.run(WORKFLOW), runner.output
    assert site.asked() == [], "the store is kept, and nothing is due"
    assert runner.calls() == ["issue edit"]
    (issue,) = runner.issues
    assert issue["state"] == "open"
    assert site.host.https("/gone") in issue["body"]

    site.mend()
    assert runner.run(WORKFLOW), runner.output
    assert site.asked() == ["/found"]
    assert runner.calls() == ["issue close"]
    (issue,) = runner.issues
    assert issue["state"] == "closed"


def test_a_store_that_can_not_be_used_fails_the_workflow(site: Site, runner: Runner) -> None:
    (site.folder / ".crawler").mkdir()
    (site.folder / ".crawler/links.db").write_text("- just a list\n" * 500)
    assert not runner.run(WORKFLOW)
    assert "not a SQLite database" in runner.output
    assert runner.calls() == []


def test_the_workflow_may_do_no_more_than_it_has_to() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read", "issues": "write"}
    assert set(WORKFLOW[True]) == {"schedule", "workflow_dispatch"}, "`on` is true in YAML 1.1"
    assert WORKFLOW["concurrency"], "two nights at once would open two issues"


LONG = "".join(f"records/{number:04}.md:1:1  http-404  error: ünknown  {'x' * 100}\n" for number in range(1000))
ISSUE = {"number": 1, "title": "Broken links", "state": "open", "labels": ["broken-links"], "body": "of yesterday"}


@pytest.mark.parametrize(
    ("code", "issues", "calls"),
    [
        (0, [], []),
        (0, [ISSUE], ["issue close"]),
        (0, [ISSUE | {"state": "closed"}], []),
        (1, [], ["label create", "issue create"]),
        (1, [ISSUE], ["issue edit"]),
        (1, [ISSUE | {"state": "closed"}], ["label create", "issue create"]),
        (1, [ISSUE, ISSUE | {"number": 2, "pull_request": True}], ["issue edit"]),
        (1, [ISSUE | {"labels": ["other"]}], ["label create", "issue create"]),
        (3, [ISSUE], None),
    ],
)
def test_what_becomes_of_the_issue(runner: Runner, code: int, issues: list[Any], calls: list[str] | None) -> None:
    assert keep(runner, code, "a.md:1:1  http-404  error\n\n1 error.\n", issues) == (calls is not None)
    assert runner.calls() == (calls or [])
    if code == 1:
        open_ones = [one for one in runner.issues if one["state"] == "open" and "broken-links" in one["labels"]]
        assert [one["body"] for one in open_ones if not one.get("pull_request")] == [
            "1 error.\n\n```\na.md:1:1  http-404  error\n\n1 error.\n```\n"
        ]
    elif code == 3:
        assert runner.issues == issues


@pytest.mark.parametrize("ticks", ["`", "```", "`` ````` `", "```\n```\nfree"])
def test_nothing_gets_out_of_the_fence(runner: Runner, ticks: str) -> None:
    assert keep(runner, 1, f"{ticks}.md:1:1  http-404\n{ticks}\n1 error.\n", [])
    lead, _, fence, *inside, last = runner.issues[0]["body"].splitlines()
    assert (lead, last, set(fence)) == ("1 error.", fence, {"`"})
    assert inside == [*f"{ticks}.md:1:1  http-404\n{ticks}".splitlines(), "1 error."]
    assert fence not in "\n".join(inside)


def test_a_long_report_is_cut_between_its_lines(runner: Runner) -> None:
    assert keep(runner, 1, f"{LONG}\n1,000 errors.\n", [])
    body = runner.issues[0]["body"]
    assert LIMIT * 0.8 < len(body) <= LIMIT
    assert body.startswith("1,000 errors.\n\n```\nrecords/0000.md:1:1")
    *_, whole, words, fence = body.splitlines()
    assert whole in LONG.splitlines()
    shown = len(re.findall("^records/", body, re.MULTILINE))
    assert words == f"and {1002 - shown} more lines, which the log of the run has"
    assert fence == "```"
    assert LONG in runner.output


def keep(runner: Runner, code: int, report: str, issues: list[Any]) -> bool:
    """Do the workflow's last step alone, with this report and these issues. Whether it went well."""
    (job,) = WORKFLOW["jobs"].values()
    (runner.folder / "reported").write_text(report)
    runner.put("crawler", f'[ "$*" = "report --current -q" ] && cat "{runner.folder}/reported" && exit {code}')
    runner.gh_state.write_text(json.dumps({"labels": [], "issues": issues, "calls": []}))
    return runner.step(job["steps"][-1], WORKFLOW["defaults"]["run"]["shell"])
