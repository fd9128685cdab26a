"""Running the command line inside the test's process, against the little web."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from crawler.cli import main
from tests.web import Web


class Ran(NamedTuple):
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """Its standard output as the JSON report."""
        report: dict[str, Any] = json.loads(self.out)
        return report

    def reasons(self) -> dict[str, str]:
        """The reason of each URL's verdict."""
        return {url["url"]: url["reason"] for url in self.report["urls"]}

    def codes(self) -> list[str]:
        """The code of each finding, in order."""
        return [finding["code"] for finding in self.report["findings"]]


Crawl = Callable[..., Ran]


@pytest.fixture
def crawl(capfd: pytest.CaptureFixture[str]) -> Crawl:
    """Run a command: `crawl("rules", "http-404")`."""

    def run(*arguments: str | Path) -> Ran:
        with pytest.raises(SystemExit) as ended:
            main(list(map(str, arguments)), prog_name="crawler")
        out, err = capfd.readouterr()
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 1, out, err)

    return run


@pytest.fixture
def check(crawl: Crawl, web: Web) -> Crawl:
    """Run `crawler check -f json` on inputs, inside the little web: no packet leaves it."""

    def run(*arguments: str | Path) -> Ran:
        there = [option for override in web.connect_to for option in ("--connect-to", override)]
        return crawl("check", "--cacert", web.cacert, *there, "-f", "json", "--retries", "0", *arguments)

    return run


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test in a folder of its own, out of reach of the project's configuration."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
