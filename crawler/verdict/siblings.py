"""An article as a whole: its links as they are written, and what a run was not asked for of it."""

from collections.abc import Sequence

from crawler.http.url import Url, parse
from crawler.model.link import Article, Link
from crawler.model.observation import Observation
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.verdict import Kind, Level, Verdict
from crawler.verdict.rule import Occurrence

NOT_ASKED = Verdict(Kind.SKIPPED, "excluded", "", Level.OFF)


def whole(occurrences: Sequence[Occurrence]) -> Sequence[Occurrence]:
    """The occurrences of one article in the order written, whichever was done first. Those of its URLs that are not
    among them, as the run is only about some roles or new links, or has ended early, stand there without an outcome.
    """
    article = occurrences[0].link.article if occurrences else None
    if article is None or not article.urls:
        return occurrences
    found: dict[tuple[Role, str, str], list[Occurrence]] = {}
    for one in occurrences:
        found.setdefault((one.link.role, one.link.field or "", one.link.url), []).append(one)
    ordered: list[Occurrence] = []
    for place in dict.fromkeys(article.urls):
        ordered += found.pop(place, ()) or [_not_asked(article, *place)]
    for others in found.values():
        ordered += others
    return ordered


def _not_asked(article: Article, role: Role, field: str, url: str) -> Occurrence:
    parsed = parse(url)
    href = parsed.href if isinstance(parsed, Url) else url
    link = Link(url, role, field=field, article=article)
    return Occurrence(link, Outcome(href, role, (link,), Observation(href), NOT_ASKED))
