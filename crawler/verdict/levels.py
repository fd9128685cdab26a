"""What findings weigh: defaults, what the settings make of them, and when the sum fails a run."""

from collections.abc import Mapping
from typing import Literal

from crawler.model.verdict import SEVERITY, Level
from crawler.verdict.catalogue import CATALOGUE


def lower(a: Level, b: Level) -> Level:
    """The one of two levels that weighs less."""
    return a if SEVERITY[a] <= SEVERITY[b] else b


def fails(levels: Mapping[Level, int], fail_on: Literal["error", "warning", "info", "never"]) -> bool:
    """Whether a run with so many findings of each level ends with exit code 1."""
    if fail_on == "never":
        return False
    bar = SEVERITY[Level(fail_on)]
    return any(number and SEVERITY[level] >= bar for level, number in levels.items())


def in_force(overrides: Mapping[str, str], problems: list[str]) -> dict[str, Level]:
    """The level of every code, by the catalogue and the settings. What can't be used is added to `problems`."""
    levels = {code: rule.level for code, rule in CATALOGUE.items()}
    for code, level in overrides.items():
        if code not in CATALOGUE:
            problems.append(f"rules.levels: {unknown(code)}")
        elif level not in tuple(Level):
            problems.append(f"rules.levels.{code}: `{level}` is no level; there are {', '.join(Level)}")
        else:
            levels[code] = Level(level)
    return levels


def unknown(code: str) -> str:
    """What to say of a code that the catalogue doesn't have."""
    from difflib import get_close_matches  # only needed for a mistake

    close = get_close_matches(code, CATALOGUE, n=1)
    return f"`{code}` is no rule" + (f"; did you mean `{close[0]}`?" if close else "; `crawler rules` lists them")
