"""Whole messages between two processes of one run, over a pair of connected sockets that nobody else has an end of.

They are pickled: quick, and safe here, as the other end is a process that started this one or was started by it.
"""

import pickle
import socket
from contextlib import suppress
from typing import Any

import anyio
from anyio.abc import UNIXSocketStream
from anyio.streams.buffered import BufferedByteReceiveStream

LENGTH = 4
"""Bytes before each message that say how long it is, the highest first."""


class Channel:
    """One end."""

    def __init__(self, stream: UNIXSocketStream) -> None:
        self._stream = stream
        self._received = BufferedByteReceiveStream(stream)
        self._turn = anyio.Lock()
        self._cut = False
        """Whether a message broke off: what came after it could not be told from its rest."""

    @classmethod
    async def over(cls, sock: socket.socket) -> "Channel":
        """The end that is a socket, which is the channel's own from now on."""
        return cls(await UNIXSocketStream.from_socket(sock))

    async def send(self, message: object) -> None:
        """Send one message after those before. It is lost where the other end is closed; `receive` tells of that."""
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        async with self._turn:
            if self._cut:
                return
            self._cut = True
            with suppress(anyio.BrokenResourceError, anyio.ClosedResourceError):
                await self._stream.send(len(data).to_bytes(LENGTH) + data)
                self._cut = False

    async def receive(self) -> Any:
        """The next message; None once the other end is closed."""
        try:
            length = int.from_bytes(await self._received.receive_exactly(LENGTH))
            return pickle.loads(await self._received.receive_exactly(length))  # noqa: S301
        except (anyio.IncompleteRead, anyio.BrokenResourceError, anyio.ClosedResourceError):
            return None

    async def send_end(self) -> None:
        """Send nothing more; the other end receives None, and may go on sending."""
        self._cut = True
        with suppress(OSError):  # closed at the other end
            await self._stream.send_eof()

    async def aclose(self) -> None:
        """Close this end."""
        await self._stream.aclose()
