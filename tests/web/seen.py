"""The server's own log: what it saw of each request."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Seen:
    """One request, as it came in, and what became of it."""

    host: str
    """Lower case, without port; what `Host` says, or an absolute target."""
    target: str
    """Path and query."""
    method: str
    fields: dict[str, str]
    """By lower-case name; of several of one name, the last."""
    lines: tuple[str, ...]
    """Every field line, as written and in order."""
    tls_name: str | None
    """What the client asked for in TLS; None without TLS, `""` where it named none."""
    connection: int
    """A number for each connection, the same for requests that came on the same one."""
    at: float
    """When its head had come, on the monotonic clock."""
    under_way: int
    """Requests of this host under way at that moment, this one included."""
    absolute: bool = False
    """Whether its target was a whole URL, as it is for a proxy."""
    sent: int = 0
    """Bytes written in answer so far."""
    ended: float | None = field(default=None)
    """When the answer was through, or given up."""
