"""libcurl for any client of httpx: `httpx.AsyncClient(transport=CurlHttpxTransport(transport))`.

It is made for looking at links, and carries no more than that takes: requests without a body, and of each answer's body
the first `body_limit` bytes, as sent. A client decodes what `Content-Encoding` names by itself. The address guard, the
time-outs and the proxy are those of the transport beneath; those of the client have no say.
"""

import httpx

from crawler.fetch.port import Transport
from crawler.model.exchange import Failure, Request, Response
from crawler.model.role import Role

UNCONNECTED = {"timeout": httpx.ConnectTimeout}
CONNECTED = {
    "timeout": httpx.ReadTimeout,
    "protocol-error": httpx.RemoteProtocolError,
    "body-truncated": httpx.RemoteProtocolError,
    "too-large": httpx.RemoteProtocolError,
    "url-malformed": httpx.UnsupportedProtocol,
    "address-forbidden": httpx.ConnectError,
    "tls-expired": httpx.ConnectError,
    "tls-wrong-host": httpx.ConnectError,
    "tls-untrusted": httpx.ConnectError,
    "tls-handshake": httpx.ConnectError,
}
"""Reasons as httpx has them; every other one is a `ReadError`, or a `ConnectError` where there was no connection."""

OURS = frozenset({"host", "connection"})
"""Fields of a client's request that belong to the connection, and so to libcurl."""


class CurlHttpxTransport(httpx.AsyncBaseTransport):
    """Hands requests of httpx to a transport of ours. It does not close it: whoever opened it does."""

    def __init__(self, transport: Transport, body_limit: int = 65_536) -> None:
        self._transport = transport
        self._body_limit = body_limit

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises httpx's exceptions for what the network does, and `UnsupportedProtocol` for a request with a body."""
        if await request.aread():
            raise httpx.UnsupportedProtocol("a request with a body is not carried", request=request)
        fields = tuple((name, value) for name, value in request.headers.items() if name not in OURS)
        asked = Request(str(request.url), Role.WEB, request.method, fields, self._body_limit)
        outcome = await self._transport.fetch(asked)
        if isinstance(outcome, Failure):
            raise _exception(outcome, request)
        return _response(outcome)


def _response(answer: Response) -> httpx.Response:
    return httpx.Response(
        answer.status,
        headers=[(name.encode(), value.encode()) for name, value in answer.fields.items],
        stream=httpx.ByteStream(answer.body),
        extensions={"http_version": f"HTTP/{answer.http_version}".encode()},
    )


def _exception(failure: Failure, request: httpx.Request) -> httpx.TransportError:
    if failure.connected:
        kind = CONNECTED.get(failure.reason, httpx.ReadError)
    else:
        kind = UNCONNECTED.get(failure.reason, httpx.ConnectError)
    return kind(f"{failure.reason}: {failure.message}", request=request)
