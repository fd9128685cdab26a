"""A server of HTTP/2 over TLS on loopback, in a thread: bodies of any size, as fast as the client lets it send."""

import socket
import ssl
import threading
from collections import Counter
from typing import Self

import trustme
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived, StreamEnded, StreamReset
from h2.exceptions import ProtocolError

NAME = "two.example"


class Http2Server:
    """Answers `/<media type>/<bytes>` with so many bytes of that type; nobody before `together` requests are there."""

    def __init__(self) -> None:
        self.together = 1
        authority = trustme.CA()
        self.authority = authority
        self.seen: list[str] = []
        self.resets: Counter[str] = Counter()
        self.protocols: list[str | None] = []
        """What each connection was to speak, by ALPN (RFC 7301). It speaks HTTP/2 whatever that was."""
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(NAME).configure_cert(self._context)
        self._context.set_alpn_protocols(["h2", "http/1.1"])
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._sockets: list[socket.socket] = []

    @property
    def connect_to(self) -> str:
        """For the setting of that name."""
        return f"{NAME}:443:127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"https://{NAME}{path}"

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for each in self._sockets:
            each.close()
        for thread in self._threads:
            thread.join(10)

    def _accept(self) -> None:
        while True:
            try:
                plain, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(plain,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, plain: socket.socket) -> None:
        try:
            with self._context.wrap_socket(plain, server_side=True) as tls:
                self._sockets.append(tls)
                self.protocols.append(tls.selected_alpn_protocol())
                Conversation(self, tls).run()
        except (OSError, ProtocolError):
            plain.close()


class Conversation:
    """One connection."""

    def __init__(self, server: Http2Server, tls: ssl.SSLSocket) -> None:
        self._server = server
        self._tls = tls
        self._h2 = H2Connection(H2Configuration(client_side=False))
        self._paths: dict[int, str] = {}
        self._waiting: list[int] = []
        self._left: dict[int, int] = {}

    def run(self) -> None:
        self._h2.initiate_connection()
        self._flush()
        while data := self._tls.recv(65_536):
            for event in self._h2.receive_data(data):
                match event:
                    case RequestReceived(stream_id=stream, headers=headers):
                        self._paths[stream] = dict(headers)[b":path"].decode()
                        self._server.seen.append(self._paths[stream])
                    case StreamEnded(stream_id=stream):
                        self._waiting.append(stream)
                    case StreamReset(stream_id=stream):
                        self._server.resets[self._paths[stream]] += 1
                        self._left.pop(stream, None)
            if len(self._waiting) >= self._server.together:
                for stream in self._waiting:
                    self._answer(stream)
                self._waiting.clear()
            self._pump()
            self._flush()

    def _answer(self, stream: int) -> None:
        _, top, sub, size = self._paths[stream].split("/")
        self._h2.send_headers(
            stream, [(":status", "200"), ("content-type", f"{top}/{sub}"), ("content-length", size), ("x-two", "yes")]
        )
        self._left[stream] = int(size)

    def _pump(self) -> None:
        """Send what the windows allow, one stream after the other."""
        for stream in list(self._left):
            while left := self._left[stream]:
                room = min(left, self._h2.local_flow_control_window(stream), self._h2.max_outbound_frame_size, 8192)
                if room <= 0:
                    break
                self._h2.send_data(stream, b"x" * room, end_stream=room == left)
                self._left[stream] -= room
            if not self._left[stream]:
                del self._left[stream]

    def _flush(self) -> None:
        self._tls.sendall(self._h2.data_to_send())
