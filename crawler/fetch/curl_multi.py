"""libcurl's multi handle on an event loop of asyncio, by its multi socket interface (libcurl-multi(3)).

All of its sockets stand in one selector, which the loop watches as a single descriptor: one readiness serves a batch of
them, and then everything that came to its end is taken at once. A timer that libcurl puts off is not set anew in the
loop, but looked at again when it fires.
"""

import asyncio
from collections.abc import Callable
from typing import Any, Final

import pycurl

from crawler.fetch.curl_sockets import open_sockets

CLOCK_SECONDS = 0.0005
"""What a timer may come too early by: libcurl counts whole milliseconds."""

NO_SOCKET: Final[int] = pycurl.SOCKET_TIMEOUT

KEPT = 512
"""Connections that are kept at most, those in use among them. One with TLS takes some 110 KB, one without 3 KB."""

Ended = Callable[[Any, int, str], None]
"""An easy handle, the number of its error (0: none) and libcurl's words."""


class Multi:
    """Runs easy handles. Nothing of it may be called from within a callback of libcurl."""

    def __init__(
        self,
        most_connections: int,
        ended: Ended,
        settled: Callable[[], None],
        broke: Callable[[Exception], None],
    ) -> None:
        """`ended` is called for each handle that came to its end, `settled` after each batch of them, and `broke` where
        an exception came up, after which nothing may end by itself any more.
        """
        self._ended = ended
        self._settled = settled
        self._broke = broke
        self._fault: Exception | None = None
        """What came up inside of libcurl, which knows no exceptions."""
        self._loop = loop = asyncio.get_running_loop()
        self._sockets = open_sockets()
        self._watch = self._sockets.watch
        self._to_look: set[int] = set()
        self._due: float | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._is_wanted = self._is_called = self._runs = self._closed = False
        self._multi = multi = pycurl.CurlMulti()
        multi.setopt(pycurl.M_SOCKETFUNCTION, self._on_socket)
        multi.setopt(pycurl.M_MAXCONNECTS, min(most_connections, KEPT))
        multi.setopt(pycurl.M_MAX_TOTAL_CONNECTIONS, most_connections)
        self._add, self._remove, self._act = multi.add_handle, multi.remove_handle, multi.socket_action
        loop.add_reader(self._sockets.fileno(), self._run)

    def add(self, easy: Any) -> None:
        """Start a handle."""
        self._add(easy)
        self._call()

    def remove(self, easy: Any) -> None:
        """Stop a handle, or take back one that has ended."""
        self._remove(easy)
        if not self._runs:  # another one may go on in its place
            self._call()

    def look(self, descriptor: int) -> None:
        """Have libcurl look soon at a connection that is still in use, whether or not its socket is ready."""
        if self._sockets.watches(descriptor):
            self._to_look.add(descriptor)
            self._call()

    def close(self) -> None:
        """Close every connection. Handles must have been removed before."""
        self._closed = True
        if self._timer is not None:
            self._timer.cancel()
        self._loop.remove_reader(self._sockets.fileno())
        self._multi.close()
        self._sockets.close()

    def _on_socket(self, what: int, descriptor: int, multi: object, data: object) -> None:
        """libcurl wants a socket watched."""
        try:
            self._watch(what, descriptor)
        except Exception as error:
            self._fault = error
            self._call()

    def _call(self) -> None:
        """Have libcurl called soon."""
        if not self._is_wanted:
            self._is_wanted = True
            if not self._runs:
                self._call_back()

    def _call_back(self) -> None:
        if not self._is_called:
            self._is_called = True
            self._loop.call_soon(self._on_called)

    def _on_called(self) -> None:
        self._is_called = False
        if self._is_wanted:
            self._run()

    def _run(self) -> None:
        """Have libcurl do all that there is to do now."""
        if self._closed:
            return
        self._runs = True
        try:
            for descriptor, bits in self._sockets.ready():
                self._act(descriptor, bits)
            self._settle()
            if self._is_wanted:
                self._is_wanted = False
                self._act(NO_SOCKET, 0)
                while self._to_look:
                    descriptor = self._to_look.pop()
                    if self._sockets.watches(descriptor):
                        self._act(descriptor, pycurl.CSELECT_IN)
                self._settle()
            self._set_timer(self._multi.timeout())
        except Exception as error:  # the event loop would log it and go on, and whoever waits would wait for ever
            self._broke(error)
        finally:
            self._runs = False
        if self._is_wanted:
            self._call_back()

    def _set_timer(self, milliseconds: int) -> None:
        """libcurl wants to be called after so long; 0: soon, -1: not at all."""
        if milliseconds <= 0:
            self._due = None
            if milliseconds == 0:
                self._is_wanted = True
            return
        self._due = due = self._loop.time() + milliseconds / 1000
        if self._timer is None or self._timer.when() > due:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = self._loop.call_at(due, self._on_due)

    def _on_due(self) -> None:
        self._timer = None
        if self._due is None:
            return
        if self._loop.time() < self._due - CLOCK_SECONDS:
            self._timer = self._loop.call_at(self._due, self._on_due)
        else:
            self._is_wanted = True
            self._run()

    def _settle(self) -> None:
        """Take everything that came to its end."""
        if self._fault is not None:
            fault, self._fault = self._fault, None
            raise fault
        read, ended = self._multi.info_read, self._ended
        while True:
            left, well, badly = read()
            for easy in well:
                ended(easy, 0, "")
            for easy, code, words in badly:
                ended(easy, code, words)
            if not (left or well or badly):
                break
        self._settled()
