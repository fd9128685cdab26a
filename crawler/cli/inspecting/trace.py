"""What every rule beyond the verdict makes of one URL alone: what it saw, and what it said."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from crawler.config import Rules
from crawler.http.url import Url, parse
from crawler.model.link import Link
from crawler.model.report import Outcome
from crawler.model.verdict import Level
from crawler.report.member import timestamp
from crawler.verdict.beyond import cert_expiring
from crawler.verdict.catalogue import CATALOGUE
from crawler.verdict.levels import in_force
from crawler.verdict.rule import Check, Occurrence, Remark, Rule, Scope


class Trace(NamedTuple):
    """One rule, and what came of it. With `needs`, it had nothing to look at."""

    code: str
    level: Level
    """In force, by the settings."""
    needs: str | None = None
    """What it would take for it to look: another role, or what only a record has beside the URL."""
    saw: str | None = None
    """May quote untrusted text; None where there was nothing of what it looks at."""
    said: str | None = None
    """The same; None where it had nothing to say."""


NEEDS = {
    "title-drift": "the article's title",
    "provider-changed": "the article's provider",
    "insecure-url": "a record that publishes the URL",
    "image-size-mismatch": "the declared size",
    "image-size-unknown": "the declared size",
    "urls-diverge": "the article's other URLs",
    "amp-retired": "the article's web URL",
    "amp-canonical-mismatch": "the article's web URL",
    "amp-not-advertised": "the article's web URL",
    "amp-cache-mismatch": "the article's AMP URL",
    "amp-cache-orphan": "the article's AMP URL",
    "amp-cache-stale": "the article's AMP URL",
    "flapping": "earlier checks",
}
"""What rules compare a URL with, by their codes. All others can judge it alone, by what was just seen."""


def _sites(_: Link, outcome: Outcome) -> str | None:
    final = outcome.observation.final_url
    ends = [url.site for text in (outcome.url, final) if text and isinstance(url := parse(text), Url)]
    return " → ".join(dict.fromkeys(ends)) if final else None


def _certificate(_: Link, outcome: Outcome) -> str | None:
    ends = outcome.observation.cert_expires
    return None if ends is None else f"it ends on {timestamp(ends)[:10]}"


def _fragment(link: Link, outcome: Outcome) -> str | None:
    fragment = link.url.partition("#")[2]
    return f"the link names `{fragment}`" if fragment and outcome.observation.final_url else None


def _sides(_: Link, outcome: Outcome) -> str | None:
    metadata = outcome.observation.metadata
    return None if metadata.width is None else f"{metadata.width}x{metadata.height}"


def _kinds(_: Link, outcome: Outcome) -> str | None:
    metadata = outcome.observation.metadata
    return f"{metadata.format}, served as {metadata.content_type}" if metadata.is_image else None


def _amp(_: Link, outcome: Outcome) -> str | None:
    is_amp = outcome.observation.metadata.is_amp
    return is_amp if is_amp is None else f"its html element {'says' if is_amp else 'does not say'} amp"


def _canonical(_: Link, outcome: Outcome) -> str | None:
    metadata = outcome.observation.metadata
    return metadata.canonical if metadata.is_amp else None


SEES: dict[str, Callable[[Link, Outcome], str | None]] = {
    "fragment-missing": _fragment,
    "amp-not-amp": _amp,
    "amp-canonical-missing": _canonical,
    "image-placeholder": _sides,
    "image-type-mismatch": _kinds,
    "domain-changed": _sites,
    "cert-expiring": _certificate,
}
"""The facts that the other rules go by, in words."""


def traces(link: Link, outcome: Outcome, settings: Rules) -> Iterator[Trace]:
    """Ask every rule of a link or an article, whatever its level, in the order of the catalogue."""
    levels = in_force(settings.levels, [])
    checks = {"cert-expiring": cert_expiring(settings.cert_days)}
    for code, rule in CATALOGUE.items():
        if rule.scope not in (Scope.LINK, Scope.ARTICLE):
            continue
        needs = NEEDS.get(code) if link.role in rule.roles else f"the role {' or '.join(rule.roles)}"
        if needs is not None:
            yield Trace(code, levels[code], needs)
        else:
            remark = _ask(rule, checks.get(code, rule.check), link, outcome)
            yield Trace(code, levels[code], None, SEES[code](link, outcome), remark and remark.message)


def _ask(rule: Rule, check: Check | None, link: Link, outcome: Outcome) -> Remark | None:
    if check is not None:
        return check(link, outcome)
    said = rule.check_article([Occurrence(link, outcome)]) if rule.check_article else ()
    return next((remark for _, remark in said), None)
