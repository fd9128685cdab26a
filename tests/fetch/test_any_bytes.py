"""Whatever bytes a server sends, an exchange ends in a response or a failure, within its bounds."""

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.config import Fetch, Network
from crawler.model.exchange import MESSAGE_LIMIT, Failure, Request, Response
from tests.fetch.transports import TRANSPORTS
from tests.web import Send, Web

LIMIT = 10

PIECES = st.sampled_from(
    [
        *(b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 ", b"HTTP/1.0 ", b"HTTP/2 "),
        *(b"200", b"204", b"304", b"100", b"101", b"999"),
        *(b" ", b"\r\n", b"\n", b"\r", b"\r\n\r\n", b"\0", b": ", b"\xff\xfe"),
        *(b"Content-Length: ", b"5", b"-1", b"9" * 20, b"9" * 5000),
        *(b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding: gzip\r\n", b"5\r\nhello\r\n", b"0\r\n\r\n"),
        *(b"Connection: close\r\n", b"Content-Encoding: gzip\r\n", b"Location: \xe9\r\n", b" folded\r\n", b"X" * 200),
    ]
)
ANSWERS = st.lists(PIECES | st.binary(max_size=12), max_size=14).map(b"".join)


@pytest.mark.parametrize("transport", sorted(TRANSPORTS))
def test_any_bytes(transport: str) -> None:
    with Web() as web:
        host = web.host("odd.example")

        async def fetched() -> tuple[Response | Failure, ...]:
            carrier = TRANSPORTS[transport](Fetch(), Network(connect_to=web.connect_to), None)
            try:
                return await carrier.fetch(Request(host.http(), body_limit=LIMIT)), await carrier.fetch(
                    Request(host.http(), method="HEAD")
                )
            finally:
                await carrier.aclose()

        @settings(max_examples=150, deadline=None)
        @given(ANSWERS)
        def check(answer: bytes) -> None:
            host.on("/", (Send(answer),))
            for outcome in anyio.run(fetched):
                if isinstance(outcome, Response):
                    assert len(outcome.body) <= LIMIT
                    assert 101 <= outcome.status <= 999
                    assert all(isinstance(value, str) for _, value in outcome.fields.items)
                else:
                    assert outcome.reason in {"protocol-error", "body-truncated", "connection-reset", "too-large"}, (
                        outcome
                    )
                    assert 0 < len(outcome.message) <= MESSAGE_LIMIT

        check()
