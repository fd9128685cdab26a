"""The seed record in every state of decay: what becomes of its URLs, and what its editor is to be told of them.

Every URL is served under its own name through TLS. A state names what differs from the day the record was written, and
then everything that is to be said: no more and no less.
"""

from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from tests.cli.conftest import Crawl
from tests.cli.seed import (
    BIO,
    BIO_IMAGES,
    BIO_TITLE,
    CPO,
    CPO_TITLE,
    FIELDS,
    RT,
    RT_IMAGES,
    RT_TITLE,
    URLS,
    WELL,
    page,
    picture,
)
from tests.web import Answer, Behaviour, Certificate, Door, Seen, Stall, Web, redirect

RECORD = Path(__file__).parents[3] / "shared/records/2021-07-01-eu-privacy-watchdogs.md"

pytestmark = pytest.mark.skipif(not RECORD.is_file(), reason=f"there is no {RECORD}")


class State(NamedTuple):
    """One state of decay, and what is to be said of it."""

    told: dict[str, tuple[str, ...]] = {}
    """By URL: its verdict, then each finding at all of its places. What isn't here is `ALL_WELL`."""
    served: dict[str, Behaviour] = {}
    """What URLs, by their short names or in full, answer instead of what they did."""
    hosts: dict[str, Behaviour] = {}
    """What hosts answer at every path, but where `served` says otherwise."""
    doors: dict[str, Door] = {}
    certificates: dict[str, Certificate] = {}
    repaired: dict[str, str] = {}
    """By URL: what a repair may write instead unasked."""


ALL_WELL = ("alive/ok",)
MOVED = ("moved/permanent-redirect", "permanent-redirect warning")
GONE = ("broken/soft-404", "soft-404 error")
NO_PICTURE = ("broken/image-not-image", "image-not-image error")
WALLED = ("blocked/bot-wall", "bot-wall info")
OUTLIVED = ("alive/ok", "amp-cache-stale warning")

NEW = "https://www.rt.com/news/527183-eu-facial-recognition-ban/"
RENAMED = "https://www.privacymagazine.example"
RENAMED_WEB = RENAMED + urlsplit(URLS["cpo"]).path
CASINO = "https://best-slots.example/"
NOT_FOUND = page("Page not found — RT World News")
FRONT_PAGE = page("RT World News: breaking news, shows, podcasts", f"https://{RT}/")
SECTION = "https://www.biometricupdate.com/202106/"
LOGIN = "https://accounts.biometricupdate.com/login"
PARKED = (
    b'<html lang="en"><head><title>biometricupdate.com is for sale</title></head><body>Related searches'
    b'<script src="//www.google.com/adsense/domains/caf.js"></script></body></html>'
)
CHALLENGE = (
    b'<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body><script>(function(){'
    b"window._cf_chl_opt = {cType: 'managed'};var a = document.createElement('script');"
    b"a.src = '/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1';}());</script></body></html>"
)
CLOUDFLARE = (("Server", "cloudflare"), ("CF-RAY", "8c1f0a2b3c4d5e6f-FRA"))


def renamed(seen: Seen) -> Answer:
    """Every path leads to the same one of another site."""
    return redirect(RENAMED + seen.target)


STATES: dict[str, State] = {
    "all is well": State(),
    # Articles
    "moved for good within its site": State(
        served={
            "rt": redirect(NEW),
            "rt amp": redirect(f"{NEW}amp/"),
            NEW: page(RT_TITLE, NEW, f"{NEW}amp/"),
            f"{NEW}amp/": page(RT_TITLE, NEW, amp=True),
        },
        told={"rt": MOVED, "rt amp": MOVED},
        repaired={"rt": NEW, "rt amp": f"{NEW}amp/"},
    ),
    "moved by no more than a slash": State(
        served={"bio": redirect(f"{URLS['bio']}/"), f"{URLS['bio']}/": page(BIO_TITLE, URLS["bio"])},
        told={"bio": ("moved/permanent-redirect", "permanent-redirect info")},
        repaired={"bio": f"{URLS['bio']}/"},
    ),
    "the whole site under a new name": State(
        hosts={CPO: renamed},
        served={
            RENAMED_WEB: page(CPO_TITLE, RENAMED_WEB, f"{RENAMED_WEB}amp/"),
            f"{RENAMED_WEB}amp/": page(CPO_TITLE, RENAMED_WEB, amp=True),
            RENAMED + urlsplit(URLS["cpo image"]).path: picture(1500, 860),
        },
        told={
            "cpo": ("moved/permanent-redirect", "domain-changed warning", "provider-changed info"),
            "cpo amp": ("moved/permanent-redirect", "domain-changed warning"),
            "cpo image": ("moved/permanent-redirect", "domain-changed warning"),
        },
        repaired={"cpo": RENAMED_WEB, "cpo amp": f"{RENAMED_WEB}amp/"},
    ),
    "another article in the place of this one": State(
        served={"bio": page("The best vacuum cleaners of the year | Biometric Update", URLS["bio"])},
        told={"bio": ("alive/ok", "title-drift info")},
    ),
    "taken down": State(
        served={"rt": Answer(404, NOT_FOUND.body), "bio": Answer(410)},
        told={"rt": ("broken/http-404", "http-404 error"), "bio": ("broken/http-410", "http-410 error")},
    ),
    "sent to the section it stood in": State(
        served={"bio": redirect(SECTION, 302), SECTION: page("June 2021 | Biometric Update")},
        told={"bio": GONE},
    ),
    "a site that says not found, with 200, to anything": State(
        hosts={RT: NOT_FOUND},
        told={"rt": GONE, "rt amp": GONE, "rt cache": OUTLIVED},
    ),
    "a site that shows its front page, with 200, for anything": State(
        hosts={RT: FRONT_PAGE},
        told={"rt": GONE, "rt amp": GONE, "rt cache": OUTLIVED},
    ),
    "a site that sends everybody to its front page": State(
        hosts={RT: redirect("/", 302)},
        served={f"https://{RT}/": FRONT_PAGE},
        told={"rt": GONE, "rt amp": GONE, "rt cache": OUTLIVED},
    ),
    # Domains
    "a domain sold: all of it leads to the front page of a casino": State(
        hosts={CPO: redirect(CASINO)},
        served={CASINO: page("Best Slots: Play Now")},
        told={"cpo": GONE, "cpo amp": GONE, "cpo cache": OUTLIVED, "cpo image": NO_PICTURE},
    ),
    "a domain let go and parked": State(
        hosts={BIO: Answer(200, PARKED)},
        told={"bio": ("broken/parked-domain", "parked-domain error")},
    ),
    # AMP
    "AMP retired: its page leads to the article, and so does the cache": State(
        served={
            "rt": page(RT_TITLE, URLS["rt"]),
            "rt amp": redirect(URLS["rt"]),
            "rt cache": redirect(URLS["rt"], 302),
        },
        told={
            "rt amp": ("moved/permanent-redirect", "amp-retired warning"),
            "rt cache": ("alive/temporary-redirect",),
        },
        repaired={"rt amp": URLS["rt"]},
    ),
    "AMP retired, and the article moved since": State(
        served={"rt": redirect(NEW), "rt amp": redirect(URLS["rt"]), NEW: page(RT_TITLE, NEW)},
        told={"rt": MOVED, "rt amp": ("moved/permanent-redirect", "amp-retired warning")},
        repaired={"rt": NEW, "rt amp": NEW},
    ),
    "AMP given up without a word: the ordinary page answers there": State(
        served={"rt": page(RT_TITLE, URLS["rt"]), "rt amp": page(RT_TITLE, URLS["rt"])},
        told={"rt amp": ("alive/ok", "amp-not-amp warning")},
    ),
    "AMP page gone, its copy in the cache still there": State(
        served={"rt": page(RT_TITLE, URLS["rt"]), "rt amp": Answer(404, NOT_FOUND.body)},
        told={"rt amp": ("broken/http-404", "http-404 error"), "rt cache": OUTLIVED},
    ),
    "AMP page of another article, and one of none": State(
        served={
            "rt amp": page(RT_TITLE, "https://www.rt.com/news/527184-another-one/", amp=True),
            "cpo amp": page(CPO_TITLE, amp=True),
        },
        told={
            "rt amp": ("alive/ok", "amp-canonical-mismatch warning"),
            "cpo amp": ("alive/ok", "amp-canonical-missing warning"),
        },
    ),
    # Pictures
    "a web page in the place of a picture": State(
        served={
            "rt image": page("The new picture library"),
            "bio image": redirect("/", 302),
            f"https://{BIO_IMAGES}/": page("Nothing to see here"),
        },
        told={"rt image": NO_PICTURE, "bio image": NO_PICTURE},
    ),
    "pictures rescaled, cropped, and reduced to a pixel": State(
        served={"rt image": picture(620, 349), "cpo image": picture(1500, 500), "bio image": picture(1, 1)},
        told={
            "rt image": ("alive/ok", "image-size-mismatch info"),
            "cpo image": ("alive/ok", "image-size-mismatch warning"),
            "bio image": ("alive/ok", "image-placeholder warning"),
        },
    ),
    # Servers
    "a guard against programs before two hosts, with 403 and with 200": State(
        hosts={RT: Answer(403, CHALLENGE, (*CLOUDFLARE, ("cf-mitigated", "challenge")))},
        served={"rt amp": Answer(200, CHALLENGE, CLOUDFLARE), "bio image": Answer(200, CHALLENGE, CLOUDFLARE)},
        told={"rt": WALLED, "rt amp": WALLED, "bio image": WALLED},
    ),
    "readers are to sign in": State(
        hosts={BIO: redirect(f"{LOGIN}?return=/202106/", 302)},
        served={LOGIN: page("Sign in")},
        told={"bio": ("blocked/login-redirect", "login-redirect info")},
    ),
    "a dead host": State(
        doors={CPO: Door.REFUSED},
        told=dict.fromkeys(("cpo", "cpo amp", "cpo image"), ("unreachable/connect-refused", "connect-refused warning")),
    ),
    "servers in trouble: one asks to be left alone, one never answers": State(
        hosts={CPO: Answer(503, b"<title>Back soon</title>", (("Retry-After", "7200"),)), RT_IMAGES: (Stall(),)},
        told={
            "rt image": ("unreachable/timeout", "timeout warning"),
            **dict.fromkeys(("cpo", "cpo amp", "cpo image"), ("unreachable/http-5xx", "http-5xx warning")),
        },
    ),
    "a certificate that nobody renewed": State(
        certificates={RT: Certificate.EXPIRED},
        told={
            **dict.fromkeys(("rt", "rt amp"), ("broken/tls-expired", "tls-expired error")),
            "rt cache": OUTLIVED,
        },
    ),
}


def serve(web: Web, state: State) -> None:
    """Bring the web into a state."""
    for name in (*state.doors, *state.certificates):
        web.host(name, state.certificates.get(name, Certificate.GOOD), state.doors.get(name, Door.OPEN))
    for name, behaviour in state.hosts.items():
        web.host(name).otherwise = behaviour
    for name, behaviour in (WELL | state.served).items():
        url = urlsplit(URLS.get(name, name))
        assert url.hostname
        if name in state.served or url.hostname not in state.hosts:
            web.host(url.hostname).on(url.path, behaviour)


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_an_editor_is_told_what_there_is_to_tell(check: Crawl, web: Web, state: State) -> None:
    serve(web, state)
    report = check(RECORD, "--timeout", "1").report
    verdicts = {url["url"]: f"{url['verdict']}/{url['reason']}" for url in report["urls"]}
    assert verdicts == {url: state.told.get(name, ALL_WELL)[0] for name, url in URLS.items()}
    findings = sorted((found["field"], f"{found['code']} {found['level']}") for found in report["findings"])
    assert findings == sorted(
        (field, said) for name, told in state.told.items() for said in told[1:] for field in FIELDS[name]
    )
    repaired = {
        found["field"]: new["url"] for found in report["findings"] if (new := found["replacement"]) and new["safe"]
    }
    assert repaired == {field: new for name, new in state.repaired.items() for field in FIELDS[name]}
    assert not web.stranger.seen
