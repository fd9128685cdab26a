"""Lengths of time as people write them: `90s`, `12h`, `7d`, `1h30m`, or a plain number of seconds."""

import re

SECONDS = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1}
"""Seconds of each unit, longest first: the order in which they may be combined."""

LONGEST = 100 * 365 * SECONDS["d"]
"""Seconds of a hundred years. More is a slip of the finger, and would leave the range of dates when added to now."""

_NUMBER = r"\d{1,12}(?:\.\d{1,9})?"
_FORM = re.compile("".join(rf"(?:(?P<{unit}>{_NUMBER}){unit})?" for unit in SECONDS), re.ASCII)
_PLAIN = re.compile(_NUMBER, re.ASCII)


def duration(text: str) -> float:
    """The seconds that a length of time takes.

    Units are `w`, `d`, `h`, `m` (minutes) and `s`, each at most once, longest first; a number alone is seconds.
    Raises ValueError with a message for the person who wrote it.
    """
    written = text.strip().lower()
    if _PLAIN.fullmatch(written):
        seconds = float(written)
    elif written and (parts := _FORM.fullmatch(written)):
        seconds = sum(float(number) * SECONDS[unit] for unit, number in parts.groupdict().items() if number)
    else:
        raise ValueError(f"{text[:40]!r} is no length of time: write 90s, 30m, 12h, 7d, 2w, 1h30m or plain seconds")
    if seconds > LONGEST:
        raise ValueError(f"{text[:40]!r} is longer than a hundred years")
    return seconds
