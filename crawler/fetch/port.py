"""The transport port: one request in, one response or failure out."""

from collections.abc import Callable
from typing import Any, Protocol, runtime_checkable

from crawler.model.exchange import Failure, Request, Response


class Transport(Protocol):
    """Carries requests. Every implementation passes the same contract tests (`tests/fetch/test_contract.py`).

    Promises:
    - `fetch` never raises for anything a server or network does: that is a `Failure`. It raises only when cancelled.
    - It follows no redirect, keeps no cookie, and never sends a field of one request with another.
    - It ends within the configured time for the whole exchange, however slowly bytes drip.
    - At most `request.body_limit` bytes of body are kept; what is kept is as sent, still content-encoded.
    - No address is connected to that the address guard forbids, whatever the name resolves to.
    """

    async def fetch(self, request: Request) -> Response | Failure:
        """Make one exchange. The caller limits how many are under way at once."""
        ...

    async def aclose(self) -> None:
        """Close every connection; requests under way fail."""
        ...


Tell = Callable[[Any, Response | Failure | Exception], None]
"""Takes what came of an exchange, on the event loop, with the name that it was started under; an exception where that
is a fault of ours. Raises nothing.
"""


@runtime_checkable
class DirectTransport(Transport, Protocol):
    """One that can do without a task for each exchange, and without what the event loop takes for that."""

    def start(self, request: Request, name: Any, tell: Tell) -> bool:
        """Start an exchange, and `tell` what came of it, never from within this call. Returns False, with nothing done,
        where something has to be waited for first: then it is a case for `fetch`.
        """
        ...

    def drop(self, tell: Tell) -> None:
        """Break off what is to be told to this one."""
        ...

    def expect(self, request: Request, more: int) -> None:
        """Before the `fetch` of what could not be started: so many requests more wait for the same host."""
        ...
