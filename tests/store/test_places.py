"""Links, articles and problems as rows."""

from hypothesis import given
from hypothesis import strategies as st

from crawler.model.link import Article, Link, Problem
from crawler.model.role import Role
from crawler.store import places
from crawler.store.text import key_of, storable
from tests.store.making import articles, links, roles, texts


@given(links, texts)
def test_any_link_comes_back(link: Link, url: str) -> None:
    _, record, _, *columns = places.row(link, url, key_of(url), 3, None)
    path = None if link.path is None else storable(link.path)
    assert record == places.path_key(link.path)
    assert places.link(storable(url), path, columns, link.article) == link


@given(articles)
def test_any_article_comes_back(article: Article) -> None:
    found = places.article_of(places.ARTICLE.pack(article))
    assert found == article
    assert all(type(role) is Role for role, _, _ in found.urls)


TEXTS = st.none() | texts
PROBLEMS = st.builds(Problem, texts, texts, TEXTS, *[st.none() | st.integers()] * 3, TEXTS, st.none() | roles, TEXTS)


@given(st.lists(PROBLEMS, max_size=3))
def test_any_problems_come_back(problems: list[Problem]) -> None:
    found = places.problems_of(places.problems_text(problems))
    assert found == tuple(problems)
    assert all(problem.role is None or type(problem.role) is Role for problem in found)


def test_the_command_line_is_no_file() -> None:
    assert places.path_key(None) != places.path_key("")
