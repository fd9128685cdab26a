"""One try of one request, as httpcore tells of it while it goes on: how far it got, and what is left to close.

httpcore calls the request extension `trace` at each step ("Request Extensions" in its documentation). From there come
the deadline, which is another one until the connection stands, and what a failure means, which the error alone does
not say: a reset in a handshake is not a reset in an answer, and one on a connection kept from before is worth a retry.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any, NamedTuple, Protocol

import anyio


class Stage(Enum):
    """Where an attempt is."""

    CONNECT = "connect"
    TLS = "TLS handshake"
    ANSWER = "wait for the answer"
    BODY = "read the body"


class Deadlines(NamedTuple):
    """The times of one exchange, on the event loop's clock."""

    started: float
    connect_by: float
    """For name resolution, TCP connection and TLS handshake, however many addresses are tried."""
    end_by: float

    def share(self, now: float, addresses: int) -> float:
        """Until when the first of so many addresses may take to accept a TCP connection."""
        return now + max(0.0, self.connect_by - now) / addresses


class Closable(Protocol):
    """A network stream of httpcore."""

    async def aclose(self) -> None: ...


class Attempt:
    """Begins without a connection: one that is kept from before may take the request, or a new one is made."""

    def __init__(self, scope: anyio.CancelScope, deadlines: Deadlines, tls: bool) -> None:
        """`scope` is around the whole attempt, its deadline the one for the TCP connection."""
        self._scope = scope
        self._deadlines = deadlines
        self._tls = tls
        self._half_open: Closable | None = None
        self.stage = Stage.CONNECT
        self.fresh = False
        """Whether it made a connection for itself, or began to."""
        self.starved = False
        """Whether it failed for want of something that this machine has too little of."""

    @property
    def connected(self) -> bool:
        """Whether the address took the connection."""
        return self.stage is not Stage.CONNECT

    @property
    def stale(self) -> bool:
        """Whether it ended with a connection that the server has kept for long enough, which is to be expected, is no
        fact about the server, and is made good by another try (RFC 9112, section 9.3.1)."""
        return self.stage is Stage.ANSWER and not self.fresh

    async def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """What httpcore calls; `info` is the arguments of a step, or its `return_value`."""
        match event:
            case "connection.connect_tcp.started":
                self.fresh = True
            case "connection.connect_tcp.complete":
                self._half_open = info["return_value"]
                self.stage, self._scope.deadline = Stage.TLS, self._deadlines.connect_by
            case "proxy.start_tls.started":
                self.stage = Stage.TLS
            case "connection.start_tls.complete" | "proxy.start_tls.complete":
                self._half_open = None
            case "http11.send_request_headers.started":
                self.stage, self._scope.deadline = Stage.ANSWER, self._deadlines.end_by
                if not self._tls:
                    self._half_open = None
            case "http11.receive_response_body.started":
                self.stage = Stage.BODY

    async def aclose(self) -> None:
        """Close what a handshake broken off has left open: httpcore does so after an error, not when cancelled."""
        if self._half_open is not None:
            with anyio.CancelScope(shield=True):
                await self._half_open.aclose()
