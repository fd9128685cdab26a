"""Makes the certificates of the demo anew: `python -m tests.demo.certificates`, after a change of its hosts."""

import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crawler.demo.pages import EXPIRED, HOSTS

FOLDER = Path(__file__).parents[2] / "crawler/demo/tls"
BEGIN = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
END = datetime.datetime(2126, 1, 1, tzinfo=datetime.UTC)
LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


def name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def pem(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> bytes:
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)


def make(folder: Path) -> None:
    """Write the authority, and the certificates it signs; the authority's own key is thrown away."""
    authority_key = ec.generate_private_key(ec.SECP256R1())
    builder = x509.CertificateBuilder().issuer_name(name("crawler demo")).serial_number(x509.random_serial_number())
    authority = (
        builder.subject_name(name("crawler demo"))
        .public_key(authority_key.public_key())
        .not_valid_before(BEGIN)
        .not_valid_after(END)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    (folder / "authority.pem").write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    for file, hosts, begin, end in (
        ("hosts.pem", [host for host in HOSTS if host != EXPIRED], BEGIN, END),
        ("expired.pem", [EXPIRED], LONG_AGO, LONG_AGO + datetime.timedelta(days=90)),
    ):
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = (
            x509.CertificateBuilder()
            .issuer_name(authority.subject)
            .serial_number(x509.random_serial_number())
            .subject_name(name(hosts[0]))
            .public_key(key.public_key())
            .not_valid_before(begin)
            .not_valid_after(end)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts]), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
            )
            .sign(authority_key, hashes.SHA256())
        )
        (folder / file).write_bytes(pem(key, certificate))


if __name__ == "__main__":
    make(FOLDER)
