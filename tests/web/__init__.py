"""A hostile little web on loopback, for tests."""

from tests.web.authority import Certificate
from tests.web.behaviour import (
    Answer,
    Behaviour,
    Drip,
    Flood,
    InTurn,
    Next,
    Pause,
    Reset,
    Script,
    Send,
    Stall,
    Step,
    head,
    redirect,
)
from tests.web.host import Door, Host
from tests.web.seen import Seen
from tests.web.web import Web

__all__ = [
    "Answer",
    "Behaviour",
    "Certificate",
    "Door",
    "Drip",
    "Flood",
    "Host",
    "InTurn",
    "Next",
    "Pause",
    "Reset",
    "Script",
    "Seen",
    "Send",
    "Stall",
    "Step",
    "Web",
    "head",
    "redirect",
]
