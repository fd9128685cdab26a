"""Short ways to write down what a test judges."""

from crawler.config import Rules
from crawler.model.exchange import Failure
from crawler.model.link import Link
from crawler.model.observation import Hop, Observation
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.verdict import Finding, Verdict
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
