"""Cuts markup into the tags that a head is made of, as the tokenizer of WHATWG HTML does (section 13.2.5).

Comments and what stands in `<script>`, `<style>` and their like is stepped over, so that a tag quoted there is none.
Two things are simpler than in the standard: the double-escaped script (`<script><!--<script>`) ends at the first
`</script>`, and `<template>` and `<svg>` end at their first end tag.

Markup is text of one character a byte (`latin-1`) here: all that matters for cutting is in ASCII.
"""

import re
from typing import Final

_READ: Final = 0
_ENDS: Final = 1
_SKIPPED: Final = 2
_KINDS: Final = {
    **dict.fromkeys(("meta", "link", "html", "base"), _READ),
    **dict.fromkeys(("/head", "body", "frameset", "plaintext"), _ENDS),
    **dict.fromkeys(("script", "style", "title", "noscript", "textarea", "iframe", "noframes", "noembed"), _SKIPPED),
    **dict.fromkeys(("template", "svg", "math", "xmp"), _SKIPPED),
}
"""Tags of interest: those that are read, those that a head is over at, and those of elements that hold text, or markup
which is none of the page's own. `noscript` is one for whoever runs scripts, as readers do."""
_NAMES: Final = {
    letter: tuple(name for name in _KINDS if name[0] == letter.lower())
    for letter in "/abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
}
"""What a tag begins with, and the names of interest that begin so."""
SPACE: Final = " \t\n\r\f\v"
_SPACES: Final = frozenset(SPACE)
_BREAKS: Final = frozenset(SPACE + "/>")
"""What a name ends at."""
_DOUBTFUL: Final = frozenset(SPACE + "=")
"""What stands before a quote that may begin a value rather than end it."""

_ATTRIBUTES: Final = re.compile(
    r"""[^>"'=]*+(?:=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?+[^>"'=]*+|["'][^>"'=]*+)*+>""", re.ASCII
)
"""All attributes of a tag, to its end. Quotes count behind a `=` only: `<p title=it's>` is a whole tag."""
_COMMENT: Final = re.compile(r"<!--(?:-?>|[^-]*+(?:-(?!-!?>)[^-]*+)*+--!?>)")

_WORD: Final = re.compile(r"[^ \t\n\r\f\v/>]+")
_VALUE: Final = re.compile(r"[^ \t\n\r\f\v>]*")

_SPARE: Final = 1_024
"""Characters behind the last tag of interest that are enough for nearly any."""
_OVER: Final = -1
_LEFT_OPEN: Final = -2

Tag = tuple[str, str]
"""Name in lower case, and the attributes as written; for `title` the text instead."""


def tags(body: bytes, reach: int, stop: int) -> tuple[list[Tag], bool]:
    """The start tags of `html`, `base`, `meta` and `link`, and the titles, of the first `stop` bytes that begin at
    `reach` or before, up to the end of the head; and whether one of them, or what it may stand in, is left open.

    Each byte is looked at a few times at most. What is left open at the end of the bytes (a tag, a comment, a script)
    is no tag, as in browsers.
    """
    found: list[Tag] = []
    enough = min(reach + _SPARE, stop)
    is_whole = _cut(body[:enough].decode("latin-1"), reach, found)
    if not is_whole and enough < stop:
        found.clear()
        is_whole = _cut(body[:stop].decode("latin-1"), reach, found)
    return found, not is_whole


def _cut(text: str, reach: int, found: list[Tag]) -> bool:
    """Add what is found in a text; False where something is left open at its end."""
    at = text.find("<")
    while 0 <= at <= reach:
        behind = _token(text, at, found)
        if behind < 0:
            return behind == _OVER
        at = text.find("<", behind)
    return True


def _token(text: str, at: int, found: list[Tag]) -> int:
    """Where a token ends, or what begins like one: to look for the next from there."""
    start = at + 5
    if start < len(text) and ord(text[start]) == ord(" "):
        name = text[at + 1 : start]
        if name == "meta" or name == "link":  # nearly all tags of a head are written so
            end = _end(text, start)
            if end < 0:
                return _LEFT_OPEN
            found.append((name, text[start:end]))
            return end + 1
    return _rarer(text, at, found)


def _rarer(text: str, at: int, found: list[Tag]) -> int:
    """The same for any token."""
    letter = text[at + 1 : at + 2]
    names = _NAMES.get(letter)
    if names is None:
        return _declaration(text, at, letter)
    name = _named(text, at + 1, names)
    if not name:
        return _other(text, at + 1, letter)
    kind = _KINDS[name]
    if kind == _ENDS:
        return _OVER
    start = at + 1 + len(name)
    end = _end(text, start)
    if end < 0:
        return _LEFT_OPEN
    if kind == _SKIPPED:
        return _content(text, end + 1, name, found)
    found.append((name, text[start:end]))
    return end + 1


def _named(text: str, start: int, names: tuple[str, ...]) -> str:
    """Which of these names a tag has, if any; else nothing."""
    for name in names:
        stop = start + len(name)
        word = text[start:stop]
        if (word == name or word.lower() == name) and text[stop : stop + 1] in _BREAKS:
            return name
    return ""


def _other(text: str, start: int, letter: str) -> int:
    """Step over a tag of no interest."""
    if letter == "/":
        start += 1
        letter = text[start : start + 1]
        if letter == "/" or letter not in _NAMES:
            return _past(text, start)
    return _past_tag(text, start + 1)


def _content(text: str, start: int, name: str, found: list[Tag]) -> int:
    """Step over the content of an element up to what is behind its end tag."""
    at = text.find("</", start)
    while at >= 0:
        stop = at + 2 + len(name)
        if text[at + 2 : stop].lower() == name and text[stop : stop + 1] in _BREAKS:
            if name != "title":
                return _past_tag(text, stop)
            found.append((name, text[start:at]))
            return stop
        at = text.find("</", at + 2)
    return _LEFT_OPEN


def _end(text: str, start: int) -> int:
    """Where the `>` of a tag is whose attributes begin at `start`; negative where it has none."""
    end = text.find(">", start)
    if end <= start:
        return end
    last = end - 1
    while ord(text[last]) == ord("/") or ord(text[last]) == ord(" "):
        last -= 1
    # Searching for quotes is cheap: the first `>` is the right one where the only ones are double, the last of them
    # ends the text, and no `=` stands before that.
    if text.find("'", start, end) < 0 and (
        (ord(text[last]) == ord('"') and text[last - 1] not in _DOUBTFUL) or text.find('"', start, end) < 0
    ):
        return end
    whole = _ATTRIBUTES.match(text, start)
    return whole.end() - 1 if whole else _LEFT_OPEN


def _past_tag(text: str, start: int) -> int:
    end = _end(text, start)
    return end + 1 if end >= 0 else _LEFT_OPEN


def _declaration(text: str, at: int, letter: str) -> int:
    """Step over a comment, a declaration or an instruction; anything else is text, and nothing but its `<` is."""
    if text[at + 1 : at + 4] == "!--":
        comment = _COMMENT.match(text, at)
        return comment.end() if comment else _LEFT_OPEN
    return _past(text, at + 2) if letter == "!" or letter == "?" else at + 1


def _past(text: str, start: int) -> int:
    """Behind the next `>`: "bogus comments", sections 13.2.5.6 and 13.2.5.7."""
    end = text.find(">", start)
    return end + 1 if end >= 0 else _LEFT_OPEN


def attributes(raw: str) -> list[tuple[str, str]]:
    """The attributes of a tag that have a value: name in lower case, and value."""
    found: list[tuple[str, str]] = []
    length, at, equals = len(raw), 0, raw.find("=")
    while equals >= 0:
        name = raw[at + 1 : equals]
        if ord(raw[at]) != ord(" ") or not name.isalnum():
            words = _WORD.findall(raw[at:equals])  # all but the last are attributes without a value
            name = words[-1] if words else ""
        start = equals + 1
        while start < length and ord(raw[start]) <= ord(" ") and raw[start] in _SPACES:
            start += 1
        quote = raw[start] if start < length else ""
        stop = raw.find(quote, start + 1) if quote == '"' or quote == "'" else -1
        if stop >= 0:
            value = raw[start + 1 : stop]
            at = stop + 1
        else:
            value = _unquoted(raw, start)
            at = start + len(value)
        found.append((name.lower(), value))
        equals = raw.find("=", at)
    return found


def _unquoted(raw: str, start: int) -> str:
    value = _VALUE.match(raw, start)
    return value[0] if value else ""
