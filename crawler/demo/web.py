"""A small web on loopback, with every kind of link in it: the places that the sample records lead to.

It speaks plain HTTP on one port and TLS on another, for all of its hosts. The certificates under `tls/` are made for
this and trusted by nothing else: an authority, a certificate of the hosts, and one that ended long ago.
"""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path

import anyio
from anyio.abc import AnyByteStream, ByteStream, SocketAttribute, SocketStream
from anyio.streams.stapled import MultiListener
from anyio.streams.tls import TLSListener

from crawler.config import Network
from crawler.demo.pages import EXPIRED, HOSTS, Answer, answer

TLS = Path(__file__).with_name("tls")
LONGEST_HEAD = 16_384
"""Bytes of a request's head that are read."""


@asynccontextmanager
async def serve() -> AsyncIterator[Network]:
    """Serve the little web until the block ends, and say how to reach it."""
    plain = await anyio.create_tcp_listener(local_host="127.0.0.1")
    behind = await anyio.create_tcp_listener(local_host="127.0.0.1")
    async with plain, behind, anyio.create_task_group() as group:
        secure = _Secure(behind, _context(), standard_compatible=False)
        ports = {80: _port(plain), 443: _port(behind)}
        group.start_soon(plain.serve, _talk)
        group.start_soon(secure.serve, _talk)
        connect_to = tuple(f"{host}:{port}:127.0.0.1:{local}" for host in HOSTS for port, local in ports.items())
        yield Network(connect_to=connect_to, cacert=str(TLS / "authority.pem"))
        group.cancel_scope.cancel()


def _port(listener: MultiListener[SocketStream]) -> int:
    port: int = listener.extra(SocketAttribute.local_port)  # noqa: S610 - no database is near
    return port


class _Secure(TLSListener):
    """Says nothing of handshakes that the other side breaks off, as it should where a certificate has expired."""

    @staticmethod
    async def handle_handshake_error(exc: BaseException, stream: AnyByteStream) -> None:
        await stream.aclose()


async def _talk(stream: ByteStream) -> None:
    """Answer one request and hang up."""
    async with stream:
        try:
            response = _response(await _head(stream))
            if not response.status:
                await anyio.sleep_forever()
            await stream.send(_written(response))
        except (anyio.EndOfStream, anyio.BrokenResourceError, anyio.ClosedResourceError):
            pass  # whoever asked has left


async def _head(stream: ByteStream) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head and len(head) < LONGEST_HEAD:
        head += await stream.receive()
    return head


def _response(head: bytes) -> Answer:
    request, *fields = head.decode("latin-1").split("\r\n")
    path = request.split(" ")[1] if request.count(" ") == 2 else ""
    host = next((field[5:].strip() for field in fields if field.lower().startswith("host:")), "")
    return answer(host, path)


def _written(response: Answer) -> bytes:
    lines = [f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in response.fields]
    lines += [f"Content-Length: {len(response.body)}", "Connection: close", "", ""]
    return "\r\n".join(lines).encode() + response.body


def _context() -> ssl.SSLContext:
    """The hosts' certificate, or the expired one where its host is asked for."""
    hosts, expired = (ssl.create_default_context(ssl.Purpose.CLIENT_AUTH) for _ in range(2))
    hosts.load_cert_chain(TLS / "hosts.pem")
    expired.load_cert_chain(TLS / "expired.pem")

    def choose(socket: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
        if name == EXPIRED:
            socket.context = expired

    hosts.sni_callback = choose
    return hosts
