"""White space around a URL: what counts as such, and where the URL proper begins and ends as written."""

import re

WHITE = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
    "\u200b\u2060\ufeff"
)
"""Unicode's white space (property White_Space, and the separators 1C to 1F that Python counts too), and the three
characters of no width that come along when text is copied from a page: they belong to no URL."""

_ATOM = re.compile(
    r"\\(?:x(?P<x>[0-9a-fA-F]{2})|u(?P<u>[0-9a-fA-F]{4})|U(?P<U>[0-9a-fA-F]{8})|(?P<named>\r\n|.))|(?P<plain>.)",
    re.DOTALL,
)
_WHITE_ESCAPES = frozenset("tnrvf_NLP \t\n\x85\u2028\u2029") | {"\r", "\r\n"}
"""What may follow a backslash and stand for white space: YAML 1.1, section 5.6; JSON's escapes are among them."""


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of `text[start:end]` without white space around it."""
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip(WHITE))
    return start + lead, start + max(lead, len(piece.rstrip(WHITE)))


def trim_escaped(text: str, start: int, end: int) -> tuple[int, int]:
    """The same for the inside of double quotes, in YAML or JSON, where an escape may stand for white space too."""
    if "\\" not in text[start:end]:
        return trim(text, start, end)
    first = last = None
    for atom in _ATOM.finditer(text, start, end):
        if not _white(atom):
            first, last = atom.start() if first is None else first, atom.end()
    return (start, start) if first is None or last is None else (first, last)


def _white(atom: re.Match[str]) -> bool:
    kind = atom.lastgroup
    if kind == "plain":
        return atom["plain"] in WHITE
    if kind == "named":
        return atom["named"] in _WHITE_ESCAPES
    code = int(atom[kind or 0], 16)
    return code < 0x110000 and chr(code) in WHITE
