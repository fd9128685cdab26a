"""`crawler config`: the configuration in force, and its JSON Schema."""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import click

from crawler.cli import options
from crawler.config.duration import is_duration, written
from crawler.config.keys import KeyPath, dotted, kind_at
from crawler.config.load import Loaded, load
from crawler.config.quote import masked, quote

_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")

WIDEST = 72
"""Columns up to which lines are padded, so that the comments behind them stand in one column."""


@click.group("config", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """The configuration in force (show; also where nothing is said), or its JSON Schema (schema)."""
    if context.invoked_subcommand is None:
        context.invoke(show)


@command.command()
@options.config_file
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["yaml", "json"]),
    default="yaml",
    show_default=True,
    help="How to print it.",
)
def show(config_path: str | None = None, form: str = "yaml") -> None:
    """Print the configuration in force, and who set what.

    Each key stands with where its value came from: default, a line of a file or a variable. As YAML it can be used
    as a configuration file again, except for passwords in URLs, which are not shown.
    """
    loaded = load(config_path, environ=os.environ)
    click.echo(_as_json(loaded) if form == "json" else "\n".join(_as_yaml(loaded)))


@command.command()
def schema() -> None:
    """Print the JSON Schema of config.yaml.

    Editors complete and check the file by it.
    """
    from crawler.config.schema import json_schema

    click.echo(json.dumps(json_schema(), indent=2))


def _as_json(loaded: Loaded) -> str:
    places = {dotted(path): str(loaded.place(path)) for path, value in _keys(loaded.config) if not is_dataclass(value)}
    return json.dumps({"config": masked(loaded.config), "places": places}, indent=2)


def _as_yaml(loaded: Loaded) -> Iterator[str]:
    lines = [(_line(path, value), path, is_dataclass(value)) for path, value in _keys(loaded.config)]
    width = max(len(line) for line, _, _ in lines if len(line) <= WIDEST)
    for line, path, is_section in lines:
        yield line if is_section else f"{line:{width}}  # {loaded.place(path)}"


def _line(path: KeyPath, value: Any) -> str:
    name = str(path[-1])
    key = "  " * (len(path) - 1) + (name if _PLAIN_NAME.fullmatch(name) else quote(name))
    if is_dataclass(value) or (isinstance(value, dict) and value):
        return f"{key}:"
    return f"{key}: {written(value) if is_duration(kind_at(path)) else quote(value, path=path)}"


def _keys(holder: Any, above: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Every section, key and entry of a table of keys, by its path, in order."""
    entries = holder if isinstance(holder, dict) else {key.name: getattr(holder, key.name) for key in fields(holder)}
    for name, value in entries.items():
        yield (*above, name), value
        if is_dataclass(value) or isinstance(value, dict):
            yield from _keys(value, (*above, name))
