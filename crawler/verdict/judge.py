"""The judge: facts and settings in, verdicts and findings out."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from crawler.config import Rules
from crawler.errors import ConfigError
from crawler.http.move import is_trivial_move
from crawler.http.redirect import FOLLOWED, PERMANENT
from crawler.http.url import parse
from crawler.model.exchange import Failure
from crawler.model.link import Link, Problem
from crawler.model.observation import Hop, Observation
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.verdict import Finding, Kind, Level, Replacement, Verdict
from crawler.verdict import exemption, replacement
from crawler.verdict.beyond import cert_expiring
from crawler.verdict.catalogue import CATALOGUE
from crawler.verdict.levels import in_force, lower
from crawler.verdict.quoting import sentence, short
from crawler.verdict.remembered import PERSISTENT
from crawler.verdict.repeated import Repeated
from crawler.verdict.rule import ArticleCheck, Occurrence, Remark, Rule
from crawler.verdict.siblings import whole
from crawler.verdict.status import PHRASES, named, reason_of

FAILED = frozenset(code for code, rule in CATALOGUE.items() if rule.kind not in (None, Kind.ALIVE, Kind.MOVED)) - {
    PERSISTENT
}
"""The reasons that a `Failure` can bring; any other, which none should have, counts as `protocol-error`."""

ABOUT_REDIRECTS = frozenset({"redirect-loop", "too-many-redirects", "redirect-invalid"})
"""Reasons that lie in a redirect itself. Any other failure right after one lies in what it led to, never asked for."""

SHOWN = frozenset({"bot-wall", "login-redirect", "parked-domain", "soft-404"})
"""The reasons that an `Evidence` can bring."""

OFF: Final = Level.OFF
"""Up to Python 3.11 a function is run whenever a member of an enumeration is named."""

INSTEAD = {
    "empty": "nothing at all",
    "html": "a web page",
    "json": "JSON",
    "xml": "XML",
    "text": "plain text",
    "pdf": "a PDF",
    "video": "a video",
    "archive": "an archive",
    "binary": "unknown bytes",
}
"""Words for what the bytes are where a picture is expected."""


class Judge:
    """Judges every target of a run by the same rules. Pure but for its count of exempted findings."""

    def __init__(self, settings: Rules, now: float) -> None:
        """`now`, in seconds since the epoch (UTC), decides which exemptions still hold.

        Raises ConfigError, which is a UsageError, with every problem of the settings at once.
        """
        problems: list[str] = []
        self._levels = in_force(settings.levels, problems)
        exemptions = exemption.read(settings.exempt, problems)
        if problems:
            raise ConfigError(problems)
        self._exemptions = [entry for entry in exemptions if entry.ends is None or now < entry.ends]
        self._expired = [entry for entry in exemptions if entry.ends is not None and now >= entry.ends]
        checks = {"cert-expiring": cert_expiring(settings.cert_days)}
        heard = [rule for code, rule in CATALOGUE.items() if self._levels[code] is not Level.OFF]
        at_links = [(rule, check) for rule in heard if (check := checks.get(rule.code, rule.check))]
        self._at_links = {role: [one for one in at_links if role in one[0].roles] for role in Role}
        self._in_articles = [(rule, rule.check_article) for rule in heard if rule.check_article]
        self._by_roles: dict[frozenset[Role], list[tuple[Rule, ArticleCheck]]] = {}
        self._repeated = Repeated()
        # Most targets answer at once with one of a few statuses: their verdicts are made beforehand.
        self._at_once: dict[int | None, Verdict] = {
            status: self._because(reason_of(status), named(status)) for status in PHRASES
        }
        self.exempted = 0
        """Findings that exemptions have kept back so far."""

    def verdict(self, url: str, role: Role, observation: Observation) -> Verdict:
        """The one verdict of a target by its URL, the strictest role it is used in, and what was observed of it."""
        hops = observation.hops
        if observation.failure is not None:
            return self._failed(observation.failure, hops)
        no_image = observation.metadata.is_image is False and role is Role.IMAGE
        evidence = observation.evidence
        if evidence is not None and evidence.reason in SHOWN and not (no_image and evidence.reason == "soft-404"):
            return self._because(evidence.reason, _told(CATALOGUE[evidence.reason].summary, evidence.words))
        if no_image:
            return self._because("image-not-image", _instead(observation))
        if len(hops) == 1 and (verdict := self._at_once.get(hops[0].status)):
            return verdict
        return self._answered(url, hops)

    def persistent(self, message: str) -> Verdict:
        """The verdict of a target whose failures are no passing fault; `message` says how many there are since when."""
        rule = CATALOGUE[PERSISTENT]
        return self._because(PERSISTENT, f"{rule.summary}: {message}")

    def findings(self, outcome: Outcome) -> list[Finding]:
        """What there is to say of a target at each of its places that are in no article: its verdict, unless a rule
        says more, and the rules.
        """
        self._repeated.note(outcome)
        findings: list[Finding] = []
        for link in outcome.links:
            if link.article is None:
                findings += self._at(link, outcome, ())
        return findings

    def article(self, occurrences: Sequence[Occurrence]) -> list[Finding]:
        """What there is to say of an article's links, once the targets of all of them are done."""
        roles = frozenset([link.role for link, _ in occurrences])
        rules = self._by_roles.get(roles)
        if rules is None:
            rules = [(rule, check) for rule, check in self._in_articles if not roles.isdisjoint(rule.roles)]
            self._by_roles[roles] = rules
        article = whole(occurrences) if rules else occurrences
        said: dict[int, list[tuple[Rule, Remark]]] = {}
        for rule, check in rules:
            for link, remark in check(article):
                said.setdefault(id(link), []).append((rule, remark))
        findings: list[Finding] = []
        for link, outcome in occurrences:
            findings += self._at(link, outcome, said.get(id(link), ()))
        return findings

    def _at(self, link: Link, outcome: Outcome, said: Iterable[tuple[Rule, Remark]]) -> list[Finding]:
        """The findings at one place. `said` is what rules of an article's scope had to say of it."""
        remarks = [*said]
        for rule, check in self._at_links[link.role]:
            if remark := check(link, outcome):
                remarks.append((rule, remark))
        verdict = outcome.verdict
        if not remarks and verdict.level is OFF:
            return []
        new = replacement.at(link, outcome)
        spoken_for = {code for rule, _ in remarks for code in rule.instead_of}
        findings = [
            _finding(
                link,
                rule.code,
                lower(self._levels[rule.code], remark.at_most),
                sentence(remark.message),
                remark.replacement or (new if verdict.reason in rule.instead_of else None),
            )
            for rule, remark in remarks
            if rule.code not in spoken_for
        ]
        if verdict.level is not OFF and verdict.reason not in spoken_for:
            finding = _finding(link, verdict.reason, verdict.level, verdict.message, new)
            findings.append(_with_past(finding, outcome) if outcome.past else finding)
        return [finding for finding in findings if not self._is_exempt(finding)]

    def problem(self, problem: Problem) -> Finding | None:
        """What there is to say of a problem of a record; None where its code is off or it is exempt."""
        level = self._levels[problem.code]
        finding = Finding(
            problem.code,
            level,
            problem.message,
            problem.url,
            problem.path,
            problem.field,
            problem.role,
            problem.line,
            problem.column,
            problem.end_column,
        )
        return None if level is Level.OFF or self._is_exempt(finding) else finding

    def closing(self) -> list[Finding]:
        """What there is to say once a run is over: of pictures that are one and the same, and of the exemptions that no
        longer hold.
        """
        return [*self._repeats(), *self._ended_exemptions()]

    def _repeats(self) -> Iterator[Finding]:
        level = self._levels["image-placeholder"]
        if level is Level.OFF:
            return
        for links, count in self._repeated.found():
            for link in links:
                words = sentence(f"the very same picture stands under {count} URLs of its host")
                finding = _finding(link, "image-placeholder", level, words, None)
                if not self._is_exempt(finding):
                    yield finding

    def _ended_exemptions(self) -> Iterator[Finding]:
        level = self._levels["exemption-expired"]
        if level is not Level.OFF:
            for old, _, _ in self._expired:
                words = sentence(f"exemption ended on {old.until}: `{short(old.url)}` ({old.reason})")
                yield Finding("exemption-expired", level, words)

    def _answered(self, url: str, hops: tuple[Hop, ...]) -> Verdict:
        status = hops[-1].status if hops else None
        if status is None:
            return self._because("protocol-error", "no answer was observed")
        reason = reason_of(status)
        if reason != "ok":
            return self._because(reason, f"{named(status)}{_where(hops)}")
        return self._redirected(url, hops) if len(hops) > 1 else self._because("ok", named(status))

    def _redirected(self, url: str, hops: tuple[Hop, ...]) -> Verdict:
        """Redirects that ended well; those that come back, with a cookie set on the way, lead where the record says."""
        final = hops[-1].url
        if final.partition("#")[0] == url.partition("#")[0]:
            return self._because("ok", f"leads back to itself after {_times(len(hops) - 1)}")
        source, target = parse(url), parse(final)
        if (
            isinstance(source, Failure)
            or isinstance(target, Failure)
            or not all(hop.status in PERMANENT for hop in hops[:-1])
        ):
            return self._because("temporary-redirect", f"redirects for now to {short(final)}")
        level = self._levels["permanent-redirect"]
        return Verdict(
            Kind.MOVED,
            "permanent-redirect",
            sentence(f"moved for good to {short(final)}"),
            lower(level, Level.INFO) if is_trivial_move(source, target) else level,
            replacement.for_move(source, target),
        )

    def _failed(self, failure: Failure, hops: tuple[Hop, ...]) -> Verdict:
        reason = failure.reason if failure.reason in FAILED else "protocol-error"
        rule = CATALOGUE[reason]
        refused = hops and hops[-1].status in FOLLOWED and reason not in ABOUT_REDIRECTS
        where = f", where {short(hops[-1].url)} redirects to" if refused else _where(hops)
        words = f": {failure.message}" if failure.message else ""
        return self._because(reason, f"{rule.summary}{where}{words}")

    def _because(self, reason: str, message: str) -> Verdict:
        rule = CATALOGUE[reason]
        assert rule.kind is not None
        return Verdict(rule.kind, reason, sentence(message), self._levels[reason])

    def _is_exempt(self, finding: Finding) -> bool:
        if finding.url is None or not any(entry.covers(finding.code, finding.url) for entry in self._exemptions):
            return False
        self.exempted += 1
        return True


def _finding(link: Link, code: str, level: Level, message: str, new: Replacement | None) -> Finding:
    return Finding(
        code,
        level,
        message,
        link.url,
        link.path,
        link.field,
        link.role,
        link.line,
        link.column,
        link.end_column,
        new,
        link.start,
        link.length,
    )


def _with_past(finding: Finding, outcome: Outcome) -> Finding:
    """A finding that tells a verdict, with what has become of it since the last complete run."""
    streak = outcome.past.streak if outcome.past else None
    return finding._replace(change=outcome.change, since=streak.since if streak else None)


def _where(hops: tuple[Hop, ...]) -> str:
    return f" at {short(hops[-1].url)}, after {_times(len(hops) - 1)}" if len(hops) > 1 else ""


def _told(summary: str, words: Sequence[str]) -> str:
    return f"{summary}: {'; '.join(words)}" if words else summary


def _instead(observation: Observation) -> str:
    """What stands where a picture should be."""
    metadata = observation.metadata
    what = INSTEAD.get(metadata.format or "", metadata.format)
    called = f", served as {short(metadata.content_type)}" if metadata.content_type else ""
    return f"no picture but {what}{called}{_where(observation.hops)}"


def _times(redirects: int) -> str:
    return "1 redirect" if redirects == 1 else f"{redirects} redirects"
