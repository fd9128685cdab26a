"""One host of the little web: what it serves at which path, and what it has seen."""

from enum import Enum

from tests.web.authority import Certificate
from tests.web.behaviour import Answer, Behaviour, InTurn, Pairs, Script, Step, redirect
from tests.web.seen import Seen


class Door(Enum):
    """What becomes of a connection before a byte is sent on it."""

    OPEN = "taken"
    REFUSED = "refused: nothing listens"
    UNANSWERED = "never taken nor refused, as behind a firewall that drops packets"


class Host:
    """Made by `Web.host`. The same paths are served with and without TLS, on any port that a URL names."""

    def __init__(self, name: str, certificate: Certificate) -> None:
        self.name = name
        self.certificate = certificate
        self.otherwise: Behaviour = Answer(404, b"<title>Not Found</title>")
        """For every path that has no behaviour of its own."""
        self.delay = 0.0
        """Seconds that each answer takes at least, so that requests made at once are seen at once."""
        self.seen: list[Seen] = []
        """Every request, in the order they came."""
        self.under_way = 0
        self.most_under_way = 0
        """Requests that were under way at once at most."""
        self.connections = 0
        """Connections that brought a request for this host."""
        self._behaviours: dict[str, Behaviour] = {}

    def on(self, target: str, behaviour: Behaviour | list[Answer | Script]) -> str:
        """Set what happens at a path (with its query, if it has one); a list is gone through request by request.

        Returns the https URL of it.
        """
        self._behaviours[target] = InTurn(tuple(behaviour)) if isinstance(behaviour, list) else behaviour
        return self.https(target)

    def page(self, target: str, body: bytes = b"<title>A page</title>", status: int = 200, fields: Pairs = ()) -> str:
        """Serve a page; returns its https URL."""
        return self.on(target, Answer(status, body, fields))

    def redirect(self, target: str, location: str | bytes, status: int = 301) -> str:
        """Lead elsewhere; returns the https URL."""
        return self.on(target, redirect(location, status))

    def script(self, target: str, *steps: Step) -> str:
        """Do these steps on the bare connection; returns the https URL."""
        return self.on(target, steps)

    def http(self, target: str = "/") -> str:
        """The URL without TLS."""
        return f"http://{self.name}{target}"

    def https(self, target: str = "/") -> str:
        """The URL with TLS."""
        return f"https://{self.name}{target}"

    def serves(self, target: str) -> bool:
        """Whether exactly this target has a behaviour; that of a `CONNECT` is `name:port`."""
        return target in self._behaviours

    def behaviour(self, seen: Seen) -> Answer | Script:
        """What one request meets."""
        known, target = self._behaviours, seen.target
        found = known[target] if target in known else known.get(target.partition("?")[0], self.otherwise)
        return found(seen) if callable(found) else found
