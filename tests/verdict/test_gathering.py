"""An article's links are judged together, once all of their targets are done, and then let go."""

from crawler.model.link import Article, Link
from crawler.model.observation import Hop, Observation
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.verdict import Kind, Level, Verdict
from crawler.verdict.gathering import Gathering

ALIVE = Verdict(Kind.ALIVE, "ok", "200 OK", Level.OFF)


def outcome(*links: Link) -> Outcome:
    url = links[0].url
    return Outcome(url, Role.WEB, links, Observation(url, (Hop(url, 200),)), ALIVE)


def link(url: str, article: Article | None) -> Link:
    return Link(f"https://www.example.org/{url}", Role.WEB, "a.md", article=article)


def test_an_article_comes_once_its_last_target_is_done() -> None:
    first, second = Article("", "One"), Article("related[0]", "Two")
    a, b, c = link("a", first), link("b", first), link("c", second)
    gathering = Gathering()
    gathering.expect([a, b, c])
    assert list(gathering.take(outcome(a))) == []
    assert [[one.link for one in article] for article in gathering.take(outcome(c))] == [[c]]
    assert [[one.link for one in article] for article in gathering.take(outcome(b))] == [[a, b]]
    assert list(gathering.rest()) == []


def test_a_target_may_complete_several_articles_and_be_twice_in_one() -> None:
    first, second = Article("", "Same"), Article("", "Same")
    links = [link("a", first), link("a", first), link("a", second)]
    gathering = Gathering()
    gathering.expect(links)
    assert [len(article) for article in gathering.take(outcome(*links))] == [2, 1]


def test_links_of_no_article_are_none_of_its_business() -> None:
    gathering = Gathering()
    gathering.expect([link("a", None)])
    assert list(gathering.take(outcome(link("a", None)))) == []


def test_what_was_not_completed_is_told_at_the_end() -> None:
    article = Article("")
    a, b = link("a", article), link("b", article)
    gathering = Gathering()
    gathering.expect([a, b])
    assert list(gathering.take(outcome(a))) == []
    assert [[one.link for one in article] for article in gathering.rest()] == [[a]]
