"""Files that an independent encoder wrote, measured by its own decoder: the same sides, from every prefix."""

import io
from typing import Any

import pytest

pytest.importorskip("PIL", reason="the independent encoder is Pillow")

from PIL import Image as Pillow
from PIL import ImageOps

from crawler.media.image import Image, Need, probe

ENCODINGS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "jpeg": ("JPEG", "RGB", {}),
    "jpeg grey": ("JPEG", "L", {}),
    "jpeg cmyk": ("JPEG", "CMYK", {}),
    "jpeg progressive": ("JPEG", "RGB", {"progressive": True, "restart_marker_blocks": 1}),
    "jpeg with profile and comment": ("JPEG", "RGB", {"icc_profile": bytes(100_000), "comment": "x" * 5000}),
    "png": ("PNG", "RGBA", {}),
    "png palette": ("PNG", "P", {"icc_profile": bytes(3000)}),
    "gif": ("GIF", "P", {}),
    "webp": ("WEBP", "RGB", {}),
    "webp lossless": ("WEBP", "RGB", {"lossless": True}),
    "webp alpha": ("WEBP", "RGBA", {}),
    "avif": ("AVIF", "RGB", {"speed": 10}),
    "avif alpha": ("AVIF", "RGBA", {"speed": 10}),
    "tiff": ("TIFF", "RGB", {}),
    "tiff compressed": ("TIFF", "RGB", {"compression": "tiff_lzw"}),
    "bigtiff": ("TIFF", "RGB", {"big_tiff": True}),
    "bmp": ("BMP", "RGB", {}),
    "bmp black and white": ("BMP", "1", {}),
    "ico": ("ICO", "RGBA", {"sizes": [(1, 1), (16, 16), (48, 48), (256, 256)]}),
}
TURNING = {"JPEG", "PNG", "AVIF", "TIFF"}
"""Formats in which an orientation counts."""


def encoded(name: str, sides: tuple[int, int], orientation: int = 0) -> bytes:
    kind, mode, options = ENCODINGS[name]
    if orientation:
        exif = Pillow.Exif()
        exif[0x0112] = orientation
        options = {**options, "exif": exif}
    file = io.BytesIO()
    Pillow.linear_gradient("L").resize(sides).convert(mode).save(file, kind, **options)
    return file.getvalue()


def shown(data: bytes) -> tuple[int, int]:
    with Pillow.open(io.BytesIO(data)) as picture:
        return ImageOps.exif_transpose(picture).size


@pytest.mark.parametrize("sides", [(320, 213), (1, 1), (17, 300)])
@pytest.mark.parametrize("name", ENCODINGS)
def test_sides_are_those_of_the_decoder(name: str, sides: tuple[int, int]) -> None:
    data = encoded(name, sides)
    found = probe(data, complete=True)
    assert isinstance(found, Image)
    assert found.format == ENCODINGS[name][0].lower()
    assert (found.width, found.height) == shown(data)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", [name for name, (kind, _, _) in ENCODINGS.items() if kind in TURNING])
def test_turned_sides_are_those_of_the_decoder(name: str, orientation: int) -> None:
    data = encoded(name, (32, 21), orientation)
    found = probe(data, complete=True)
    assert isinstance(found, Image)
    assert (found.width, found.height) == shown(data) == ((21, 32) if orientation > 4 else (32, 21))


@pytest.mark.parametrize("name", ENCODINGS)
def test_every_prefix_is_answered_rightly_or_asked_to_grow(name: str) -> None:
    data = encoded(name, (48, 32), 6 if ENCODINGS[name][0] in TURNING else 0)
    whole = probe(data, complete=True)
    for length in range(0, len(data), 1 + len(data) // 3000):
        found = probe(data[:length], complete=False)
        assert found == whole or isinstance(found, Need)
