"""A service to be notified, on loopback: it takes what Apprise's `json://` posts, or behaves badly."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


class Room:
    """Serves from `with` to its end."""

    def __init__(self, behave: "Behaviour | None" = None) -> None:
        self.messages: list[dict[str, Any]] = []
        """The messages that came, as posted."""
        self.came = threading.Event()
        """Set once one has come."""
        self.over = threading.Event()
        """Set when the test ends: what waits for it has waited long enough."""
        room, act = self, behave or Room.take

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                room.messages.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                room.came.set()
                act(room, self)

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """As Apprise is told it."""
        return f"json://127.0.0.1:{self._server.server_address[1]}/hook"

    def take(self, request: BaseHTTPRequestHandler) -> None:
        """Take the message."""
        request.send_response(200)
        request.send_header("Content-Length", "0")
        request.end_headers()

    def refuse(self, request: BaseHTTPRequestHandler) -> None:
        """Refuse it."""
        request.send_error(500)

    def wait(self, request: BaseHTTPRequestHandler) -> None:
        """Say nothing until all is over."""
        self.over.wait()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


Behaviour = Callable[[Room, BaseHTTPRequestHandler], None]
