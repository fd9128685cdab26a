"""What httpcore's steps say of an attempt: its stage, its deadline, and whether it is worth another try."""

from typing import Any

import anyio
import pytest

from crawler.fetch.attempt import Attempt, Deadlines, Stage

SHARE, CONNECT_BY, END_BY = 1e6, 2e6, 3e6
CONNECT = ("connection.connect_tcp.started", "connection.connect_tcp.complete")
TLS = ("connection.start_tls.started", "connection.start_tls.complete")
SEND = ("http11.send_request_headers.started", "http11.send_request_headers.complete")
WAIT = ("http11.receive_response_headers.started",)
BODY = ("http11.receive_response_headers.complete", "http11.receive_response_body.started")
TUNNEL = ("proxy.start_tls.started",)


class Stream:
    """A network stream that knows whether it was closed."""

    def __init__(self) -> None:
        self.closed = False

    async def aclose(self) -> None:
        self.closed = True


@pytest.mark.parametrize(
    ("tls", "events", "stage", "deadline", "stale", "closes"),
    [
        (False, (), Stage.CONNECT, SHARE, False, False),
        (False, CONNECT[:1], Stage.CONNECT, SHARE, False, False),
        (True, CONNECT, Stage.TLS, CONNECT_BY, False, True),
        (True, (*CONNECT, *TLS[:1]), Stage.TLS, CONNECT_BY, False, True),
        (True, (*CONNECT, *TLS, *SEND), Stage.ANSWER, END_BY, False, False),
        (False, (*CONNECT, *SEND, *WAIT), Stage.ANSWER, END_BY, False, False),
        (False, (*SEND, *WAIT), Stage.ANSWER, END_BY, True, False),
        (False, (*SEND, *WAIT, *BODY), Stage.BODY, END_BY, False, False),
        (True, (*CONNECT, *SEND, *WAIT), Stage.ANSWER, END_BY, False, True),
        (True, (*CONNECT, *SEND, *WAIT, *TUNNEL), Stage.TLS, END_BY, False, True),
        (
            True,
            (*CONNECT, *SEND, *WAIT, *TUNNEL, "proxy.start_tls.complete", *SEND),
            Stage.ANSWER,
            END_BY,
            False,
            False,
        ),
    ],
)
async def test_attempt(
    tls: bool, events: tuple[str, ...], stage: Stage, deadline: float, stale: bool, closes: bool
) -> None:
    scope, stream = anyio.CancelScope(deadline=SHARE), Stream()
    attempt = Attempt(scope, Deadlines(0.0, CONNECT_BY, END_BY), tls)
    for event in events:
        info: dict[str, Any] = {"return_value": stream} if event.endswith("complete") else {}
        await attempt.trace(event, info)
    assert (attempt.stage, scope.deadline, attempt.stale) == (stage, deadline, stale)
    assert attempt.connected is (stage is not Stage.CONNECT)
    await attempt.aclose()
    assert stream.closed is closes


@pytest.mark.parametrize(("now", "addresses", "until"), [(0, 1, 10), (0, 4, 2.5), (6, 2, 8), (12, 3, 12)])
def test_the_time_for_connecting_is_shared_among_the_addresses(now: float, addresses: int, until: float) -> None:
    assert Deadlines(0, 10, 20).share(now, addresses) == until
