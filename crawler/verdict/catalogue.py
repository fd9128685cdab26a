"""Every rule there is, by its code. To add one: a row in its table, and a function where it looks at a link itself."""

from crawler.model.verdict import Kind
from crawler.verdict.amp import AMP
from crawler.verdict.amp_copies import COPIES
from crawler.verdict.answered import ANSWERED
from crawler.verdict.beyond import BEYOND
from crawler.verdict.images import IMAGES
from crawler.verdict.pages import PAGES
from crawler.verdict.remembered import REMEMBERED, REMEMBERED_REASONS
from crawler.verdict.rule import Rule
from crawler.verdict.unanswered import UNANSWERED
from crawler.verdict.unasked import UNASKED

_ORDER = tuple(Kind)

CATALOGUE: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        *sorted(
            (*ANSWERED, *UNANSWERED, *UNASKED, *REMEMBERED_REASONS),
            key=lambda rule: _ORDER.index(rule.kind or Kind.SKIPPED),
        ),
        *PAGES,
        *AMP,
        *COPIES,
        *IMAGES,
        *REMEMBERED,
        *BEYOND,
    )
}
"""Reasons for verdicts in the order of the verdicts, then the rules beyond them."""
