"""What Prometheus is told of a run: a file for node_exporter's textfile collector, written whole at its end.

The file says how the last run went. Its figures are gauges, since each run begins at nothing: counters (`_total`) would
have to go on from run to run. No label names a URL, a host or a file, so that there are some hundred series, however
large the collection. Worth an alert: `crawler_run_finished_timestamp_seconds` that grows old, `crawler_run_complete`
that is 0, `crawler_run_findings{level="error"}` that is not, `crawler_run_changes{change="new"}` that rises.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import accumulate
from typing import TYPE_CHECKING

from crawler.config import VERSION
from crawler.errors import UsageError
from crawler.model.report import Outcome, Run
from crawler.model.verdict import Finding
from crawler.report.output import FileOutput, Output
from crawler.verdict.catalogue import CATALOGUE

if TYPE_CHECKING:
    from prometheus_client.core import Metric

BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 30.0, 60.0)
"""Upper bounds, in seconds, of what a URL took: from a cached page nearby to three time-outs of 20 seconds."""


def open_metrics(path: str) -> "MetricsReporter":
    """The reporter of `--metrics`. Raises UsageError where its package is missing or the file can't be written."""
    if find_spec("prometheus_client") is None:
        raise UsageError("--metrics needs the package prometheus-client: pip install 'crawler[metrics]'")
    return MetricsReporter(FileOutput(path, whole=True))


class MetricsReporter:
    """Counts while the run goes on, and writes the figures when it ends. Raises `RunError` when the disk is full."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._urls = Counter[tuple[str, str]]({(rule.kind, rule.code): 0 for rule in CATALOGUE.values() if rule.kind})
        """By verdict and reason, with those that never come: a series that does not come and go is easier to graph."""
        self._findings = Counter[tuple[str, str]]()
        """By code and level."""
        self._stored = 0
        self._confirmed = 0
        self._requests = 0
        self._bytes = 0
        self._seconds = 0.0
        self._took = [0] * (len(BUCKETS) + 1)
        """URLs by the bucket of the seconds that they took."""

    def outcome(self, outcome: Outcome) -> None:
        """Counts a target."""
        seen = outcome.observation
        self._urls[outcome.verdict.kind, outcome.verdict.reason] += 1
        if seen.from_store:
            self._stored += 1
        elif seen.attempts:
            self._confirmed += seen.confirmed
            self._requests += seen.attempts
            self._bytes += seen.metadata.bytes
            self._seconds += seen.elapsed
            self._took[bisect_left(BUCKETS, seen.elapsed)] += 1

    def finding(self, finding: Finding) -> None:
        """Counts a finding."""
        self._findings[finding.code, finding.level] += 1

    def finish(self, run: Run) -> None:
        """Writes the file, whether the run is complete or not."""
        from prometheus_client import CollectorRegistry, generate_latest

        registry = CollectorRegistry(auto_describe=False)
        registry.register(_Collected([*self._plain(run), *self._labelled(run), self._histogram()]))
        with self._output as output:
            output.write(generate_latest(registry))

    def _plain(self, run: Run) -> Iterator["Metric"]:
        """Names and units are as https://prometheus.io/docs/practices/naming has them."""
        from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily

        yield InfoMetricFamily("crawler_build", "The program that made the last run.", {"version": VERSION})
        for name, words, value in (
            ("finished_timestamp_seconds", "When the last run ended, in seconds since the epoch.", run.finished_at),
            ("duration_seconds", "How long the last run took.", max(0.0, run.finished_at - run.started_at)),
            ("complete", "Whether the last run reached every URL (1) or not (0).", float(run.complete)),
            ("records", "Records that the last run read.", run.summary.records),
            ("links", "Places in them where a URL is written.", run.summary.links),
            ("stored_urls", "URLs that the store answered for in the last run.", self._stored),
            ("confirmed_urls", "URLs of which the last run was told that nothing has changed (304).", self._confirmed),
            ("requests", "Requests that the last run made, redirects and retries included.", self._requests),
            ("received_bytes", "Bytes of bodies that the last run read, of each URL's last answer.", self._bytes),
        ):
            yield GaugeMetricFamily(f"crawler_run_{name}", words, value)

    def _labelled(self, run: Run) -> Iterator["Metric"]:
        from prometheus_client.core import GaugeMetricFamily

        urls = GaugeMetricFamily("crawler_run_urls", "URLs of the last run.", labels=("verdict", "reason"))
        for labels, number in self._urls.items():
            urls.add_metric(labels, number)
        yield urls
        findings = GaugeMetricFamily("crawler_run_findings", "Findings of the last run.", labels=("code", "level"))
        for labels, number in sorted(self._findings.items()):
            findings.add_metric(labels, number)
        yield findings
        if run.summary.changes is not None:
            words = "URLs of the last run that have changed, or have not, since the last complete one."
            changes = GaugeMetricFamily("crawler_run_changes", words, labels=("change",))
            for change, number in run.summary.changes.items():
                changes.add_metric((change,), number)
            yield changes

    def _histogram(self) -> "Metric":
        from prometheus_client.core import HistogramMetricFamily

        return HistogramMetricFamily(
            "crawler_run_url_duration_seconds",
            "Seconds in exchanges for each URL that the last run asked for.",
            buckets=list(zip([*map(str, BUCKETS), "+Inf"], accumulate(self._took), strict=True)),
            sum_value=self._seconds,
        )


class _Collected:
    """What a registry asks for its metrics."""

    def __init__(self, metrics: list["Metric"]) -> None:
        self._metrics = metrics

    def collect(self) -> list["Metric"]:
        return self._metrics
