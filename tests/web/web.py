"""The little web: any number of scripted hosts behind one port of the loopback interface, in a thread of its own.

    with Web() as web:
        news = web.host("news.example")
        url = news.page("/a", b"<title>Hello</title>")
        news.script("/odd", Send(b"HTTP/1.1 200 OK\\r\\n"), Stall())
        Network(connect_to=web.connect_to, cacert=web.cacert)

One port serves everything: a connection that begins with a TLS handshake gets TLS, with a certificate for the name it
asks for; a request with a whole URL as its target, or a `CONNECT`, is served as by a proxy. Hosts that misbehave before
TLS (`door`) have a port of their own. `connect_to` leads every name and port here, so that nothing gets out.
"""

import asyncio
import socket
import ssl
import tempfile
import threading
import weakref
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.web.authority import Certificate, authority
from tests.web.behaviour import Answer, Script
from tests.web.connection import Connection
from tests.web.host import Door, Host
from tests.web.seen import Seen

LOOPBACK = "127.0.0.1"
BACKLOG = 1024


class Web:
    """Serves from `with` to its end. Everything can be called from any thread while it serves."""

    def __init__(self, address: str = LOOPBACK, port: int = 0) -> None:
        """`address` is one of the loopback interface; port 0 is any that is free."""
        self.address = address
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.sni_callback = self._choose
        self.stranger = Host("stranger", Certificate.GOOD)
        """Sees the requests for names that no host has."""
        self.stranger.otherwise = Answer(421, b"<title>No such host in this web</title>")
        self._hosts: dict[str, Host] = {}
        self._doors: dict[str, int] = {}
        self._names: weakref.WeakKeyDictionary[object, str] = weakref.WeakKeyDictionary()
        self._held: list[socket.socket] = []
        self._connected: set[asyncio.Task[None]] = set()
        self._numbers = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="little web", daemon=True)
        self._folder = tempfile.TemporaryDirectory(prefix="little-web-")
        self._listener = _bound(address, port)
        self._listener.listen(BACKLOG)
        self.port: int = self._listener.getsockname()[1]
        """The port that serves everything."""
        self.cacert = str(Path(self._folder.name) / "ca.pem")
        """The file of the authority that makes the certificates."""
        Path(self.cacert).write_bytes(authority().pem)

    def __enter__(self) -> Self:
        self._thread.start()
        self._start(self._listener, None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()
        for sock in self._held:
            sock.close()
        self._folder.cleanup()

    def host(self, name: str, certificate: Certificate = Certificate.GOOD, door: Door | Script = Door.OPEN) -> Host:
        """The host of a name, made when first asked for; certificate and door count then.

        A script as its door is run on every connection once its first byte has come, be it HTTP or a TLS handshake.
        """
        if name not in self._hosts:
            self._hosts[name] = Host(name, certificate)
            if door is not Door.OPEN:
                self._doors[name] = self._door(door)
        return self._hosts[name]

    @property
    def connect_to(self) -> tuple[str, ...]:
        """Overrides, in the form of `--connect-to`, that lead every URL into this web."""
        doors = tuple(f"{name}::{self.address}:{port}" for name, port in self._doors.items())
        return (*doors, f"::{self.address}:{self.port}")

    @property
    def proxy(self) -> str:
        """The URL of this web as a proxy."""
        return f"http://{self.address}:{self.port}"

    @property
    def seen(self) -> list[Seen]:
        """Every request to any host, in the order they came."""
        hosts = (*self._hosts.values(), self.stranger)
        return sorted((seen for host in hosts for seen in host.seen), key=lambda seen: seen.at)

    @property
    def connections(self) -> int:
        """Connections that anyone has made so far."""
        return self._numbers

    def wait_closed(self, seconds: float = 30.0) -> None:
        """Block until every connection is closed; raises TimeoutError."""
        asyncio.run_coroutine_threadsafe(self._closed(), self._loop).result(seconds)

    def find(self, name: str) -> Host:
        """The host that answers to a name."""
        return self._hosts.get(name, self.stranger)

    def asked_for(self, tls: object) -> str:
        """The name that a handshake asked for."""
        return self._names.get(tls, "")

    def _choose(self, tls: ssl.SSLSocket | ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
        """In each handshake: the certificate for the name."""
        self._names[tls] = name or ""
        tls.context = authority().context(name or "", self.find(name or "").certificate)

    def _door(self, door: Door | Script) -> int:
        """A port that behaves as told."""
        sock = _bound(self.address, 0)
        if isinstance(door, tuple):
            sock.listen(BACKLOG)
            self._start(sock, door)
        else:
            self._held.append(sock)
        if door is Door.UNANSWERED:
            sock.listen(0)
            for _ in range(2):  # with its queue full, Linux drops whatever else comes
                waiting = socket.socket()
                waiting.setblocking(False)
                waiting.connect_ex(sock.getsockname())
                self._held.append(waiting)
        port: int = sock.getsockname()[1]  # of one that is refused: taken, so that nobody else listens there
        return port

    def _start(self, listener: socket.socket, instead: Script | None) -> None:
        self._held.append(listener)
        self._loop.call_soon_threadsafe(self._loop.add_reader, listener, self._accept, listener, instead)

    def _accept(self, listener: socket.socket, instead: Script | None) -> None:
        try:
            sock, _ = listener.accept()
        except OSError:  # gone again, or no descriptor left
            return
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._numbers += 1
        connection = Connection(self._numbers, sock, self, instead)
        task = self._loop.create_task(connection.serve())
        self._connected.add(task)
        task.add_done_callback(self._connected.discard)
        task.add_done_callback(lambda _: connection.release())

    async def _closed(self) -> None:
        while self._connected:
            await asyncio.wait(self._connected)

    async def _end(self) -> None:
        for listener in self._held:
            self._loop.remove_reader(listener)
        tasks = list(self._connected)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0)  # transports close on the loop's next turn


def _bound(address: str, port: int) -> socket.socket:
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((address, port))
    sock.setblocking(False)
    return sock
