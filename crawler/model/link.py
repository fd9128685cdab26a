"""What reading yields: records, their articles, and every place where a URL is written."""

from typing import ClassVar, Final, NamedTuple

from crawler.model.role import Role
from crawler.model.value import Value


class Article(NamedTuple):
    """One article object of a record: what it says of itself, shared by all of its links."""

    field: str
    """Where the object stands in its record: `""` for the record itself, `related[2]` for a related article."""
    title: str | None = None
    published: str | None = None
    """`publishedDateTime` as written; ISO 8601 where the record is in order."""
    domain: str | None = None
    """The provider's domain as written, such as `rt.com`."""
    urls: tuple[tuple[Role, str, str], ...] = ()
    """Every URL of the article as (role, field, URL as checked): how a link finds its siblings."""


class Link(Value):
    """One occurrence of a URL: where it is written, as what, and what is declared beside it.

    `line` and `column` are 1-based and count characters (code points); a BOM is no character of a line.
    `start` is the offset, in characters of the file's text decoded as UTF-8 (BOM and line ends included), of the URL's
    first character, and `length` is the number of characters it takes *as written there* (escapes and all), so that
    `text[start:start + length]` is exactly what a repair replaces. All places are None for a URL that no file holds.
    """

    _fields: ClassVar[tuple[str, ...]] = (
        *("url", "role", "path", "field", "line", "column", "start", "length", "width", "height"),
        *("is_cached", "article"),
    )
    __slots__ = _fields

    def __init__(
        self,
        url: str,
        role: Role,
        path: str | None = None,
        field: str | None = None,
        line: int | None = None,
        column: int | None = None,
        start: int | None = None,
        length: int = 0,
        width: int | None = None,
        height: int | None = None,
        is_cached: bool | None = None,
        article: Article | None = None,
    ) -> None:
        self.url: Final = url
        """The URL as written, decoded from its notation (YAML escapes, HTML entities) and without white space around
        it."""
        self.role: Final = role
        self.path: Final = path
        """The file as the user named it, with `/` between folders; None for a URL of the command line."""
        self.field: Final = field
        """Key path in the record, `related[2].images[0].url`; `body` in a Markdown body; None in a plain list."""
        self.line: Final = line
        self.column: Final = column
        self.start: Final = start
        self.length: Final = length
        self.width: Final = width
        self.height: Final = height
        """Declared pixels of an image; None where not declared or not a positive integer."""
        self.is_cached: Final = is_cached
        self.article: Final = article

    @property
    def end_column(self) -> int | None:
        """One past the URL's last character on its line."""
        return None if self.column is None else self.column + self.length


class Problem(NamedTuple):
    """Something wrong with a record itself, known without any request; a `Finding` once its code has a level."""

    code: str
    """`record-unreadable`, `duplicate-key` or `url-whitespace`."""
    message: str
    path: str | None
    line: int | None = None
    column: int | None = None
    end_column: int | None = None
    field: str | None = None
    role: Role | None = None
    url: str | None = None


class Record(NamedTuple):
    """One parsed source: its links in the order they are written, and its problems."""

    path: str | None
    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()
    continued: bool = False
    """Whether this is one more part of a source that is handed on in parts, such as a long list."""
