"""What a run says of itself while it goes on: frozen snapshots, taken when somebody asks."""

from typing import NamedTuple


class Progress(NamedTuple):
    """How far a run is. Whoever shows progress asks for one now and then; the core never calls out to it."""

    records: int = 0
    links: int = 0
    targets: int = 0
    """Known so far; final once `reading` is False."""
    done: int = 0
    in_flight: int = 0
    findings: int = 0
    reading: bool = True
