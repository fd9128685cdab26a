"""Rules beyond the verdict: what they see is worth a finding of its own, whatever the verdict says."""

from math import ceil

from crawler.http.address import is_loopback
from crawler.http.url import Url, parse
from crawler.media import amp_cache
from crawler.model.exchange import Failure
from crawler.model.link import Link
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.verdict import Kind, Level
from crawler.verdict.quoting import short
from crawler.verdict.rule import ANSWERED, Check, Remark, Scope, beyond

DAY = 86_400
UPGRADE_POINTLESS = (Kind.MOVED, Kind.INVALID, Kind.SKIPPED)
"""Verdicts under which `http:` needs no word: the new URL is known, or nothing is."""


def insecure_url(link: Link, outcome: Outcome) -> Remark | None:
    """A field that publishes an `http:` URL. Loopback hosts are as trustworthy as https (W3C Secure Contexts, 3.1)."""
    if link.field is None or not outcome.url.startswith("http:") or outcome.verdict.kind in UPGRADE_POINTLESS:
        return None
    url = parse(outcome.url)
    if isinstance(url, Failure) or is_loopback(url.host):
        return None
    return Remark("plain http: anybody on the way can read and change what readers get")


def domain_changed(link: Link, outcome: Outcome) -> Remark | None:
    """A link that ends on another registrable domain than it names. Only a move weighs in full: by temporary redirects
    live short links, DOIs and sign-in detours, which mean to lead elsewhere and ask to be kept as they are. An AMP
    cache that sends readers on to the site that it copies does what it is there for.
    """
    if outcome.verdict.reason not in ("permanent-redirect", "temporary-redirect"):
        return None
    final = outcome.observation.final_url or outcome.url
    old, new = parse(outcome.url), parse(final)
    if isinstance(old, Failure) or isinstance(new, Failure) or old.site == new.site:
        return None
    if link.role is Role.AMP_CACHE and (origin := amp_cache.origin_of(outcome.url)):
        copied = parse(origin)
        if isinstance(copied, Url) and copied.site == new.site:
            return None
    where = f"from {short(old.site)} to another site, {short(new.site)}: {short(final)}"
    if outcome.verdict.kind is Kind.MOVED:
        return Remark(f"moved for good {where}")
    return Remark(f"redirects for now {where}", at_most=Level.INFO)


def cert_expiring(days: float) -> Check:
    """The rule for certificates that end within so many days of being seen."""

    def check(_: Link, outcome: Outcome) -> Remark | None:
        ends, seen = outcome.observation.cert_expires, outcome.observation.observed_at
        if ends is None or not 0 <= ends - seen < days * DAY or outcome.verdict.kind not in ANSWERED:
            return None
        left = ceil((ends - seen) / DAY)
        return Remark(f"the server's certificate ends within {'a day' if left <= 1 else f'{left} days'}")

    return check


BEYOND = (
    beyond(
        "record-unreadable",
        Scope.RECORD,
        Level.ERROR,
        "record can't be read",
        """The file, or a part of it, is not what a record has to be: its YAML is broken, its end is missing, its bytes
        are not UTF-8, or a value has the wrong type or is too large. Links in the part that can't be read were not
        checked. The place in the message is where reading failed; the mistake is there or a little before.""",
        "https://yaml.org/spec/1.2.2/",
    ),
    beyond(
        "duplicate-key",
        Scope.RECORD,
        Level.WARNING,
        "key given twice",
        """The same key stands twice in one mapping. YAML forbids it, and programs disagree on which value counts, so
        the site may publish the other one. Both values were checked; delete one of them.""",
        "https://yaml.org/spec/1.2.2/#3211-nodes",
    ),
    beyond(
        "url-whitespace",
        Scope.RECORD,
        Level.WARNING,
        "white space around a URL",
        """The value has spaces or line ends before or after the URL. Browsers drop them, many programs don't and
        publish a dead link. The URL was checked without them; take them out.""",
        "https://url.spec.whatwg.org/#concept-basic-url-parser",
    ),
    beyond(
        "insecure-url",
        Scope.LINK,
        Level.INFO,
        "http where https could be",
        """The record publishes a URL with http:, so what readers get can be read and changed on its way, and browsers
        may warn of it or refuse it inside a secure page. Try the same URL with https: and write that if it works.""",
        "https://www.w3.org/TR/secure-contexts/#is-origin-trustworthy",
        check=insecure_url,
    ),
    beyond(
        "domain-changed",
        Scope.LINK,
        Level.WARNING,
        "ends on another site",
        """Redirects take readers to another registered domain than the one in the record. After a sale or a change of
        name that is as it should be; an expired domain in new hands looks just the same. Look at the page before you
        take its URL over. For a move it stands in place of `permanent-redirect`; where a redirect is only temporary, as
        with short links and DOIs, it weighs no more than info.""",
        "https://publicsuffix.org/learn/",
        check=domain_changed,
        instead_of=("permanent-redirect",),
    ),
    beyond(
        "cert-expiring",
        Scope.LINK,
        Level.INFO,
        "certificate about to end",
        """The certificate of the server that answered last ends within the days that the settings name
        (`rules.cert_days`). Most are renewed by themselves in time; one that is not makes browsers refuse the link.""",
        "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5",
    ),
    beyond(
        "exemption-expired",
        Scope.RUN,
        Level.WARNING,
        "exemption past its date",
        """An exemption in the settings had a last day, and that day is over: what it covered is reported again. See
        whether the links are well by now; then remove the exemption, or give it a new date.""",
        "setting rules.exempt",
    ),
)
