import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.model.link import Link
from crawler.model.observation import Hop, Observation
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.verdict import Change, Finding, Kind, Level, Verdict
from crawler.report.news import LONGEST, SHOWN, News
from tests.report.sample import HOSTILE, RUN

IN_ALL = "\n\nIn all: 4 errors, 4 warnings, 4 info; 6 URLs checked in 4.1 s."


def finding(
    url: str,
    path: str | None = "a.md",
    line: int | None = 1,
    level: Level = Level.ERROR,
    change: Change | None = Change.NEW,
) -> Finding:
    return Finding("http-404", level, HOSTILE, url, path, "webUrl", Role.WEB, line, 9, change=change)


def recovered(url: str, *places: tuple[str, int], change: Change | None = Change.RECOVERED) -> Outcome:
    links = tuple(Link(url, Role.WEB, path, "webUrl", line, 9) for path, line in places)
    verdict = Verdict(Kind.ALIVE, "ok", HOSTILE, Level.OFF)
    return Outcome(url, Role.WEB, links, Observation(url, (Hop(url, 200),)), verdict, change)


def news(*told: Finding | Outcome) -> News:
    gathered = News()
    for one in told:
        if isinstance(one, Finding):
            gathered.finding(one)
        else:
            gathered.outcome(one)
    return gathered


A, B = "https://www.example.org/a", "https://www.example.org/b"


def test_what_is_new_and_what_has_recovered_is_listed_with_its_places() -> None:
    told = news(
        finding(B, "b.md", 7),
        finding(A, "b.md", 3),
        recovered("https://www.example.org/c", ("d.md", 2), ("c.md", 1)),
        finding(A + "#part", "a.md", 31),
    )
    assert told.title == "crawler: 2 links newly broken, 1 recovered"
    assert told.text(RUN) == (
        "New (2):\n"
        "- http-404 https://www.example.org/a#part in a.md:31 and 1 more place\n"
        "- http-404 https://www.example.org/b in b.md:7\n"
        "\n"
        "Recovered (1):\n"
        "- https://www.example.org/c in c.md:1 and 1 more place" + IN_ALL
    )


def test_what_is_in_no_file_has_no_place() -> None:
    assert "\n- http-404 https://www.example.org/a\n" in news(finding(A, None, None)).text(RUN)
    assert "\n- https://www.example.org/a\n" in news(recovered(A)).text(RUN)


TITLES = {
    "crawler: 1 link newly broken": [finding(A)],
    "crawler: 1 link recovered": [recovered(A)],
    "crawler: 2 links recovered": [recovered(A), recovered(B)],
    "crawler: 1 link newly broken, 1 recovered": [finding(A), recovered(B)],
}


@pytest.mark.parametrize(("title", "told"), TITLES.items())
def test_the_title_counts_links(title: str, told: list[Finding | Outcome]) -> None:
    assert news(*told).title == title


@pytest.mark.parametrize("change", [None, Change.STILL])
def test_what_is_as_it_was_is_no_news(change: Change | None) -> None:
    told = news(finding(A, change=change), recovered(A, change=change))
    assert not told
    assert news(finding(A))
    assert news(recovered(A))


WORST: dict[Level, list[Finding | Outcome]] = {
    Level.ERROR: [finding(A, level=Level.WARNING), finding(B), recovered(A)],
    Level.WARNING: [finding(A, level=Level.WARNING), finding(B, level=Level.INFO)],
    Level.INFO: [finding(B, level=Level.INFO)],
    Level.OFF: [recovered(A)],
}


@pytest.mark.parametrize(("worst", "told"), WORST.items())
def test_the_news_are_as_bad_as_the_worst_of_them(worst: Level, told: list[Finding | Outcome]) -> None:
    assert news(*told).worst is worst


def test_the_worst_is_listed_first() -> None:
    text = news(finding(A, "a.md", level=Level.WARNING), finding(B, "b.md")).text(RUN)
    assert text.index(B) < text.index(A)


def test_a_few_are_listed_and_the_others_counted() -> None:
    urls = [f"https://a.example/{number:02}" for number in range(SHOWN + 3)]
    text = news(*(finding(url, line=number + 1) for number, url in enumerate(urls))).text(RUN)
    assert text.startswith(f"New ({SHOWN + 3}):\n- http-404 {urls[0]} in a.md:1\n")
    assert text.count("\n- http-404 ") == SHOWN
    assert "\n- and 3 more\n" in text


def test_a_run_that_was_cut_short_says_so() -> None:
    assert "stopped before every URL" in news(finding(A)).text(RUN._replace(complete=False))
    assert "stopped before every URL" not in news(finding(A)).text(RUN)


CREDENTIALS = [
    "https://name:secret@www.example.org/a",
    "https://secret@www.example.org/a",
    "https:\\\\name:secret@www.example.org/a",
    "https:name:secret@www.example.org/a",
    "//name:secret@www.example.org/a",
    "name:sec@secret@www.example.org/a",
]


@pytest.mark.parametrize("url", CREDENTIALS)
def test_credentials_stay_here(url: str) -> None:
    for one in (finding(url), recovered(url)):
        text = news(one).text(RUN)
        assert "www.example.org/a" in text
        assert "sec" not in text


MARKUP = {
    "https://a.example/<!channel>": "https://a.example/%3C!channel%3E",
    "https://a.example/@everyone": "https://a.example/%40everyone",
    "https://a.example/?a=[click](b)": "https://a.example/?a=%5Bclick%5D%28b%29",
    "https://a.example/*bold*`code`": "https://a.example/%2Abold%2A%60code%60",
    'https://a.example/"><img src=x>': "https://a.example/%22%3E%3Cimg src=x%3E",
    "https://a.example/\nNew (9):": "https://a.example/%5CnNew %289%29:",
    "https://a.example/\u202egpj.exe": "https://a.example/%5Cu202egpj.exe",
}


@pytest.mark.parametrize(("url", "shown"), MARKUP.items())
def test_nobody_makes_more_than_text_of_it(url: str, shown: str) -> None:
    assert f"- http-404 {shown} in a.md:1\n" in news(finding(url)).text(RUN)
    assert f"- https://b.example/ in {shown}:1\n" in news(recovered("https://b.example/", (url, 1))).text(RUN)


ANY = st.text(max_size=3000)


@given(st.lists(st.tuples(ANY, ANY), min_size=1, max_size=2 * SHOWN))
def test_any_text_is_short_and_printable(pairs: list[tuple[str, str]]) -> None:
    told = news(*(finding(url, path) for url, path in pairs), *(recovered(url, (path, 1)) for url, path in pairs))
    text = told.text(RUN)
    assert len(text) <= LONGEST
    assert all(line.isprintable() for line in text.split("\n"))
    assert "@" not in text
    assert "<" not in text
