"""Which authorities a context believes."""

import ssl
from pathlib import Path

import pytest

from crawler.fetch.trust import tls_context
from tests.web.authority import authority


def authorities(context: ssl.SSLContext) -> int:
    return context.cert_store_stats()["x509_ca"]


def test_every_connection_is_checked() -> None:
    context = tls_context(None)
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert not context.verify_flags & ssl.VERIFY_X509_STRICT


def test_a_file_of_the_user_s_is_believed_as_well(tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    path.write_bytes(authority().pem)
    assert authorities(tls_context(str(path))) == authorities(tls_context(None)) + 1


def test_a_system_without_authorities_gets_some(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    assert authorities(ssl.create_default_context()) == 0
    assert authorities(tls_context(None)) > 50


def test_a_file_that_holds_no_certificates_is_an_error() -> None:
    with pytest.raises(ssl.SSLError):
        tls_context(__file__)
