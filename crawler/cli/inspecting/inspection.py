"""One URL, asked for and judged, with all that came to light."""

from collections.abc import AsyncIterator
from time import time
from typing import NamedTuple

from crawler.cli.inspecting.tap import Step, Tapped, steps
from crawler.cli.inspecting.trace import NEEDS, Trace, traces
from crawler.config import Config
from crawler.engine import Engine
from crawler.fetch.port import Transport
from crawler.media import amp_cache
from crawler.model.link import Link
from crawler.model.observation import Observation
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.verdict import Finding
from crawler.run import SEED, Ask, admission
from crawler.verdict.judge import Judge
from crawler.verdict.rule import Occurrence
from crawler.visiting.suspicion import Suspicions
from crawler.visiting.targets import Target, Targets
from crawler.visiting.visit import Policy


class Inspection(NamedTuple):
    """What there is to show of one URL."""

    outcome: Outcome
    """Its facts and its verdict."""
    steps: tuple[Step, ...]
    """Every exchange; none where nothing was asked."""
    traces: tuple[Trace, ...]
    """What every rule beyond the verdict made of it."""
    findings: tuple[Finding, ...]
    """What a check would report of it."""
    copy_of: str | None
    """The URL that it is a copy of, where it is one of an AMP cache."""


async def inspect(url: str, role: Role, config: Config, transport: Transport) -> Inspection:
    """Ask for a URL as a check would, but for robots.txt, which is no matter where a person names one URL.

    Raises UsageError where the configuration makes no sense, before anything is asked for.
    """
    link = Link(url, role)
    judge = Judge(config.rules, time())
    gate = admission(Ask(), config)
    tapped = Tapped(transport)
    seen: list[tuple[Target, Observation]] = []
    engine = Engine(
        tapped,
        Targets(gate.preflight),
        config.pool,
        Policy(config.fetch, config.politeness.retry_after_cap, gate.admit, Suspicions(SEED)),
        lambda target, observation: seen.append((target, observation)),
    )
    await engine.run(_alone(link))
    ((target, observation),) = seen
    outcome = Outcome(target.url, role, (link,), observation, judge.verdict(target.url, role, observation))
    return Inspection(
        outcome,
        tuple(steps(tapped.exchanges, observation)),
        tuple(traces(link, outcome, config.rules)),
        tuple(found for found in judge.article([Occurrence(link, outcome)]) if found.code not in NEEDS),
        amp_cache.origin_of(target.url),
    )


async def _alone(link: Link) -> AsyncIterator[list[Link]]:
    yield [link]
