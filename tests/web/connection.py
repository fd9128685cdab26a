"""One connection to the little web, from its first byte to its end."""

import asyncio
import socket
import ssl
import struct
import time
from contextlib import suppress
from typing import Protocol

from tests.web.behaviour import Answer, Drip, Flood, Next, Pause, Reset, Script, Send, Stall
from tests.web.host import Host
from tests.web.seen import Seen

HEAD_LIMIT = 1 << 16
HANDSHAKE_SECONDS = 30.0
TLS_RECORD = b"\x16"
"""The first byte of a TLS handshake (RFC 8446, section 5.1); no HTTP method begins with it."""
RESET_ON_CLOSE = struct.pack("ii", 1, 0)
"""SO_LINGER for no time at all."""


class Place(Protocol):
    """What a connection needs of the web it belongs to."""

    address: str
    port: int
    tls: ssl.SSLContext

    def find(self, name: str) -> Host: ...

    def asked_for(self, tls: object) -> str:
        """The name that a handshake asked for."""


class Connection:
    """Serves what comes on one socket: HTTP/1.1, with or without TLS, as a server or as a proxy; or does a script."""

    def __init__(self, number: int, sock: socket.socket, web: Place, instead: Script | None = None) -> None:
        """`instead` is run as soon as the client has sent its first byte, in the place of everything else."""
        self._number = number
        self._sock = sock
        self._web = web
        self._instead = instead
        self._taken = False
        self._hosts: set[str] = set()
        self._tls_name: str | None = None
        self._reader: asyncio.StreamReader
        self._writer: asyncio.StreamWriter

    async def serve(self) -> None:
        """Until either side closes. Never raises for what a client does."""
        try:
            first = await _peek(self._sock)
            await self._open(self._web.tls if first == TLS_RECORD and self._instead is None else None)
        except OSError:  # gone, or no TLS to be had: `ssl.SSLError` is one
            return
        try:
            with suppress(OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                if self._instead is not None:
                    await self._reader.read(HEAD_LIMIT)  # a socket closed with bytes unread would be reset
                    await self._run(self._instead, None)
                else:
                    while await self._request():
                        pass
        except asyncio.CancelledError:
            self._writer.transport.abort()
            raise
        finally:
            self._writer.close()

    def release(self) -> None:
        """Close the socket, where no transport has taken it over yet, which would."""
        if not self._taken:
            self._sock.close()

    async def _open(self, tls: ssl.SSLContext | None) -> None:
        loop = asyncio.get_running_loop()
        self._reader = asyncio.StreamReader(HEAD_LIMIT)
        protocol = asyncio.StreamReaderProtocol(self._reader)
        self._taken = True
        transport, _ = await loop.connect_accepted_socket(
            lambda: protocol, self._sock, ssl=tls, ssl_handshake_timeout=HANDSHAKE_SECONDS if tls else None
        )
        self._writer = asyncio.StreamWriter(transport, protocol, self._reader, loop)
        if tls is not None:
            self._tls_name = self._web.asked_for(transport.get_extra_info("ssl_object"))

    async def _request(self) -> bool:
        """Answer one request. False: the connection is not to be used again."""
        seen = self._read((await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1"))
        if length := int(seen.fields.get("content-length", 0)):
            await self._reader.readexactly(length)
        host = self._web.find(seen.host)
        if seen.host not in self._hosts:
            self._hosts.add(seen.host)
            host.connections += 1
        host.under_way += 1
        host.most_under_way = max(host.most_under_way, host.under_way)
        seen.under_way = host.under_way
        host.seen.append(seen)
        try:
            if host.delay:
                await asyncio.sleep(host.delay)
            if seen.method == "CONNECT" and not host.serves(seen.target):
                await self._tunnel()
                return False
            behaviour = host.behaviour(seen)
            if not isinstance(behaviour, Answer):
                return await self._run(behaviour, seen)
            if behaviour.delay:
                await asyncio.sleep(behaviour.delay)
            await self._write(behaviour.bytes_for(seen), seen)
            return "close" not in seen.fields.get("connection", "") and ("Connection", "close") not in behaviour.fields
        finally:
            host.under_way -= 1
            seen.ended = time.monotonic()

    def _read(self, head: str) -> Seen:
        first, *lines = head[:-4].split("\r\n")
        method, target, _ = first.split(" ", 2)
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        named, absolute = fields.get("host", ""), target.startswith("http://")
        if absolute:
            named, slash, rest = target.removeprefix("http://").partition("/")
            target = slash + rest
        return Seen(
            host=_name(target if method == "CONNECT" else named),
            target=target,
            method=method,
            fields=fields,
            lines=tuple(lines),
            tls_name=self._tls_name,
            connection=self._number,
            at=time.monotonic(),
            under_way=0,
            absolute=absolute,
        )

    async def _run(self, script: Script, seen: Seen | None) -> bool:
        """Do a script's steps; True where it keeps the connection."""
        for step in script:
            match step:
                case Send(data):
                    await self._write(data, seen)
                case Drip(data, size, every):
                    for start in range(0, len(data), size):
                        await self._write(data[start : start + size], seen)
                        await asyncio.sleep(every)
                case Flood(data, most):
                    for _ in range(0, most, len(data)):
                        await self._write(data, seen)
                case Pause(seconds):
                    await asyncio.sleep(seconds)
                case Stall():
                    while await self._reader.read(HEAD_LIMIT):
                        pass
                case Reset():
                    self._writer.get_extra_info("socket").setsockopt(
                        socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE
                    )
                    self._writer.transport.abort()
                    return False
                case Next():
                    return True
        return False

    async def _write(self, data: bytes, seen: Seen | None) -> None:
        self._writer.write(data)
        await self._writer.drain()
        if seen is not None:
            seen.sent += len(data)

    async def _tunnel(self) -> None:
        """Be the proxy of a `CONNECT`: whatever the name, it leads back to this web."""
        reader, writer = await asyncio.open_connection(self._web.address, self._web.port)
        self._writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        try:
            await asyncio.gather(_pipe(self._reader, writer), _pipe(reader, self._writer))
        finally:
            writer.close()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(HEAD_LIMIT):
        writer.write(data)
        await writer.drain()
    writer.close()


async def _peek(sock: socket.socket) -> bytes:
    """The first byte that a client sends, left where it is; b"" where it closes without."""
    loop = asyncio.get_running_loop()
    readable: asyncio.Future[None] = loop.create_future()
    loop.add_reader(sock, readable.set_result, None)
    readable.add_done_callback(lambda _: loop.remove_reader(sock))
    await readable
    return sock.recv(1, socket.MSG_PEEK)


def _name(authority: str) -> str:
    """A `Host` field's name, without port."""
    return authority[: authority.rfind("]") + 1] if authority.startswith("[") else authority.partition(":")[0].lower()
