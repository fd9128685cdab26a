"""The system's errors in the words of the contract."""

import errno
import os
import socket
import ssl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.failures import certificate_failure, failure, system_failure
from crawler.model.exchange import MESSAGE_LIMIT


@pytest.mark.parametrize(
    ("error", "reason", "words"),
    [
        (ConnectionRefusedError(errno.ECONNREFUSED, "x"), "connect-refused", "Connection refused"),
        (OSError(errno.EHOSTUNREACH, "x"), "connect-refused", "No route to host"),
        (OSError(errno.ENETUNREACH, "x"), "connect-refused", "Network is unreachable"),
        (TimeoutError(errno.ETIMEDOUT, "x"), "timeout", "Connection timed out"),
        (ConnectionResetError(errno.ECONNRESET, "x"), "connection-reset", "Connection reset by peer"),
        (BrokenPipeError(errno.EPIPE, "x"), "connection-reset", "Broken pipe"),
        (OSError(errno.EIO, "x"), "connection-reset", os.strerror(errno.EIO)),
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "dns-nxdomain", "Name or service not known"),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), "dns-failure", "Temporary failure"),
        (socket.gaierror(socket.EAI_FAIL, "Failure"), "dns-failure", "Failure"),
        (ssl.SSLError(1, "[SSL: SSLV3_ALERT_HANDSHAKE_FAILURE] x (_ssl.c:992)"), "tls-handshake", "tls failed"),
    ],
)
def test_system_failure(error: OSError, reason: str, words: str) -> None:
    assert system_failure(error) == failure(reason, words)


def test_an_error_that_says_nothing_has_none() -> None:
    assert system_failure(OSError("All connection attempts failed")) is None


@pytest.mark.parametrize(
    ("code", "reason"),
    [(10, "tls-expired"), (62, "tls-wrong-host"), (64, "tls-wrong-host"), (9, "tls-untrusted"), (18, "tls-untrusted"),
     (19, "tls-untrusted"), (20, "tls-untrusted"), (0, "tls-untrusted")],
)  # fmt: skip
def test_certificates(code: int, reason: str) -> None:
    assert certificate_failure(code, "its words") == failure(reason, "its words")


@given(st.text(max_size=2 * MESSAGE_LIMIT))
def test_a_message_is_one_bounded_line(text: str) -> None:
    message = failure("timeout", text).message
    assert len(message) <= MESSAGE_LIMIT
    assert len(message.splitlines()) <= 1
    assert "\x1b" not in message


def test_a_message_of_any_length_costs_the_same() -> None:
    assert failure("timeout", "words " * 1_000_000).message.endswith("…")
