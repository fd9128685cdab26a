"""One exchange at a time on one easy handle of libcurl, which is kept for the next: what comes in is gathered here.

A handle remembers all of its options; only those are set that differ from the exchange before.
"""

import os
import socket
from contextlib import suppress
from functools import partial
from ipaddress import ip_address
from time import monotonic, time
from typing import Any, Final, NamedTuple

import pycurl

from crawler.config import Fetch
from crawler.fetch.authorities import Authorities
from crawler.fetch.curl_answer import Answer
from crawler.fetch.curl_certificate import certificate, fault
from crawler.fetch.curl_failures import End, Stage, explain
from crawler.fetch.curl_ways import Way
from crawler.fetch.failures import STARVED, failure
from crawler.fetch.port import Tell
from crawler.model.exchange import Failure, Request, Response

BUFFER = 131_072
"""Bytes that are received at once. With libcurl's own 16 KiB an answer over TLS takes a tenth more CPU. What the first
window of a stream of HTTP/2 lets in, 64 KiB, should be received at once with its frames and some of other streams: else
libcurl (8.23 at least) opens the window before it is told to stop, and the server sends what nobody wants."""

HTTP1: Final[int] = pycurl.CURL_HTTP_VERSION_1_1
HTTP2: Final[int] = pycurl.CURL_HTTP_VERSION_2TLS

OPTIONS = (
    (pycurl.BUFFERSIZE, BUFFER),
    (pycurl.DNS_CACHE_TIMEOUT, 0),  # there is nothing to keep: addresses are all that it is told
    (pycurl.HTTP_VERSION, HTTP2),
    (pycurl.NOPROXY, ""),  # the environment has no say
    (pycurl.NOSIGNAL, 1),
    (pycurl.PATH_AS_IS, 1),
    (pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS),
    (pycurl.PROXY, ""),
)
"""What is the same for every exchange. Redirects are not followed, cookies not kept, bodies not decoded, and no file of
passwords is read, unless libcurl is told to."""

CIPHERS = "TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_256_GCM_SHA384"
"""In Firefox's order. OpenSSL's own begins with AES of 256 bits, which takes four rounds more for each block."""

URL: Final[int] = pycurl.URL
STATUS: Final[int] = pycurl.RESPONSE_CODE
SECONDS: Final[int] = pycurl.TOTAL_TIME
SOCKET: Final[int] = pycurl.ACTIVESOCKET

PEER_FAILED = 60
"""CURLE_PEER_FAILED_VERIFICATION."""
UNSPECIFIED = 1
"""X509_V_ERR_UNSPECIFIED: OpenSSL was not asked."""


class Loan:
    """A new socket's descriptor: pycurl makes a duplicate for libcurl, after which this one is of no more use."""

    __slots__ = ("_descriptor",)

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def fileno(self) -> int:
        """What pycurl asks for."""
        return self._descriptor

    def __del__(self) -> None:
        os.close(self._descriptor)


Times = tuple[int, int]
"""Milliseconds for a whole exchange, and for its connecting."""


class Setup(NamedTuple):
    """What all exchanges of a transport share."""

    settings: Fetch
    authorities: Authorities
    proxy: str | None
    slow: list["Exchange"]
    """Where an exchange puts itself that has all it wants and reads on for the sake of its connection."""


class Order:
    """What an exchange is to be made for, in one attempt or several."""

    __slots__ = ("began", "fields", "is_over", "name", "refused", "request", "since", "tell", "times", "way")

    def __init__(
        self, request: Request, way: Way, fields: list[bytes], times: Times, since: float, name: Any, tell: Tell
    ) -> None:
        """`since` is when it was asked for. What comes of it is told under this `name`."""
        self.request: Final = request
        self.way: Final = way
        self.fields: Final = fields
        self.times: Final = times
        self.since: Final = since
        self.name: Final = name
        self.tell: Final = tell
        self.began: Final = monotonic()
        self.refused: Failure | None = None
        """What came of the first attempt, where no connection did."""
        self.is_over = False


class Exchange:
    """An easy handle, and the answer that it waits for."""

    __slots__ = (
        "_direct",
        "_fields",
        "_get",
        "_is_greeted",
        "_method",
        "_places",
        "_set",
        "_setup",
        "_times",
        "_trusting",
        "_wants_certificate",
        "answer",
        "easy",
        "offers_http2",
        "order",
        "starved",
        "tried",
        "turn",
        "way",
    )

    order: Order
    way: Way
    tried: str | None
    """The address that it goes to, with its port; None where a proxy makes the connection."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._fields: list[bytes] = []
        self._places: list[str] = []
        self._method = "GET"
        self._direct = self._is_greeted = True
        self._trusting = self._wants_certificate = False
        self._times = (0, 0)
        self.offers_http2 = True
        self.turn = 0
        """How many times it has begun."""
        self.starved = False
        """Whether there was no descriptor to connect with."""
        self.answer = Answer(partial(setup.slow.append, self))
        self.easy = easy = pycurl.Curl()
        self._set, self._get = easy.setopt, easy.getinfo
        for option, value in OPTIONS:
            easy.setopt(option, value)
        easy.setopt(pycurl.WRITEFUNCTION, self.answer.write)
        easy.setopt(pycurl.HEADERFUNCTION, self.answer.lines.append)
        easy.setopt(pycurl.OPENSOCKETFUNCTION, self._open_socket)

    def begin(self, order: Order, times: Times) -> None:
        """Get ready for an attempt, within these times."""
        option, request, way, fields = self._set, order.request, order.way, order.fields
        option(URL, request.url if way.origin is None else way.origin + request.url[way.cut :])
        if fields is not self._fields:
            option(pycurl.HTTPHEADER, fields)
            self._fields = fields
        if request.method != self._method:
            self._ask(request.method)
        if way.connect_to != self._places:
            if way.connect_to:
                option(pycurl.CONNECT_TO, way.connect_to)
            else:
                self.easy.unsetopt(pycurl.CONNECT_TO)  # pycurl takes no notice of an empty list
            self._places = way.connect_to
        if way.direct is not self._direct:
            option(pycurl.PROXY, "" if way.direct else self._setup.proxy)
            self._direct = way.direct
        if way.offers_http2 is not self.offers_http2:
            option(pycurl.HTTP_VERSION, HTTP2 if way.offers_http2 else HTTP1)
            self.offers_http2 = way.offers_http2
        if times != self._times:
            option(pycurl.TIMEOUT_MS, max(1, times[0]))
            option(pycurl.CONNECTTIMEOUT_MS, max(1, times[1]))
            self._times = times
        if way.secure or not way.direct:
            self._trust(way)
        if way.is_greeted is not self._is_greeted:
            if way.is_greeted:
                self.easy.unsetopt(pycurl.PREREQFUNCTION)
            else:
                option(pycurl.PREREQFUNCTION, self._greeted)
            self._is_greeted = way.is_greeted
        self.order, self.way, self.tried, self.starved = order, way, way.first, False
        self.turn += 1
        self.answer.expect(request)

    def end(self, code: int, words: str) -> Response | Failure:
        """What became of it: the answer where all that is wanted of it is there, whatever happened afterwards. Raises
        what came up while it was taken in."""
        answer, info = self.answer, self._get
        if answer.error is not None:
            raise answer.error
        if code == 0 or answer.enough:
            if answer.fields is None:
                answer.close_head()
            if answer.fields is None or answer.fault:
                return failure("protocol-error", answer.fault)._replace(address=self.tried)
            way = self.way
            way.proven()
            if answer.multiplexed:
                way.multiplexed = True
            return Response(
                info(STATUS),
                answer.fields,
                b"".join(answer.body),
                not answer.enough,
                info(SECONDS),
                answer.version,
                self.tried,
                self._certificate_end() if way.secure else None,
            )
        if self.way.secure and code != PEER_FAILED:
            self._certificate_end()  # a handshake after this one may resume its session, and shows no certificate then
        end = End(code, words, self._stage(), info(pycurl.OS_ERRNO), self._objection() if code == PEER_FAILED else 0)
        known = explain(end, self._setup.settings)
        return known._replace(address=self.tried)

    def _ask(self, method: str) -> None:
        self._method = method
        self.easy.setopt(pycurl.HTTPGET, 1)
        self.easy.setopt(pycurl.NOBODY, method == "HEAD")
        if method in ("GET", "HEAD"):
            self.easy.unsetopt(pycurl.CUSTOMREQUEST)
        else:
            self.easy.setopt(pycurl.CUSTOMREQUEST, method)

    def _trust(self, way: Way) -> None:
        """Name the authorities, and ask for the certificate's details as long as the origin's are not known: each
        handshake takes a fifth more time with them."""
        if not self._trusting:
            path = self._setup.authorities.path()
            self.easy.setopt(pycurl.CAINFO, path)
            self.easy.setopt(pycurl.PROXY_CAINFO, path)
            with suppress(pycurl.error):  # libcurl over another library than OpenSSL may have its own order only
                self.easy.setopt(pycurl.TLS13_CIPHERS, CIPHERS)
            self._trusting = True
        wanted = way.secure and way.cert_expires is None
        if wanted is not self._wants_certificate:
            self.easy.setopt(pycurl.OPT_CERTINFO, wanted)
            self._wants_certificate = wanted

    def _open_socket(self, purpose: int, address: pycurl.CurlSockAddr) -> Loan | int:
        """The last look at an address before it is connected to: it is one that was checked, or the proxy's."""
        host = address.addr[0]
        if self.way.direct and ip_address(host) not in self.way.addresses:
            return int(pycurl.SOCKET_BAD)
        try:
            return Loan(socket.socket(address.family, address.socktype, address.protocol).detach())
        except OSError as error:
            self.starved = error.errno in STARVED
            return int(pycurl.SOCKET_BAD)

    def _greeted(self, *places: object) -> int:
        """There is a connection, with its handshake behind it."""
        self.way.greeted()
        return int(pycurl.PREREQFUNC_OK)

    def _stage(self) -> Stage:
        """How far it got."""
        info = self.easy.getinfo
        if self.answer.began:
            return Stage.BODY if self.answer.head_is_over else Stage.ANSWER
        if not self.is_connected:
            return Stage.CONNECT
        if self.way.secure and info(pycurl.NUM_CONNECTS) and not info(pycurl.APPCONNECT_TIME):
            return Stage.TLS
        return Stage.ANSWER

    def _objection(self) -> int:
        """OpenSSL's number for what is wrong with a certificate."""
        told: int = self.easy.getinfo(pycurl.SSL_VERIFYRESULT)
        if told > UNSPECIFIED:
            return told
        return fault(certificate(self.easy.getinfo(pycurl.INFO_CERTINFO)), time())

    @property
    def is_connected(self) -> bool:
        """Whether there is a connection, new or kept from before."""
        return bool(self.easy.getinfo(pycurl.NUM_CONNECTS) or self.easy.getinfo(pycurl.PRIMARY_IP))

    @property
    def shared_socket(self) -> int:
        """The socket of its connection, where other exchanges may share that; else -1."""
        descriptor: int = self._get(SOCKET) if self.way.multiplexed else -1
        return descriptor

    def _certificate_end(self) -> float | None:
        if self._wants_certificate and self.way.cert_expires is None and self.easy.getinfo(pycurl.NUM_CONNECTS):
            found = certificate(self.easy.getinfo(pycurl.INFO_CERTINFO))
            self.way.cert_expires = found.ends if found else None
        return self.way.cert_expires
