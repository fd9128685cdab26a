"""What challenges, blocks and login walls look like, vendor by vendor.

A vendor's presence is not its action: `cf-ray`, `cf_clearance`, `_abck`, `visid_incap_` or `x-datadome: protected`
stand on living pages too, so none of them counts. Body patterns name what stands in a challenge and nowhere else; since
articles quote such things, they want a status, a title or a nearly empty page beside them.
"""

from typing import NamedTuple

from crawler.media.clues import Clue, at_most, body, few_words, field, host, path, status, title


class Signature(NamedTuple):
    """One way to recognise one vendor's action: all its clues together."""

    vendor: str
    action: str
    """What it means, after the vendor's name: `challenges browsers`, `refuses us`."""
    clues: tuple[Clue, ...]
    source: str
    """Where the vendor documents it, or where it was recorded."""


RECORDED = "https://github.com/microlinkhq/is-antibot"
"""Recorded answers of many vendors, passed and failed."""
FINGERPRINTS = "https://github.com/EnableSecurity/wafw00f"
DETECTORS = "https://github.com/scrapfly/Antibot-Detector"

CHALLENGES, REFUSES, WANTS_LOGIN = "challenges browsers", "refuses us", "wants a login"

_REFUSED = status(401, 403, 405, 406, 409, 418, 429, 503)
"""Statuses that walls of all vendors come with when they don't say 200."""
_SCRIPT = r"<script\b[^<>]{0,200}?\ssrc\s?=\s?[\"']?[^\"'<>\s]{0,120}?"
"""A script element that loads something whose address goes on as the pattern does. It never looks beyond the next tag,
so that a page full of them takes no longer than one without."""

_NAMED = r"(?:.{1,40} [-|] )?"
"""A site's name before what a title says."""
_ROBOT_TITLES = _NAMED + (
    r"(?:are you (?:a robot|human)\?|robot or human\?|robot check|bot (?:check|verification)|captcha|one more step"
    r"|(?:human|browser|captcha|security) (?:verification|check)|(?:please )?verify (?:that )?you are (?:a )?human"
    r"|(?:please )?verify youre human|checking your browser.{0,60}|ddos protection.{0,40}|one moment, please[. ]*"
    r"|please wait[. ]*(?:\| cloudflare)?|just a moment[. ]*|you are being redirected[. ]*)"
)
_ELSEWHERE_TITLES = _NAMED + (
    r"(?:451: )?(?:(?:this )?(?:content|page|site|website) )?(?:is )?(?:not available|unavailable)"
    r" (?:in your (?:region|country|location)|due to legal reasons|for legal reasons)"
)

TITLE_WORDS = frozenset(
    (
        *("robot", "bot", "human", "captcha", "verification", "verify", "check", "checking", "checkpoint", "step"),
        *("moment", "wait", "redirected", "denied", "rejected", "blocked", "forbidden", "available", "unavailable"),
        *("ddos", "sucuri", "stackpath", "百度安全验证"),
    )
)
"""One of these is a word of every title that a signature asks for beside few words."""

CLOUDFLARE_DOCS = (
    "https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response"
)
VERCEL_DOCS = "https://vercel.com/docs/attack-challenge-mode"
AWS_DOCS = "https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-actions.html"

SIGNATURES: tuple[Signature, ...] = (
    # Cloudflare: the field is documented as the reliable way; pages that went through other hands keep only the script
    Signature("Cloudflare", CHALLENGES, (field("cf-mitigated", "challenge"),), CLOUDFLARE_DOCS),
    Signature("Cloudflare", REFUSES, (field("cf-mitigated"), _REFUSED), CLOUDFLARE_DOCS),
    Signature(
        "Cloudflare",
        CHALLENGES,
        (_REFUSED, body(r"_cf_chl_opt|cf-browser-verification|/cdn-cgi/challenge-platform/h/[a-z]/orchestrate/")),
        CLOUDFLARE_DOCS,
    ),
    Signature(
        "Cloudflare",
        CHALLENGES,
        (body(r"<script[^<>]{0,100}>\s*\(function\(\)\s*\{\s*window\._cf_chl_opt"), few_words()),
        CLOUDFLARE_DOCS,
    ),
    Signature(
        "Cloudflare",
        REFUSES,
        (_REFUSED, title(r"attention required! \| cloudflare|access denied \| .* used cloudflare to restrict access")),
        "https://developers.cloudflare.com/rules/custom-errors/reference/error-page-types/",
    ),
    # Akamai: the error page of its edge, whose reference numbers start with the kind of refusal; its crypto challenge
    Signature(
        "Akamai",
        REFUSES,
        (
            title("access denied"),
            body(r"errors(?:\.|&#46;)edgesuite(?:\.|&#46;)net|reference\s?(?:#|&#32;&#35;)\s?\d+(?:\.|&#46;)"),
            few_words(),
        ),
        "https://github.com/markSmurphy/akamai-error-lookup",
    ),
    Signature("Akamai", CHALLENGES, (status(403, 428, 429), body(r"/_sec/cp_challenge/")), DETECTORS),
    Signature("Akamai", CHALLENGES, (body(_SCRIPT + r"/_sec/cp_challenge/"), few_words()), DETECTORS),
    # DataDome: answers 403, or 401 (reuters.com), or 200, with its captcha host; x-dd-b says that it acted
    Signature("DataDome", CHALLENGES, (field("x-dd-b", r"[12]"), _REFUSED), RECORDED),
    Signature("DataDome", CHALLENGES, (_REFUSED, body(r"(?:geo|ct)\.captcha-delivery\.com")), RECORDED),
    Signature("DataDome", CHALLENGES, (body(_SCRIPT + r"\bcaptcha-delivery\.com/"), few_words()), RECORDED),
    # HUMAN, formerly PerimeterX: press and hold
    Signature("HUMAN", CHALLENGES, (_REFUSED, body(r"px-captcha|captcha\.px-c(?:dn|loud)\.net")), RECORDED),
    Signature("HUMAN", CHALLENGES, (body(r"<div\b[^<>]{0,100}?id=[\"']px-captcha"), few_words()), RECORDED),
    Signature("HUMAN", REFUSES, (_REFUSED, title(r"access to this page has been denied\.?")), RECORDED),
    # Imperva, with Incapsula and Distil: its resource script is on every page, but alone only on a challenge
    Signature(
        "Imperva",
        CHALLENGES,
        (body(r"/_incapsula_resource\?"), few_words(25), at_most(6_000)),
        RECORDED,
    ),
    Signature("Imperva", REFUSES, (_REFUSED, body(r"incapsula incident id")), FINGERPRINTS),
    Signature(
        "Imperva", CHALLENGES, (body(r"<title\b[^<>]{0,50}>\s*pardon our interruption"), few_words(200)), RECORDED
    ),
    Signature("Imperva", CHALLENGES, (path(r"distil_r_(?:captcha|blocked)"),), RECORDED),
    # Amazon: AWS WAF in front of anybody's site, CloudFront's refusals, and amazon.com's own robot check
    Signature("AWS WAF", CHALLENGES, (field("x-amzn-waf-action", "challenge|captcha"),), AWS_DOCS),
    Signature("AWS WAF", CHALLENGES, (status(202, 405), body(_SCRIPT + r"\bawswaf\.com/")), AWS_DOCS),
    Signature(
        "CloudFront",
        REFUSES,
        (status(403), title(r"error: the request could not be satisfied"), body(r"request blocked")),
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-403-permission-denied.html",
    ),
    Signature(
        "Amazon",
        CHALLENGES,
        (body(r"to discuss automated access to amazon data"), few_words()),
        "the comment in the page itself, which names an address to write to",
    ),
    Signature("Amazon", CHALLENGES, (path(r"/errors/validatecaptcha"),), RECORDED),
    # Vercel
    Signature("Vercel", CHALLENGES, (field("x-vercel-mitigated", "challenge"),), VERCEL_DOCS),
    Signature("Vercel", REFUSES, (field("x-vercel-mitigated"), _REFUSED), VERCEL_DOCS),
    Signature("Vercel", CHALLENGES, (title("vercel security checkpoint"), few_words()), RECORDED),
    # Kasada: its script is on protected pages too; alone on a page only when it challenges
    Signature("Kasada", CHALLENGES, (status(403, 429), field("x-kpsdk-ct")), DETECTORS),
    Signature("Kasada", CHALLENGES, (body(r"\bkpsdk\b.{0,2000}?/ips\.js"), few_words(10), at_most(6_000)), DETECTORS),
    # Sucuri
    Signature("Sucuri", CHALLENGES, (body(r"\bsucuri_cloudproxy_js="), few_words()), DETECTORS),
    Signature("Sucuri", REFUSES, (field("x-sucuri-block"), _REFUSED), FINGERPRINTS),
    Signature("Sucuri", REFUSES, (title(r"sucuri website firewall.*"), few_words(200)), FINGERPRINTS),
    # DDoS-Guard
    Signature("DDoS-Guard", CHALLENGES, (title("ddos-guard"), few_words()), FINGERPRINTS),
    Signature(
        "DDoS-Guard",
        CHALLENGES,
        (_REFUSED, body(r"/\.well-known/ddos-guard/|check\.ddos-guard\.net|data-ddg-")),
        FINGERPRINTS,
    ),
    Signature(
        "DDoS-Guard",
        CHALLENGES,
        (body(_SCRIPT + r"(?:/\.well-known/ddos-guard/|check\.ddos-guard\.net)"), few_words()),
        FINGERPRINTS,
    ),
    # Anubis: proof of work, nearly always with 200
    Signature(
        "Anubis",
        CHALLENGES,
        (body(r"<script\b[^<>]{0,50}?id=[\"']?anubis_challenge"), few_words()),
        "https://github.com/TecharoHQ/anubis",
    ),
    Signature("Anubis", CHALLENGES, (path(r"^/\.within\.website(?:/|\?)"),), "https://github.com/TecharoHQ/anubis"),
    # F5 BIG-IP and its Shape
    Signature(
        "F5",
        REFUSES,
        (body(r"the requested url was rejected"), body(r"support id"), few_words()),
        "https://my.f5.com/manage/s/article/K6850",
    ),
    Signature(
        "F5",
        CHALLENGES,
        (body(r"<script\b[^<>]{0,100}>.{0,200}?window\[\"bobcmn\"\]|\ssrc=\"/TSPD/"), few_words(30)),
        FINGERPRINTS,
    ),
    # Radware
    Signature("Radware", CHALLENGES, (host("perfdrive.com"),), DETECTORS),
    Signature("Radware", REFUSES, (_REFUSED, body(r"cloudwebsec\.radware\.com")), DETECTORS),
    # Wordfence, in WordPress itself
    Signature(
        "Wordfence",
        REFUSES,
        (status(403, 503), body(r"generated by wordfence")),
        "https://gist.github.com/bmikol/15909db0f375746f0270e43971038c5c",
    ),
    # StackPath, SiteGround, Fastly, Azure, Imunify360, Alibaba
    Signature("StackPath", CHALLENGES, (title(r"stackpath\b.*"), few_words(200)), FINGERPRINTS),
    Signature(
        "SiteGround",
        CHALLENGES,
        (field("sg-captcha", "challenge"),),
        "https://blog.cogitactive.com/website/i-am-not-a-robot/",
    ),
    Signature(
        "SiteGround",
        CHALLENGES,
        (body(r"http-equiv=\"?refresh\"?[^<>]{0,100}/\.well-known/sgcaptcha/"), few_words()),
        RECORDED,
    ),
    Signature("SiteGround", CHALLENGES, (path(r"^/\.well-known/sgcaptcha/"),), RECORDED),
    Signature(
        "Fastly",
        CHALLENGES,
        (body(_SCRIPT + r"/_fs-ch-"), few_words()),
        "https://www.fastly.com/documentation/guides/security/client-challenges/how-client-challenges-work",
    ),
    Signature(
        "Azure",
        CHALLENGES,
        (body(r"_azwaf_jsclearance|azure-waf-challenge"), few_words()),
        "https://learn.microsoft.com/azure/web-application-firewall/waf-javascript-challenge",
    ),
    Signature(
        "Azure",
        REFUSES,
        (status(403, 429), field("x-azure-ref"), body(r"the request is blocked")),
        "https://learn.microsoft.com/azure/web-application-firewall/afds/waf-front-door-configure-custom-response-code",
    ),
    Signature("Imunify360", CHALLENGES, (body(r"id=\"?wsidchk"), few_words()), FINGERPRINTS),
    Signature("Alibaba Cloud", CHALLENGES, (body(r"acw_sc__v2"), body(r"var arg1\s*="), few_words(10)), DETECTORS),
    # sites with walls of their own
    Signature("LinkedIn", REFUSES, (status(999),), "https://github.com/gjtorikian/html-proofer/issues/215"),
    Signature(
        "Facebook",
        WANTS_LOGIN,
        (host("facebook.com"), body(r"id=\"login_form\""), body(r"name=\"pass\""), few_words(200)),
        "https://developers.facebook.com/docs/sharing/webmasters/web-crawlers",
    ),
    Signature("Instagram", WANTS_LOGIN, (host("instagram.com"), title(r"(?:login|log in) . instagram")), RECORDED),
    Signature(
        "X", WANTS_LOGIN, (host("x.com", "twitter.com"), title(r"log in to (?:x|twitter) / (?:x|twitter)")), RECORDED
    ),
    Signature(
        "Reddit", REFUSES, (host("reddit.com"), _REFUSED, body(r"blocked by network security|network policy")), RECORDED
    ),
    Signature("eBay", CHALLENGES, (host("ebay.com", "ebay.de", "ebay.co.uk"), path(r"^/splashui/challenge")), RECORDED),
    Signature(
        "Google",
        CHALLENGES,
        (path(r"^/sorry/"), host("google.com")),
        "https://support.google.com/websearch/answer/86640",
    ),
    Signature(
        "Yandex", CHALLENGES, (path(r"^/showcaptcha"),), "https://yandex.com/support/common/browsers/captcha.html"
    ),
    Signature("Baidu", CHALLENGES, (host("wappass.baidu.com"),), DETECTORS),
    Signature("Baidu", CHALLENGES, (title("百度安全验证"), few_words()), DETECTORS),
    Signature("Alibaba", CHALLENGES, (path(r"/punish\?x5secdata="),), RECORDED),
    # whoever made them
    Signature("A captcha", CHALLENGES, (body(r"id=\"?captcha-form\"?"), body(r"g-recaptcha"), few_words()), RECORDED),
    Signature(
        "A captcha",
        CHALLENGES,
        (_REFUSED, body(r"class=\"(?:g-recaptcha|h-captcha|cf-turnstile)\""), few_words(120)),
        "https://developers.google.com/recaptcha/docs/display",
    ),
    Signature(
        "A captcha",
        CHALLENGES,
        (
            title(_ROBOT_TITLES),
            body(r"captcha|turnstile|challenge|javascript|cookie"),
            few_words(120),
        ),
        RECORDED,
    ),
    Signature(
        "A firewall",
        REFUSES,
        (title(r"access denied|request rejected|blocked|forbidden|403 forbidden"), status(200), few_words(40)),
        FINGERPRINTS,
    ),
    Signature(
        "A firewall",
        REFUSES,
        (
            title(_ELSEWHERE_TITLES),
            few_words(200),
        ),
        "https://www.rfc-editor.org/rfc/rfc7725",
    ),
    Signature(
        "A script",
        CHALLENGES,
        (
            body(r"^\s*(?:<html>)?.{0,100}?<script>\s*document\.cookie\s*=.{0,300}?location\.reload"),
            few_words(10),
            at_most(2_000),
        ),
        RECORDED,
    ),
)
"""In the order they are tried: the first that fits names the vendor."""
