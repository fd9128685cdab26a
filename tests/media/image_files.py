"""Image files made byte by byte from their specifications: headers only, with every detour that real files take."""

import gzip
import struct
import zlib
from typing import NamedTuple

W, H = 640, 427
"""Sides of every file below, unless its name says otherwise."""


class File(NamedTuple):
    """A file, and what is to be read of it."""

    format: str
    data: bytes
    width: int | None = W
    height: int | None = H


# JPEG ---------------------------------------------------------------------------------------------------------------


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def frame(marker: int, components: int = 3) -> bytes:
    return segment(marker, struct.pack(">BHHB", 8, H, W, components) + bytes(3 * components))


def jpeg(*parts: bytes, sof: bytes | None = None) -> bytes:
    head, scan = segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\0\0"), segment(0xDA, b"\1\1\0\0\x3f\0")
    return b"".join((b"\xff\xd8", head, *parts, sof or frame(0xC0), scan, b"\x12\x34\xff\x00", b"\xff\xd9"))


def exif(orientation: int, order: str = "<", padding: int = 0) -> bytes:
    return segment(0xE1, b"Exif\0\0" + directory(order, [(274, 3, orientation)]) + bytes(padding))


# TIFF ---------------------------------------------------------------------------------------------------------------


def directory(order: str, tags: list[tuple[int, int, int]], gap: int = 0, big: bool = False) -> bytes:
    mark, long, count, entry = (b"II" if order == "<" else b"MM"), ("Q" if big else "I"), ("Q" if big else "H"), "HH"
    header = struct.pack(order + "2sH", mark, 43 if big else 42) + (struct.pack(order + "HH", 8, 0) if big else b"")
    header += struct.pack(order + long, len(header) + struct.calcsize(order + long) + gap)
    entries = b""
    for tag, kind, value in tags:
        packed = struct.pack(order + {3: "H", 4: "I", 16: "Q"}[kind], value).ljust(8 if big else 4, b"\0")
        entries += struct.pack(order + entry + long, tag, kind, 1) + packed
    return header + bytes(gap) + struct.pack(order + count, len(tags)) + entries + bytes(8 if big else 4)


def tiff(order: str, kind: int = 3, gap: int = 0, orientation: int = 1, big: bool = False) -> bytes:
    return directory(order, [(256, kind, W), (257, kind, H), (274, 3, orientation)], gap, big)


# PNG ----------------------------------------------------------------------------------------------------------------


def chunk(kind: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(*chunks: bytes, before: bytes = b"") -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", W, H, 8, 2, 0, 0, 0))
    return b"".join((b"\x89PNG\r\n\x1a\n", before, header, *chunks, chunk(b"IDAT", b"pixels"), chunk(b"IEND")))


# WebP ---------------------------------------------------------------------------------------------------------------


def webp(kind: bytes, content: bytes) -> bytes:
    body = b"WEBP" + kind + struct.pack("<I", len(content)) + content
    return b"RIFF" + struct.pack("<I", len(body)) + body


VP8 = b"\x50\x01\x00\x9d\x01\x2a" + struct.pack("<HH", W | 0x4000, H | 0x8000) + bytes(8)
VP8L = b"\x2f" + struct.pack("<I", (W - 1) | (H - 1) << 14 | 1 << 28) + bytes(4)
VP8X = b"\x10\0\0\0" + (W - 1).to_bytes(3, "little") + (H - 1).to_bytes(3, "little")


# AVIF, HEIC ---------------------------------------------------------------------------------------------------------


def box(kind: bytes, *contents: bytes, long: bool = False) -> bytes:
    content = b"".join(contents)
    if long:
        return struct.pack(">I4sQ", 1, kind, len(content) + 16) + content
    return struct.pack(">I4s", len(content) + 8, kind) + content


def ispe(width: int, height: int) -> bytes:
    return box(b"ispe", bytes(4), struct.pack(">II", width, height))


IROT = box(b"irot", b"\x01")
CLAP = box(b"clap", struct.pack(">8I", W, 1, H, 1, 0, 1, 0, 1))


def heif(
    brands: bytes,
    properties: list[bytes],
    owned: dict[int, list[int]],
    primary: int = 1,
    wide: bool = False,
    before: bytes = b"",
    late: bool = False,
) -> bytes:
    version = 1 if wide else 0
    pitm = box(b"pitm", struct.pack(">BBBB" + "HI"[version], version, 0, 0, 0, primary))
    entries = b""
    for item, indexes in owned.items():
        entries += struct.pack(">" + "HI"[version] + "B", item, len(indexes))
        entries += b"".join(struct.pack(">" + "BH"[version], index | (0x80, 0x8000)[version]) for index in indexes)
    ipma = box(b"ipma", struct.pack(">BBBBI", version, 0, 0, version, len(owned)), entries)
    iprp = box(b"iprp", box(b"ipco", *properties), ipma)
    inner = (iprp, pitm) if late else (pitm, iprp)
    meta = box(b"meta", bytes(4), box(b"hdlr", bytes(24)), *inner, long=wide)
    return box(b"ftyp", brands[:4], bytes(4), brands[4:]) + before + meta + box(b"mdat", b"pixels")


# JPEG XL ------------------------------------------------------------------------------------------------------------


def jxl(*fields: tuple[int, int]) -> bytes:
    """A codestream's header, of (value, number of bits), the lowest bit first."""
    value = shift = 0
    for field, bits in fields:
        value |= field << shift
        shift += bits
    return b"\xff\x0a" + value.to_bytes((shift + 7) // 8, "little")


JXL = jxl((0, 1), (0, 2), (H - 1, 9), (0, 3), (1, 2), (W - 1, 13), (1, 1))
JXL_TURNED = jxl((0, 1), (2, 2), (W - 1, 18), (0, 3), (3, 2), (H - 1, 30), (0, 1), (1, 1), (5, 3))
JXL_SIGNATURE = b"\0\0\0\x0cJXL \r\n\x87\n"
JXL_START = JXL_SIGNATURE + box(b"ftyp", b"jxl \0\0\0\0jxl ")


# Bitmaps, icons, Photoshop, SVG -------------------------------------------------------------------------------------


def bmp(header: int, sides: bytes) -> bytes:
    return b"BM" + bytes(8) + struct.pack("<II", 14 + header, header) + sides.ljust(header - 4, b"\0") + b"pixels"


def ico(kind: int, *sides: tuple[int, int]) -> bytes:
    entries = b"".join(struct.pack("<BBBBHHII", *side, 0, 0, 1, 32, 0, 0) for side in sides)
    return struct.pack("<HHH", 0, kind, len(sides)) + entries + b"pixels"


def psd(version: int) -> bytes:
    return b"8BPS" + struct.pack(">H6xHIIHH", version, 3, H, W, 8, 3)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="640" height="427"><rect/></svg>'
ENTITIES = (
    b'<?xml version="1.0"?>\n<!-- drawn "by" hand -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" [\n'
    b"<!ENTITY a \"]>&b;&b;'\">\n<!ENTITY b '&a;&a;\">'><!-- don't ]> -->\n<?pi ]> ?>]>\n"
)


FILES = {
    "jpeg": File("jpeg", jpeg()),
    "jpeg progressive": File("jpeg", jpeg(sof=frame(0xC2))),
    "jpeg arithmetic": File("jpeg", jpeg(segment(0xCC, b"\0\0"), sof=frame(0xC9))),
    "jpeg cmyk": File("jpeg", jpeg(segment(0xEE, b"Adobe\0\x64\0\0\0\0\2"), sof=frame(0xC0, 4))),
    "jpeg with tables and restarts first": File(
        "jpeg", jpeg(segment(0xC4, bytes(28)), segment(0xDD, b"\0\4"), b"\xff\xd0")
    ),
    "jpeg with fill and stray bytes": File("jpeg", jpeg(b"stray\0\xff\0", b"\xff" * 9, sof=frame(0xC1))),
    "jpeg with large exif": File("jpeg", jpeg(exif(1, padding=60_000))),
    "jpeg with large icc": File("jpeg", jpeg(*[segment(0xE2, b"ICC_PROFILE\0" + bytes(65_000))] * 5)),
    "jpeg with xmp before exif": File(
        "jpeg", jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>"), exif(8)), H, W
    ),
    "jpeg with a thumbnail's frame in exif": File("jpeg", jpeg(segment(0xE1, b"Exif\0\0" + segment(0xC0, bytes(15))))),
    **{f"jpeg upright {n}": File("jpeg", jpeg(exif(n))) for n in range(10) if n not in range(5, 9)},
    **{f"jpeg turned {n}": File("jpeg", jpeg(exif(n, "><"[n & 1])), H, W) for n in range(5, 9)},
    "jpeg without a frame": File("jpeg", b"\xff\xd8" + segment(0xDA, b"\0") + frame(0xC0), None, None),
    "jpeg with a segment of no length": File("jpeg", b"\xff\xd8\xff\xe0\0\1" + frame(0xC0), None, None),
    "jpeg of unknown height": File("jpeg", b"\xff\xd8" + segment(0xC0, struct.pack(">BHH", 8, 0, W)), None, None),
    "png": File("png", png()),
    "png of Apple": File("png", png(before=chunk(b"CgBI", bytes(4)))),
    "png animated": File("png", png(chunk(b"acTL", bytes(8)))),
    "png turned": File("png", png(chunk(b"eXIf", directory(">", [(274, 3, 6)]))), H, W),
    "png turned behind large text": File(
        "png", png(chunk(b"iTXt", bytes(70_000)), chunk(b"eXIf", directory("<", [(274, 3, 5)]))), H, W
    ),
    "png without a header": File("png", b"\x89PNG\r\n\x1a\n" + chunk(b"IDAT", bytes(8)), None, None),
    "png without sides": File("png", png().replace(struct.pack(">II", W, H), bytes(8)), None, None),
    "gif 87": File("gif", b"GIF87a" + struct.pack("<HH", W, H) + bytes(3)),
    "gif 89": File("gif", b"GIF89a" + struct.pack("<HH", W, H) + bytes(3)),
    "webp lossy": File("webp", webp(b"VP8 ", VP8)),
    "webp lossless": File("webp", webp(b"VP8L", VP8L)),
    "webp extended": File("webp", webp(b"VP8X", VP8X)),
    "webp of another kind": File("webp", webp(b"VP9 ", VP8), None, None),
    "avif": File("avif", heif(b"avifavifmif1miaf", [ispe(W, H)], {1: [1]})),
    "avif by a compatible brand": File("avif", heif(b"mif1mif1avif", [ispe(W, H)], {1: [1]})),
    "avif with a thumbnail first": File(
        "avif", heif(b"avifmif1", [ispe(160, 90), ispe(W, H)], {1: [1], 2: [2]}, primary=2)
    ),
    "avif turned": File("avif", heif(b"avifmif1", [IROT, ispe(W, H)], {1: [2, 1]}), H, W),
    "avif cut to its aperture": File("avif", heif(b"avifmif1", [ispe(704, 512), CLAP], {1: [1, 2]})),
    "avif with wide numbers": File(
        "avif", heif(b"avifmif1", [ispe(1, 1), ispe(W, H)], {7: [1], 70_000: [2]}, 70_000, wide=True)
    ),
    "avif with its primary item named last": File("avif", heif(b"avifmif1", [ispe(W, H)], {1: [1]}, late=True)),
    "avif with pixels first": File("avif", heif(b"avifmif1", [ispe(W, H)], {1: [1]}, before=box(b"mdat", bytes(3000)))),
    "avif sequence": File("avif", heif(b"avisavismsf1", [ispe(W, H)], {1: [1]})),
    "avif without sides": File("avif", heif(b"avifmif1", [IROT], {1: [1, 0, 9]}), None, None),
    "avif that says nothing of its primary item": File("avif", heif(b"avifmif1", [ispe(W, H)], {2: [1]}), None, None),
    "heic": File("heic", heif(b"heicmif1heic", [ispe(512, 512), ispe(H, W), IROT], {1: [1], 49: [2, 3]}, primary=49)),
    "svg": File("svg", SVG),
    "svg with prolog, comment and entities": File("svg", ENTITIES + SVG),
    "svg in utf-16": File("svg", ("\ufeff" + SVG.decode()).encode("utf-16-le")),
    "svg with a byte order mark": File("svg", b"\xef\xbb\xbf \n" + SVG),
    "svgz": File("svgz", gzip.compress(ENTITIES + SVG, mtime=0)),
    "bmp core": File("bmp", bmp(12, struct.pack("<HHHH", W, H, 1, 24))),
    "bmp info": File("bmp", bmp(40, struct.pack("<ii", W, H))),
    "bmp from the top down": File("bmp", bmp(124, struct.pack("<ii", W, -H))),
    "bmp of OS/2": File("bmp", bmp(16, struct.pack("<ii", W, H))),
    "bmp of negative width": File("bmp", bmp(40, struct.pack("<ii", -W, H)), None, None),
    "ico": File("ico", ico(1, (16, 16), (48, 32), (32, 32)), 48, 32),
    "ico of 256": File("ico", ico(1, (16, 16), (0, 0), (128, 128)), 256, 256),
    "cursor": File("ico", ico(2, (32, 32)), 32, 32),
    "tiff little-endian": File("tiff", tiff("<")),
    "tiff big-endian": File("tiff", tiff(">", kind=4)),
    "tiff turned": File("tiff", tiff("<", orientation=6), H, W),
    "tiff with its directory last": File("tiff", tiff(">", gap=2000)),
    "bigtiff little-endian": File("tiff", tiff("<", kind=16, big=True)),
    "bigtiff big-endian": File("tiff", tiff(">", kind=4, big=True)),
    "tiff of too wide a number": File("tiff", tiff("<").replace(b"\0\1\3\0", b"\0\1\x10\0"), None, None),
    "tiff without sides": File("tiff", directory("<", [(274, 3, 1)]), None, None),
    "jxl": File("jxl", JXL),
    "jxl in eights": File("jxl", jxl((1, 1), (20, 5), (0, 3), (31, 5), (1, 1)), 256, 168),
    "jxl by ratio": File("jxl", jxl((0, 1), (1, 2), (1079, 13), (5, 3), (1, 1)), 1920, 1080),
    "jxl turned": File("jxl", JXL_TURNED),
    "jxl in a container": File("jxl", JXL_START + box(b"jxlc", JXL, bytes(99))),
    "jxl in parts": File(
        "jxl",
        JXL_START
        + box(b"Exif", bytes(50))
        + box(b"jxlp", bytes(4), JXL[:3])
        + box(b"jxlp", b"\x80\0\0\1", JXL[3:], bytes(9)),
    ),
    "psd": File("psd", psd(1)),
    "psb": File("psd", psd(2)),
    "jpeg 2000": File("jp2", b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(40), None, None),
}
"""Name → file."""
