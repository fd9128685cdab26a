"""`crawler config`."""

import json
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawler.cli import main
from crawler.config import Config
from crawler.config.load import load
from crawler.model.role import Role

FILE = r"""
records: {roles: {web: ["söß", "x\u202e"]}}
pool:
  delay: 1
network: {proxy: "http://me:secret@proxy:3128"}
rules:
  levels: {http-404: off, "odd: code\e": info}
  exempt: [{url: "^https://a", reason: asked, until: 2026-12-31}]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, **variables: str) -> Result:
    return CliRunner(env=variables).invoke(main, ["config", *arguments], catch_exceptions=False)


@pytest.mark.parametrize("arguments", [(), ("show",)])
def test_with_nothing_configured_all_is_default(arguments: tuple[str, ...], folder: Path) -> None:
    result = run(*arguments)
    assert result.exit_code == 0
    keys = [line for line in result.output.splitlines() if not line.endswith(":")]
    assert all(line.endswith("  # default") for line in keys)
    (folder / "config.yaml").write_text(result.output, encoding="utf-8")
    assert load(None, environ={}).config == Config()


def test_it_says_where_each_value_came_from(folder: Path) -> None:
    (folder / "config.yaml").write_text(FILE, encoding="utf-8")
    lines = run("show", CRAWLER_POOL__PER_HOST="1", CRAWLER_RULES__LEVELS__HTTP_410="warning").output.splitlines()
    shown = {line.partition(":")[0].strip(): line.rpartition("  # ")[2] for line in lines if "  # " in line}
    assert shown["delay"] == "config.yaml:4"
    assert shown["per_host"] == "CRAWLER_POOL__PER_HOST"
    assert shown["concurrency"] == "default"
    assert shown["web"] == "config.yaml:2"
    assert shown["http-404"] == "config.yaml:7"
    assert shown["http-410"] == "CRAWLER_RULES__LEVELS__HTTP_410"


def test_what_it_shows_is_that_configuration_again_without_passwords(folder: Path) -> None:
    (folder / "mine.yaml").write_text(FILE, encoding="utf-8")
    output = run("show", "-c", "mine.yaml").output
    assert "secret" not in output
    assert all(line.isprintable() for line in output.splitlines())
    (folder / "again.yaml").write_text(output, encoding="utf-8")
    mine, again = load("mine.yaml", environ={}).config, load("again.yaml", environ={}).config
    assert again.network.proxy == "http://me:***@proxy:3128"
    assert again.rules == mine.rules
    assert again.records == mine.records
    assert again.records.roles == {Role.WEB: ("söß", "x\u202e")}


def test_as_json_it_is_the_values_and_their_places(folder: Path) -> None:
    (folder / "config.yaml").write_text(FILE, encoding="utf-8")
    shown = json.loads(run("show", "--format", "json").output)
    assert shown["config"]["pool"] == {"concurrency": 128, "per_host": 2, "delay": 1.0, "processes": 1}
    assert shown["config"]["network"]["proxy"] == "http://me:***@proxy:3128"
    assert shown["config"]["rules"]["exempt"][0]["reason"] == "asked"
    assert shown["places"]["pool.delay"] == "config.yaml:4"
    assert shown["places"]["pool.per_host"] == "default"
    assert shown["places"]["rules.levels.http-404"] == "config.yaml:7"
    assert "pool" not in shown["places"]


def test_a_configuration_that_makes_no_sense_ends_with_2_and_every_problem(folder: Path) -> None:
    (folder / "config.yaml").write_text("pool: {delay: -1, xyzzy: 1}\n", encoding="utf-8")
    result = run("show")
    assert result.exit_code == 2
    assert "config.yaml:1: pool.delay: should be greater than or equal to 0, not -1" in result.output
    assert "config.yaml:1: pool.xyzzy: unknown key" in result.output


def test_the_schema_is_json() -> None:
    schema = json.loads(run("schema").output)
    assert list(schema["properties"]) == [section.name for section in fields(Config)]
