"""Untrusted text, made fit for a terminal: nothing in it is obeyed, nothing in it is hidden, none of it is endless."""

import re
import unicodedata

TEXT_LIMIT = 500
"""Characters that one piece of untrusted text takes on a screen at most."""

_HIDDEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""What Python calls printable and no screen shows: the code points of `Default_Ignorable_Code_Point` (Unicode Standard
Annex 44, DerivedCoreProperties.txt) outside the categories that `str.isprintable` already refuses, and the blank
Braille pattern."""

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def safe(text: str, limit: int = TEXT_LIMIT) -> str:
    """`text` with every character that a terminal might obey or hide written as its escape, `\\x1b` or `\\u202e`.

    Escaped are control and format characters (escape sequences, bidirectional overrides and isolates, zero-width
    and tag characters), separators other than the space, lone surrogates, unassigned and private code points
    (`str.isprintable`), and the invisible ones among the rest. The result has at most `limit` characters, the last
    an ellipsis where something was cut; no escape is ever cut in two.
    """
    if len(text) <= limit and text.isprintable() and (text.isascii() or not _HIDDEN.search(text)):
        return text
    pieces: list[str] = []
    room = limit
    for char in text[: limit + 1]:
        piece = char if char.isprintable() and not _HIDDEN.match(char) else _escape(char)
        room -= len(piece)
        pieces.append(piece)
    if room >= 0:
        return "".join(pieces)
    while room < 1:
        room += len(pieces.pop())
    return "".join(pieces) + "…"


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def cells(text: str) -> int:
    """How many columns of a terminal `text` takes (Unicode Standard Annex 11: wide and full-width characters take two,
    marks that combine with the character before them none)."""
    return len(text) + sum(_cells(char) - 1 for char in _BEYOND_ASCII.findall(text))


def _cells(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def fold(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` columns: broken at spaces, and inside words that are longer than a line.

    A character wider than `width` gets a line all the same.
    """
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if cells(longer) <= width:
            lines[-1] = longer
        elif lines[-1] and cells(word) <= width:
            lines.append(word)
        else:
            lines[-1:] = [piece.strip(" ") for piece in _cut(longer, width)]
    return lines


def _cut(line: str, width: int) -> list[str]:
    """`line` in pieces that each fit."""
    pieces, start, used = [], 0, 0
    for at, char in enumerate(line):
        wide = _cells(char)
        if used + wide > width and at > start:
            pieces.append(line[start:at])
            start, used = at, 0
        used += wide
    return [*pieces, line[start:]]
