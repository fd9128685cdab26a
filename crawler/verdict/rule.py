"""What a rule is: the row of a table, and for those that look at more than a reason, a pure function."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from crawler.model.link import Link
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.verdict import Kind, Level, Replacement


class Scope(StrEnum):
    """What a rule looks at, which decides when it runs and how many findings it can give."""

    VERDICT = "verdict"
    """A target's facts: the rule is the reason of its verdict, one a target, told at each of its places."""
    LINK = "link"
    """One place with what was observed of its target."""
    ARTICLE = "article"
    """All places of one article object, once all of their targets are done."""
    RECORD = "record"
    """A record as it was read, before any request."""
    RUN = "run"
    """The settings and the run as a whole."""


class Remark(NamedTuple):
    """What a rule with a function has to say of one link."""

    message: str
    at_most: Level = Level.ERROR
    """A mild case may weigh less than its code: the finding gets the lower of both levels."""
    replacement: Replacement | None = None
    """What to write instead, where the rule knows better than the verdict."""


class Occurrence(NamedTuple):
    """One place where a URL is written, with the outcome of its target."""

    link: Link
    outcome: Outcome


ANSWERED = (Kind.ALIVE, Kind.MOVED)
"""Verdicts of targets that gave what was asked for."""

Check = Callable[[Link, Outcome], Remark | None]
"""Looks at one link and the outcome of its target; None where there is nothing to say. Pure, cheap for most links."""

ArticleCheck = Callable[[Sequence[Occurrence]], Iterable[tuple[Link, Remark]]]
"""Looks at one article's links together, and says which of them it has something to say of. Pure."""


class Rule(NamedTuple):
    """One rule, complete: what reports, `crawler rules` and the judge need to know of it."""

    code: str
    scope: Scope
    level: Level
    """The default; the settings may say otherwise."""
    summary: str
    """A few words, lower case, no full stop: they also open the messages of what failed."""
    explanation: str
    """A paragraph for an editor: what was seen, what it means, what to do about it. One line, however it is written."""
    reference: str
    """The URL of the text that decides the matter, or the option or setting that does."""
    kind: Kind | None = None
    """The verdict that this is a reason for; None for rules beyond the verdict."""
    check: Check | None = None
    """For rules of scope `link`."""
    check_article: ArticleCheck | None = None
    """For rules of scope `article`."""
    roles: tuple[Role, ...] = tuple(Role)
    """Roles of the links that it looks at; of an article's rule, those of which the article has to have one."""
    instead_of: tuple[str, ...] = ()
    """Reasons of verdicts and other rules that it says more than: at a place where it speaks, they don't."""

    @property
    def gist(self) -> str:
        """The first sentence of the explanation: what was seen."""
        return self.explanation.partition(". ")[0].removesuffix(".") + "."


DEFAULT_LEVELS = {
    Kind.ALIVE: Level.OFF,
    Kind.MOVED: Level.WARNING,
    Kind.BROKEN: Level.ERROR,
    Kind.UNREACHABLE: Level.WARNING,
    Kind.BLOCKED: Level.INFO,
    Kind.INVALID: Level.ERROR,
    Kind.SKIPPED: Level.OFF,
}
"""What a verdict weighs, whatever its reason."""


def beyond(
    code: str,
    scope: Scope,
    level: Level,
    summary: str,
    explanation: str,
    reference: str,
    check: Check | None = None,
    check_article: ArticleCheck | None = None,
    roles: tuple[Role, ...] = tuple(Role),
    instead_of: tuple[str, ...] = (),
) -> Rule:
    """The row of a rule beyond the verdict."""
    prose = " ".join(explanation.split())
    return Rule(
        code,
        scope,
        level,
        summary,
        prose,
        reference,
        check=check,
        check_article=check_article,
        roles=roles,
        instead_of=instead_of,
    )


def reason(kind: Kind, code: str, summary: str, explanation: str, reference: str) -> Rule:
    """The row of a reason for a verdict."""
    return Rule(code, Scope.VERDICT, DEFAULT_LEVELS[kind], summary, " ".join(explanation.split()), reference, kind)
