"""Verdicts and findings, from what was observed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.config import Rules
from crawler.errors import ConfigError, UsageError
from crawler.model.exchange import MESSAGE_LIMIT, Failure
from crawler.model.link import Link, Problem
from crawler.model.observation import Evidence, Hop, Observation
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.verdict import Finding, Kind, Level, Replacement
from crawler.verdict.catalogue import CATALOGUE
from crawler.verdict.quoting import sentence
from crawler.verdict.rule import Occurrence
from tests.verdict.cases import URL, findings, judge, link, observed, outcome, verdict

B, C = "https://example.org/b", "https://example.org/c"

REDIRECTS = [
    ((URL, 301, B, 200), "permanent-redirect"),
    ((URL, 308, B, 206), "permanent-redirect"),
    ((URL, 301, C, 308, B, 200), "permanent-redirect"),
    ((URL, 302, B, 200), "temporary-redirect"),
    ((URL, 303, B, 200), "temporary-redirect"),
    ((URL, 307, B, 200), "temporary-redirect"),
    ((URL, 301, C, 302, B, 200), "temporary-redirect"),
    ((URL, 302, C, 301, B, 200), "temporary-redirect"),
    ((URL, 200, B, 200), "temporary-redirect"),  # a page that sends its readers on by itself
    ((URL, 301, URL, 200), "ok"),
    ((URL, 302, URL, 200), "ok"),
    ((URL, 301, f"{URL}#part", 200), "ok"),
    ((URL, 302, C, 302, URL, 200), "ok"),
    ((URL, 301, B, 404), "http-404"),
    ((URL, 301, B, 403), "http-403"),
    ((URL, 302, B, 503), "http-5xx"),
    ((URL, 301, B, 304), "permanent-redirect"),
]


@pytest.mark.parametrize(("steps", "reason"), REDIRECTS)
def test_redirects(steps: tuple[str | int, ...], reason: str) -> None:
    assert verdict(*steps).reason == reason


REFUSED = Failure("address-forbidden", "loopback address (127.0.0.0/8)")

MESSAGES = [
    ((URL, 200), None, "200 OK"),
    ((URL, 404), None, "404 Not Found"),
    ((URL, 301, B, 404), None, f"404 Not Found at {B}, after 1 redirect"),
    ((URL, 301, B, 302, C, 410), None, f"410 Gone at {C}, after 2 redirects"),
    ((URL, 301, B, 200), None, f"moved for good to {B}"),
    ((URL, 302, B, 200), None, f"redirects for now to {B}"),
    ((URL, 302, B, 302, URL, 200), None, "leads back to itself after 2 redirects"),
    ((), None, "no answer was observed"),
    ((), Failure("offline", ""), "no network in this run"),
    ((URL, None), Failure("timeout", "20 s were over"), "no answer in time: 20 s were over"),
    ((URL, None), Failure("timeout", "one\n two\t three"), "no answer in time: one two three"),
    (
        (URL, 301, B, None),
        Failure("dns-nxdomain", "no example.org"),
        f"host name does not exist at {B}, after 1 redirect: no example.org",
    ),
    ((URL, 302), REFUSED, f"not a public address, where {URL} redirects to: loopback address (127.0.0.0/8)"),
    ((URL, 302), Failure("redirect-invalid", "302 to nowhere"), "redirect that leads nowhere: 302 to nowhere"),
    ((URL, None), Failure("gremlins", "inside"), "answer that is not HTTP: inside"),
]


@pytest.mark.parametrize(("steps", "failure", "message"), MESSAGES)
def test_messages(steps: tuple[str | int | None, ...], failure: Failure | None, message: str) -> None:
    assert verdict(*steps, failure=failure).message == message


def test_a_failure_says_more_than_a_status() -> None:
    judged = verdict(URL, 200, failure=Failure("body-truncated", "10 of 20 bytes"))
    assert (judged.kind, judged.reason) == (Kind.UNREACHABLE, "body-truncated")


SHOWN = {
    "soft-404": Kind.BROKEN,
    "parked-domain": Kind.BROKEN,
    "bot-wall": Kind.BLOCKED,
    "login-redirect": Kind.BLOCKED,
}


@pytest.mark.parametrize(("reason", "kind"), SHOWN.items())
@pytest.mark.parametrize("steps", [(URL, 200), (URL, 301, B, 200), (URL, 302, B, 403), (URL, 301, C, 503)])
def test_evidence_says_more_than_a_status(reason: str, kind: Kind, steps: tuple[str | int, ...]) -> None:
    observation = observed(*steps)._replace(evidence=Evidence(reason, ("a title", "a\nheading")))
    for role in Role:
        judged = judge().verdict(URL, role, observation)
        assert (judged.kind, judged.reason, judged.replacement) == (kind, reason, None)
        assert judged.message == f"{CATALOGUE[reason].summary}: a title; a heading"


def test_evidence_may_have_no_words_or_too_many() -> None:
    for words, told in (((), ""), (("x" * 400,), f": {'x' * 400}")):
        judged = judge().verdict(URL, Role.WEB, observed(URL, 200)._replace(evidence=Evidence("soft-404", words)))
        assert judged.message == sentence(CATALOGUE["soft-404"].summary + told)


@pytest.mark.parametrize("reason", [None, "http-404", "ok", "gremlins", ""])
@pytest.mark.parametrize("steps", [(URL, 200), (URL, 301, B, 200), (URL, 302, B, 200), (URL, 404), ()])
def test_evidence_that_judges_nothing_changes_nothing(reason: str | None, steps: tuple[str | int, ...]) -> None:
    plain = observed(*steps)
    noted = plain._replace(evidence=Evidence(reason, ("the same frame for every address",)))
    assert judge().verdict(URL, Role.WEB, noted) == judge().verdict(URL, Role.WEB, plain)


def test_a_failure_says_more_than_evidence() -> None:
    observation = observed(URL, 200, failure=Failure("body-truncated", ""))
    noted = observation._replace(evidence=Evidence("soft-404", ("a title",)))
    assert judge().verdict(URL, Role.WEB, noted).reason == "body-truncated"


@pytest.mark.parametrize("reason", ["ok", "permanent-redirect", "insecure-url", "record-unreadable", "", "gremlins"])
def test_a_failure_is_never_good_news(reason: str) -> None:
    judged = verdict(URL, None, failure=Failure(reason, "?"))
    assert (judged.kind, judged.reason) == (Kind.UNREACHABLE, "protocol-error")


def test_a_trivial_move_is_info() -> None:
    judged = verdict("http://example.org/A?utm_source=x", 301, "https://www.example.org/a/", 200)
    assert (judged.kind, judged.reason, judged.level) == (Kind.MOVED, "permanent-redirect", Level.INFO)
    assert judged.replacement == Replacement("https://www.example.org/a/", "redirect", True)


@pytest.mark.parametrize(
    ("setting", "trivial", "other"),
    [("error", "info", "error"), ("warning", "info", "warning"), ("info", "info", "info"), ("off", "off", "off")],
)
def test_a_trivial_move_never_weighs_more_than_info(setting: str, trivial: str, other: str) -> None:
    by = judge(Rules(levels={"permanent-redirect": setting}))  # type: ignore[dict-item]
    assert verdict(URL, 301, f"{URL}/", 200, of=by).level == trivial
    assert verdict(URL, 301, B, 200, of=by).level == other


def test_one_finding_a_place() -> None:
    by = judge()
    places = [link(URL, "webUrl"), link(f"{URL}#part", "related[0].webUrl"), Link(URL, Role.AMP)]
    found = by.findings(outcome(by, observed(URL, 404), *places))
    assert [(f.url, f.path, f.field, f.role, f.line, f.column, f.end_column, f.start, f.length) for f in found] == [
        (p.url, p.path, p.field, p.role, p.line, p.column, p.end_column, p.start, p.length) for p in places
    ]
    assert {(f.code, f.level, f.message) for f in found} == {("http-404", Level.ERROR, "404 Not Found")}


@pytest.mark.parametrize(
    ("written", "replacement"),
    [
        (URL, B),
        (f"{URL}#part", f"{B}#part"),
        (f"{URL}#ü", f"{B}#%C3%BC"),
        (f"{URL}#", B),
    ],
)
def test_a_replacement_keeps_the_fragment_of_its_place(written: str, replacement: str) -> None:
    by = judge()
    (found,) = by.findings(outcome(by, observed(URL, 301, B, 200), link(written)))
    assert found.replacement == Replacement(replacement, "redirect", True)


@pytest.mark.parametrize("steps", [(URL, 200), (URL, 302, B, 200)])
def test_alive_is_silent(steps: tuple[str | int, ...]) -> None:
    assert findings(*steps) == []


def codes(found: list[Finding]) -> dict[str, Level]:
    return {finding.code: finding.level for finding in found}


def test_another_domain_stands_in_place_of_the_move() -> None:
    (found,) = findings(URL, 301, "https://www.example.net/a", 200)
    assert (found.code, found.level) == ("domain-changed", Level.WARNING)
    assert found.message == ("moved for good from example.org to another site, example.net: https://www.example.net/a")
    assert found.replacement == Replacement("https://www.example.net/a", "redirect", False)


def test_another_domain_for_now_is_info_and_replaces_nothing() -> None:
    by = judge(Rules(levels={"temporary-redirect": "info"}))
    found = findings(URL, 302, "https://example.net/a", 200, of=by)
    assert codes(found) == {"domain-changed": Level.INFO, "temporary-redirect": Level.INFO}
    assert all(finding.replacement is None for finding in found)


def test_the_move_speaks_where_the_rule_that_says_more_is_off() -> None:
    by = judge(Rules(levels={"domain-changed": "off"}))
    assert codes(findings(URL, 301, "https://example.net/a", 200, of=by)) == {"permanent-redirect": Level.WARNING}


@pytest.mark.parametrize(
    "steps", [(URL, 301, "https://m.example.org/a", 200), (URL, 301, "https://example.net/a", 404), (URL, 404)]
)
def test_the_domain_is_no_matter_within_a_site_or_where_nothing_is_alive(steps: tuple[str | int, ...]) -> None:
    assert "domain-changed" not in codes(findings(*steps))


PLAIN = "http://example.org/a"


@pytest.mark.parametrize(
    ("place", "observation", "expected"),
    [
        (link(PLAIN), observed(PLAIN, 200), True),
        (link(PLAIN), observed(PLAIN, 404), True),
        (link(PLAIN), observed(PLAIN, 302, URL, 200), True),
        (link(PLAIN, field="body"), observed(PLAIN, 200), True),
        (link(PLAIN, field=None), observed(PLAIN, 200), False),
        (link(URL), observed(URL, 200), False),
        (link(PLAIN), observed(PLAIN, 301, URL, 200), False),
        (link(PLAIN), Observation(PLAIN, (), Failure("offline", "")), False),
        (link(PLAIN), Observation(PLAIN, (), Failure("address-forbidden", "")), False),
        (link("http://localhost/"), observed("http://localhost/", 200), False),
        (link("http://demo.localhost:81/"), observed("http://demo.localhost:81/", 200), False),
        (link("http://127.0.0.1:8000/"), observed("http://127.0.0.1:8000/", 200), False),
        (link("http://[::1]/"), observed("http://[::1]/", 200), False),
    ],
)
def test_insecure_url(place: Link, observation: Observation, expected: bool) -> None:
    by = judge()
    assert ("insecure-url" in codes(by.findings(outcome(by, observation, place)))) is expected


def test_a_problem_of_a_record_keeps_its_place() -> None:
    problem = Problem("url-whitespace", "a space before", "records/x.md", 3, 9, 20, "webUrl", Role.WEB, URL)
    assert judge().problem(problem) == Finding(
        "url-whitespace", Level.WARNING, "a space before", URL, "records/x.md", "webUrl", Role.WEB, 3, 9, 20
    )
    assert judge(Rules(levels={"url-whitespace": "off"})).problem(problem) is None


def test_all_problems_of_the_settings_are_told_at_once() -> None:
    with pytest.raises(ConfigError) as raised:
        judge(Rules(levels={"http-44": "error", "zzz": "off", "ok": "loud"}))  # type: ignore[dict-item]
    assert isinstance(raised.value, UsageError)
    assert raised.value.problems == [
        "rules.levels: `http-44` is no rule; did you mean `http-404`?",
        "rules.levels: `zzz` is no rule; `crawler rules` lists them",
        "rules.levels.ok: `loud` is no level; there are error, warning, info, off",
    ]


TEXT = st.one_of(
    st.text(max_size=30), st.sampled_from([URL, B, PLAIN, "https://example.net/", "https://[", "x" * 9000])
)
STATUS = st.one_of(st.none(), st.integers(-10, 10_000), st.sampled_from([200, 301, 302, 308, 404]))
FAILURES = st.builds(Failure, st.one_of(st.sampled_from(sorted(CATALOGUE)), st.text(max_size=9)), TEXT)
OBSERVATIONS = st.builds(
    Observation, TEXT, st.lists(st.builds(Hop, TEXT, STATUS), max_size=4).map(tuple), st.one_of(st.none(), FAILURES)
)
LINKS = st.builds(Link, TEXT, st.sampled_from(Role), st.none(), st.one_of(st.none(), st.text(max_size=5)))
LOUD = judge(Rules(levels=dict.fromkeys(CATALOGUE, "error")))


@settings(deadline=None)
@given(OBSERVATIONS, st.sampled_from(Role), st.lists(LINKS, max_size=3).map(tuple))
def test_any_observation_has_one_verdict_and_findings(
    observation: Observation, role: Role, links: tuple[Link, ...]
) -> None:
    judged = LOUD.verdict(observation.url, role, observation)
    assert CATALOGUE[judged.reason].kind is judged.kind
    assert 0 < len(judged.message) <= MESSAGE_LIMIT
    assert (judged.replacement is not None) == (judged.kind is Kind.MOVED)
    outcome = Outcome(observation.url, role, links, observation, judged)
    found = LOUD.findings(outcome) + LOUD.article([Occurrence(link, outcome) for link in links if link.article])
    assert len(found) >= len(links)
    assert all(finding.code in CATALOGUE and 0 < len(finding.message) <= MESSAGE_LIMIT for finding in found)
