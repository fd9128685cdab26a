"""Each sign that a page is gone, fired and withheld."""

import pytest

from crawler.media.signs import (
    CONVERGING,
    Weight,
    claims_home,
    converges,
    headed_not_found,
    rendered_as_404,
    sent_home,
    sent_to_error_page,
    sent_to_section,
    titled_not_found,
)
from tests.media.answers import answer, document

SITE = "https://www.example.org"


@pytest.mark.parametrize(
    ("asked", "final", "weight"),
    [
        ("/news/2019/03/crane-topples-in-storm.html", "/", Weight.CERTAIN),
        ("/how-to-find-your-latitude/", "/", Weight.CERTAIN),
        ("/articles/118442", "/index.html", Weight.CERTAIN),
        ("/de/aktuelles/neue-faehre-getauft", "/de/", Weight.CERTAIN),
        ("/?p=1843", "/", Weight.CERTAIN),
        ("/story.php?storyid=55213", "/?ref=old", Weight.CERTAIN),
        ("/members/benefits", "/", Weight.SUSPECT),
        ("/go/click", "https://www.example.net/", Weight.SUSPECT),
        ("/menu", "/", None),
        ("/", "/de/", None),
        ("/index.html", "/", None),
        ("/en/home.aspx", "/en/", None),
        ("/?utm_source=newsletter", "/", None),
        ("/3abcXYZ", "https://www.example.net/", None),
        ("/news/2019/03/crane-topples", "/news/2019/03/crane-topples/", None),
        ("/news/2019/03/crane-topples", "/?story=118442", None),
    ],
)
def test_sent_home(asked: str, final: str, weight: Weight | None) -> None:
    sign = sent_home(answer(SITE + asked, final if "://" in final else SITE + final))
    assert (sign.weight if sign else None) == weight


@pytest.mark.parametrize(
    ("asked", "final", "weight"),
    [
        ("/us/2009/09/13/tennis-great-jack-dead/", "/us", Weight.CERTAIN),
        ("/en/news/new-crane-arrives-4411.aspx", "/en/news/", Weight.CERTAIN),
        ("/products/self-tailing-winch-40", "/products", Weight.CERTAIN),
        ("/services/pilotage", "/services", Weight.SUSPECT),
        ("/news/crane-returns-at-last/amp/", "/news/crane-returns-at-last/", None),
        ("/docs/3.1/index.html", "/docs/3.1/", None),
        ("/news/2021/crane-returns/print", "/news/2021/crane-returns-at-last-118442", None),
        ("/blog/page/3", "/blog/", None),
        ("/blog/2016/ten-knots-to-know", "/knots/ten-knots-to-know", None),
        ("/us/2009/tennis-great-jack-dead/", "https://www.example.net/us", None),
    ],
)
def test_sent_to_section(asked: str, final: str, weight: Weight | None) -> None:
    sign = sent_to_section(answer(SITE + asked, final if "://" in final else SITE + final))
    assert (sign.weight if sign else None) == weight


@pytest.mark.parametrize(
    ("asked", "final", "weight"),
    [
        ("/charts/severn", "/404.html", Weight.CERTAIN),
        ("/charts/severn", "/404/", Weight.CERTAIN),
        ("/charts/severn", "/NotFound.aspx?item=%2fcharts", Weight.CERTAIN),
        ("/charts/severn", "/page-not-found", Weight.CERTAIN),
        ("/charts/severn", "/errors/404", Weight.CERTAIN),
        ("/charts/severn", "/fehler-404", Weight.CERTAIN),
        ("/charts/severn", "/404.asp?404;http://www.example.org:80/charts/severn", Weight.CERTAIN),
        ("/charts/severn", "/search?q=severn&notfound=1", Weight.CERTAIN),
        ("/charts/severn", "/Error?aspxerrorpath=/charts/severn", Weight.SUSPECT),
        ("/vacancies/deckhand-2291", "/vacancies/expired", Weight.SUSPECT),
        ("/charts/severn", "/search?q=severn", Weight.SUSPECT),
        ("/p/alias-118", "/models/products/404", Weight.SUSPECT),
        ("/?p=77", "/how-to-fix-a-404-page-not-found-error", None),
        ("/?id=404", "/404/", None),
        ("/showcase/404", "/showcase/404/", None),
        ("/search?q=a", "/search?q=a&page=1", None),
        ("/charts/severn", "/charts/severn-estuary", None),
    ],
)
def test_sent_to_error_page(asked: str, final: str, weight: Weight | None) -> None:
    sign = sent_to_error_page(answer(SITE + asked, SITE + final))
    assert (sign.weight if sign else None) == weight


def test_signs_of_redirects_want_a_redirect() -> None:
    page = answer(f"{SITE}/errors/404")
    assert (sent_home(page), sent_to_section(page), sent_to_error_page(page), converges(page, 9)) == (None,) * 4


def test_converging_wants_three() -> None:
    page = answer(f"{SITE}/deals/may/isle-of-reeds", f"{SITE}/summer")
    assert converges(page, CONVERGING - 1) is None
    assert converges(page, CONVERGING)


@pytest.mark.parametrize(
    ("url", "markup", "fires"),
    [
        ("/piers/west", '<link rel="canonical" href="https://www.example.org/">', True),
        ("/piers/west", '<link rel="canonical" href="https://example.org">', True),
        ("/piers/west", '<meta property="og:url" content="https://www.example.org/en/">', True),
        ("/piers/west", '<link rel="canonical" href="https://www.example.org/piers/west">', False),
        ("/piers/west", '<link rel="canonical" href="https://www.example.net/">', False),
        ("/", '<link rel="canonical" href="https://www.example.org/">', False),
        ("/piers/west", "", False),
    ],
)
def test_claims_home(url: str, markup: str, fires: bool) -> None:
    assert bool(claims_home(answer(SITE + url, raw=document("West pier", "", markup)))) is fires


@pytest.mark.parametrize(
    ("raw", "fires"),
    [
        ('<body class="error404 wp-embed-responsive">', True),
        ("<body id=x class='template-404'>", True),
        ('<body class="cms-noroute-index">', True),
        ('<head><meta name="prerender-status-code" content="404"></head><body>', True),
        ("<head><META content='410 Gone' name=render:status_code></head><body>", True),
        ('<head><!-- <meta name="prerender-status-code" content="404"> --></head><body>', False),
        ('<body><script id="__NEXT_DATA__" type="application/json">{"page":"/404","query":{}}</script>', True),
        ('<body><script id="__NEXT_DATA__">{"props":{"statusCode":404},"page":"/_error"}</script>', True),
        ('<body><script id="__NEXT_DATA__">{"props":{"statusCode":500},"page":"/_error"}</script>', False),
        ('<body><script id="__NEXT_DATA__">{"props":{},"page":"/posts/[slug]"}</script>', False),
        ('<body class="single postid-404 error-free">', False),
        ('<head><meta name="prerender-status-code" content="200"></head><body>', False),
        ('<body><p>class="error404"</p>', False),
    ],
)
def test_rendered_as_404(raw: str, fires: bool) -> None:
    assert bool(rendered_as_404(answer(f"{SITE}/a", raw=raw.encode()))) is fires


def test_only_pages_are_read() -> None:
    page = answer(
        f"{SITE}/a", raw=b'<body class="error404"><h1>Page not found</h1>', fields={"content-type": "image/png"}
    )
    assert rendered_as_404(page) is None
    assert headed_not_found(page) is None


def test_titles_and_headings() -> None:
    page = answer(f"{SITE}/a", title="Page not found | Example", body="<h1>Example</h1><h1>Page not found</h1>")
    said = titled_not_found(page)
    assert said is not None
    assert said.whole
    assert headed_not_found(page)


@pytest.mark.parametrize(
    "body",
    [
        "<p>Page not found</p>",
        "<h1>How to word a page not found</h1>",
        "<script>'<h1>Page not found</h1>'</script><h1>A story</h1>",
        "<template><h1>404</h1></template>",
        "<h3>Page not found</h3>",
    ],
)
def test_headings_that_do_not_count(body: str) -> None:
    assert headed_not_found(answer(f"{SITE}/a", body=body)) is None
