"""The records that the program is written for, where they are at hand."""

import re
from collections import Counter
from pathlib import Path

import pytest

from crawler.config import Records
from crawler.model.role import Role
from tests.records.reading import DEFAULT, links, problems, read_all, written

FOLDER = Path(__file__).parents[3] / "shared" / "records"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"no records in {FOLDER}")

URL_LINE = re.compile(r'(?P<indent> *)(?:- )?(?P<key>url|webUrl|originalUrl|ampWebUrl|cdnAmpWebUrl): "(?P<url>[^"]*)"')
"""How every URL of these records is written, as grep would look for it."""


def grepped() -> list[tuple[str, int, int, str, str]]:
    """(path, line, column, key, URL) of every URL, found without a parser."""
    return [
        (str(path), number, found.start("url") + 1, found["key"], found["url"])
        for path in sorted(FOLDER.glob("*.md"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (found := URL_LINE.match(line))
    ]


def test_every_url_is_found_once_at_its_place() -> None:
    records = read_all([FOLDER])
    found = [
        (link.path, link.line, link.column, (link.field or "").split(".")[-1], link.url) for link in links(records)
    ]
    assert sorted(found) == sorted(grepped())
    assert Counter(key for *_, key, _ in found) == {
        "url": 88,
        "webUrl": 50,
        "originalUrl": 49,
        "ampWebUrl": 4,
        "cdnAmpWebUrl": 4,
    }
    assert len(records) == 49
    assert problems(records) == []


def test_every_splice_is_the_url() -> None:
    for record in read_all([FOLDER]):
        text = Path(record.path or "").read_bytes().decode()
        assert [written(text, link) for link in record.links] == [link.url for link in record.links]


def test_declared_facts_are_read() -> None:
    found = links(read_all([FOLDER]))
    images = [link for link in found if link.role is Role.IMAGE]
    assert len(images) == 88
    assert all(link.width and link.height for link in images)
    assert all(link.article and link.article.title and link.article.domain for link in found)
    assert all(link.article and link.article.published and link.article.published.endswith("Z") for link in found)


def test_one_line_of_configuration_finds_the_same_urls_whatever_the_schema() -> None:
    everything = Records(roles={Role.WEB: ("**",)})
    places = [(link.path, link.start) for link in links(read_all([FOLDER], everything))]
    assert sorted(map(str, places)) == sorted(
        str((link.path, link.start)) for link in links(read_all([FOLDER], DEFAULT))
    )
