"""Words that have to stand in a text before a pattern can match it: looked for first, they spare nearly all searching.

Over the 64 KB of a long page a pattern that ignores letter case takes 50 to 500 microseconds, a word of ten letters 20.
"""

import re
from collections.abc import Iterator
from functools import cache

_PIECE = re.compile(
    r"""(?P<open>\((?:\?[:>])?) | (?P<close>\)) | (?P<choice>\|)
      | (?P<optional>(?:[?*]|\{0*(?:,\d*)?\})[?+]?) | (?P<repeated>(?:\+|\{[\d,]+\})[?+]?)
      | (?P<other>\[\^?\]?(?:[^\]\\]|\\.)*\] | \\[a-zA-Z0-9] | [.^$])
      | \\?(?P<literal>.)""",
    re.VERBOSE | re.DOTALL,
)
"""What patterns are written in, as far as those here are. Lookarounds and flags are not among it."""

_Words = tuple[str, ...]


@cache
def landmarks(pattern: str) -> _Words:
    """The longest literals, in lower case, of which one stands in whatever matches a pattern that ignores letter case.
    Empty where there are none."""
    return _asked(_PIECE.finditer(pattern))


def lowered(body: bytes) -> str:
    """A body for landmarks to be looked for in: letters of ASCII in lower case, and of others no matter what."""
    return body.lower().decode("latin-1")


def may_match(pattern: str, text: str) -> bool:
    """Whether a `lowered` text has a landmark of a pattern. Where it has none, the pattern can't match it."""
    words = landmarks(pattern)
    return not words or any(word in text for word in words)


def _asked(pieces: Iterator[re.Match[str]]) -> _Words:
    """What a pattern asks for, or a group of it up to its end: one word for each of its choices."""
    choices: list[list[_Words]] = [[("",)]]
    for piece in pieces:
        asked = choices[-1]  # pieces of it one after another, an empty literal last where none goes on
        match piece.lastgroup:
            case "close":
                break
            case "choice":
                choices.append([("",)])
            case "open":
                asked += [_asked(pieces), ("",)]
            case "other":
                asked += [(), ("",)]
            case "repeated":
                asked.append(("",))
            case "optional":
                _take_back(asked)
            case _:
                asked[-1] = (asked[-1][0] + piece["literal"].lower(),)
    longest = [max(asked, key=_least) for asked in choices]
    return tuple(word for words in longest for word in words) if all(map(_least, longest)) else ()


def _take_back(asked: list[_Words]) -> None:
    """Leave out what turns out to be optional: the last letter of a literal, or what stands before an empty one."""
    literal = asked.pop()[0]
    if literal:
        asked.append((literal[:-1],))
    else:
        asked.pop()
    asked.append(("",))


def _least(words: _Words) -> int:
    return min(map(len, words), default=0)
