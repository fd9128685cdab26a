"""An article's links, whatever came of them: nothing is raised, what is said is known, nothing dead is passed over."""

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.config import Rules
from crawler.model.exchange import MESSAGE_LIMIT, Failure
from crawler.model.link import Article, Link
from crawler.model.observation import Evidence, Hop, Metadata, Observation
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.verdict import Finding, Kind, Level
from crawler.verdict.catalogue import CATALOGUE
from crawler.verdict.judge import SHOWN
from crawler.verdict.rule import Occurrence, Scope
from tests.verdict.cases import judge

URLS = st.sampled_from(
    [
        "https://www.example.org/a",
        "http://example.org/a/",
        "https://www.example.org/a/amp",
        "https://www.example.org/a?utm_source=x#part",
        "https://www.example.org/",
        "https://www.example.org/login",
        "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a/amp",
        "https://example.net/b",
        "https://[2001:db8::1]:81/a",
        "https://[",
        "mailto:a@example.org",
        "\ud800",
        "",
    ]
)
TITLES = st.one_of(st.none(), st.sampled_from(["A title of several words", "Â€", "標題", ""]), st.text(max_size=9))
SIDES = st.one_of(st.none(), st.integers(-1, 1300))
METADATA = st.builds(
    Metadata,
    content_type=st.sampled_from([None, "text/html", "image/jpeg", "application/pdf"]),
    title=TITLES,
    canonical=st.one_of(st.none(), URLS),
    amphtml=st.one_of(st.none(), URLS),
    width=SIDES,
    height=SIDES,
    is_amp=st.sampled_from([None, True, False]),
    format=st.sampled_from([None, "jpeg", "svg", "html"]),
    is_image=st.sampled_from([None, True, False]),
    digest=st.sampled_from([None, 1]),
    missing_fragments=st.sampled_from([(), ("part",)]),
)
OBSERVATIONS = st.builds(
    Observation,
    URLS,
    st.lists(st.builds(Hop, URLS, st.sampled_from([None, 200, 301, 302, 403, 404, 503])), max_size=3).map(tuple),
    st.one_of(st.none(), st.builds(Failure, st.sampled_from(["offline", "timeout", "dns-nxdomain"]), st.just("words"))),
    METADATA,
    observed_at=st.just(1e9),
    evidence=st.one_of(st.none(), st.builds(Evidence, st.sampled_from([None, *sorted(SHOWN)]), st.just(("seen",)))),
    cert_expires=st.sampled_from([None, 1e9 + 1]),
)


@st.composite
def articles(draw: st.DrawFn) -> list[Occurrence]:
    """Some links of one article, each with an outcome that need not make sense; some share one."""
    article = Article("", draw(TITLES), None, draw(st.sampled_from([None, "example.org", "", "…"])))
    occurrences: list[Occurrence] = []
    for role in draw(st.lists(st.sampled_from(Role), max_size=6)):
        link = Link(draw(URLS), role, "a.md", role.value, width=draw(SIDES), height=draw(SIDES), article=article)
        shared = draw(st.booleans())
        if occurrences and shared:
            outcome = occurrences[0].outcome
        else:
            observation = draw(OBSERVATIONS)
            verdict = LOUD.verdict(observation.url, role, observation)
            outcome = Outcome(observation.url, role, (link,), observation, verdict)
        occurrences.append(Occurrence(link, outcome))
    return occurrences


LOUD = judge(Rules(levels=dict.fromkeys(CATALOGUE, "error")))
SOFT = judge()


def at(found: list[Finding], one: Occurrence) -> list[Finding]:
    return [finding for finding in found if (finding.field, finding.url) == (one.link.field, one.link.url)]


@settings(deadline=None)
@given(articles())
def test_whatever_came_of_an_article_is_judged(occurrences: list[Occurrence]) -> None:
    found = LOUD.article(occurrences)
    for finding in found:
        rule = CATALOGUE[finding.code]
        assert 0 < len(finding.message) <= MESSAGE_LIMIT
        assert rule.scope is Scope.VERDICT or finding.role in rule.roles
    for one in occurrences:
        said = [CATALOGUE[finding.code] for finding in at(found, one)]
        assert said, "every link has its verdict, or a rule that says more"
        reason = one.outcome.verdict.reason
        assert any(rule.code == reason or reason in rule.instead_of for rule in said)


@settings(deadline=None)
@given(articles())
def test_nothing_dead_is_passed_over(occurrences: list[Occurrence]) -> None:
    found = SOFT.article(occurrences)
    for one in occurrences:
        verdict = SOFT.verdict(one.outcome.url, one.outcome.role, one.outcome.observation)
        if verdict.kind in (Kind.BROKEN, Kind.INVALID):
            assert (verdict.reason, Level.ERROR) in [(finding.code, finding.level) for finding in at(found, one)]


@settings(deadline=None)
@given(articles())
def test_a_rule_speaks_once_a_link_and_the_same_each_time(occurrences: list[Occurrence]) -> None:
    found = LOUD.article(occurrences)
    assert found == LOUD.article(occurrences)
    for one in {id(one.link): one for one in occurrences}.values():
        codes = [finding.code for finding in at(found, one)]
        twins = sum((other.link.field, other.link.url) == (one.link.field, one.link.url) for other in occurrences)
        assert all(codes.count(code) <= twins for code in codes)
