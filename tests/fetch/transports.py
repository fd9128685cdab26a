"""The transports that must keep the port's contract."""

from collections.abc import Callable

from crawler.config import Fetch, Network
from crawler.fetch.curl import CurlTransport
from crawler.fetch.port import Transport
from crawler.fetch.resolve import Resolve
from crawler.fetch.stock import StockTransport

Make = Callable[[Fetch, Network, Resolve | None], Transport]

TRANSPORTS: dict[str, Make] = {"curl": CurlTransport, "stock": StockTransport}
