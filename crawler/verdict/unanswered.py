"""Reasons for verdicts where no whole answer came: the name, the connection or the certificate failed."""

from crawler.model.verdict import Kind
from crawler.verdict.rule import reason

UNANSWERED = (
    reason(
        Kind.BROKEN,
        "dns-nxdomain",
        "host name does not exist",
        """The name system answered that there is no such host: the domain was given up, or its name is misspelt.
        Correct the name, or replace the link. Be careful with domains that come back later, as somebody else may own
        them.""",
        "https://www.rfc-editor.org/rfc/rfc8020#section-2",
    ),
    reason(
        Kind.BROKEN,
        "tls-expired",
        "certificate out of date",
        """The server's certificate has ended or is not valid yet, so browsers put a warning in a reader's way. Most
        sites mend this within days; a certificate that ended long ago tells of a site that nobody looks after.""",
        "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5",
    ),
    reason(
        Kind.BROKEN,
        "tls-wrong-host",
        "certificate of another host",
        """The server showed a certificate that was made for other names than the one in the link. Browsers warn readers
        off. Often the site only has its certificate with or without www.: try the other form.""",
        "https://www.rfc-editor.org/rfc/rfc9525#section-6",
    ),
    reason(
        Kind.BROKEN,
        "tls-untrusted",
        "certificate nobody vouches for",
        """The server's certificate was signed by itself, or by an authority that browsers don't know, so they warn
        readers off. For a server of your own, name its authority with `network.cacert`.""",
        "https://www.rfc-editor.org/rfc/rfc5280#section-6",
    ),
    reason(
        Kind.UNREACHABLE,
        "timeout",
        "no answer in time",
        """The server took longer than the time it was given (`fetch.timeout`, `fetch.connect_timeout`), or said itself
        that it had waited too long (408). It may be busy, down, or refusing us in silence. Check again later.""",
        "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.9",
    ),
    reason(
        Kind.UNREACHABLE,
        "connect-refused",
        "connection refused",
        """The machine is there, but nothing on it takes connections at that port. The web server may be restarting, or
        be gone for good: check again later, and look at the port if the URL names one.""",
        "https://www.rfc-editor.org/rfc/rfc9293#section-3.10.7.1",
    ),
    reason(
        Kind.UNREACHABLE,
        "connection-reset",
        "connection cut off",
        """The server, or something on the way, ended the connection before a whole answer had come. Overload and
        firewalls do that. Check again later, and in a browser.""",
        "https://www.rfc-editor.org/rfc/rfc9293#section-3.5.3",
    ),
    reason(
        Kind.UNREACHABLE,
        "dns-failure",
        "host name could not be looked up",
        """The name system gave no answer, neither that the host exists nor that it doesn't. The fault may be on the
        site's side or on ours. Check again later; if every link fails so, look at your own network.""",
        "https://www.rfc-editor.org/rfc/rfc1035#section-4.1.1",
    ),
    reason(
        Kind.UNREACHABLE,
        "tls-handshake",
        "no secure connection could be agreed on",
        """Server and client found no way to encrypt that both accept, or the server broke off while they were looking
        for one. Very old servers are like that, and browsers mostly fail as well. Open the link to see.""",
        "https://www.rfc-editor.org/rfc/rfc8446#section-6.2",
    ),
    reason(
        Kind.UNREACHABLE,
        "protocol-error",
        "answer that is not HTTP",
        """What came back breaks the rules of HTTP so far that no status can be read from it, or is an answer that no
        such request gets. Often another kind of server listens at that port. Open the link to see what a browser makes
        of it.""",
        "https://www.rfc-editor.org/rfc/rfc9112#section-2",
    ),
    reason(
        Kind.UNREACHABLE,
        "body-truncated",
        "answer broke off",
        """The server began its answer and stopped before the length it had promised. What a reader sees is a part of
        the page or an error. Mostly a passing fault: check again later.""",
        "https://www.rfc-editor.org/rfc/rfc9112#section-8",
    ),
    reason(
        Kind.UNREACHABLE,
        "too-large",
        "answer too large to be read",
        """The server sent more than this program is willing to take in, such as megabytes of header fields. No honest
        page needs that. Open the link, with care, to see what it is.""",
        "https://www.rfc-editor.org/rfc/rfc9110#section-5.4",
    ),
    reason(
        Kind.UNREACHABLE,
        "circuit-open",
        "host given up for this run",
        """Other URLs of this host failed to connect again and again, so this one was not asked for: it would only have
        waited for the same failure. Look at the host's other findings, and check again later.""",
        "https://martinfowler.com/bliki/CircuitBreaker.html",
    ),
)
"""In the order of the verdicts, as the catalogue shows them."""
