"""What the demo's hosts answer, path by path."""

from typing import NamedTuple

EXPIRED = "archive.example"
"""The host whose certificate ended years ago."""


class Answer(NamedTuple):
    """One response. Status 0: none ever comes; the connection stays open."""

    status: int
    fields: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


def _page(title: str, head: str = "", *, html: str = "html", body: str = "") -> Answer:
    text = (
        f'<!doctype html>\n<{html} lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n{head}</head>\n'
        f"<body>\n<h1>{title}</h1>\n{body or '<p>Every word of it.</p>'}\n</body>\n</html>\n"
    )
    return Answer(200, (("Content-Type", "text/html; charset=utf-8"),), text.encode())


def _to(status: int, location: str) -> Answer:
    return Answer(status, (("Location", location),))


def _png(width: int, height: int) -> Answer:
    header = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    return Answer(200, (("Content-Type", "image/png"),), header + bytes(200))


GAZETTE = "https://gazette.example"

SITES: dict[str, dict[str, Answer]] = {
    "gazette.example": {
        "/": _page("The Gazette"),
        "/harbour-bridge": _page(
            "Harbour bridge opens after two years of work",
            f'<link rel="canonical" href="{GAZETTE}/harbour-bridge">\n'
            f'<link rel="amphtml" href="{GAZETTE}/harbour-bridge/amp">\n',
        ),
        "/harbour-bridge/amp": _page(
            "Harbour bridge opens after two years of work",
            f'<link rel="canonical" href="{GAZETTE}/harbour-bridge">\n',
            html="html amp",
        ),
        "/ferry": _to(301, "/news/ferry"),
        "/news/ferry": _page("The last ferry: a farewell"),
        "/mayor": _to(302, "/mayor-today"),
        "/mayor-today": _page("What the mayor said today"),
        "/typo-in-the-adress": Answer(404, (), b"Not found"),
        "/withdrawn": Answer(410, (), b"Gone"),
        "/around": _to(302, "/and-around"),
        "/and-around": _to(302, "/around"),
        "/toll/amp": _to(301, f"{GAZETTE}/toll"),
        "/toll": _page("Who pays the toll", f'<link rel="canonical" href="{GAZETTE}/toll">\n'),
        "/withdrawn/amp": Answer(410, (), b"Gone"),
        "/old/*": _page("Page not found - The Gazette", body="<p>Sorry, we could not find that page.</p>"),
    },
    "gazette-example.cdn.ampproject.org": {
        "/c/s/gazette.example/harbour-bridge/amp": _page("Harbour bridge opens", html="html amp"),
        "/c/s/gazette.example/toll/amp": _page("Who pays the toll", html="html amp"),
        "/c/s/gazette.example/withdrawn/amp": _page("A report that was withdrawn", html="html amp"),
    },
    "pictures.example": {
        "/bridge.png": _png(1240, 697),
        "/ferry.png": _png(640, 480),
        "/gone.png": _page("Picture library"),
    },
    "herald.example": {
        "/paywall": Answer(403, (("Content-Type", "text/html"),), b"<title>Access denied</title>"),
        "/elections": _page("Election night: what we know"),
        "/court-order": Answer(451),
        "/quake": Answer(503, (), b"<title>Be right back</title>"),
        "/slow": Answer(0),
        "/check": Answer(
            403,
            (("Content-Type", "text/html"), ("Server", "cloudflare"), ("cf-mitigated", "challenge")),
            b"<title>Just a moment...</title>",
        ),
    },
    "busy.example": {"/live": Answer(429, (("Retry-After", "3600"),))},
    "www.gazette.example": {"/harbour-bridge": _to(301, f"{GAZETTE}/harbour-bridge")},
    EXPIRED: {"/1998/harbour": _page("The harbour in 1998")},
}

HOSTS = tuple(SITES)
"""Every host of the little web."""

NOT_FOUND = Answer(404, (), b"Not found")


def answer(host: str, path: str) -> Answer:
    """What a host answers at a path; a path of the table that ends in `*` stands for all that begin so."""
    site = SITES.get(host, {})
    return site.get(path) or site.get(f"{path.rpartition('/')[0]}/*") or NOT_FOUND
