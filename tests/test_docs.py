"""README and `--help` say what there is, and nothing else."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from crawler.cli import main, options
from crawler.config import Config
from crawler.config.environment import settings

OPTION = re.compile(r"-{1,2}[A-Za-z]")

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def code(text: str) -> Iterator[str]:
    """Every line of code in Markdown: fenced blocks, and spans between backticks elsewhere."""
    for number, part in enumerate(re.split(r"^```.*$", text, flags=re.MULTILINE)):
        yield from part.splitlines() if number % 2 else re.findall(r"`([^`\n]+)`", part)


class Use(NamedTuple):
    """One call of `crawler` as written."""

    line: str
    words: list[str]
    """What follows `crawler`, up to the end of the command."""


def uses(text: str) -> Iterator[Use]:
    """Every call of the command in the code of a text."""
    for line in code(text):
        for call in re.finditer(r"(?:^|[\s/;|&(])crawler ((?:[^|;&#`()]|\\.)+)", line):
            yield Use(line, call[1].split())


def option_names(words: list[str]) -> list[str]:
    """The options among words, without their values."""
    return [word.partition("=")[0] for word in words if OPTION.match(word)]


class Command(NamedTuple):
    """A command with its path below `crawler`."""

    path: tuple[str, ...]
    command: click.Command

    def has(self, option: str) -> bool:
        """Whether it takes an option, `--help` included."""
        names = {name for parameter in self.command.params for name in (*parameter.opts, *parameter.secondary_opts)}
        return option in names or option in {"--help", "-h"}


def tree(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[Command]:
    """A command and all below it."""
    yield Command(path, command)
    if isinstance(command, click.Group):
        with click.Context(command) as context:
            for name in command.list_commands(context):
                below = command.get_command(context, name)
                assert below is not None, f"crawler {' '.join(path)} lists {name} but does not have it"
                yield from tree(below, (*path, name))


COMMANDS = {command.path: command for command in tree(main)}


def called(words: list[str]) -> Command:
    """The command that words call: as many of them as name one."""
    path: tuple[str, ...] = ()
    for word in words:
        if (*path, word) not in COMMANDS:
            break
        path = (*path, word)
    return COMMANDS[path]


def faults(text: str) -> list[str]:
    """What a text says of commands and options that is not so."""
    found = []
    for line, words in uses(text):
        command = called(words)
        if words and command.path == () and re.fullmatch("[a-z]+", words[0]):
            found.append(f"{line}: there is no command {words[0]}")
        found += [f"{line}: no option {name}" for name in option_names(words) if not command.has(name)]
    alone = [name for line in code(text) if OPTION.match(line) for name in option_names(line.split()[:1])]
    found += [
        f"{name}: no command has that option"
        for name in alone
        if not any(command.has(name) for command in COMMANDS.values())
    ]
    return found


def test_what_the_readme_says_of_commands_and_options_is_so() -> None:
    assert not faults(README), "\n".join(faults(README))


def test_the_readme_shows_the_main_job_and_the_two_commands_that_set_up() -> None:
    calls = {called(words).path for _, words in uses(README)}
    assert {("check",), ("demo",)} <= calls
    assert re.search(r"^.* && \.venv/bin/crawler demo$", README, re.MULTILINE)
    assert re.search(r"^.* && \.venv/bin/pytest$", README, re.MULTILINE)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("`crawler check --no-such main articles/`", ["no option --no-such"]),
        ("```sh\n$ crawler chekc x  # verify\n```", ["there is no command chekc"]),
        ("`crawler config show --no-such`, `--xyzzy`", ["no option --no-such", "no command has that option"]),
        ("```\n.venv/bin/crawler check --no-such=1 | jq . && crawler --version\n```", ["no option --no-such"]),
        ("`-`, `--color always`, `- item`, `---`, `crawler 0.1.0`", []),
        ("The crawler checks, `crawler check a.md --format json=out.json` and `--concurrency 5` too.", []),
        ("`pytest -n auto`, `git --version`, `crawler.check`, `crawler config schema > x.json`", []),
    ],
)
def test_what_a_text_says_wrong_is_found(text: str, found: list[str]) -> None:
    assert [fault.rpartition(": ")[2] for fault in faults(text)] == found


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_and_option_is_described_by_its_help(path: tuple[str, ...]) -> None:
    command = COMMANDS[path].command
    assert len((command.help or "").split()) >= 3, "the command has no help"
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{parameter.opts} has no help"


SETTING = [
    (parameter.opts[-1], options.SETS[parameter.name], parameter.help or "")
    for parameter in COMMANDS["check",].command.params
    if isinstance(parameter, click.Option) and parameter.name in options.SETS
]


def test_every_option_that_sets_a_key_is_an_option_of_check() -> None:
    assert len(SETTING) == len(options.SETS)


@pytest.mark.parametrize(("option", "key", "text"), SETTING)
def test_the_default_that_an_option_names_is_that_of_its_key(option: str, key: str, text: str) -> None:
    value: object = Config()
    for step in key.split("."):
        value = getattr(value, step)
    if named := re.search(r"\[default: (.+)\]", text):
        assert named[1] == (f"{value:g}" if isinstance(value, float) else str(value)), option


def test_every_variable_that_the_readme_names_sets_a_key() -> None:
    for name in re.findall(r"\bCRAWLER_[A-Z_]+", README):
        found, _ = settings({name: "1"})
        assert found, f"{name} sets nothing"


SECTIONS = "|".join(field.name for field in fields(Config))


def test_every_setting_that_the_readme_names_is_one() -> None:
    named = [name for line in code(README) for name in re.findall(rf"^(?:{SECTIONS})(?:\.[a-z_]+)+", line)]
    assert "store.url" in named
    for name in named:
        value: object = Config()
        for step in name.split("."):
            assert hasattr(value, step), f"there is no setting {name}"
            value = getattr(value, step)


def test_every_figure_that_the_readme_names_is_written() -> None:
    written = (Path(__file__).parent / "report/golden/metrics.prom").read_text(encoding="utf-8")
    named = re.findall(r"`(crawler_[a-z_]+)(?:\{([a-z,]+)\})?`", README)
    assert named
    for name, labels in named:
        samples = re.findall(rf"^{name}(?:_bucket)?(?:\{{(.*)\}})? ", written, re.MULTILINE)
        assert samples, f"there is no figure {name}"
        assert set(filter(None, labels.split(","))) <= set(re.findall(r'(\w+)="', samples[0])), name
