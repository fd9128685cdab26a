"""One question to ask of every page that a visit ends at: is this what was linked to, and if not, what is it?"""

from typing import NamedTuple

from crawler.media.answer import Answer
from crawler.media.detour import may_lead_astray
from crawler.media.glance import above_suspicion
from crawler.media.login import login_redirect
from crawler.media.parked import parked
from crawler.media.sibling import Outcome, compare
from crawler.media.signs import CONVERGING
from crawler.media.soft404 import Level, is_gone, suspicion
from crawler.media.wall_signatures import WANTS_LOGIN
from crawler.media.walls import Wall, is_no_wall, wall


class Evidence(NamedTuple):
    """What speaks against a page's being what was linked to."""

    reason: str | None
    """`bot-wall`, `login-redirect`, `parked-domain` or `soft-404`; None where nothing does, or the status says all."""
    words: tuple[str, ...] = ()
    """What was seen, a short phrase each, quoting at most 200 characters of a URL or title; for people."""
    ask_sibling: bool = False
    """There is suspicion, and a sibling that can't exist would settle it. `reason` is the best guess without one."""
    shell: bool = False
    """An application's empty frame, the same for every address: alive as far as anybody can tell."""


_NOTHING = Evidence(None)


def classify(page: Answer, sibling: Answer | None = None, converging: int = 0) -> Evidence:
    """Judge the last answer of a visit.

    `sibling` is the answer to `crawler.media.sibling.sibling(page.asked, …)`, where the site was asked for that too;
    `converging` is how many unrelated URLs are known to end where this one does. Nothing is raised, whatever a server
    sends; the time is bounded by the size of the body that was read.
    """
    if (
        page.status == 200
        and converging < CONVERGING
        and not (page.redirected and may_lead_astray(page.asked, page.final))
        and _wall(page) is None
        and above_suspicion(page)
    ):
        return _NOTHING
    return examine(page.whole(), sibling and sibling.whole(), converging)


def examine(page: Answer, sibling: Answer | None = None, converging: int = 0) -> Evidence:
    """Judge an answer that a glance leaves in doubt; of any other it says the same, five times as slowly."""
    blocked = _wall(page)
    gate = login_redirect(page.asked, page.final) if page.status < 400 or page.status in (401, 403) else None
    if gate and (not blocked or blocked.action == WANTS_LOGIN):
        return Evidence("login-redirect", (gate,))
    if blocked:
        return Evidence("bot-wall", (blocked.evidence,))
    if not 200 <= page.status < 300:
        return _NOTHING
    if offered := parked(page):
        return Evidence("parked-domain", (offered,))
    suspected = suspicion(page, converging)
    words = tuple(sign.words for sign in suspected.signs)
    if suspected.level != Level.SUSPECT or sibling is None:
        reason = "soft-404" if is_gone(page, suspected, None) else None
        return Evidence(reason, words, ask_sibling=suspected.level == Level.SUSPECT)
    if _wall(sibling):
        reason = "soft-404" if is_gone(page, suspected, None) else None
        return Evidence(reason, (*words, "the site would not let us ask for an address that can't exist"))
    comparison = compare(page, sibling)
    reason = "soft-404" if is_gone(page, suspected, comparison) else None
    return Evidence(reason, (*words, comparison.words), shell=comparison.outcome is Outcome.SHELL)


def _wall(answer: Answer) -> Wall | None:
    if answer.is_introduced and is_no_wall(answer.status, answer.fields, answer.said, answer.final):
        return None
    return wall(answer.status, answer.fields, answer.body, answer.head.title, answer.final, answer.behind_head)
