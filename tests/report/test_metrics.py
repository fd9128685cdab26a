import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from crawler.config import VERSION
from crawler.errors import UsageError
from crawler.model.link import Link
from crawler.model.observation import Hop, Metadata, Observation
from crawler.model.report import Outcome, Run
from crawler.model.role import Role
from crawler.model.verdict import Change, Finding, Kind, Level, Verdict
from crawler.report.metrics import BUCKETS, MetricsReporter, open_metrics
from crawler.verdict.catalogue import CATALOGUE
from tests.report.sample import FINDINGS, HOSTILE, OUTCOMES, RUN
from tests.report.writing import report, written

COMPARED = RUN._replace(
    summary=RUN.summary._replace(changes={Change.NEW: 2, Change.STILL: 1, Change.RECOVERED: 0}),
)


def samples(raw: bytes) -> dict[tuple[str, ...], float]:
    """Every sample, by its name and the values of its labels in their order, as Prometheus reads them."""
    families = text_string_to_metric_families(raw.decode())
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


def outcome(seen: Observation, kind: Kind = Kind.ALIVE, reason: str = "ok") -> Outcome:
    return Outcome(seen.url, Role.WEB, (Link(seen.url, Role.WEB),), seen, Verdict(kind, reason, "", Level.OFF))


def test_golden(golden: Callable[[str, bytes], None]) -> None:
    lines = written(MetricsReporter, run=COMPARED).replace(VERSION.encode(), b"VERSION").splitlines(keepends=True)
    never = [line for line in lines if line.startswith(b"crawler_run_urls{") and line.endswith(b" 0.0\n")]
    golden("metrics.prom", b"".join(line for line in lines if line not in never))


def test_the_figures_are_those_of_the_run() -> None:
    found = samples(written(MetricsReporter, run=COMPARED))
    assert found["crawler_run_finished_timestamp_seconds",] == RUN.finished_at
    assert found["crawler_run_duration_seconds",] == pytest.approx(4.1)
    assert found["crawler_run_complete",] == 1
    assert found["crawler_run_records",] == RUN.summary.records
    assert found["crawler_run_links",] == RUN.summary.links
    assert found["crawler_run_changes", "new"] == 2
    assert found["crawler_run_changes", "recovered"] == 0
    urls = {labels: number for labels, number in found.items() if labels[0] == "crawler_run_urls"}
    assert sum(urls.values()) == len(OUTCOMES)
    assert urls["crawler_run_urls", "http-404", "broken"] == 1
    findings = {labels: number for labels, number in found.items() if labels[0] == "crawler_run_findings"}
    assert sum(findings.values()) == len(FINDINGS)
    assert findings["crawler_run_findings", "permanent-redirect", "warning"] == 2


def test_what_is_cut_short_says_so() -> None:
    assert samples(written(MetricsReporter, run=RUN._replace(complete=False)))["crawler_run_complete",] == 0


def test_a_run_that_remembers_nothing_has_no_changes() -> None:
    assert not any(name == "crawler_run_changes" for name, *_ in samples(written(MetricsReporter)))


def test_every_verdict_is_there_before_it_comes() -> None:
    found = samples(written(MetricsReporter, (), ()))
    reasons = {(rule.code, str(rule.kind)) for rule in CATALOGUE.values() if rule.kind}
    assert {tuple(labels) for name, *labels in found if name == "crawler_run_urls"} == reasons
    assert not any(found["crawler_run_urls", *reason] for reason in reasons)


def test_only_what_was_asked_for_costs_anything() -> None:
    url = "https://news.example/"
    page = Observation(url, (Hop(url, 200),), metadata=Metadata(bytes=1000), elapsed=0.3, attempts=3)
    found = samples(
        written(
            MetricsReporter,
            (
                outcome(page),
                outcome(page._replace(from_store=True)),
                outcome(page._replace(read_at=1.0, elapsed=0.1, attempts=1, metadata=Metadata(bytes=0))),
                outcome(Observation(url), Kind.SKIPPED, "budget-exhausted"),
            ),
            (),
        )
    )
    assert found["crawler_run_requests",] == 4
    assert found["crawler_run_received_bytes",] == 1000
    assert found["crawler_run_stored_urls",] == 1
    assert found["crawler_run_confirmed_urls",] == 1
    assert found["crawler_run_url_duration_seconds_count",] == 2
    assert found["crawler_run_url_duration_seconds_sum",] == 0.4


def test_the_buckets_hold_what_they_say() -> None:
    url = "https://news.example/"
    page = Observation(url, (Hop(url, 200),), attempts=1)
    times = [0.0, *BUCKETS, *(bound + 0.001 for bound in BUCKETS)]
    found = samples(written(MetricsReporter, [outcome(page._replace(elapsed=seconds)) for seconds in times], ()))
    for bound in BUCKETS:
        assert found["crawler_run_url_duration_seconds_bucket", str(bound)] == sum(s <= bound for s in times)
    assert found["crawler_run_url_duration_seconds_bucket", "+Inf"] == len(times)


def test_series_do_not_grow_with_the_collection() -> None:
    def of(number: int) -> int:
        urls = [f"https://host-{each}.example/{HOSTILE}" for each in range(number)]
        findings = [Finding("http-404", Level.ERROR, HOSTILE, url, f"records/{url}.md") for url in urls]
        return len(samples(written(MetricsReporter, [outcome(Observation(url)) for url in urls], findings)))

    assert of(1) == of(200)


def test_the_file_is_written_at_the_end_and_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "crawler.prom"
    path.write_bytes(b"crawler_run_complete 0\n")
    reporter = open_metrics(str(path))
    for one in OUTCOMES:
        reporter.outcome(one)
    assert path.read_bytes() == b"crawler_run_complete 0\n"
    reporter.finish(RUN)
    assert samples(path.read_bytes())["crawler_run_complete",] == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["crawler.prom"]


def test_two_runs_over_the_same_facts_write_the_same(tmp_path: Path) -> None:
    def run(outcomes: tuple[Outcome, ...], findings: tuple[Finding, ...], run: Run) -> bytes:
        path = tmp_path / "crawler.prom"
        report(open_metrics(str(path)), outcomes, findings, run)
        return path.read_bytes()

    assert run(OUTCOMES, FINDINGS, RUN) == run(OUTCOMES[::-1], FINDINGS[::-1], RUN)


def test_a_place_that_can_t_be_written_is_known_before_the_run(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no folder"):
        open_metrics(str(tmp_path / "missing" / "crawler.prom"))


def test_a_missing_package_is_known_before_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    with pytest.raises(UsageError, match=r"pip install 'crawler\[metrics\]'"):
        open_metrics(str(tmp_path / "crawler.prom"))
