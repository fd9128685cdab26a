"""Layers, their order, and every problem at once."""

import json
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from crawler.config import Config
from crawler.config.load import SHOWN, load
from crawler.config.place import Place
from crawler.errors import ConfigError
from crawler.model.role import Role


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, text: str, name: str = "config.yaml") -> None:
    (folder / name).write_text(dedent(text), encoding="utf-8")


def problems(path: str | None = None, **layers: dict[str, object]) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(path, environ={k: str(v) for k, v in layers.get("environ", {}).items()}, overrides=layers.get("overrides"))
    assert caught.value.exit_code == 2
    return caught.value.problems


def test_nothing_configured_is_the_defaults() -> None:
    loaded = load(None, environ={"HOME": "/home/ann"})
    assert loaded.config == Config()
    assert loaded.file is None
    assert loaded.place(("pool", "delay")) == Place("default")


def test_the_file_of_the_current_folder_is_read_unless_another_is_named(folder: Path) -> None:
    write(folder, "pool: {per_host: 3}")
    write(folder, "pool: {per_host: 4}", "other.yaml")
    assert load(None, environ={}).config.pool.per_host == 3
    assert load(None, environ={}).file == "config.yaml"
    assert load("other.yaml", environ={}).config.pool.per_host == 4


def test_later_layers_win_and_each_value_knows_where_it_came_from(folder: Path) -> None:
    write(
        folder,
        """\
        pool:
          concurrency: 1
          per_host: 1
          delay: 1
        """,
    )
    variables = {"CRAWLER_POOL__PER_HOST": "2", "CRAWLER_POOL__DELAY": "2"}
    loaded = load(None, environ=variables, overrides={"pool.delay": 3.0})
    assert (loaded.config.pool.concurrency, loaded.config.pool.per_host, loaded.config.pool.delay) == (1, 2, 3.0)
    places = [str(loaded.place(("pool", key))) for key in ("concurrency", "per_host", "delay")]
    assert places == ["config.yaml:2", "CRAWLER_POOL__PER_HOST", "--delay"]
    assert str(loaded.place(("fetch", "timeout"))) == "default"


def test_a_list_or_table_of_the_file_stands_instead_of_the_default(folder: Path) -> None:
    write(folder, 'records: {articles: [items], roles: {web: ["**"]}}')
    records = load(None, environ={}).config.records
    assert records.articles == ("items",)
    assert records.roles == {Role.WEB: ("**",)}


def test_the_environment_sets_one_entry_of_a_table(folder: Path) -> None:
    variables = {"CRAWLER_RECORDS__ROLES__AMP_CACHE": "[cdn]", "CRAWLER_RULES__LEVELS__HTTP_410": "info"}
    loaded = load(None, environ=variables)
    assert loaded.config.records.roles == {**Config().records.roles, Role.AMP_CACHE: ("cdn",)}
    assert str(loaded.place(("records", "roles", "amp-cache"))) == "CRAWLER_RECORDS__ROLES__AMP_CACHE"
    assert str(loaded.place(("records", "roles", "web"))) == "default"

    write(folder, "rules: {levels: {http-404: off}}")
    loaded = load(None, environ=variables)
    assert loaded.config.rules.levels == {"http-404": "off", "http-410": "info"}
    assert str(loaded.place(("rules", "levels", "http-404"))) == "config.yaml:1"


def test_the_command_line_adds_to_lists_and_tables(folder: Path) -> None:
    write(folder, 'network: {connect_to: ["a:1:b:2"]}\nrules: {levels: {http-404: off}}')
    overrides = {
        "network.connect_to": ("c:3:d:4",),
        "network.allow_addresses": ("10.0.0.0/8",),
        "rules.levels.http-404": "info",
        "rules.levels.http-403": "off",
    }
    loaded = load(None, environ={}, overrides=overrides)
    assert loaded.config.network.connect_to == ("c:3:d:4", "a:1:b:2")
    assert loaded.config.network.allow_addresses == ("10.0.0.0/8",)
    assert loaded.config.rules.levels == {"http-404": "info", "http-403": "off"}
    assert str(loaded.place(("network", "allow_addresses"))) == "--allow-address"
    assert str(loaded.place(("rules", "levels", "http-403"))) == "--level"
    assert Config().rules.levels == {}, "the defaults are nobody's to change"


def test_every_problem_of_every_layer_is_told_at_once_in_order(folder: Path) -> None:
    write(
        folder,
        """\
        fetch:
          timeout: 0
          retrys: 1
        records:
          roles:
            wbe: [x]
        rules:
          exempt:
            - url: x
          levels: {http-404: fatal}
          levels: {}
        """,
    )
    found = problems(
        environ={"CRAWLER_POOL__DELAY": "x", "CRAWLER_POL__DELAY": "1"},
        overrides={"pool.concurrency": 0, "network.allow_addresses": (["x"],)},
    )
    assert found == [
        "config.yaml:2: fetch.timeout: should be greater than 0, not 0",
        "config.yaml:3: fetch.retrys: unknown key; did you mean fetch.retries?",
        "config.yaml:6: records.roles.wbe: should be 'web', 'amp', 'amp-cache' or 'image', not \"wbe\"",
        "config.yaml:9: rules.exempt[0].reason: is missing",
        "config.yaml:10: rules.levels.http-404: should be 'error', 'warning', 'info' or 'off', not \"fatal\"",
        "config.yaml:11: rules.levels: stands twice; first on line 10",
        "CRAWLER_POL__DELAY: pol.delay: unknown key; did you mean pool?",
        'CRAWLER_POOL__DELAY: pool.delay: should be a number, not "x"',
        "--allow-address: network.allow_addresses[0]: should be text, in quotes where it looks like something else, "
        "not a list",
        "--concurrency: pool.concurrency: should be greater than 0, not 0",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- a\n- b\n", ["config.yaml:1: should be sections: keys with values"]),
        ("pool: 5\n", ["config.yaml:1: pool: should be a section: keys with values, not 5"]),
        ("pool:\n  delay: [\n", ["config.yaml:3: not YAML: did not find expected node content"]),
        (
            "title: My site\n",
            [
                "config.yaml:1: none of its keys is a setting of crawler; if it belongs to another program, "
                "name a file with --config",
                "config.yaml:1: title: unknown key; did you mean records.facts.title?",
            ],
        ),
    ],
)
def test_a_file_that_is_no_configuration(folder: Path, text: str, found: list[str]) -> None:
    write(folder, text)
    assert problems() == found


def test_what_can_hold_no_key_is_found_wrong_whatever_is_laid_upon_it(folder: Path) -> None:
    write(folder, "pool: 5\nnetwork: {connect_to: x}\n")
    variables: dict[str, object] = {"CRAWLER_POOL__DELAY": "1"}
    found = problems(environ=variables, overrides={"pool.per_host": 2, "network.connect_to": ("a:1:b:2",)})
    assert [problem.partition(": should")[0] for problem in found] == [
        "config.yaml:1: pool",
        "config.yaml:2: network.connect_to",
    ]


@pytest.mark.parametrize("text", ["", "# all is commented out\n", "pool:\nrecords:\n  facts:\n  bounds:\n"])
def test_an_empty_file_or_section_sets_nothing(folder: Path, text: str) -> None:
    write(folder, text)
    assert load(None, environ={}).config == Config()


@pytest.mark.parametrize(("name", "words"), [("no.yaml", "No such file or directory"), (".", "Is a directory")])
def test_a_file_that_can_not_be_read(name: str, words: str) -> None:
    assert problems(name) == [f"{name}: can't be read: {words}"]


@pytest.mark.parametrize("key", ["pool.xyzzy", "pool.delay.more", "records.include.more", "xyzzy", "pool"])
def test_an_override_of_no_key_is_refused(key: str) -> None:
    assert problems(overrides={key: 1})


def test_a_flood_of_problems_is_cut(folder: Path) -> None:
    write(folder, "".join(f"key{number}: {number}\n" for number in range(5000)))
    found = problems()
    assert len(found) == SHOWN + 1
    assert found[-1] == "… and more"


def test_hostile_keys_and_values_never_reach_the_terminal_raw(folder: Path) -> None:
    write(folder, r'"\e[31m\u202e": 1' + '\npool: {delay: "\\e[2J", ' + "x" * 900 + ": 1}\n")
    found = problems()
    assert all(problem.isprintable() and len(problem) < 300 for problem in found), found


MODULES = """
import json, sys
from crawler.config.load import load
load(None, environ=json.loads(sys.argv[1]), overrides=json.loads(sys.argv[2]))
print(json.dumps([name for name in ("pydantic", "yaml", "difflib") if name in sys.modules]))
"""


@pytest.mark.parametrize(
    ("text", "environ", "overrides", "imported"),
    [
        (None, {"HOME": "/"}, {}, []),
        (None, {}, {"pool.concurrency": 3, "pool.delay": 0.5, "rules.levels.http-404": "off"}, []),
        (None, {"CRAWLER_RULES__FAIL_ON": "never"}, {}, []),
        ("pool: {delay: 1}", {}, {}, ["yaml"]),
    ],
    ids=["nothing", "options", "a variable", "a file"],
)
def test_what_is_right_is_read_without_slow_imports(
    folder: Path, text: str | None, environ: dict[str, str], overrides: dict[str, object], imported: list[str]
) -> None:
    if text is not None:
        write(folder, text)
    command = [sys.executable, "-c", MODULES, json.dumps(environ), json.dumps(overrides)]
    assert json.loads(subprocess.check_output(command)) == imported


def test_a_section_of_one_list_may_be_written_as_that_list(folder: Path) -> None:
    write(folder, "notify:\n  - slack://token\n  - json://localhost\n")
    loaded = load(None, environ={})
    assert loaded.config.notify.urls == ("slack://token", "json://localhost")
    assert loaded.place(("notify", "urls")) == Place("config.yaml", 1)
    write(folder, "notify:\n  - slack://token\n  - 7\n")
    (problem,) = problems()
    assert problem.startswith("config.yaml:3: notify.urls[1]: ")
