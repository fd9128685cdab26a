"""Certificates for every name, good and bad, made when first asked for."""

import datetime
import ssl
from enum import Enum
from functools import cache

import trustme

LONG_AGO = datetime.datetime(2001, 9, 9, tzinfo=datetime.UTC)
FAR_AHEAD = datetime.datetime(2099, 12, 31, tzinfo=datetime.UTC)
LIFETIME = datetime.timedelta(days=90)


class Certificate(Enum):
    """What is right or wrong with a host's certificate."""

    GOOD = "good"
    EXPIRED = "expired"
    NOT_YET_VALID = "not yet valid"
    WRONG_HOST = "for another host"
    SELF_SIGNED = "self-signed"
    UNKNOWN_AUTHORITY = "of an unknown authority"


class Authority:
    """One certificate authority and the server contexts of all names it has been asked for."""

    def __init__(self) -> None:
        self._good = trustme.CA()
        self._unknown = trustme.CA()
        self._contexts: dict[tuple[str, Certificate], ssl.SSLContext] = {}

    @property
    def pem(self) -> bytes:
        """The certificate that makes a client trust it."""
        return self._good.cert_pem.bytes()

    def context(self, name: str, certificate: Certificate) -> ssl.SSLContext:
        """For the server side of one handshake."""
        key = (name, certificate)
        if key not in self._contexts:
            self._contexts[key] = self._made(name or "127.0.0.1", certificate)
        return self._contexts[key]

    def _made(self, name: str, certificate: Certificate) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_alpn_protocols(["http/1.1"])
        if certificate is Certificate.SELF_SIGNED:
            chain = self._unknown.private_key_pem.bytes() + self._unknown.cert_pem.bytes()
        else:
            chain = self._issued(name, certificate).private_key_and_cert_chain_pem.bytes()
        with trustme.Blob(chain).tempfile() as path:
            context.load_cert_chain(path)
        return context

    def _issued(self, name: str, certificate: Certificate) -> trustme.LeafCert:
        match certificate:
            case Certificate.EXPIRED:
                return self._good.issue_cert(name, not_before=LONG_AGO, not_after=LONG_AGO + LIFETIME)
            case Certificate.NOT_YET_VALID:
                return self._good.issue_cert(name, not_before=FAR_AHEAD - LIFETIME, not_after=FAR_AHEAD)
            case Certificate.WRONG_HOST:
                return self._good.issue_cert("another.example")
            case Certificate.UNKNOWN_AUTHORITY:
                return self._unknown.issue_cert(name)
            case _:
                return self._good.issue_cert(name)


@cache
def authority() -> Authority:
    """The one of this process: certificates are worth keeping from test to test."""
    return Authority()
