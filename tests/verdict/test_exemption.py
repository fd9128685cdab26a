"""Findings that are known and accepted."""

import pytest

from crawler.config import Exemption, Rules
from crawler.errors import ConfigError
from crawler.model.link import Problem
from crawler.model.verdict import Level
from crawler.verdict.judge import Judge
from tests.verdict.cases import NOW, URL, judge, link, observed, outcome

EXEMPTIONS = [
    (Exemption("example", "known"), True),
    (Exemption(r"^https://example\.org/a$", "known"), True),
    (Exemption("", "known"), True),
    (Exemption(r"^example", "known"), False),
    (Exemption("example", "known", ("http-404",)), True),
    (Exemption("example", "known", ("http-410", "http-404")), True),
    (Exemption("example", "known", ("http-410",)), False),
    (Exemption("example", "known", until="2026-01-31"), True),
    (Exemption("example", "known", until="2026-01-30"), False),
]


@pytest.mark.parametrize(("exemption", "exempt"), EXEMPTIONS)
def test_exemption(exemption: Exemption, exempt: bool) -> None:
    by = judge(Rules(exempt=(exemption,)))
    found = by.findings(outcome(by, observed(URL, 404)))
    assert len(found) == (0 if exempt else 1)
    assert by.exempted == (1 if exempt else 0)


def test_the_url_as_written_decides() -> None:
    by = judge(Rules(exempt=(Exemption("^HTTPS:", "shouting"),)))
    places = [link("HTTPS://EXAMPLE.ORG/a"), link(URL)]
    assert [finding.url for finding in by.findings(outcome(by, observed(URL, 404), *places))] == [URL]


def test_only_the_named_code_is_kept_back() -> None:
    by = judge(Rules(exempt=(Exemption(".", "known", ("http-404",)),)))
    plain = "http://example.org/a"
    assert [finding.code for finding in by.findings(outcome(by, observed(plain, 404)))] == ["insecure-url"]


def test_problems_of_records_can_be_exempt_where_they_have_a_url() -> None:
    by = judge(Rules(exempt=(Exemption("example", "known"),)))
    assert by.problem(Problem("url-whitespace", "a space", "x.md", url=URL)) is None
    assert by.problem(Problem("record-unreadable", "no end", "x.md")) is not None
    assert by.exempted == 1


DAY_OVER = 1_769_904_000.0
"""2026-02-01 00:00 UTC."""


@pytest.mark.parametrize(("now", "held"), [(DAY_OVER - 1, True), (DAY_OVER, False), (NOW, True)])
def test_the_last_day_counts_in_full(now: float, held: bool) -> None:
    by = Judge(Rules(exempt=(Exemption("example", "being mended", ("http-404",), "2026-01-31"),)), now)
    assert (by.findings(outcome(by, observed(URL, 404))) == []) is held
    closing = by.closing()
    assert len(closing) == (0 if held else 1)
    for finding in closing:
        assert (finding.code, finding.level, finding.path) == ("exemption-expired", Level.WARNING, None)
        assert finding.message == "exemption ended on 2026-01-31: `example` (being mended)"


def test_an_expired_exemption_can_be_passed_over() -> None:
    past = (Exemption("example", "known", until="2020-01-01"),)
    assert judge(Rules(levels={"exemption-expired": "off"}, exempt=past)).closing() == []


@pytest.mark.parametrize("until", ["2026-02-30", "31.1.2026", "20260131", "2026-W05-6", "", "0000-01-01", "2026-1-31"])
def test_dates_have_one_form(until: str) -> None:
    with pytest.raises(ConfigError) as raised:
        judge(Rules(exempt=(Exemption("x", "known", until=until),)))
    assert raised.value.problems == [f"rules.exempt[0].until: `{until}` is no date of the form YYYY-MM-DD"]


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(ConfigError) as raised:
        judge(Rules(exempt=(Exemption("(", "known", ("http-4o4",)), Exemption("x", "known", until="soon"))))
    assert [problem.partition(": ")[0] for problem in raised.value.problems] == [
        "rules.exempt[0].url",
        "rules.exempt[0].codes",
        "rules.exempt[1].until",
    ]
    assert "did you mean `http-404`?" in raised.value.problems[1]
