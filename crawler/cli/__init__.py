"""Floor 4: the command line, one file a command. A command's module is imported only when it is asked for."""

import gc
import traceback
from importlib import import_module

import click

from crawler.config import VERSION
from crawler.errors import CrawlerError
from crawler.memory import COLLECT
from crawler.report.text import safe

INTERRUPTED = 130
"""The exit code after Ctrl-C: 128 and the number of SIGINT, as shells have it."""

COMMANDS = {
    "check": "Verify every link of records, lists and URLs; the main job.",
    "inspect": "One URL in full: hops, fields, what was read, and what the rules made of it.",
    "history": "What the store knows of a URL, or of the worst ones.",
    "report": "The last run told again from the store, in any format.",
    "rules": "The catalogue of rules; one in full.",
    "config": "The configuration in force, and its JSON Schema.",
    "demo": "A small web in this process, checked and explained.",
}
"""Each command with its line in `crawler --help`; its module has the same name and holds it as `command`."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        gc.set_threshold(*COLLECT)  # what is imported has few cycles, and looking for them took a tenth of the time
        command: click.Command = import_module(f"crawler.cli.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except CrawlerError as error:
            for line in str(error).splitlines():
                click.echo(f"crawler: {safe(line)}", err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception:
            traceback.print_exc()
            click.echo("crawler: this is a fault of the program itself; what was checked so far was reported", err=True)
            ctx.exit(CrawlerError.exit_code)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            hint = "" if len(args) > 1 else f" To check it: crawler check {args[0]}"
            raise click.UsageError(f"There is no command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, message="%(prog)s %(version)s")
def main() -> None:
    """Verifies every link in collections of content records, and reports what is broken or has moved
    at the record's file, line and field.
    """
