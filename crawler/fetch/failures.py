"""What the system's errors mean: error number, resolver's answer or certificate's fault in, reason of the contract out.

Every transport maps through these tables, so that a reason means the same whichever of them made the request.
"""

import errno
import os
import re
import socket
import ssl

from crawler.model.exchange import MESSAGE_LIMIT, Failure

ERRNO_REASONS = {
    errno.ECONNREFUSED: "connect-refused",
    # Nothing there to take the connection: to whoever follows the link it is the same, and the message says which.
    errno.ENETUNREACH: "connect-refused",
    errno.EHOSTUNREACH: "connect-refused",
    errno.ENETDOWN: "connect-refused",
    errno.EHOSTDOWN: "connect-refused",
    errno.EADDRNOTAVAIL: "connect-refused",
    errno.EACCES: "connect-refused",
    errno.EPERM: "connect-refused",
    errno.ETIMEDOUT: "timeout",
    # This machine has too little of something, and it was waited for until the time was up.
    errno.EMFILE: "timeout",
    errno.ENFILE: "timeout",
    errno.ENOBUFS: "timeout",
    errno.ENOMEM: "timeout",
    errno.ECONNRESET: "connection-reset",
    errno.ECONNABORTED: "connection-reset",
    errno.EPIPE: "connection-reset",
}

STARVED = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
"""What is wrong with this machine, and says nothing of the one asked: worth waiting for."""

NO_SUCH_NAME = {socket.EAI_NONAME: "dns-nxdomain"}
"""The one answer of the resolver that says that there is no such name (RFC 3493, section 6.1); all others say that it
could not tell, or that the name has no address just now: `dns-failure`."""

CERTIFICATE_REASONS = {
    10: "tls-expired",
    62: "tls-wrong-host",
    64: "tls-wrong-host",
}
"""By number of the verification's error, X509_V_ERR_ in openssl/x509_vfy.h: CERT_HAS_EXPIRED, HOSTNAME_MISMATCH,
IP_ADDRESS_MISMATCH. Every other one (9 not yet valid, 18 self-signed, 19 self-signed authority, 20 unknown authority)
is `tls-untrusted`, and its words say which."""

_CONTROLS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")


def failure(reason: str, message: str, connected: bool = True) -> Failure:
    """A failure whose message is one line of bounded length, whatever text went in."""
    line = _CONTROLS.sub(" ", message[: 4 * MESSAGE_LIMIT]).strip()
    line = line if len(line) <= MESSAGE_LIMIT else line[: MESSAGE_LIMIT - 1] + "…"
    return Failure(reason, line, connected=connected)


def certificate_failure(code: int, words: str) -> Failure:
    """For a certificate that did not pass, by OpenSSL's number and words."""
    return failure(CERTIFICATE_REASONS.get(code, "tls-untrusted"), words)


def system_failure(error: OSError) -> Failure | None:
    """For an error of the system, its resolver or OpenSSL, in its own words; None where it says nothing."""
    match error:
        case socket.gaierror():
            return failure(
                NO_SUCH_NAME.get(error.errno or 0, "dns-failure"), error.strerror or "the name was not resolved"
            )
        case ssl.SSLCertVerificationError():
            return certificate_failure(error.verify_code, error.verify_message)
        case ssl.SSLError():
            words = getattr(error, "reason", None) or "TLS failed"
            return failure("tls-handshake", words.replace("_", " ").lower())
        case _ if error.errno:
            return failure(ERRNO_REASONS.get(error.errno, "connection-reset"), os.strerror(error.errno))
    return None
