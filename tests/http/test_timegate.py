from datetime import UTC, datetime

import pytest

from crawler.http.archive import Opinion
from crawler.http.timegate import ask, read
from crawler.http.url import LONGEST, Url, parse
from crawler.model.exchange import Failure, Fields, Request, Response

WHEN = datetime(2007, 5, 31, 20, 35, tzinfo=UTC)
COPY = "https://archive.example/20070531/http://news.example/a?b=1&c"
MEMENTO = ("Memento-Datetime", "Wed, 30 May 2007 18:47:52 GMT")


def question(gate: str = "https://archive.example/timegate/", page: str = "http://news.example/a?b=1&c") -> Request:
    endpoint = parse(gate)
    assert isinstance(endpoint, Url)
    asked = ask(endpoint, page, WHEN)
    assert isinstance(asked, Request)
    return asked


def test_the_question_is_the_gate_with_the_page_behind_it() -> None:
    asked = question()
    assert asked.url == "https://archive.example/timegate/http://news.example/a?b=1&c"
    assert asked.method == "HEAD"
    assert asked.fields == (("Accept-Datetime", "Thu, 31 May 2007 20:35:00 GMT"),)


def test_a_question_that_is_longer_than_a_url_may_be_is_not_put() -> None:
    endpoint = parse("https://archive.example/timegate/")
    assert isinstance(endpoint, Url)
    assert isinstance(ask(endpoint, "http://news.example/" + "a" * (LONGEST - 20), WHEN), Failure)


Said = tuple[int, tuple[tuple[str, str], ...]]

SAID: dict[str, tuple[Said, Opinion | None]] = {
    "a copy (4.2.1)": ((200, (MEMENTO,)), Opinion(COPY)),
    "a gate with the copy in it (4.2.2)": (
        (200, (MEMENTO, ("Content-Location", "/20070530/http://news.example/a"))),
        Opinion("https://archive.example/20070530/http://news.example/a"),
    ),
    "a copy of a redirect (4.5.4)": ((302, (MEMENTO, ("Location", COPY))), Opinion(None)),
    "a copy of an error (4.5.5)": ((404, (MEMENTO,)), Opinion(None)),
    "a copy of a refusal": ((429, (MEMENTO,)), Opinion(None)),
    "none": ((404, ()), Opinion(None)),
    "a page that is no copy": ((200, ()), None),
    "a date it does not like": ((400, ()), None),
    "an error": ((503, ()), None),
    "a redirect to nowhere": ((302, ()), None),
    "a redirect to no web address": ((302, (("Location", "javascript:alert(1)"),)), None),
    "a copy at no web address": ((200, (MEMENTO, ("Content-Location", "data:text/html,x"))), None),
}


@pytest.mark.parametrize(("answer", "opinion"), SAID.values(), ids=SAID)
def test_the_answer_is_a_copy_or_names_none(answer: Said, opinion: Opinion | None) -> None:
    status, fields = answer
    said = read(question().to(COPY), Response(status, Fields(fields)))
    assert said == opinion if opinion else isinstance(said, Failure)


@pytest.mark.parametrize("status", [302, 303, 307])
def test_the_next_request_goes_where_the_gate_leads_with_the_same_moment(status: int) -> None:
    asked = question()
    link = '<http://news.example/a>; rel="original"'
    answer = Response(status, Fields((("Location", "../20070531/http://news.example/a?b=1&c"), ("Link", link))))
    assert read(asked.to("https://archive.example/timegate/x"), answer) == asked.to(COPY)
