"""`crawler rules`: the catalogue of rules, or one in full."""

from collections.abc import Iterator
from shutil import get_terminal_size
from textwrap import fill

import click

from crawler.errors import UsageError
from crawler.verdict.catalogue import CATALOGUE
from crawler.verdict.levels import unknown
from crawler.verdict.rule import Rule

WIDEST = 100


@click.command("rules")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """The catalogue of rules; with a CODE, that one in full.

    Every finding has the code of a rule. Its level can be set for a run (--level CODE=LEVEL) or in the configuration
    (rules.levels); single findings can be exempted there (rules.exempt).
    """
    if code is None:
        click.echo("\n".join(_catalogue()))
    elif code in CATALOGUE:
        click.echo("\n".join(_in_full(CATALOGUE[code])))
    else:
        raise UsageError(unknown(code))


def _catalogue() -> Iterator[str]:
    """A line a rule, under a heading for each verdict."""
    width = max(map(len, CATALOGUE))
    heading = None
    for rule in CATALOGUE.values():
        group = f"Verdict: {rule.kind}" if rule.kind else "Beyond the verdict"
        if group != heading:
            if heading:
                yield ""
            yield click.style(group, bold=True)
            heading = group
        yield f"  {rule.code:{width}}  {rule.level:7}  {rule.summary}"
    yield ""
    yield "One in full: crawler rules CODE"


def _in_full(rule: Rule) -> Iterator[str]:
    yield click.style(rule.code, bold=True)
    yield rule.summary
    yield ""
    yield fill(rule.explanation, min(get_terminal_size().columns, WIDEST))
    yield ""
    yield f"verdict    {rule.kind or 'none of its own: a finding beside the verdict'}"
    yield f"level      {rule.level}"
    if rule.instead_of:
        yield f"instead of {', '.join(rule.instead_of)}"
    yield f"see        {rule.reference}"
