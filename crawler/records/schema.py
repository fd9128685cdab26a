"""The settings of records, compiled once a run."""

from typing import NamedTuple

from crawler.config import Bounds, Facts, Records
from crawler.model.role import Role
from crawler.records.paths import DEEP, EACH, Step, compile_steps, parse


class Schema(NamedTuple):
    """How records are read."""

    steps: Step
    anything: Step
    """For data that has none of the configured keys: every absolute http(s) URL in it, as role web."""
    columns: dict[str, Role]
    """Roles by column name of a table: each key path as configured, alone and with its article's before it."""
    deep: Role | None
    """The role that `**` has, if any."""
    needs: frozenset[frozenset[str]]
    """For each key path, the words that a text holds if the path matches anything in it."""
    facts: Facts
    fact_paths: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    """Title, published and domain."""
    bodies: bool
    bounds: Bounds

    def concerns(self, text: str) -> bool:
        """Whether a text holds the words of any configured key path: enough to tell records from settings."""
        return any(all(word in text for word in words) for words in self.needs)


def compile_schema(settings: Records) -> Schema:
    """Check and compile the settings. Raises UsageError for what is no key path."""
    steps = compile_steps(settings.articles, settings.roles)
    anything = Step()
    anything.article, anything.deep = True, Role.WEB
    roles = [(path, role) for role, paths in settings.roles.items() for path in paths]
    prefixes = ["", *(f"{article}." for article in settings.articles if article != ".")]
    facts = settings.facts
    return Schema(
        steps=steps,
        anything=anything,
        columns={prefix + path: role for prefix in prefixes for path, role in reversed(roles)},
        deep=next((role for path, role in roles if path == DEEP), None),
        needs=frozenset(_words(article, path) for article in settings.articles for path, _ in roles),
        facts=facts,
        fact_paths=(
            parse(facts.title, "records.facts.title"),
            parse(facts.published, "records.facts.published"),
            parse(facts.domain, "records.facts.domain"),
        ),
        bodies=settings.bodies,
        bounds=settings.bounds,
    )


def _words(article: str, path: str) -> frozenset[str]:
    keys = (*parse(article, "records.articles"), *parse(path, "records.roles"))
    return frozenset("://" if key == DEEP else key for key in keys if key != EACH)
