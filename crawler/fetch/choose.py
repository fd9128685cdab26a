"""Which transport a run uses."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from crawler.config import Fetch, Network
from crawler.errors import UsageError
from crawler.fetch.port import Transport


@asynccontextmanager
async def open_transport(fetch: Fetch, network: Network) -> AsyncIterator[Transport]:
    """The transport that the settings ask for, closed at the end. Raises UsageError where they can't be used."""
    from crawler.fetch.stock import StockTransport

    try:
        transport = StockTransport(fetch, network)
    except ValueError as error:
        raise UsageError(f"network: {error}") from None
    try:
        yield transport
    finally:
        await transport.aclose()
