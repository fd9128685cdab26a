"""Short ways to write down what a test judges."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from crawler.config import Rules
from crawler.http.url import Url, parse
from crawler.model.exchange import Failure
from crawler.model.link import Article, Link
from crawler.model.observation import Hop, Metadata, Observation
from crawler.model.report import Outcome
from crawler.model.role import Role, stricter
from crawler.model.verdict import Finding, Replacement, Verdict
from crawler.verdict.gathering import Gathering
from crawler.verdict.judge import Judge

URL = "https://example.org/a"
NOW = 1_769_824_800.0
"""2026-01-31 02:00 UTC."""


def judge(settings: Rules | None = None) -> Judge:
    return Judge(settings or Rules(), NOW)


def observed(*steps: str | int | None, failure: Failure | None = None) -> Observation:
    """`observed("https://a/", 301, "https://b/", 200)`: URLs asked for and what they answered."""
    hops = [
        Hop(str(url), status if isinstance(status, int) else None)
        for url, status in zip(*[iter(steps)] * 2, strict=True)
    ]
    return Observation(hops[0].url if hops else URL, tuple(hops), failure)


def read(*steps: str | int | None, **facts: Any) -> Observation:
    """The same, with what was read of the last answer."""
    return observed(*steps)._replace(metadata=Metadata(**facts))


def link(url: str = URL, field: str | None = "webUrl") -> Link:
    return Link(url, Role.WEB, "records/x.md", field, 7, 10, 100, len(url))


def outcome(of: Judge, observation: Observation, *links: Link) -> Outcome:
    verdict = of.verdict(observation.url, Role.WEB, observation)
    return Outcome(observation.url, Role.WEB, links or (link(observation.url),), observation, verdict)


def verdict(*steps: str | int | None, failure: Failure | None = None, of: Judge | None = None) -> Verdict:
    observation = observed(*steps, failure=failure)
    return (of or judge()).verdict(observation.url, Role.WEB, observation)


def findings(*steps: str | int | None, failure: Failure | None = None, of: Judge | None = None) -> list[Finding]:
    by = of or judge()
    return by.findings(outcome(by, observed(*steps, failure=failure)))


class Place(NamedTuple):
    """One URL of an article, and what came of it."""

    field: str
    role: Role
    observation: Observation
    url: str
    """As written."""
    width: int | None = None
    height: int | None = None


def web(observation: Observation, field: str = "webUrl", url: str | None = None) -> Place:
    return Place(field, Role.WEB, observation, url or observation.url)


def amp(observation: Observation, url: str | None = None) -> Place:
    return Place("ampWebUrl", Role.AMP, observation, url or observation.url)


def copy(observation: Observation, url: str | None = None) -> Place:
    return Place("cdnAmpWebUrl", Role.AMP_CACHE, observation, url or observation.url)


def image(observation: Observation, width: int | None = None, height: int | None = None) -> Place:
    return Place("images[0].url", Role.IMAGE, observation, observation.url, width, height)


def judged(
    *places: Place, title: str | None = None, domain: str | None = None, of: Judge | None = None
) -> list[Finding]:
    """All that is said of one article, its targets judged one after the other as a run does."""
    by = of or judge()
    article = Article("", title, None, domain, tuple((one.role, one.field, one.url) for one in places))
    targets: dict[str, tuple[Role, Observation, list[Link]]] = {}
    links = []
    for place in places:
        link = Link(
            place.url,
            place.role,
            "records/x.md",
            place.field,
            7,
            10,
            100,
            len(place.url),
            place.width,
            place.height,
            article=article,
        )
        parsed = parse(place.url)
        url = parsed.href if isinstance(parsed, Url) else place.url
        role, observation, named = targets.get(url, (place.role, place.observation, []))
        targets[url] = (stricter(role, place.role), observation, [*named, link])
        links.append(link)
    gathering = Gathering()
    gathering.expect(links)
    found: list[Finding] = []
    for url, (role, observation, named) in targets.items():
        outcome = Outcome(url, role, tuple(named), observation, by.verdict(url, role, observation))
        found += by.findings(outcome)
        for occurrences in gathering.take(outcome):
            found += by.article(occurrences)
    return found


def said(found: Sequence[Finding]) -> list[str]:
    """Findings as `field: code level`, in order of the fields."""
    return sorted(f"{one.field}: {one.code} {one.level}" for one in found)


def only(found: Sequence[Finding], code: str) -> Finding:
    """The one finding of a code."""
    (finding,) = (one for one in found if one.code == code)
    return finding


def safe(found: Sequence[Finding], code: str) -> str | None:
    """What a finding says is to be written unasked."""
    new = only(found, code).replacement
    return new.url if isinstance(new, Replacement) and new.safe else None
