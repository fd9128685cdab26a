"""What a visit wants: to send a request, to wait, or to be over.

One of each is made for every request, so they are classes of their own: a NamedTuple takes longer to make.
"""

from typing import ClassVar, Final

from crawler.model.exchange import Request, Response
from crawler.model.observation import Observation
from crawler.model.value import Value


class Send(Value):
    """Make this request; its slot is one of `host`'s."""

    _fields: ClassVar[tuple[str, ...]] = ("host", "request")
    __slots__ = _fields

    def __init__(self, host: str, request: Request) -> None:
        self.host: Final = host
        self.request: Final = request


class Wait(Value):
    """Send again once `until` has come, and not before."""

    _fields: ClassVar[tuple[str, ...]] = ("until", "hold")
    __slots__ = _fields

    def __init__(self, until: float, hold: bool) -> None:
        """`hold`: whether the whole host is to be left alone until then. It said so itself."""
        self.until: Final = until
        self.hold: Final = hold


class Done(Value):
    """The visit is over."""

    _fields: ClassVar[tuple[str, ...]] = ("observation", "response")
    __slots__ = _fields

    def __init__(self, observation: Observation, response: Response | None = None) -> None:
        """`response` is the last answer, for whoever wants more of it than was observed; None where there was none."""
        self.observation: Final = observation
        self.response: Final = response


Action = Send | Wait | Done
