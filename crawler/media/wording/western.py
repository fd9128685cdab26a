"""The words of lines in Western letters, read ten times as fast as other lines: most are such."""

from codecs import charmap_encode
from encodings.cp1252 import encoding_table
from functools import cache

from crawler.media.wording.plain import plain

_HARD, _DROPPED = 0, 1
"""Written for what takes more than one letter to make plain, such as `ß`, and for what parts no words."""


_STRAIGHT = (("\u2014", "-"), ("\u2013", "-"), ("\u2019", "'"))


def straight(line: str) -> str:
    """A line with dashes and apostrophes as ASCII has them, which parts words the same: of many it is all that is not
    in ASCII, which is read far faster."""
    if not line.isascii():
        for bent, plainer in _STRAIGHT:
            line = line.replace(bent, plainer)
    return line


def western(line: str) -> list[str] | None:
    """The words of a line as they are in `plain`, numbers left out; None where it holds what isn't read here.

    Letters and signs are those of windows-1252: Latin-1, and dashes and quotation marks.
    """
    line = straight(line)
    try:
        encoded = line.encode("ascii") if line.isascii() else charmap_encode(line, "strict", encoding_table)[0]
    except UnicodeEncodeError:
        return None
    read = encoded.translate(_table())
    if _DROPPED in read:
        read = read.replace(bytes([_DROPPED]), b"")
    return None if _HARD in read else read.decode("ascii").split()


@cache
def _table() -> bytes:
    """What each byte is written as: a letter, or a space where it parts words."""
    letters = bytes(range(256)).decode("cp1252", "replace")
    return bytes(_written(letter, plain(f"a{letter}a")[1:-1]) for letter in letters)


def _written(letter: str, text: str) -> int:
    if not text:
        return _DROPPED
    if len(text) == 1 and text.isascii() and text.isalpha():
        return ord(text)
    return ord(" ") if letter in "0123456789" or not any(map(str.isalnum, text)) else _HARD
