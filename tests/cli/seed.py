"""The web of the seed record as it was on the day it was written: ten URLs of five sites, all well."""

import struct

from tests.web import Answer, Behaviour

RT, CPO, BIO = "www.rt.com", "www.cpomagazine.com", "www.biometricupdate.com"
RT_IMAGES, BIO_IMAGES = "cdni.rt.com", "d1sr9z1pdl3mb7.cloudfront.net"

_RT = f"{RT}/news/527183-eu-privacy-surveillance-ban"
_CPO = f"{CPO}/data-privacy/eu-privacy-watchdogs-seek-ai-biometrics-and-facial-recognition-ban-in-public-spaces"
_BIO = f"{BIO}/202106/jumio-id-document-checks-and-face-biometrics-integrated-with-cannabis-vending-machines"

URLS = {
    "rt": f"https://{_RT}/",
    "rt amp": f"https://{_RT}/amp/",
    "rt cache": f"https://www-rt-com.cdn.ampproject.org/c/s/{_RT}/amp/",
    "rt image": f"https://{RT_IMAGES}/files/2021.06/xxl/60d0abac2030277d043543a9.JPG",
    "cpo": f"https://{_CPO}/",
    "cpo amp": f"https://{_CPO}/amp/",
    "cpo cache": f"https://www-cpomagazine-com.cdn.ampproject.org/c/s/{_CPO}/amp/",
    "cpo image": f"https://{CPO}/wp-content/uploads/2021/06/{_CPO.rpartition('/')[2]}_1500.jpg",
    "bio": f"https://{_BIO}",
    "bio image": f"https://{BIO_IMAGES}/wp-content/uploads/2021/06/30172321/AGM-vending-machine.jpg",
}
"""Every URL of the record, by a short name."""

FIELDS = {
    "rt": ("originalUrl", "webUrl"),
    "rt amp": ("ampWebUrl",),
    "rt cache": ("cdnAmpWebUrl",),
    "rt image": ("images[0].url",),
    "cpo": ("related[0].webUrl",),
    "cpo amp": ("related[0].ampWebUrl",),
    "cpo cache": ("related[0].cdnAmpWebUrl",),
    "cpo image": ("related[0].images[0].url",),
    "bio": ("related[1].webUrl",),
    "bio image": ("related[1].images[0].url",),
}
"""Where each stands in the record."""

RT_TITLE = "EU’s top privacy watchdogs urge blanket ban on use of recognition tech in public spaces — RT World News"
CPO_TITLE = "EU Privacy Watchdogs Seek AI Biometrics and Facial Recognition Ban in Public Spaces - CPO Magazine"
BIO_TITLE = "Jumio ID document checks integrated with cannabis vending machines | Biometric Update"

_STORY = "<p>Two European watchdogs have joined forces, and say so in a letter of some forty pages.</p>" * 12


def page(title: str, canonical: str = "", amphtml: str = "", *, amp: bool = False) -> Answer:
    """An article's page as news sites build them: a title with the site's name behind it, links, and a story."""
    links = "".join(
        f'<link rel="{rel}" href="{url}">' for rel, url in (("canonical", canonical), ("amphtml", amphtml)) if url
    )
    text = (
        f'<!doctype html><html{" ⚡" if amp else ""} lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"{links}</head><body><nav>News Sport Business Opinion</nav><article><h1>{title}</h1>{_STORY}</article></body>"
    )
    return Answer(200, text.encode())


def picture(width: int, height: int) -> Answer:
    """A JPEG of this size: its start, a JFIF header, a baseline frame header and a scan (ITU-T T.81, annex B)."""
    frame = struct.pack(">BHHB", 8, height, width, 3) + bytes.fromhex("012200 021101 031101")
    segments = ((0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), (0xC0, frame), (0xDA, bytes.fromhex("03 0100 0211 0311 003f00")))
    data = b"".join(struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content for marker, content in segments)
    return Answer(200, b"\xff\xd8" + data + b"scan" * 400 + b"\xff\xd9", (("Content-Type", "image/jpeg"),), ranges=True)


WELL: dict[str, Behaviour] = {
    "rt": page(RT_TITLE, URLS["rt"], URLS["rt amp"]),
    "rt amp": page(RT_TITLE, URLS["rt"], amp=True),
    "rt cache": page(RT_TITLE, URLS["rt"], amp=True),
    "rt image": picture(1240, 697),
    "cpo": page(CPO_TITLE, URLS["cpo"], URLS["cpo amp"]),
    "cpo amp": page(CPO_TITLE, URLS["cpo"], amp=True),
    "cpo cache": page(CPO_TITLE, URLS["cpo"], amp=True),
    "cpo image": picture(1500, 860),
    "bio": page(BIO_TITLE, URLS["bio"]),
    "bio image": picture(512, 288),
}
"""What each answered then."""
