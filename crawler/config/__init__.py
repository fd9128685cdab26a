"""The settings: one frozen section a part, defaults included. `load` reads them from a file and the environment.

Sections are dataclasses, so that a run with nothing configured never pays for a validation library; bounds stand in the
annotations, where `load` has them checked and `crawler config schema` shows them.
"""

from dataclasses import field
from typing import Annotated, Literal

from crawler.config.bounds import Ge, Gt, Le
from crawler.config.duration import SECONDS, Duration
from crawler.config.section import Section, section
from crawler.model.role import Role

VERSION = "0.1.0"
CONTACT = "https://crawler.example/bot"
"""Placeholder in a reserved domain (RFC 2606): whoever runs the program at scale names a page of their own."""

Level = Literal["error", "warning", "info", "off"]

DAY = float(SECONDS["d"])


def _roles() -> dict[Role, tuple[str, ...]]:
    return {
        Role.WEB: ("originalUrl", "webUrl"),
        Role.AMP: ("ampWebUrl",),
        Role.AMP_CACHE: ("cdnAmpWebUrl",),
        Role.IMAGE: ("images[].url", "provider.images[].url"),
    }


@section(frozen=True)
class Facts(Section):
    """Key paths, inside an article object, of what is declared beside its links."""

    title: str = "title"
    """The article's title, to compare with that of its page."""
    published: str = "publishedDateTime"
    """When it was published."""
    domain: str = "provider.domain"
    """The domain of whoever published it."""


@section(frozen=True)
class Bounds(Section):
    """What a hostile record may cost before it is called unreadable."""

    file_bytes: Annotated[int, Gt(0)] = 8_000_000
    """Size of one file."""
    depth: Annotated[int, Gt(0), Le(200)] = 64
    """Levels of nesting in YAML and JSON."""
    nodes: Annotated[int, Gt(0)] = 200_000
    """Values in one document, aliases followed."""
    aliases: Annotated[int, Ge(0)] = 1_000
    """YAML aliases in one document."""


@section(frozen=True)
class Records(Section):
    """Where records are, and where their URLs stand."""

    include: tuple[str, ...] = ("records/**/*.md",)
    """What is checked where no input is given: files, folders and globs."""
    articles: tuple[str, ...] = (".", "related[]")
    """Key paths of the article objects in a record; `.` is the record itself."""
    roles: dict[Role, tuple[str, ...]] = field(default_factory=_roles)
    """Key paths, inside an article object, of the URLs of each role; `**` is every absolute http(s) URL."""
    bodies: bool = True
    """Whether the links and images of a Markdown body are checked too."""
    facts: Facts = Facts()
    bounds: Bounds = Bounds()


@section(frozen=True)
class Pool(Section):
    """How much is under way at once."""

    concurrency: Annotated[int, Gt(0), Le(10_000)] = 128
    """Requests under way at once."""
    per_host: Annotated[int, Gt(0), Le(1_000)] = 2
    """Requests under way at once to one host."""
    delay: Annotated[float, Ge(0)] = 0.0
    """Seconds between the starts of two requests to one host."""
    processes: Annotated[int, Gt(0), Le(256)] = 1
    """Processes that the requests are shared out over, each with hosts of its own; for tens of thousands of links."""


@section(frozen=True)
class Fetch(Section):
    """How one URL is asked for."""

    transport: Literal["curl", "httpx"] = "curl"
    """libcurl, fast and with HTTP/2; or httpx, which also stands in where pycurl is not installed."""
    timeout: Annotated[float, Gt(0)] = 20.0
    """Seconds for one whole exchange, from connecting to the last byte read."""
    connect_timeout: Annotated[float, Gt(0)] = 10.0
    """Seconds for connecting alone, name look-up and TLS handshake included."""
    retries: Annotated[int, Ge(0), Le(20)] = 2
    """How often a failure that may pass is tried again."""
    max_redirects: Annotated[int, Ge(0), Le(50)] = 10
    """Redirects that are followed one after another."""
    user_agent: str = f"Mozilla/5.0 (compatible; crawler/{VERSION}; +{CONTACT})"
    """The `User-Agent` field of every request (RFC 9110, section 10.1.5)."""
    body_limit: Annotated[int, Ge(0), Le(16_000_000)] = 65_536
    """Bytes of a body that are read at most."""


@section(frozen=True)
class Network(Section):
    """How the network is reached."""

    allow_addresses: tuple[str, ...] = ()
    """CIDR ranges that the address guard lets pass."""
    connect_to: tuple[str, ...] = ()
    """`HOST:PORT:ADDR:PORT`, as curl's."""
    cacert: str | None = None
    """A PEM file of certificates to trust as well."""
    proxy: str | None = None
    """URL of a proxy that carries every request."""


@section(frozen=True)
class Politeness(Section):
    """What we owe other people's servers."""

    robots: bool = True
    """Keep to robots.txt where folders, patterns or the configuration name the records; what is named one by one, as a
    file, a list or a URL, is asked for as a person would."""
    retry_after_cap: Annotated[float, Ge(0)] = 300.0
    """Seconds that a `Retry-After` may ask for; where it asks for more, the URL is not waited for."""


@section(frozen=True)
class Exemption(Section):
    """Findings that are known and accepted."""

    url: str
    """Regular expression, searched in the URL as written."""
    reason: str
    """Why, for whoever reads the configuration next."""
    codes: tuple[str, ...] = ()
    """Codes it covers; none: all of them."""
    until: str | None = None
    """Last day it holds, `YYYY-MM-DD`."""


@section(frozen=True)
class Rules(Section):
    """What findings weigh."""

    levels: dict[str, Level] = field(default_factory=dict)
    """The level of a code's findings, where it is not to be the code's own."""
    exempt: tuple[Exemption, ...] = ()
    """Findings that are known and accepted."""
    fail_on: Literal["error", "warning", "info", "never"] = "error"
    """The lowest level of a finding that fails the run."""
    cert_days: Annotated[float, Ge(0)] = 14.0
    """Days before its end from which a certificate is told of."""


@section(frozen=True)
class Store(Section):
    """What is remembered from one run to the next."""

    url: str | None = "sqlite:///.crawler/links.db"
    """Where, as a URL of SQLAlchemy's form: `sqlite:///FILE` or `postgresql://USER:PASSWORD@HOST/DATABASE`; null keeps
    nothing."""
    max_age: Duration = 0.0
    """A URL that was checked less than this ago is not asked for again: what is known of it is taken."""
    keep: Duration = 90 * DAY
    """The age from which checks that changed nothing are forgotten."""


@section(frozen=True)
class Confirm(Section):
    """How often and how long a failure that may pass has to be seen before a link is called broken."""

    failures: Annotated[int, Gt(0), Le(1_000)] = 3
    """Checks in a row that failed."""
    span: Duration = 3 * DAY
    """Time from the first of them to the last."""
    not_found: bool = False
    """Whether a 404 has to be seen by a second check as well; a 410 is final at once."""


@section(frozen=True)
class Schedule(Section):
    """How long after its last check a URL is due again, by the verdict it had."""

    alive: Duration = 7 * DAY
    """Of one that answered as it should."""
    moved: Duration = 7 * DAY
    """Of one that is alive elsewhere."""
    unreachable: Duration = 1 * DAY
    """Of one that gave no answer."""
    blocked: Duration = 3 * DAY
    """Of one that answers, but not to us."""
    broken: Duration = 30 * DAY
    """Of one that is definitely not what the record says."""
    confirm: Confirm = Confirm()


@section(frozen=True)
class Archive(Section):
    """A second opinion on what is broken: where a web archive has it. The archive is told the URLs of broken links."""

    enabled: bool = False
    """Whether an archive is asked."""
    endpoint: str = "https://archive.org/wayback/available"
    """URL of its availability API, or of its TimeGate."""
    protocol: Literal["wayback", "timegate"] = "wayback"
    """The Wayback Machine's availability API, or the TimeGate (RFC 7089) of any archive or aggregator of archives."""
    interval: Duration = 4.0
    """Time from the start of one request to that of the next: fifteen a minute."""
    budget: Duration = 300.0
    """Time that all questions of a run may take; what was not asked has its turn in a later run."""


@section(frozen=True)
class Notify(Section):
    """Whom to tell of what has changed since the last complete run: one message a run."""

    urls: tuple[str, ...] = ()
    """Services as Apprise has them (`slack://…`, `mailtos://…`). They hold secrets: set them in the environment."""


@section(frozen=True)
class Config(Section):
    """Everything that can be set."""

    records: Records = Records()
    pool: Pool = Pool()
    fetch: Fetch = Fetch()
    network: Network = Network()
    politeness: Politeness = Politeness()
    rules: Rules = Rules()
    store: Store = Store()
    schedule: Schedule = Schedule()
    archive: Archive = Archive()
    notify: Notify = Notify()
