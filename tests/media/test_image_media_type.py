"""`Content-Type` against what the bytes are."""

import pytest

from crawler.media.image import Image, matches, probe
from tests.media.image_files import FILES

AGREE = [
    ("image/jpeg", "jpeg"),
    ("image/jpg", "jpeg"),
    ("image/pjpeg", "jpeg"),
    ("IMAGE/JPEG ; charset=binary", "jpeg"),
    ("image/x-png", "png"),
    ("image/apng", "png"),
    ("image/vnd.microsoft.icon", "ico"),
    ("image/heif", "heic"),
    ("image/svg+xml; charset=utf-8", "svg"),
    ("image/x-ms-bmp", "bmp"),
    ("image/tif", "tiff"),
    ("application/x-photoshop", "psd"),
    # says nothing, so contradicts nothing
    (None, "jpeg"),
    ("", "webp"),
    ("application/octet-stream", "webp"),
    ("binary/octet-stream", "avif"),
    ("image/*", "gif"),
]
DIFFER = [
    ("image/png", "jpeg"),
    ("image/jpeg", "webp"),
    ("text/html; charset=utf-8", "jpeg"),
    ("text/plain", "svg"),
    ("application/json", "png"),
    ("image/avif", "heic"),
    ("image/jpeg", "no such format"),
]


@pytest.mark.parametrize(("content_type", "name"), AGREE)
def test_agrees(content_type: str | None, name: str) -> None:
    assert matches(content_type, name)


@pytest.mark.parametrize(("content_type", "name"), DIFFER)
def test_differs(content_type: str, name: str) -> None:
    assert not matches(content_type, name)


@pytest.mark.parametrize("name", FILES)
def test_every_format_goes_by_its_own_media_type(name: str) -> None:
    found = probe(FILES[name].data, complete=True)
    assert isinstance(found, Image)
    assert matches(found.media_type, found.format)
