"""Files that are not read to their end."""

import pytest

from crawler.http.url import Url, parse
from crawler.media.opaque import is_opaque, looks_opaque

TYPES = {
    "image/jpeg": True,
    "image/svg+xml": False,
    "video/mp4": True,
    "application/pdf": True,
    "application/pdf; charset=binary": True,
    "application/json": False,
    "text/html": False,
    "": False,
}

URLS = {
    "https://www.example.org/a.jpg": True,
    "https://www.example.org/a.JPG?w=300": True,
    "https://www.example.org/a.tar.gz#top": True,
    "https://www.example.org/wiki/File:Bridge.jpg": True,
    "https://www.example.org/a.svg": False,
    "https://www.example.org/news.html": False,
    "https://www.example.org/jpg": False,
    "https://www.example.org/a.jpg/": False,
    "https://www.example.org/?picture=a.jpg": False,
    "https://cdn.zip/": False,
    "https://cdn.zip/.jpg/news": False,
    "https://www.example.org/": False,
}


@pytest.mark.parametrize(("media_type", "opaque"), TYPES.items())
def test_media_types(media_type: str, opaque: bool) -> None:
    assert is_opaque(media_type) is opaque


@pytest.mark.parametrize(("written", "opaque"), URLS.items())
def test_urls(written: str, opaque: bool) -> None:
    url = parse(written)
    assert isinstance(url, Url)
    assert looks_opaque(url) is opaque
