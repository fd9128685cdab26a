"""Reasons for verdicts where a server answered: its status and its redirects decide."""

from crawler.model.verdict import Kind
from crawler.verdict.rule import reason

RFC9110 = "https://www.rfc-editor.org/rfc/rfc9110#section-"

ANSWERED = (
    reason(
        Kind.ALIVE,
        "ok",
        "answers as it should",
        """The server answered with success at the very URL that the record names. Nothing needs doing. An answer of 304
        (not modified since it was last seen) and one of 300 (several forms to choose from) count as success too.""",
        RFC9110 + "15.3",
    ),
    reason(
        Kind.ALIVE,
        "temporary-redirect",
        "redirects for now",
        """The link works, by way of at least one redirect that the server calls temporary (302, 303, 307). It asks
        everybody to keep using the URL that the record has, so the record is right as it stands.""",
        RFC9110 + "15.4.3",
    ),
    reason(
        Kind.MOVED,
        "permanent-redirect",
        "moved for good",
        """The link works, and every server on the way said that the page has moved for good (301, 308). Redirects are
        often dropped after some years, so write the new URL into the record while it is known. The replacement is
        called safe where it is on the same site, or where its title or canonical page says that it is the article, and
        is no front page, login or error page. Moves that readers won't notice (to https, with or without www., a slash
        or capitals, default ports, tracking parameters) weigh no more than info.""",
        RFC9110 + "15.4.2",
    ),
    reason(
        Kind.BROKEN,
        "http-404",
        "page not found",
        """The server answered 404: there is nothing at this URL. Look for a typing mistake in the record, then for the
        page on its site or in a web archive, and replace or remove the link.""",
        RFC9110 + "15.5.5",
    ),
    reason(
        Kind.BROKEN,
        "http-410",
        "page gone for good",
        """The server answered 410: the page was taken down on purpose and won't be back. Replace the link with another
        source or an archived copy, or remove it.""",
        RFC9110 + "15.5.11",
    ),
    reason(
        Kind.BROKEN,
        "http-4xx",
        "request refused",
        """The server answered with a definite refusal that has no reason of its own here, such as 400 or 405: it finds
        the URL itself at fault, and a reader's browser gets the same answer. Open the link to see what a reader sees;
        often a part of the URL was lost or doubled when it was copied.""",
        RFC9110 + "15.5",
    ),
    reason(
        Kind.BROKEN,
        "redirect-loop",
        "redirects go in a circle",
        """The server sends every visitor from one URL to another and back again, without end. Browsers give up as well
        and show an error. Find the page's present URL on its site, or tell the site's owner.""",
        RFC9110 + "15.4",
    ),
    reason(
        Kind.BROKEN,
        "too-many-redirects",
        "too many redirects",
        """Each redirect led to another one until the limit (`fetch.max_redirects`) was reached. Browsers stop at some
        20. Find the page's present URL on its site; raise the limit only for sites that are known to need it.""",
        "https://fetch.spec.whatwg.org/#http-redirect-fetch",
    ),
    reason(
        Kind.BROKEN,
        "redirect-invalid",
        "redirect that leads nowhere",
        """The server says that the page is elsewhere, but not where, or names a place that isn't on the web. A reader
        can't get there either. Find the page's present URL on its site, or tell the site's owner.""",
        RFC9110 + "10.2.2",
    ),
    reason(
        Kind.BROKEN,
        "soft-404",
        "not found, though the server says 200",
        """The server answers with success, and the page is not there: it sends readers of a deep link to its front
        page, ends at an address that says so, or shows a page whose title and heading say so; where that left doubt, an
        address that can't exist was asked for and answered alike. Words in running text never count. Look for the page
        on its site or in a web archive, and replace or remove the link.""",
        "https://doi.org/10.1145/988672.988716",
    ),
    reason(
        Kind.BROKEN,
        "parked-domain",
        "domain for sale or parked",
        """The domain shows advertisements or offers itself for sale: whoever published there has given it up, and what
        stands there next is anybody's guess. Replace the link with another source or an archived copy.""",
        "https://doi.org/10.14722/ndss.2015.23053",
    ),
    reason(
        Kind.BROKEN,
        "image-not-image",
        "no picture where one should be",
        """The URL stands where a picture is expected, and what it answers is none: a page, text, or nothing at all,
        whatever its Content-Type says. Readers see a broken picture. Find the picture's present URL.""",
        "https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern",
    ),
    reason(
        Kind.UNREACHABLE,
        "http-5xx",
        "server error",
        """The server answered that it could not do its work (500 and above, and numbers that HTTP doesn't know). That
        says nothing of the page and is mostly over soon. Check again later; a link that stays so for days is
        broken.""",
        RFC9110 + "15.6",
    ),
    reason(
        Kind.BLOCKED,
        "bot-wall",
        "bot wall",
        """What answered is not the site but its guard against programs: a challenge, a captcha or a refusal, known by
        its vendor's marks and not by its status alone. Readers get through, so this says nothing of the page. Open the
        link to see it, or ask the site to let this program in by its user agent.""",
        "https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response",
    ),
    reason(
        Kind.BLOCKED,
        "login-redirect",
        "sent to a login or consent page",
        """The site sends whoever asks to a page where they sign in or give consent first. Whether the page behind it is
        there can't be told from outside. Open the link; if your readers have no login, a public source serves them
        better.""",
        RFC9110 + "15.4.3",
    ),
    reason(
        Kind.BLOCKED,
        "http-401",
        "asks for a login",
        """The server answered 401: it wants a user name and password. Whether the page is there can't be told from
        outside. Open the link; if your readers have no login, a public source serves them better.""",
        RFC9110 + "15.5.2",
    ),
    reason(
        Kind.BLOCKED,
        "http-402",
        "asks for payment",
        """The server answered 402: it wants to be paid before it shows the page, be it by readers or by programs. Open
        the link to see what a reader sees.""",
        RFC9110 + "15.5.3",
    ),
    reason(
        Kind.BLOCKED,
        "http-403",
        "access refused to us",
        """The server answered 403: it knows the request and refuses it. Very often it refuses programs and lets readers
        in, so this is no proof of a dead link. Open the link in a browser to be sure; exempt the site if it is
        fine.""",
        RFC9110 + "15.5.4",
    ),
    reason(
        Kind.BLOCKED,
        "http-407",
        "a proxy asks for a login",
        """The answer 407 came from a proxy on the way, not from the site: the proxy wants a login of this program. The
        link itself was not checked. Mend `network.proxy` in the settings.""",
        RFC9110 + "15.5.8",
    ),
    reason(
        Kind.BLOCKED,
        "http-429",
        "too many requests, says the server",
        """The server answered 429: it wants fewer requests, and longer pauses than this run was willing to make. The
        page is probably there. Ask that host more slowly (`pool.delay`, `pool.per_host`) or less often.""",
        "https://www.rfc-editor.org/rfc/rfc6585#section-4",
    ),
    reason(
        Kind.BLOCKED,
        "http-451",
        "withheld for legal reasons",
        """The server answered 451: a law or an order keeps it from showing the page, perhaps only in the country from
        which it was asked. Your readers elsewhere may see it; an open question for an editor rather than a mistake.""",
        "https://www.rfc-editor.org/rfc/rfc7725#section-3",
    ),
)
"""In the order of the verdicts, as the catalogue shows them."""
