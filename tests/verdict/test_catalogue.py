"""Every rule is complete, has the level that was promised, and fires."""

import pytest

from crawler.config import Confirm, Exemption, Rules
from crawler.config import Level as ConfigLevel
from crawler.model.exchange import MESSAGE_LIMIT, Failure
from crawler.model.link import Problem
from crawler.model.observation import Evidence, Observation
from crawler.model.verdict import Finding, Kind, Level
from crawler.verdict.beyond import DAY
from crawler.verdict.catalogue import CATALOGUE
from crawler.verdict.hindsight import Hindsight
from crawler.verdict.rule import Rule, Scope
from tests.verdict.cases import (
    NOW,
    URL,
    Place,
    amp,
    copy,
    image,
    judge,
    judged,
    observed,
    only,
    outcome,
    read,
    web,
)

REASONS = {
    Kind.ALIVE: "ok temporary-redirect",
    Kind.MOVED: "permanent-redirect",
    Kind.BROKEN: """http-404 http-410 http-4xx dns-nxdomain soft-404 parked-domain redirect-loop too-many-redirects
        redirect-invalid tls-expired tls-wrong-host tls-untrusted image-not-image persistent-failure""",
    Kind.UNREACHABLE: """timeout connect-refused connection-reset dns-failure tls-handshake http-5xx protocol-error
        body-truncated too-large circuit-open""",
    Kind.BLOCKED: "bot-wall http-401 http-402 http-403 http-407 http-429 http-451 login-redirect",
    Kind.INVALID: "url-malformed scheme-unsupported address-forbidden url-credentials",
    Kind.SKIPPED: "excluded robots-disallowed offline budget-exhausted scheme-ignored",
}
"""The promised reasons."""

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
    Level.ERROR: "record-unreadable",
    Level.WARNING: """amp-retired amp-not-amp amp-canonical-missing amp-canonical-mismatch amp-cache-mismatch
        amp-cache-stale image-size-mismatch image-placeholder domain-changed urls-diverge duplicate-key url-whitespace
        exemption-expired""",
    Level.INFO: """amp-not-advertised amp-cache-orphan image-size-unknown image-type-mismatch title-drift cert-expiring
        fragment-missing insecure-url provider-changed flapping""",
}


@pytest.mark.parametrize(("kind", "code"), [(kind, code) for kind, codes in REASONS.items() for code in codes.split()])
def test_reasons_have_their_verdict_and_its_level(kind: Kind, code: str) -> None:
    rule = CATALOGUE[code]
    assert (rule.kind, rule.scope, rule.level) == (kind, Scope.VERDICT, LEVELS[kind])


@pytest.mark.parametrize(
    ("level", "code"), [(level, code) for level, codes in BEYOND.items() for code in codes.split()]
)
def test_rules_beyond_the_verdict_have_their_level(code: str, level: Level) -> None:
    rule = CATALOGUE[code]
    assert (rule.kind, rule.level) == (None, level)


def test_there_is_nothing_else() -> None:
    assert set(CATALOGUE) == set(" ".join((*REASONS.values(), *BEYOND.values())).split())


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


WITH_SETTINGS = {"cert-expiring"}
"""Rules whose function the settings make."""


@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=CATALOGUE)
def test_scope_and_function_go_together(rule: Rule) -> None:
    assert (rule.check is not None or rule.code in WITH_SETTINGS) == (rule.scope is Scope.LINK)
    assert (rule.check_article is not None) == (rule.scope is Scope.ARTICLE)
    assert (rule.kind is not None) == (rule.scope is Scope.VERDICT)
    assert rule.roles


@pytest.mark.parametrize("rule", [rule for rule in CATALOGUE.values() if rule.instead_of], ids=lambda rule: rule.code)
def test_only_rules_that_look_at_links_speak_for_others(rule: Rule) -> None:
    assert rule.scope in (Scope.LINK, Scope.ARTICLE)
    spoken_for = [CATALOGUE[code] for code in rule.instead_of]
    assert all(other.scope in (Scope.VERDICT, Scope.LINK, Scope.ARTICLE) for other in spoken_for)
    assert all(other.kind in (None, Kind.ALIVE, Kind.MOVED) for other in spoken_for), "what is dead speaks for itself"
    assert all(rule.code not in other.instead_of for other in spoken_for)


B = "https://example.org/b"
SEEN = ("what was seen",)

ANSWERED = {
    "ok": observed(URL, 200),
    "temporary-redirect": observed(URL, 302, B, 200),
    "permanent-redirect": observed(URL, 301, B, 200),
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
    "soft-404": observed(URL, 200)._replace(evidence=Evidence("soft-404", SEEN)),
    "parked-domain": observed(URL, 200)._replace(evidence=Evidence("parked-domain", SEEN)),
    "bot-wall": observed(URL, 403)._replace(evidence=Evidence("bot-wall", SEEN)),
    "login-redirect": observed(URL, 302, B, 200)._replace(evidence=Evidence("login-redirect", SEEN)),
}
"""Observations of a page for reasons that an answer gives; most others come with a failure."""

AMP, COPY = f"{URL}/amp", "https://example-org.cdn.ampproject.org/c/s/example.org/a/amp"
PAGE, AMP_PAGE = read(URL, 200, is_amp=False, amphtml=AMP), read(AMP, 200, is_amp=True, canonical=URL)
PICTURE = "https://example.org/a.png"

ARTICLES: dict[str, tuple[Place, ...]] = {
    "image-not-image": (image(read(PICTURE, 200, is_image=False, format="html")),),
    "title-drift": (web(read(URL, 200, title="Best slots")),),
    "fragment-missing": (web(read(URL, 200, missing_fragments=("costs",)), url=f"{URL}#costs"),),
    "urls-diverge": (web(PAGE, "originalUrl"), web(observed(f"{URL}/", 301, B, 200))),
    "provider-changed": (web(observed(URL, 302, "https://example.net/a", 200)),),
    "amp-retired": (web(PAGE), amp(observed(AMP, 301, URL, 200))),
    "amp-not-amp": (web(PAGE), amp(read(AMP, 200, is_amp=False))),
    "amp-canonical-missing": (web(PAGE), amp(read(AMP, 200, is_amp=True))),
    "amp-canonical-mismatch": (web(PAGE), amp(read(AMP, 200, is_amp=True, canonical=B))),
    "amp-not-advertised": (web(read(URL, 200, is_amp=False)), amp(AMP_PAGE)),
    "amp-cache-mismatch": (web(PAGE), amp(AMP_PAGE), copy(observed(f"{COPY}/", 200))),
    "amp-cache-orphan": (web(PAGE), copy(observed(COPY, 200))),
    "amp-cache-stale": (web(PAGE), amp(observed(AMP, 410)), copy(observed(COPY, 200))),
    "image-size-mismatch": (image(read(PICTURE, 200, is_image=True, format="png", width=9, height=60), 90, 60),),
    "image-size-unknown": (image(read(PICTURE, 200, is_image=True, format="jp2"), 90, 60),),
    "image-placeholder": (image(read(PICTURE, 200, is_image=True, format="gif", width=1, height=1), 90, 60),),
    "image-type-mismatch": (image(read(PICTURE, 200, is_image=True, format="png", content_type="text/html")),),
    "insecure-url": (web(observed("http://example.org/a", 200)),),
    "domain-changed": (web(observed(URL, 301, "https://example.net/a", 200)),),
    "cert-expiring": (web(observed(URL, 200)._replace(observed_at=NOW, cert_expires=NOW + 1)),),
}
"""Articles that make a rule speak, at one of their links."""

PASTS = {
    "persistent-failure": (503, 503, 503, 503),
    "flapping": (200, 503, 200, 503, 200, 503),
}
"""What the checks of a page answered, a day apart, where a rule looks back; the last one is the present one."""

FAILURES = set(" ".join(REASONS.values()).split()) - set(ANSWERED) - set(ARTICLES) - set(PASTS)


def all_findings(code: str) -> list[Finding]:
    """What is said where the rule of `code` ought to speak, with everything audible."""
    audible = Rules(dict.fromkeys(CATALOGUE, "error"), (Exemption("x", "known", until="2026-01-01"),))
    by = judge(audible)
    scope = CATALOGUE[code].scope
    if scope is Scope.RECORD:
        return [finding] if (finding := by.problem(Problem(code, "what is wrong", "records/x.md", 3, 1))) else []
    if scope is Scope.RUN:
        return by.closing()
    if code in ARTICLES:
        return judged(*ARTICLES[code], title="Harbour bridge opens", domain="example.org", of=by)
    if code in PASTS:
        *past, present = [
            observed(URL, status)._replace(observed_at=NOW + days * DAY) for days, status in enumerate(PASTS[code])
        ]
        return by.findings(Hindsight(by, Confirm()).see(outcome(by, present), past))
    observation = ANSWERED.get(code) or Observation(URL, (), Failure(code, "in the system's words"))
    return by.findings(outcome(by, observation))


@pytest.mark.parametrize("code", CATALOGUE)
def test_fires(code: str) -> None:
    fired = only(all_findings(code), code)
    assert fired.level is Level.ERROR
    assert 0 < len(fired.message) <= MESSAGE_LIMIT


@pytest.mark.parametrize("code", sorted(ARTICLES))
def test_is_silent_where_it_is_off(code: str) -> None:
    levels: dict[str, ConfigLevel] = dict.fromkeys(CATALOGUE, "error")
    by = judge(Rules(levels | {code: "off"}))
    found = judged(*ARTICLES[code], title="Harbour bridge opens", domain="example.org", of=by)
    assert code not in [finding.code for finding in found]


@pytest.mark.parametrize("code", sorted(FAILURES))
def test_a_failure_is_told_with_its_own_words(code: str) -> None:
    assert only(all_findings(code), code).message == f"{CATALOGUE[code].summary}: in the system's words"
