"""`crawler demo`: the first thing a new user sees."""

import re
import time

from cryptography import x509

from crawler.demo.pages import EXPIRED, HOSTS
from crawler.demo.web import TLS
from crawler.verdict.catalogue import CATALOGUE
from tests.cli.conftest import Crawl

SHOWN = {
    *("permanent-redirect", "http-404", "http-410", "soft-404", "redirect-loop", "tls-expired", "image-not-image"),
    *("http-5xx", "timeout", "bot-wall", "http-403", "http-429", "http-451"),
    *("url-malformed", "scheme-unsupported", "address-forbidden", "url-credentials"),
    *("amp-retired", "amp-cache-mismatch", "amp-cache-stale", "image-size-mismatch", "fragment-missing"),
    *("record-unreadable", "duplicate-key", "url-whitespace"),
}


def test_it_shows_every_verdict_and_says_what_each_line_means(crawl: Crawl) -> None:
    ran = crawl("demo")
    assert ran.code == 0, ran.err
    assert ran.err == ""
    report, _, meanings = ran.out.partition("What the lines say")
    codes = {match[1] for match in re.finditer(r"\.md:\d+:\d+  ([a-z0-9-]+)  ", report)}
    assert codes == SHOWN
    counted = re.search(r"^URLs .*$", report, re.MULTILINE)
    assert counted is not None
    assert set(re.findall(r"\d ([a-z]+)", counted[0])) == {
        "alive", "moved", "broken", "unreachable", "blocked", "invalid", "skipped"
    }  # fmt: skip
    explained = {match[1] for match in re.finditer(r"^([a-z0-9-]+): ", meanings, re.MULTILINE)}
    assert explained == SHOWN
    assert explained <= set(CATALOGUE)


def test_its_certificates_hold_and_one_does_not() -> None:
    now = time.time()
    hosts, expired = (
        x509.load_pem_x509_certificate((TLS / name).read_bytes()) for name in ("hosts.pem", "expired.pem")
    )
    for certificate, names, holds in ((hosts, set(HOSTS) - {EXPIRED}, True), (expired, {EXPIRED}, False)):
        covered = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        assert set(covered.get_values_for_type(x509.DNSName)) == names
        assert (certificate.not_valid_after_utc.timestamp() > now + 3600 * 24 * 365) == holds
