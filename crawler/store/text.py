"""Text of any kind as a database can hold it: as it is where that goes, and escaped where it does not."""

from hashlib import blake2b
from json import JSONEncoder, loads
from typing import Any

from crawler.errors import RunError

dumps = JSONEncoder(separators=(",", ":"), check_circular=False).encode
"""JSON in ASCII, which holds what no text column does: NUL and lone surrogates are escaped."""


def parse(text: str) -> Any:
    """What `dumps` wrote. Raises RunError for anything else: somebody else wrote there."""
    try:
        return loads(text)
    except (ValueError, RecursionError) as error:
        raise RunError(f"the store holds something this program didn't write: {text[:60]!r}") from error


def storable(text: str) -> str:
    """Text for a text column: as it is, or as a JSON string where a database would not take it. PostgreSQL takes no
    NUL, and none takes lone surrogates, which the name of a file and a hostile URL may hold.
    """
    if text.startswith('"') or "\0" in text:
        return dumps(text)
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return dumps(text)
    return text


def restored(text: str) -> str:
    """What was given to `storable`."""
    return str(parse(text)) if text.startswith('"') else text


def key_of(text: str) -> bytes:
    """Sixteen bytes that stand for a text in unique indexes, where PostgreSQL takes no more than some 2,700.

    BLAKE2b of 128 bits: nobody can make two texts that share one.
    """
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
