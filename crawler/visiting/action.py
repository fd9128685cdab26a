"""What a visit wants: to send a request, to wait, or to be over.

One of each is made for every request, so they are classes of their own: a NamedTuple takes longer to make.
"""

from typing import Final

from crawler.model.exchange import Request, Response
from crawler.model.observation import Observation


class Send:
    """Make this request; its slot is one of `host`'s."""

    __slots__ = ("host", "request")

    def __init__(self, host: str, request: Request) -> None:
        self.host: Final = host
        self.request: Final = request

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Send) and (self.host, self.request) == (other.host, other.request)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[object, ...]:
        """With its visit, to another process."""
        return Send, (self.host, self.request)


class Wait:
    """Send again once `until` has come, and not before."""

    __slots__ = ("hold", "until")

    def __init__(self, until: float, *, hold: bool) -> None:
        """`hold`: whether the whole host is to be left alone until then. It said so itself."""
        self.until: Final = until
        self.hold: Final = hold

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Wait) and (self.until, self.hold) == (other.until, other.hold)

    __hash__ = None  # type: ignore[assignment]


class Done:
    """The visit is over."""

    __slots__ = ("observation", "response")

    def __init__(self, observation: Observation, response: Response | None = None) -> None:
        """`response` is the last answer, for whoever wants more of it than was observed; None where there was none."""
        self.observation: Final = observation
        self.response: Final = response

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Done) and (self.observation, self.response) == (other.observation, other.response)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[object, ...]:
        """To the process that waits for it."""
        return Done, (self.observation, self.response)


Action = Send | Wait | Done
