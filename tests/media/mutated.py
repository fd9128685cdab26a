"""Pages of the labelled set, put together wrongly: what might slip past a glance."""

from hypothesis import strategies as st

from crawler.http.url import Url, parse
from crawler.media.answer import Answer
from crawler.media.html import head
from crawler.model.exchange import Fields
from tests.media.pages import cases

SITES = (
    "https://www.example.org",
    "https://oceanlore.example",
    "http://127.0.0.1:8080",
    "https://www.com",
    "http://localhost",
)
PATHS = (
    *(
        "",
        "en",
        "index.html",
        "news",
        "2019",
        "crane-topples-in-storm.html",
        "a-b-c-d",
        "118442",
        "x",
        "amp",
        "products",
    ),
    *(
        "404",
        "404.html",
        "not-found",
        "Page-Not-Found.aspx",
        "errors",
        "gone",
        "removed.do",
        "search",
        "login",
        "sso.php",
    ),
    *("auth", "consent", "cgi-sys", "suspendedpage.cgi", "sorry", "showcaptcha", "start.xhtml", "de-at", "", "home"),
)
QUERIES = ("",) * 6 + (
    "?p=1843",
    "?ref=old",
    "?next=/news",
    "?404;http://x",
    "?lang=de",
    "?q=a",
    "?subid1=20210630-1010-1",
)
PIECES = (
    *("<h1>Page not found</h1>", "<H1 class=x>404</H1 >", "<h2>Seite nicht gefunden</h2>", "<h1>Page introuvable"),
    *("<h1><span>Not</span> found</h1>", "<h1>P&#97;ge not found</h1>", "<h1>ページが見つかりません</h1>", "<h1></h1>"),
    *("<h1>Страница не найдена</h1>", "<h1>A story of lost ships</h1>", "<h2>Nothing here</h2>", "<h1 hidden>404</h1>"),
    *(
        "<title>404</title>",
        "<title>Not found…</title>",
        "<title>www.example.org is for sale</title>",
        "<title>Pardon our interruption",
    ),
    *(
        "<title>oceanlore.example</title>",
        "<title>Le président — La Une</title>",
        "<title>Access denied</title>",
        "buy this domain",
    ),
    *(
        '<body class="a error404">',
        '<BODY CLASS="error404">',
        '<meta name="prerender-status-code" content="404">',
        "status",
    ),
    *(
        '<script id="__NEXT_DATA__">{"page":"/404"}</script>',
        '<link rel=canonical href="/">',
        "<link rel=canonical href=x>",
    ),
    *(
        '<meta property="og:url" content="https://www.example.org/en/">',
        "<meta name=robots content=noindex>",
        "</head><body>",
    ),
    *(
        "<script src='https://i.cdnpark.com/x.js'>",
        '<script>window.LANDER_SYSTEM="PW"</script>',
        "<html data-adblockkey=x>",
    ),
    *(
        "<script>(function(){window._cf_chl_opt={}",
        "<script src=/_sec/cp_challenge/x>",
        '<div id="px-captcha">',
        "</script>",
    ),
    *(
        "<p>",
        "<a href=/x>word</a> ",
        "<p>One sentence.</p>" * 45,
        "<!--",
        "-->",
        "<script>",
        "Request blocked",
        "support id",
    ),
)
TYPES = (
    *("text/html",) * 6,
    "text/html; charset=windows-1251",
    "text/html;charset=unicode",
    "application/json",
    "TEXT/HTML",
)
FIELDS = (("cf-mitigated", "challenge"), ("x-amzn-waf-action", "captcha"), ("x-azure-ref", "1"), ("server", "nginx"))
STATUSES = (*(200,) * 12, 202, 401, 403, 404, 429, 503, 999)


@st.composite
def urls(draw: st.DrawFn) -> Url:
    """A URL that may name anything."""
    path = "/".join(draw(st.lists(st.sampled_from(PATHS), max_size=4)))
    url = parse(f"{draw(st.sampled_from(SITES))}/{path}{draw(st.sampled_from(QUERIES))}")
    assert isinstance(url, Url)
    return url


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    """A page of the labelled set with pieces put in, taken out and in other letters."""
    body = draw(st.sampled_from(cases())).answered.body
    for piece in draw(st.lists(st.sampled_from(PIECES), max_size=4)):
        at = draw(st.integers(0, len(body)))
        body = body[:at] + piece.encode() + body[at:]
    start, length = draw(st.integers(0, len(body))), draw(st.sampled_from((0, 0, 0, 50, 1_000)))
    changed = body[start : start + length]
    return body[:start] + draw(st.sampled_from((b"", changed.swapcase()))) + body[start + length :]


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """An answer of a page like this, to what was asked for or to something else."""
    final = draw(urls())
    asked = draw(st.just(final) | urls())
    fields = [*draw(st.lists(st.sampled_from(FIELDS), max_size=1)), ("content-type", draw(st.sampled_from(TYPES)))]
    body = draw(bodies())
    read = head(body, fields[-1][1], final.href)
    return Answer(
        asked, final, draw(st.sampled_from(STATUSES)), Fields(fields), body, read, complete=draw(st.booleans())
    )
