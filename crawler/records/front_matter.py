"""Where a Markdown record's front matter and body stand."""

import re
from typing import NamedTuple

from crawler.records.page import BOM, Flaw, has_lone_cr

_LINE_END = r"[ \t]*(?:\r\n?|\n|\Z)"
_OPENING = re.compile(r"(?P<fence>---|\+\+\+)" + _LINE_END)
_CLOSING = {
    ("---", False): re.compile(r"\n(?:---|\.\.\.)" + _LINE_END),
    ("---", True): re.compile(r"[\r\n](?:---|\.\.\.)" + _LINE_END),
    ("+++", False): re.compile(r"\n\+\+\+" + _LINE_END),
    ("+++", True): re.compile(r"[\r\n]\+\+\+" + _LINE_END),
}
"""By opening fence, and whether a CR may end a line: a search that begins with one character is ten times faster.

Front matter as Jekyll and Hugo have it: a fence on the very first line, and its like on a line of its own.
"""


class Parts(NamedTuple):
    """Offsets in a record's text. `start == end`: there is no YAML to read."""

    start: int
    end: int
    body: int
    flaw: Flaw | None = None


def split(text: str) -> Parts:
    """Find front matter and body. A text that does not begin with a fence is all body.

    Without a closing fence the rest of the text is taken for both, so that no link in it is lost.
    """
    top = len(BOM) if text.startswith(BOM) else 0
    if not text[top:].strip():
        return Parts(top, top, len(text), Flaw("an empty file", top))
    opening = _OPENING.match(text, top)
    if opening is None:
        return Parts(top, top, top)
    start, fence = opening.end(), opening["fence"]
    closing = _CLOSING[fence, has_lone_cr(text)].search(text, start - 1)
    end, body = (len(text), start) if closing is None else (closing.start() + 1, closing.end())
    if fence == "+++":
        return Parts(
            start, start, body, Flaw("TOML front matter, which is not read: YAML between --- lines is", top, 3)
        )
    return Parts(start, end, body, Flaw("no closing --- after the front matter", top, 3) if closing is None else None)
