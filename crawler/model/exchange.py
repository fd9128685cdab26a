"""One exchange with a server: the request, and the response or failure that ends it."""

from collections.abc import Iterable
from typing import ClassVar, Final, NamedTuple

from crawler.model.role import Role
from crawler.model.value import Value

Item = tuple[str, str]
"""The name of a field, in lower case, and its value."""

KNOWN: Final[dict[bytes, Item]] = {}
"""What field lines say. Most lines of a server are the same in all of its answers, and those of many servers are."""
MOST_KNOWN = 1024
"""Lines that are known at most; of more, all are forgotten."""
KNOWN_BYTES = 256
"""Length up to which a line is known: longer ones hold policies and cookies, which few answers have in common."""


class Fields:
    """The header fields of a response (RFC 9110, section 5): names fold case, order is kept, parsed when first asked.

    Values are decoded as UTF-8 where they are valid UTF-8 and as Latin-1 otherwise, which never fails.
    """

    __slots__ = ("_first", "_items", "_lines")

    def __init__(self, items: Iterable[tuple[str, str]] = (), lines: list[bytes] | None = None) -> None:
        """`lines` are field lines as received, in the place of `items`."""
        self._items = tuple([(name.lower(), value) for name, value in items]) if lines is None else None
        self._first: dict[str, str] | None = None
        self._lines: list[bytes] = lines or []

    @classmethod
    def parse(cls, block: bytes) -> "Fields":
        """From the field lines of one response as received, with or without its status line."""
        return Fields((), block.split(b"\n"))

    @property
    def items(self) -> tuple[tuple[str, str], ...]:
        """(lower-case name, value) of every field line, in order."""
        items = self._items
        if items is None:
            said = [KNOWN.get(line) or _read(line) for line in self._lines]
            items = self._items = tuple([item for item in said if item is not None])
        return items

    @property
    def first(self) -> dict[str, str]:
        """The first value of each field, by its lower-case name. Not to be changed."""
        found = self._first
        if found is None:
            found = self._first = {}
            known = KNOWN
            for line in reversed(self._lines):
                item = known.get(line)
                if item is None:
                    item = _read(line)
                if item is not None:
                    found[item[0]] = item[1]
            if not self._lines:
                found |= reversed(self.items)
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


def _read(line: bytes) -> Item | None:
    """What a field line says; None where it is none."""
    name, colon, value = decode(line).partition(":")
    if not colon:
        return None
    item: Item = (name.strip().lower(), value.strip())
    if len(line) <= KNOWN_BYTES:
        if len(KNOWN) >= MOST_KNOWN:
            KNOWN.clear()
        KNOWN[line] = item
    return item


def decode(raw: bytes) -> str:
    """Field text: UTF-8 where it is, else Latin-1 (RFC 9110, section 5.5, calls the bytes above ASCII opaque)."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


class Request(Value):
    """One request to one URL. Redirects are never followed below this: each hop is a request of its own."""

    _fields: ClassVar[tuple[str, ...]] = ("url", "role", "method", "fields", "body_limit")
    __slots__ = _fields

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


class Response(Value):
    """What the server answered: facts only."""

    _fields: ClassVar[tuple[str, ...]] = (
        *("status", "fields", "body", "complete"),
        *("elapsed", "http_version", "address", "cert_expires"),
    )
    __slots__ = _fields

    def __init__(
        self,
        status: int,
        fields: Fields,
        body: bytes = b"",
        complete: bool = True,
        elapsed: float = 0.0,
        http_version: str = "1.1",
        address: str | None = None,
        cert_expires: float | None = None,
    ) -> None:
        self.status: Final = status
        self.fields: Final = fields
        self.body: Final = body
        """The prefix that was read, as sent (still content-encoded)."""
        self.complete: Final = complete
        """Whether `body` is the whole body, rather than a prefix."""
        self.elapsed: Final = elapsed
        """Seconds from sending to the last byte read."""
        self.http_version: Final = http_version
        self.address: Final = address
        """The address that answered, as `203.0.113.7:443`."""
        self.cert_expires: Final = cert_expires
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
