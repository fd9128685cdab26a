"""What httpx's errors mean. It wraps those of httpcore, which wrap those of h11, anyio, OpenSSL and the system, where
the words are that say what happened. Only the stock transport needs this, and only it imports this."""

from collections.abc import Iterator

import httpx

from crawler.config import Fetch
from crawler.fetch.attempt import Attempt, Stage
from crawler.fetch.failures import STARVED, failure, system_failure
from crawler.model.exchange import Failure

HEAD_TOO_LARGE = 431
"""The status that h11 has in mind for a head beyond httpcore's bound of 100 KiB (RFC 6585, section 5)."""

PROTOCOL_WORDS = (
    (
        "Server disconnected without sending",
        "protocol-error",
        "empty reply: the server closed the connection unanswered",
    ),
    (
        "peer closed connection without sending complete message body",
        "body-truncated",
        "the connection was closed early",
    ),
)
"""How the words of h11 and httpcore begin, the reason they stand for, and what we say of it."""

SHIFTED = {
    (Stage.TLS, "connection-reset"): "tls-handshake",
    (Stage.BODY, "tls-handshake"): "protocol-error",
}
"""What an error of the system means at one stage other than at the rest."""

AT_STAGE = {
    Stage.CONNECT: "",
    Stage.TLS: " in the TLS handshake",
    Stage.ANSWER: " before an answer",
    Stage.BODY: " in the body of the answer",
}


def explain(error: Exception, attempt: Attempt) -> Failure:
    """The failure that an attempt ended in. A proxy that can't reach the host has no connection to it either."""
    connected = attempt.starved or (attempt.connected and not isinstance(error, httpx.ProxyError))
    return _explained(error, attempt)._replace(connected=connected)


def _explained(error: Exception, attempt: Attempt) -> Failure:
    for cause in _causes(error):
        if getattr(cause, "error_status_hint", None) == HEAD_TOO_LARGE:
            return failure("too-large", "the head of the answer is larger than 100 KiB")
        if isinstance(cause, OSError) and (known := system_failure(cause)):
            return _at_stage(known, attempt.stage)
    if isinstance(error, httpx.ProxyError):
        return failure("connect-refused", f"the proxy answered {error}")
    if isinstance(error, httpx.ProtocolError | httpx.InvalidURL):
        return _protocol_failure(str(error))
    return _at_stage(failure("connection-reset", "the connection was closed"), attempt.stage)


def timed_out(attempt: Attempt, settings: Fetch) -> Failure:
    """The failure of an attempt that reached its deadline."""
    connecting, whole = f"{settings.connect_timeout:g} s", f"{settings.timeout:g} s"
    words = {
        Stage.CONNECT: f"no connection within {connecting}",
        Stage.TLS: f"the TLS handshake did not end within {connecting}",
        Stage.ANSWER: f"no answer within {whole}",
        Stage.BODY: f"the answer began but did not end within {whole}",
    }
    return failure("timeout", words[attempt.stage], attempt.connected)


def is_starved(error: Exception) -> bool:
    """Whether it was this machine that lacked something, above all descriptors."""
    return any(isinstance(cause, OSError) and cause.errno in STARVED for cause in _causes(error))


def _at_stage(known: Failure, stage: Stage) -> Failure:
    reason = SHIFTED.get((stage, known.reason), known.reason)
    return failure(reason, known.message + AT_STAGE[stage] if known.reason == "connection-reset" else known.message)


def _protocol_failure(words: str) -> Failure:
    for beginning, reason, message in PROTOCOL_WORDS:
        if words.startswith(beginning):
            return failure(reason, message)
    return failure("protocol-error", words.partition(": bytearray(")[0] or "the answer is not HTTP")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and all that led to it. httpcore hides causes (`raise … from None`), but not from the context."""
    ahead, seen = [error], set[int]()
    while ahead:
        cause = ahead.pop(0)
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        further = (*cause.args, cause.__cause__, cause.__context__, *getattr(cause, "exceptions", ()))
        ahead += [other for other in further if isinstance(other, BaseException)]
