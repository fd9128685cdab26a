"""Which transport a run uses."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from crawler.config import Fetch, Network
from crawler.errors import UsageError
from crawler.fetch.port import Transport


@asynccontextmanager
async def open_transport(fetch: Fetch, network: Network) -> AsyncIterator[Transport]:
    """The transport that the settings ask for, closed at the end.

    libcurl's is the one to have; httpx's stands in where there is no pycurl. Raises UsageError where the settings can't
    be used.
    """
    try:
        transport = _transport(fetch, network)
    except ValueError as error:
        raise UsageError(f"network: {error}") from None
    try:
        yield transport
    finally:
        await transport.aclose()


def _transport(fetch: Fetch, network: Network) -> Transport:
    if fetch.transport == "curl":
        try:
            from crawler.fetch.curl import CurlTransport
        except ImportError:  # no wheel for this platform, or libcurl is too old
            pass
        else:
            return CurlTransport(fetch, network)
    from crawler.fetch.stock import StockTransport

    return StockTransport(fetch, network)
