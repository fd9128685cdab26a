"""What a status says of a link (RFC 9110, section 15)."""

import pytest

from crawler.model.verdict import Kind
from crawler.verdict.catalogue import CATALOGUE
from crawler.verdict.status import named, reason_of
from tests.verdict.cases import URL, verdict

STATUSES = {
    Kind.ALIVE: {"ok": [200, 201, 203, 204, 206, 226, 299, 300, 304]},
    Kind.BROKEN: {
        "http-404": [404],
        "http-410": [410],
        "http-4xx": [400, 405, 406, 409, 411, 414, 416, 418, 422, 423, 426, 431, 444, 499],
        "redirect-invalid": [301, 302, 303, 305, 306, 307, 308, 399],
    },
    Kind.UNREACHABLE: {
        "timeout": [408],
        "protocol-error": [100, 101, 103, 421, 425],
        "http-5xx": [500, 501, 502, 503, 504, 507, 511, 520, 530, 599, 600, 999, 0, 99, 1000, -1],
    },
    Kind.BLOCKED: {f"http-{status}": [status] for status in (401, 402, 403, 407, 429, 451)},
}


@pytest.mark.parametrize(
    ("kind", "reason", "status"),
    [(kind, reason, s) for kind, reasons in STATUSES.items() for reason, statuses in reasons.items() for s in statuses],
)
def test_verdict_of_a_status(kind: Kind, reason: str, status: int) -> None:
    judged = verdict(URL, status)
    assert (judged.kind, judged.reason, judged.message) == (kind, reason, named(status))


@pytest.mark.parametrize("status", range(-1, 1100, 7))
def test_every_number_has_a_reason(status: int) -> None:
    assert reason_of(status) in CATALOGUE


@pytest.mark.parametrize(("status", "words"), [(404, "404 Not Found"), (413, "413 Content Too Large"), (999, "999")])
def test_named(status: int, words: str) -> None:
    assert named(status) == words
