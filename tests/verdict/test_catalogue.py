"""Every rule is complete, has the level that was promised, and fires."""

import pytest

from crawler.config import Exemption, Rules
from crawler.model.exchange import MESSAGE_LIMIT, Failure
from crawler.model.link import Problem
from crawler.model.observation import Observation
from crawler.model.verdict import Finding, Kind, Level
from crawler.verdict.catalogue import CATALOGUE
from crawler.verdict.rule import Rule, Scope
from tests.verdict.cases import URL, judge, observed, outcome

REASONS = {
    Kind.ALIVE: "ok temporary-redirect",
    Kind.MOVED: "permanent-redirect",
    Kind.BROKEN: """http-404 http-410 http-4xx dns-nxdomain redirect-loop too-many-redirects redirect-invalid
        tls-expired tls-wrong-host tls-untrusted""",
    Kind.UNREACHABLE: """timeout connect-refused connection-reset dns-failure tls-handshake http-5xx protocol-error
        body-truncated too-large circuit-open""",
    Kind.BLOCKED: "http-401 http-402 http-403 http-407 http-429 http-451",
    Kind.INVALID: "url-malformed scheme-unsupported address-forbidden url-credentials",
    Kind.SKIPPED: "excluded robots-disallowed offline budget-exhausted scheme-ignored",
}
"""The promised reasons, as far as status, redirects, network, URL and policy decide."""

LEVELS = {
    Kind.ALIVE: Level.OFF,
    Kind.MOVED: Level.WARNING,
    Kind.BROKEN: Level.ERROR,
    Kind.UNREACHABLE: Level.WARNING,
    Kind.BLOCKED: Level.INFO,
    Kind.INVALID: Level.ERROR,
    Kind.SKIPPED: Level.OFF,
}

BEYOND = {
    "record-unreadable": Level.ERROR,
    "duplicate-key": Level.WARNING,
    "url-whitespace": Level.WARNING,
    "insecure-url": Level.INFO,
    "domain-changed": Level.WARNING,
    "exemption-expired": Level.WARNING,
}


@pytest.mark.parametrize(("kind", "code"), [(kind, code) for kind, codes in REASONS.items() for code in codes.split()])
def test_reasons_have_their_verdict_and_its_level(kind: Kind, code: str) -> None:
    rule = CATALOGUE[code]
    assert (rule.kind, rule.scope, rule.level) == (kind, Scope.VERDICT, LEVELS[kind])


@pytest.mark.parametrize(("code", "level"), BEYOND.items())
def test_rules_beyond_the_verdict_have_their_level(code: str, level: Level) -> None:
    rule = CATALOGUE[code]
    assert (rule.kind, rule.level) == (None, level)


def test_there_is_nothing_else() -> None:
    assert set(CATALOGUE) == {code for codes in REASONS.values() for code in codes.split()} | set(BEYOND)


@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=CATALOGUE)
def test_every_text_is_there(rule: Rule) -> None:
    assert CATALOGUE[rule.code] is rule
    assert 0 < len(rule.summary) <= 40
    assert not rule.summary.endswith(".")
    assert len(rule.explanation) > 80
    assert rule.explanation.endswith(".")
    assert "\n" not in rule.explanation
    assert "  " not in rule.explanation
    assert rule.reference.startswith(("https://", "option", "setting"))


@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=CATALOGUE)
def test_scope_and_function_go_together(rule: Rule) -> None:
    assert (rule.check is not None) == (rule.scope is Scope.LINK)
    assert (rule.kind is not None) == (rule.scope is Scope.VERDICT)
    assert all(CATALOGUE[code].scope is Scope.VERDICT for code in rule.instead_of)


ANSWERED = {
    "ok": observed(URL, 200),
    "temporary-redirect": observed(URL, 302, "https://example.org/b", 200),
    "permanent-redirect": observed(URL, 301, "https://example.org/b", 200),
    "http-401": observed(URL, 401),
    "http-402": observed(URL, 402),
    "http-403": observed(URL, 403),
    "http-404": observed(URL, 404),
    "http-407": observed(URL, 407),
    "http-410": observed(URL, 410),
    "http-429": observed(URL, 429),
    "http-451": observed(URL, 451),
    "http-4xx": observed(URL, 400),
    "http-5xx": observed(URL, 500),
    "insecure-url": observed("http://example.org/a", 200),
    "domain-changed": observed(URL, 301, "https://example.net/a", 200),
}
"""Observations that make a rule speak; all other reasons come with a failure."""

FAILURES = set(" ".join(REASONS.values()).split()) - set(ANSWERED)


def all_findings(code: str) -> list[Finding]:
    """What is said where the rule of `code` ought to speak, with everything audible."""
    audible = Rules(dict.fromkeys(CATALOGUE, "error"), (Exemption("x", "known", until="2026-01-01"),))
    by = judge(audible)
    scope = CATALOGUE[code].scope
    if scope is Scope.RECORD:
        return [finding] if (finding := by.problem(Problem(code, "what is wrong", "records/x.md", 3, 1))) else []
    if scope is Scope.RUN:
        return by.closing()
    observation = ANSWERED.get(code) or Observation(URL, (), Failure(code, "in the system's words"))
    return by.findings(outcome(by, observation))


@pytest.mark.parametrize("code", CATALOGUE)
def test_fires(code: str) -> None:
    fired = [finding for finding in all_findings(code) if finding.code == code]
    assert len(fired) == 1
    assert fired[0].level is Level.ERROR
    assert 0 < len(fired[0].message) <= MESSAGE_LIMIT


@pytest.mark.parametrize("code", sorted(FAILURES))
def test_a_failure_is_told_with_its_own_words(code: str) -> None:
    (finding,) = (finding for finding in all_findings(code) if finding.code == code)
    assert finding.message == f"{CATALOGUE[code].summary}: in the system's words"
