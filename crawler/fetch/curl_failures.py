"""What libcurl's errors mean (libcurl-errors(3)): its number and words in, reason of the contract out.

An error of the system or of OpenSSL beneath says more than libcurl's own number, and goes through the tables that all
transports share.
"""

import os
from enum import Enum
from typing import NamedTuple

from crawler.config import Fetch
from crawler.fetch.curl_certificate import WORDS as WORDS_OF_OPENSSL
from crawler.fetch.failures import ERRNO_REASONS, certificate_failure, failure
from crawler.model.exchange import Failure

TOO_LARGE = 100
"""CURLE_TOO_LARGE, since libcurl 8.6, for which pycurl has no name."""


class Stage(Enum):
    """How far an exchange got."""

    CONNECT = "connect"
    TLS = "TLS handshake"
    ANSWER = "wait for the answer"
    BODY = "read the body"


class End(NamedTuple):
    """How an exchange ended that libcurl calls failed."""

    code: int
    """CURLE_…"""
    words: str
    """What libcurl says of it."""
    stage: Stage
    errno: int = 0
    """The system's last error in it, or 0."""
    verify: int = 0
    """OpenSSL's error of certificate verification, or 0."""


REASONS = {
    1: "protocol-error",  # UNSUPPORTED_PROTOCOL: HTTP/0.9, which is what anything that is no HTTP looks like
    3: "url-malformed",  # URL_MALFORMAT
    5: "connect-refused",  # COULDNT_RESOLVE_PROXY
    6: "dns-failure",  # COULDNT_RESOLVE_HOST
    7: "connect-refused",  # COULDNT_CONNECT
    18: "body-truncated",  # PARTIAL_FILE
    27: "too-large",  # OUT_OF_MEMORY, which libcurl says of fields that grow beyond its bound
    28: "timeout",  # OPERATION_TIMEDOUT
    35: "tls-handshake",  # SSL_CONNECT_ERROR
    52: "protocol-error",  # GOT_NOTHING
    58: "tls-handshake",  # SSL_CERTPROBLEM: a certificate of ours is asked for
    59: "tls-handshake",  # SSL_CIPHER
    60: "tls-untrusted",  # PEER_FAILED_VERIFICATION
    80: "body-truncated",  # SSL_SHUTDOWN_FAILED
    83: "tls-untrusted",  # SSL_ISSUER_ERROR
    91: "tls-untrusted",  # SSL_INVALIDCERTSTATUS
    97: "connect-refused",  # PROXY
    TOO_LARGE: "too-large",
}
"""By number; every other one is `protocol-error`: the answer is not what HTTP allows."""

WORDS = {
    18: "the connection was closed early",
    52: "empty reply: the server closed the connection unanswered",
}
"""What we say where libcurl's words count bytes or say little."""

OTHER_VERSION = ("HTTP/0.9", "application protocol", "empty reply")
"""In the words on a server of nothing but HTTP/2 that was offered HTTP/1.1: its first frame is no status line, or it
ends the handshake with the alert `no_application_protocol` (RFC 7301, section 3.2), or the connection after that."""

UNCONNECTED = frozenset({5, 6, 7, 97})
SENDING_OR_RECEIVING = frozenset({55, 56})
"""SEND_ERROR and RECV_ERROR: what the system says of the socket, or what is wrong with the answer's framing."""

SHIFTED = {(Stage.TLS, "connection-reset"): "tls-handshake"}
"""What an error of the system means at one stage other than at the rest."""

AT_STAGE = {
    Stage.CONNECT: "",
    Stage.TLS: " in the TLS handshake",
    Stage.ANSWER: " before an answer",
    Stage.BODY: " in the body of the answer",
}


def explain(end: End, settings: Fetch) -> Failure:
    """The failure that an exchange ended in, but for its time and address."""
    connected = end.stage is not Stage.CONNECT and end.code not in UNCONNECTED and not _is_of_proxy(end)
    return _explained(end, settings)._replace(connected=connected)


def may_want_http2(known: Failure) -> bool:
    """Whether this is how a server may fail that speaks HTTP/2 only."""
    return known.reason in ("protocol-error", "tls-handshake") and any(some in known.message for some in OTHER_VERSION)


def _explained(end: End, settings: Fetch) -> Failure:
    code, words = end.code, end.words
    if code == 28:
        return failure("timeout", _timed_out(end.stage, settings))
    if code == 60:
        return certificate_failure(end.verify, WORDS_OF_OPENSSL.get(end.verify, words))
    if code == 7 and end.errno:
        return failure(ERRNO_REASONS.get(end.errno, "connect-refused"), os.strerror(end.errno))
    if "response headers" in words and code in (TOO_LARGE, *SENDING_OR_RECEIVING):
        return failure("too-large", words)
    if code in SENDING_OR_RECEIVING:
        if _is_of_proxy(end):
            return failure("connect-refused", f"the proxy answered: {words}")
        if end.errno in ERRNO_REASONS:
            return _at_stage(failure(ERRNO_REASONS[end.errno], os.strerror(end.errno)), end.stage)
    reason = REASONS.get(code, "protocol-error")
    if code == 35 and end.errno in ERRNO_REASONS:
        return _at_stage(failure(ERRNO_REASONS[end.errno], os.strerror(end.errno)), Stage.TLS)
    return failure(reason, WORDS.get(code, words) or reason)


def _is_of_proxy(end: End) -> bool:
    """Whether it is the proxy that would not, or could not, connect."""
    return end.code in SENDING_OR_RECEIVING and end.words.startswith(("CONNECT tunnel", "Proxy CONNECT"))


def _timed_out(stage: Stage, settings: Fetch) -> str:
    connecting, whole = f"{settings.connect_timeout:g} s", f"{settings.timeout:g} s"
    return {
        Stage.CONNECT: f"no connection within {connecting}",
        Stage.TLS: f"the TLS handshake did not end within {connecting}",
        Stage.ANSWER: f"no answer within {whole}",
        Stage.BODY: f"the answer began but did not end within {whole}",
    }[stage]


def _at_stage(known: Failure, stage: Stage) -> Failure:
    if known.reason != "connection-reset":
        return known
    return failure(SHIFTED.get((stage, known.reason), known.reason), known.message + AT_STAGE[stage])
