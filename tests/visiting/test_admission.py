"""What is asked for at all, before any request and at every redirect."""

import re

import pytest

from crawler.http.address import AddressGuard
from crawler.http.url import Url, parse
from crawler.model.link import Link
from crawler.model.role import Role
from crawler.visiting.admission import Admission


def reason(written: str, admission: Admission) -> str | None:
    url = parse(written)
    assert isinstance(url, Url)
    failure = admission.preflight(Link(written, Role.WEB), url)
    return failure and failure.reason


def admission(
    *, allow: tuple[str, ...] = (), redirected: str = "", include: str = "", exclude: str = "", offline: bool = False
) -> Admission:
    return Admission(
        AddressGuard(allow),
        lambda host, port: host == redirected,
        (re.compile(include),) if include else (),
        (re.compile(exclude),) if exclude else (),
        offline,
    )


@pytest.mark.parametrize(
    ("written", "gate", "expected"),
    [
        ("https://www.example.org/", admission(), None),
        ("http://127.0.0.1/", admission(), "address-forbidden"),
        ("http://0x7f.1/", admission(), "address-forbidden"),
        ("http://localhost:8080/", admission(), "address-forbidden"),
        ("http://[::ffff:10.0.0.1]/", admission(), "address-forbidden"),
        ("http://127.0.0.1/", admission(allow=("127.0.0.0/8",)), None),
        ("http://10.0.0.1/", admission(redirected="10.0.0.1"), None),
        ("https://www.example.org/a", admission(include="/a$"), None),
        ("https://www.example.org/b", admission(include="/a$"), "excluded"),
        ("https://www.example.org/b", admission(exclude=r"example\.org"), "excluded"),
        ("https://www.example.org/a#part", admission(exclude="#part"), "excluded"),
        ("https://www.example.org/", admission(offline=True), "offline"),
        ("http://127.0.0.1/", admission(offline=True), "address-forbidden"),
        ("https://www.example.org/b", admission(offline=True, exclude="/b"), "excluded"),
    ],
)
def test_preflight(written: str, gate: Admission, expected: str | None) -> None:
    assert reason(written, gate) == expected
