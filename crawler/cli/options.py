"""Options that several commands share, and what they set."""

from collections.abc import Callable
from typing import Any

import click

from crawler.config.duration import duration
from crawler.model.role import Role
from crawler.model.verdict import Level

SETS = {
    "concurrency": "pool.concurrency",
    "per_host": "pool.per_host",
    "delay": "pool.delay",
    "processes": "pool.processes",
    "timeout": "fetch.timeout",
    "retries": "fetch.retries",
    "connect_to": "network.connect_to",
    "cacert": "network.cacert",
    "allow_address": "network.allow_addresses",
    "proxy": "network.proxy",
    "fail_on": "rules.fail_on",
    "store": "store.url",
    "max_age": "store.max_age",
    "archive": "archive.enabled",
}
"""The configuration key that each option sets. Those that may be repeated add to what the configuration has."""


def seconds(written: str) -> float:
    """A length of time, such as `30m`, in seconds."""
    try:
        return duration(written)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def level_of(written: str) -> tuple[str, str]:
    """`CODE=LEVEL`."""
    code, equals, level = written.partition("=")
    if not equals or level not in list(Level):
        raise click.BadParameter(f"{written!r} is not CODE=LEVEL, with a LEVEL of {', '.join(Level)}")
    return code, level


def together(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Several options as one decorator, shown in this order."""

    def decorate(function: Any) -> Any:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


selecting = together(
    click.option(
        "--role",
        "roles",
        multiple=True,
        type=click.Choice([role.value for role in Role]),
        help="Only links of this role; repeatable.",
    ),
    click.option("--include", multiple=True, metavar="RE", help="Only URLs that match; repeatable."),
    click.option("--exclude", multiple=True, metavar="RE", help="No URLs that match; repeatable."),
    click.option("--allow-empty", is_flag=True, help="An input without any record is no error."),
)

judging = together(
    click.option(
        "--fail-on",
        type=click.Choice(["error", "warning", "info", "never"]),
        help="Exit with 1 where a finding has this level or a higher one.  [default: error]",
    ),
    click.option(
        "--level",
        "levels",
        multiple=True,
        type=level_of,
        metavar="CODE=LEVEL",
        help="The level of a rule's findings; repeatable.",
    ),
)

beside = together(
    click.option(
        "--archive", is_flag=True, default=None, help="Look up what is broken in a web archive, which sees the URLs."
    ),
    click.option("--metrics", metavar="PATH", help="Figures for Prometheus, in a file for node_exporter (*.prom)."),
)

remembering = together(
    click.option(
        "--store",
        metavar="URL",
        help="Keep what is learned there: sqlite:///FILE or postgresql://…  [default: sqlite:///.crawler/links.db]",
    ),
    click.option("--no-store", is_flag=True, help="Keep nothing beyond this run, and use nothing of earlier ones."),
    click.option(
        "--max-age",
        type=seconds,
        metavar="DURATION",
        help="Don't ask for what was checked less than this ago (12h, 7d); 0 asks for everything again.  [default: 0]",
    ),
    click.option("--due", is_flag=True, help="Only what the store says is due, by `schedule` of the configuration."),
)

pooling = together(
    click.option("--concurrency", type=click.IntRange(1, 10_000), help="Requests under way at once.  [default: 128]"),
    click.option("--per-host", type=click.IntRange(1, 1_000), help="… of which to one host.  [default: 2]"),
    click.option(
        "--delay", type=click.FloatRange(0), metavar="SECONDS", help="Between two starts at one host.  [default: 0]"
    ),
    click.option(
        "--processes",
        type=click.IntRange(1, 256),
        help="Share the hosts out over processes, for lists that keep one busy.  [default: 1]",
    ),
)

fetching = together(
    click.option(
        "--timeout",
        type=click.FloatRange(0, min_open=True),
        metavar="SECONDS",
        help="For one whole exchange.  [default: 20]",
    ),
    click.option("--retries", type=click.IntRange(0, 20), help="After failures that may pass.  [default: 2]"),
    click.option(
        "--connect-to",
        multiple=True,
        metavar="HOST:PORT:ADDR:PORT",
        help="Connect to ADDR:PORT instead, as curl does; an empty HOST or PORT is any; repeatable.",
    ),
    click.option("--cacert", metavar="FILE", help="Trust these certificates as well."),
    click.option(
        "--allow-address", multiple=True, metavar="CIDR", help="Addresses that need not be public; repeatable."
    ),
    click.option("--proxy", metavar="URL", help="Send every request through this proxy."),
)

showing = together(
    click.option("-q", "--quiet", is_flag=True, help="Findings and the closing line only."),
    click.option("-v", "--verbose", is_flag=True, help="Every URL's verdict too."),
    click.option("--no-progress", is_flag=True, help="Show no progress."),
    click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="[default: auto]"),
)

config_file = click.option(
    "-c", "--config", "config_path", metavar="FILE", help="Default: config.yaml in this folder, else built-in defaults."
)


def overrides(options: dict[str, Any]) -> dict[str, object]:
    """The configuration keys that options of the command line set, with their values."""
    given: dict[str, object] = {
        SETS[name]: value for name, value in options.items() if name in SETS and value not in (None, ())
    }
    return given | {f"rules.levels.{code}": level for code, level in options.get("levels", ())}
