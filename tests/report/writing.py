"""What the tests of every format do: give a reporter a run, and take what it wrote."""

import io
from collections.abc import Callable, Iterable

from crawler.model.report import Outcome, Run
from crawler.model.verdict import Finding
from crawler.report.output import Output, StandardOutput
from crawler.report.port import Reporter
from tests.report.sample import FINDINGS, OUTCOMES, RUN


def written(
    make: Callable[[Output], Reporter],
    outcomes: Iterable[Outcome] = OUTCOMES,
    findings: Iterable[Finding] = FINDINGS,
    run: Run = RUN,
    encoding: str = "utf-8",
) -> bytes:
    """The bytes of one report."""
    raw = io.BytesIO()
    reporter = make(StandardOutput(io.TextIOWrapper(raw, encoding, write_through=True)))
    report(reporter, outcomes, findings, run)
    return raw.getvalue()


def report(
    reporter: Reporter,
    outcomes: Iterable[Outcome] = OUTCOMES,
    findings: Iterable[Finding] = FINDINGS,
    run: Run = RUN,
) -> None:
    """Tells a reporter of one run."""
    for outcome in outcomes:
        reporter.outcome(outcome)
    for finding in findings:
        reporter.finding(finding)
    reporter.finish(run)


def later(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The same facts, learned an hour later and at another speed."""
    return [
        outcome._replace(
            observation=outcome.observation._replace(
                observed_at=outcome.observation.observed_at + 3600 if outcome.observation.observed_at else 0.0,
                elapsed=outcome.observation.elapsed * 2,
            )
        )
        for outcome in outcomes
    ]
