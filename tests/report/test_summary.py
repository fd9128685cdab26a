import pytest

from crawler.model.report import Run, Summary
from crawler.model.verdict import Kind, Level
from crawler.report.summary import closing, duration


def _run(records: int, urls: int, levels: dict[Level, int], skipped: int = 0, seconds: float = 4.1) -> Run:
    return Run(0.0, seconds, True, Summary(records, urls, urls, {Kind.SKIPPED: skipped}, levels))


@pytest.mark.parametrize(
    ("run", "files", "sentence"),
    [
        (
            _run(49, 143, {Level.ERROR: 2, Level.WARNING: 1, Level.INFO: 0}),
            3,
            "2 errors, 1 warning in 3 of 49 records; 143 URLs checked in 4.1 s.",
        ),
        (_run(1, 1, {Level.ERROR: 1}), 1, "1 error in 1 of 1 record; 1 URL checked in 4.1 s."),
        (_run(0, 2, {Level.INFO: 2}), 0, "2 info; 2 URLs checked in 4.1 s."),
        (_run(0, 3, {}, skipped=3), 0, "No findings; 0 URLs checked in 4.1 s."),
        (_run(20_000, 1_234_567, {}), 0, "No findings in 20,000 records; 1,234,567 URLs checked in 4.1 s."),
        (_run(1, 1, {}, seconds=-5), 0, "No findings in 1 record; 1 URL checked in 0.0 s."),
    ],
)
def test_the_closing_sentence(run: Run, files: int, sentence: str) -> None:
    assert closing(run, files) == sentence


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.04, "0.0 s"),
        (59.94, "59.9 s"),
        (59.96, "1 min 00 s"),
        (200.4, "3 min 20 s"),
        (3599.6, "1 h 00 min"),
        (7500, "2 h 05 min"),
    ],
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text
