"""Findings that are known and accepted (`rules.exempt`)."""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from crawler.config import Exemption
from crawler.http.url import LONGEST
from crawler.verdict.beyond import DAY
from crawler.verdict.catalogue import CATALOGUE
from crawler.verdict.levels import unknown

EPOCH = date(1970, 1, 1)


class Covered(NamedTuple):
    """One exemption, ready to be asked."""

    settings: Exemption
    pattern: re.Pattern[str]
    ends: float | None
    """Seconds since the epoch at which its last day (in UTC) is over; None for one without a date."""

    def covers(self, code: str, url: str) -> bool:
        """Whether a finding of `code` at `url`, as written, is accepted."""
        codes = self.settings.codes
        return (not codes or code in codes) and self.pattern.search(url, 0, LONGEST) is not None


def read(exemptions: Iterable[Exemption], problems: list[str]) -> list[Covered]:
    """The exemptions of the settings. Whatever is wrong with any of them is added to `problems`."""
    covered: list[Covered] = []
    for index, exemption in enumerate(exemptions):
        key = f"rules.exempt[{index}]"
        pattern = _pattern(exemption.url, f"{key}.url", problems)
        ends = _ends(exemption.until, f"{key}.until", problems)
        problems += [f"{key}.codes: {unknown(code)}" for code in exemption.codes if code not in CATALOGUE]
        if pattern is not None:
            covered.append(Covered(exemption, pattern, ends))
    return covered


def _pattern(text: str, key: str, problems: list[str]) -> re.Pattern[str] | None:
    try:
        return re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        problems.append(f"{key}: `{text}` is no regular expression: {error}")
        return None


def _ends(until: str | None, key: str, problems: list[str]) -> float | None:
    if until is None:
        return None
    try:
        day = date.fromisoformat(until)
        if day.isoformat() != until:
            raise ValueError(until)
    except ValueError:
        problems.append(f"{key}: `{until}` is no date of the form YYYY-MM-DD")
        return None
    return float(((day - EPOCH).days + 1) * DAY)
