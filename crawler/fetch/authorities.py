"""The authorities that libcurl trusts, as one PEM file: the system's, and those of a file that the user names.

libcurl keeps what it has read of a file (`CURLOPT_CAINFO`) for all later connections, but not of a directory or of
bytes in memory (CURLOPT_CA_CACHE_TIMEOUT(3)); reading some 150 authorities takes 10 to 20 ms of each connection.
"""

import os
import ssl
import weakref
from collections.abc import Callable
from pathlib import Path

from crawler.errors import RunError

PLACES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Alpine, Arch
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora, RHEL
    "/etc/ssl/ca-bundle.pem",  # openSUSE
    "/etc/ssl/cert.pem",  # macOS, the BSDs
)
"""Where systems keep them in one file; as in Go's `crypto/x509`, root_linux.go and root_bsd.go. The libraries inside a
wheel of pycurl were built elsewhere and look in places of the system that built them."""


def system_authorities() -> str | None:
    """The system's own file; `SSL_CERT_FILE` is honoured, as by OpenSSL. None where there is none."""
    named = os.environ.get("SSL_CERT_FILE") or ssl.get_default_verify_paths().cafile
    return next((place for place in (named, *PLACES) if place and Path(place).is_file()), None)


class Authorities:
    """A file of authorities while it is needed."""

    def __init__(self, cacert: str | None) -> None:
        self._cacert = cacert
        self._path: str | None = None
        self._remove: Callable[[], object] | None = None

    def path(self) -> str:
        """The file, made when first asked for. Raises RunError where it can't be."""
        if self._path is None:
            system = system_authorities() or _bundled()
            try:
                self._path = system if self._cacert is None else self._joined(system, self._cacert)
            except OSError as error:
                why = error.strerror or error
                raise RunError(
                    f"can't join {self._cacert} with the authorities of the system, in TMPDIR: {why}"
                ) from error
        return self._path

    def _joined(self, *paths: str) -> str:
        import tempfile  # which most runs have no use for

        descriptor, made = tempfile.mkstemp(prefix="crawler-", suffix=".pem")
        os.close(descriptor)
        self._remove = weakref.finalize(self, Path(made).unlink, missing_ok=True)  # also where nobody closes this
        Path(made).write_bytes(b"\n".join(Path(path).read_bytes() for path in paths))
        return made

    def close(self) -> None:
        """Remove what was made."""
        if self._remove is not None:
            self._remove()
            self._remove = self._path = None


def _bundled() -> str:
    """certifi's, for bare containers."""
    import certifi

    return certifi.where()
