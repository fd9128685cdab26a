"""What comes where an image should be."""

import pytest

from crawler.media.image import Need, NotImage, probe, sniff

PAGES = {
    "empty": [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe"],
    "html": [
        b"<!DOCTYPE html><html><body><svg width='1' height='1'/></body></html>",
        b"\n\n  <!doctype HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>\n<html>",
        b"\xef\xbb\xbf<html lang=en><head>",
        "\ufeff<html><title>Nicht gefunden</title>".encode("utf-16-le"),
        b"<!-- cached --><html>",
        b"<!-- only a comment, cut off",
        b"<HTML><HEAD><TITLE>302 Moved</TITLE></HEAD></HTML>",
        b'<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"/>',
        b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>',
        b"<h1>404 Not Found</h1>",
        b"<br />\n<b>Fatal error</b>: Uncaught Error",
        b"<script>location='/login'</script>",
    ],
    "xml": [
        b"<?xml version='1.0'?>\n<Error><Code>NoSuchKey</Code></Error>",
        b"<rss xmlns:media='http://search.yahoo.com/mrss/'/>",
        b"<?xml version='1.0'",
        b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a '",
    ],
    "json": [b'{"error": "not found"}', b"[]", b"\n[1]", b"{}", b"[null]", b'\xef\xbb\xbf[\n {"a": 1}]'],
    "text": [
        b"Not Found",
        b"{not json}",
        b"BM",
        b"BMW builds cars, and this is a sentence about them.",
        b"GIF89 is a format",
        b"II* is how it begins",
        b"<3 hearts are no markup",
        b"< and > are no markup either",
        "Größe: Köln".encode("latin-1"),
        b"\xfe\xff\x00N\x00o",
    ],
    "pdf": [b"%PDF-1.7\n%\xe2\xe3"],
    "video": [b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", b"\x1a\x45\xdf\xa3\x01", b"\0\0\0\x14ftypqt  \0\0\0\0qt  "],
    "archive": [b"PK\x03\x04\x14\0", b"\x1f\x8b\x08\0"],
    "binary": [
        b"\0",
        b"\0\0\1\0\0\0",
        b"RIFF\x24\0\0\0WAVEfmt ",
        b"\x7fELF\2\1\1\0",
        b"\n\xff\xd8\xff\xe0\0\x10JFIF\0",
        bytes(2000),
    ],
}


@pytest.mark.parametrize(("what", "body"), [(what, body) for what, bodies in PAGES.items() for body in bodies])
def test_the_body_is_named(what: str, body: bytes) -> None:
    found = probe(body, complete=True)
    assert isinstance(found, NotImage)
    assert found.what == what
    assert sniff(body) is None


MEDIA_TYPES = {
    "html": "text/html",
    "xml": "text/xml",
    "json": "application/json",
    "text": "text/plain",
    "pdf": "application/pdf",
}


@pytest.mark.parametrize(("what", "media_type"), MEDIA_TYPES.items())
def test_its_media_type_is_said(what: str, media_type: str) -> None:
    assert probe(PAGES[what][0], complete=True) == NotImage(what, media_type)


@pytest.mark.parametrize("body", [b"", b"\x89PN", b"GIF8", b"No", b"{", bytes(1444)])
def test_a_short_prefix_is_not_judged(body: bytes) -> None:
    assert isinstance(probe(body, complete=False), Need)


@pytest.mark.parametrize(
    "body", [b"Not found. " * 200, b'{"a": [' + b"1, " * 600, bytes(1445), b"<!doctype html>" + b" " * 1500]
)
def test_a_prefix_is_judged_once_it_is_long_enough(body: bytes) -> None:
    assert isinstance(probe(body, complete=False), NotImage)
