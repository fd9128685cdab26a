"""What the rules make of one URL alone."""

import pytest

from crawler.cli.inspecting.trace import NEEDS, SEES, traces
from crawler.config import Rules
from crawler.model.link import Link
from crawler.model.observation import Hop, Metadata, Observation
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.verdict.catalogue import CATALOGUE
from crawler.verdict.judge import Judge
from crawler.verdict.rule import Scope

URL = "https://news.example/a"
PICTURE = Metadata("image/png", is_image=True, format="jpeg", width=1, height=1)
DAY = 86_400


def outcome(link: Link, metadata: Metadata, ends: float | None, *hops: Hop) -> Outcome:
    seen = Observation(URL, hops or (Hop(URL, 200),), None, metadata, observed_at=100 * DAY, cert_expires=ends)
    return Outcome(URL, link.role, (link,), seen, Judge(Rules(), 0).verdict(URL, link.role, seen))


def test_every_rule_of_links_and_articles_has_its_row() -> None:
    rules = {code for code, rule in CATALOGUE.items() if rule.scope in (Scope.LINK, Scope.ARTICLE)}
    assert NEEDS.keys() | SEES.keys() == rules
    assert not NEEDS.keys() & SEES.keys()


SPEAKING = {
    "fragment-missing": (
        Link(f"{URL}#part", Role.WEB),
        Metadata(missing_fragments=("part",)),
        None,
        (),
        "the link names `part`",
    ),
    "amp-not-amp": (Link(URL, Role.AMP), Metadata(is_amp=False), None, (), "its html element does not say amp"),
    "amp-canonical-missing": (Link(URL, Role.AMP), Metadata(is_amp=True), None, (), None),
    "image-placeholder": (Link(URL, Role.IMAGE), PICTURE, None, (), "1x1"),
    "image-type-mismatch": (Link(URL, Role.IMAGE), PICTURE, None, (), "jpeg, served as image/png"),
    "domain-changed": (
        Link(URL, Role.WEB),
        Metadata(),
        None,
        (Hop(URL, 301), Hop("https://other.example/b", 200)),
        "news.example → other.example",
    ),
    "cert-expiring": (Link(URL, Role.WEB), Metadata(), 107.0 * DAY, (), "it ends on 1970-04-18"),
}


@pytest.mark.parametrize("code", SEES)
def test_a_rule_says_what_it_saw_and_what_of_it(code: str) -> None:
    link, metadata, ends, hops, saw = SPEAKING[code]
    found = {trace.code: trace for trace in traces(link, outcome(link, metadata, ends, *hops), Rules())}
    assert found[code].said
    assert found[code].saw == saw


def test_nothing_is_said_of_a_page_that_is_well() -> None:
    link = Link(URL, Role.WEB)
    found = list(traces(link, outcome(link, Metadata("text/html", is_amp=False), 1000.0 * DAY), Rules()))
    assert {trace.code for trace in found if trace.said} == set()
    assert {trace.code for trace in found if trace.saw} == {"domain-changed", "cert-expiring"}
    assert {trace.code for trace in found if not trace.needs} == {"domain-changed", "cert-expiring", "fragment-missing"}


@pytest.mark.parametrize("role", Role)
def test_rules_are_asked_where_they_can_look(role: Role) -> None:
    link = Link(URL, role)
    for trace in traces(link, outcome(link, Metadata(), None), Rules()):
        if role in CATALOGUE[trace.code].roles:
            assert trace.needs == NEEDS.get(trace.code)
        else:
            assert trace.needs
            assert "the role" in trace.needs


def test_levels_are_those_in_force() -> None:
    link = Link(URL, Role.WEB)
    found = list(traces(link, outcome(link, Metadata(), None), Rules({"cert-expiring": "error"})))
    assert {trace.code: trace.level.value for trace in found}["cert-expiring"] == "error"
