"""The tables, in SQLAlchemy Core's words. A change here is a migration in `migrations/versions` as well."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
)

VERSION = "0003"
"""The newest revision of `migrations/versions`: four digits, one more at each change."""

IDENTITY = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite numbers rows by itself where the type is INTEGER, of eight bytes; PostgreSQL's has four."""

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    }
)

runs = Table(
    "runs",
    metadata,
    Column("id", IDENTITY, primary_key=True),
    Column("started_at", Double, nullable=False),
    Column("finished_at", Double),
    Column("complete", Boolean, nullable=False),
    Column("inputs", Text, nullable=False),  # JSON: list
    Column("version", Text, nullable=False),
    Column("summary", Text),  # JSON: object
)

links = Table(
    "links",
    metadata,
    Column("id", IDENTITY, primary_key=True),
    Column("key", LargeBinary(16), nullable=False, unique=True),  # text.key_of(url)
    Column("url", Text, nullable=False),
    Column("first_seen", Double, nullable=False),
)

observations = Table(
    "observations",
    metadata,
    Column("id", IDENTITY, primary_key=True),
    Column("link_id", IDENTITY, ForeignKey("links.id"), nullable=False),
    Column("run_id", IDENTITY, ForeignKey("runs.id"), nullable=False),
    Column("role", Text, nullable=False),
    Column("observed_at", Double, nullable=False),
    Column("status", SmallInteger),
    Column("reason", Text),  # of the failure
    Column("attempts", Integer, nullable=False),
    Column("elapsed", Double, nullable=False),
    Column("hops", Text),  # JSON: list of [url, status]; NULL for one hop, to the link's own URL
    Column("metadata", Text),  # JSON: list of a value's fields, and so are those below
    Column("failure", Text),
    Column("evidence", Text),
    Column("cert_expires", Double),
    Column("retry_after", Double),
    Column("read_at", Double),
    Column("distrusted", Text),  # NULL where nothing is
    Index(None, "link_id", "observed_at"),
    Index(None, "run_id"),
)

records = Table(
    "records",
    metadata,
    Column("id", IDENTITY, primary_key=True),
    Column("key", LargeBinary(16), nullable=False, unique=True),
    Column("path", Text),
    Column("run_id", IDENTITY, ForeignKey("runs.id")),  # whose occurrences hold now; NULL while the first are written
    Column("problems", Text),  # JSON: list of lists of a problem's fields
)

articles = Table(
    "articles",
    metadata,
    Column("record_id", IDENTITY, ForeignKey("records.id"), primary_key=True, autoincrement=False),
    Column("run_id", IDENTITY, ForeignKey("runs.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("facts", Text, nullable=False),  # JSON: list of an article's fields
)

occurrences = Table(
    "occurrences",
    metadata,
    Column("id", IDENTITY, primary_key=True),
    Column("run_id", IDENTITY, ForeignKey("runs.id"), nullable=False),
    Column("record_id", IDENTITY, ForeignKey("records.id"), nullable=False),
    Column("link_id", IDENTITY, ForeignKey("links.id"), nullable=False),
    Column("article", Integer),  # its number; NULL where it is in none
    Column("written", Text),  # NULL where the URL is written as the link's is
    Column("role", Text, nullable=False),
    Column("field", Text),
    Column("line", Integer),
    Column("column", Integer),
    Column("start", Integer),
    Column("length", Integer, nullable=False),
    Column("declared", Text),  # JSON: object of width, height and is_cached, of those that are declared
    Index(None, "record_id"),
    Index(None, "link_id"),
)

hosts = Table(
    "hosts",
    metadata,
    Column("host", Text, primary_key=True),
    Column("until", Double, nullable=False),
    Column("why", Text, nullable=False),  # JSON: list of a failure's fields
)

robots = Table(
    "robots",
    metadata,
    Column("origin", Text, primary_key=True),
    Column("fetched_at", Double, nullable=False),
    Column("status", SmallInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

opinions = Table(
    "opinions",
    metadata,
    Column("key", LargeBinary(16), primary_key=True),  # text.key_of(question)
    Column("copy", Text),  # NULL where none was named
    Column("asked_at", Double, nullable=False),
)
