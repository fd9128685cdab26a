"""Which certificates are believed: the system's authorities, and those of a file that the user names."""

import ssl


def tls_context(cacert: str | None) -> ssl.SSLContext:
    """For clients. Where the system has no authorities of its own (bare containers), certifi's take their place.

    `SSL_CERT_FILE` and `SSL_CERT_DIR` are honoured, as OpenSSL does. Costs some 30 ms. Raises OSError, of which
    `ssl.SSLError` is one, for a `cacert` that can't be read.
    """
    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"]:
        import certifi

        context.load_verify_locations(certifi.where())
    if cacert is not None:
        context.load_verify_locations(cacert)
    # From Python 3.13 on this is set, and refuses certificates that every browser takes (RFC 5280's finer points).
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context
