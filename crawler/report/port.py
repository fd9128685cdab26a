"""The reporter port: what a format is told, in which order."""

from typing import Protocol

from crawler.model.report import Outcome, Run
from crawler.model.verdict import Finding


class Reporter(Protocol):
    """Takes outcomes and findings as they are known, and writes its format.

    `outcome` comes once a target, when its occurrences are all known; `finding` any number of times, in no promised
    order; then `finish`, once. A reporter that needs an order keeps what it must and writes at `finish`.
    """

    def outcome(self, outcome: Outcome) -> None:
        """One target is done."""
        ...

    def finding(self, finding: Finding) -> None:
        """One finding is known."""
        ...

    def finish(self, run: Run) -> None:
        """The run is over, complete or not: write what is left."""
        ...
