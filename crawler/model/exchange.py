"""One exchange with a server: the request, and the response or failure that ends it."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from crawler.model.role import Role


class Fields:
    """The header fields of a response (RFC 9110, section 5): names fold case, order is kept, parsed when first asked.

    Values are decoded as UTF-8 where they are valid UTF-8 and as Latin-1 otherwise, which never fails.
    """

    __slots__ = ("_block", "_first", "_items")

    def __init__(self, items: Iterable[tuple[str, str]] = (), block: bytes = b"") -> None:
        self._items: tuple[tuple[str, str], ...] | None = None if block else tuple((n.lower(), v) for n, v in items)
        self._first: dict[str, str] | None = None
        self._block = block

    @classmethod
    def parse(cls, block: bytes) -> "Fields":
        """From the field lines of one response as received, with or without its status line."""
        return Fields((), block)

    @property
    def items(self) -> tuple[tuple[str, str], ...]:
        """(lower-case name, value) of every field line, in order."""
        if self._items is None:
            parts = [decode(line).partition(":") for line in self._block.split(b"\n")]
            self._items = tuple([(name.strip().lower(), value.strip()) for name, colon, value in parts if colon])
        return self._items

    @property
    def first(self) -> dict[str, str]:
        """The first value of each field, by its lower-case name. Not to be changed."""
        found = self._first
        if found is None:
            plain = self._items is None and self._block.isascii()
            found = self._first = _scanned(self._block.decode()) if plain else dict(reversed(self.items))
        return found

    def get(self, name: str) -> str | None:
        """The first value of a field, by its lower-case name."""
        return self.first.get(name)

    def get_all(self, name: str) -> list[str]:
        """Every value of a field, by its lower-case name, in order."""
        return [value for key, value in self.items if key == name]

    def __reduce__(self) -> tuple[object, ...]:
        """They travel between processes."""
        return Fields, (self.items,)

    def __repr__(self) -> str:
        return f"Fields({self.items!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fields) and self.items == other.items

    __hash__ = None  # type: ignore[assignment]


def _scanned(text: str) -> dict[str, str]:
    """The first value of each field in lines of ASCII, which have all their places in common with their lower case."""
    found: dict[str, str] = {}
    names = text.lower()
    at, over = 0, len(text)
    while at < over:
        end = text.find("\n", at)
        if end < 0:
            end = over
        colon = text.find(":", at, end)
        if colon >= 0:
            found.setdefault(names[at:colon].strip(), text[colon + 1 : end].strip())
        at = end + 1
    return found


def decode(raw: bytes) -> str:
    """Field text: UTF-8 where it is, else Latin-1 (RFC 9110, section 5.5, calls the bytes above ASCII opaque)."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


class Request:
    """One request to one URL. Redirects are never followed below this: each hop is a request of its own."""

    __slots__ = ("body_limit", "fields", "method", "role", "url")

    def __init__(
        self,
        url: str,
        role: Role = Role.WEB,
        method: str = "GET",
        fields: tuple[tuple[str, str], ...] = (),
        body_limit: int = 65536,
    ) -> None:
        self.url: Final = url
        """Absolute http(s) URL in WHATWG form, without fragment."""
        self.role: Final = role
        """Decides `Accept` and its kin."""
        self.method: Final = method
        self.fields: Final = fields
        """Fields beyond those that every request carries: `Cookie`, validators, `Range`."""
        self.body_limit: Final = body_limit
        """How many bytes of the body are wanted at most; the exchange may end there."""

    def to(self, url: str) -> "Request":
        """The same request to another URL."""
        return Request(url, self.role, self.method, self.fields, self.body_limit)

    def __reduce__(self) -> tuple[object, ...]:
        """With its visit, to another process."""
        return Request, self._values()

    def _values(self) -> tuple[object, ...]:
        return self.url, self.role, self.method, self.fields, self.body_limit

    def __repr__(self) -> str:
        return f"Request{self._values()!r}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Request) and self._values() == other._values()

    __hash__ = None  # type: ignore[assignment]


class Response(NamedTuple):
    """What the server answered: facts only. `body` is the prefix that was read, as sent (still content-encoded)."""

    status: int
    fields: Fields
    body: bytes = b""
    complete: bool = True
    """Whether `body` is the whole body, rather than a prefix."""
    elapsed: float = 0.0
    """Seconds from sending to the last byte read."""
    http_version: str = "1.1"
    address: str | None = None
    """The address that answered, as `203.0.113.7:443`."""
    cert_expires: float | None = None
    """When the server's certificate ends, in seconds since the epoch (UTC); None without TLS or where not known."""


class Failure(NamedTuple):
    """Why there is no response (a network failure), or why nothing was or will be asked (a decision of ours).

    `reason` is one of the reasons of the contract (`timeout`, `address-forbidden`, `redirect-loop`, …);
    `message` holds the system's or the server's own words, untrusted text of bounded length.
    """

    reason: str
    message: str
    elapsed: float = 0.0
    address: str | None = None
    connected: bool = True
    """False where no connection came about at all: that says something of the host, whatever the URL."""


MESSAGE_LIMIT = 300
"""Characters that a `Failure.message` or any other quoted text of a server has at most."""
