"""What a visit wants: to send a request, to wait, or to be over."""

from typing import NamedTuple

from crawler.model.exchange import Request, Response
from crawler.model.observation import Observation


class Send(NamedTuple):
    """Make this request; its slot is one of `host`'s."""

    host: str
    request: Request


class Wait(NamedTuple):
    """Send again once `until` has come, and not before."""

    until: float
    hold: bool
    """Whether the whole host is to be left alone until then: it said so itself."""


class Done(NamedTuple):
    """The visit is over."""

    observation: Observation
    response: Response | None = None
    """The last answer, for whoever wants more of it than was observed; None where there was none."""


Action = Send | Wait | Done
