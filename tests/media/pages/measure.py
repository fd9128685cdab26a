"""How well the labelled set is judged: precision and recall by reason, for one half or both."""

from collections.abc import Iterable
from typing import NamedTuple

from crawler.http.url import Url, parse
from crawler.media.answer import Answer
from crawler.media.html import head
from crawler.media.page import Evidence, classify
from crawler.media.sibling import sibling
from tests.media.pages import HELD_OUT, TUNING, Answered, Case, cases, half

REASONS = ("bot-wall", "login-redirect", "parked-domain", "soft-404")
BROKEN = frozenset({"parked-domain", "soft-404"})
"""The reasons of pages that are gone: the contract calls both `broken`."""


class Score(NamedTuple):
    """One line of the table."""

    what: str
    cases: int
    """Cases for which this is right."""
    found: int
    """Of these, those of which it was said."""
    wrong: int
    """Cases of which it was said though it is not right."""

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.cases if self.cases else 1.0


def judged(case: Case) -> Evidence:
    """What is said of a case, its sibling asked for where that is wanted."""
    page = answer(case.asked, case.answered)
    evidence = classify(page, None, case.converging)
    beside = sibling(page.asked, "labelled set") if evidence.ask_sibling else None
    if beside is None:
        return evidence
    return classify(page, answer(beside, case.sibling(beside)), case.converging)


def answer(asked: str, answered: Answered) -> Answer:
    """A case's answer as it reaches the judge."""
    final = answered.hops[-1].url
    first, last = parse(asked), parse(final)
    assert isinstance(first, Url)
    assert isinstance(last, Url)
    read = head(answered.body, answered.fields.get("content-type"), final)
    return Answer(first, last, answered.status, answered.fields, answered.body, read)


def scores(which: str) -> list[Score]:
    """The lines of one half: each reason, then all that is broken."""
    said = [(case.label, judged(case).reason) for case in cases() if half(case.family) == which]
    return [*(_score(reason, said, {reason}) for reason in REASONS), _score("broken", said, BROKEN)]


def mistaken(which: str) -> list[tuple[Case, Evidence]]:
    """The cases of one half that are misjudged, for a person to look at."""
    pairs = ((case, judged(case)) for case in cases() if half(case.family) == which)
    return [(case, evidence) for case, evidence in pairs if (evidence.reason or "") != expected(case)]


def expected(case: Case) -> str:
    """The reason that is right for a case; empty where there is none."""
    return case.label if case.label in REASONS else ""


def table() -> str:
    """Both halves as a Markdown table, as it stands in the documentation."""
    lines = ["| half | reason | cases | found | wrong | precision | recall |", "|---|---|---|---|---|---|---|"]
    for which in (TUNING, HELD_OUT):
        lines += [
            f"| {which} | {s.what} | {s.cases} | {s.found} | {s.wrong} | {s.precision:.3f} | {s.recall:.3f} |"
            for s in scores(which)
        ]
    return "\n".join(lines)


def _score(what: str, said: Iterable[tuple[str, str | None]], reasons: set[str] | frozenset[str]) -> Score:
    counted = list(said)
    right = sum(label in reasons for label, _ in counted)
    found = sum(label in reasons and reason in reasons for label, reason in counted)
    wrong = sum(label not in reasons and reason in reasons for label, reason in counted)
    return Score(what, right, found, wrong)
