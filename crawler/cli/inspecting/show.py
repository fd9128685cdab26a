"""An inspection for people, in one screen: the verdict and why, the way there, what was read, what the rules say.

Whatever a server or a record wrote is made safe here, each piece on its own.
"""

from collections.abc import Iterator

from crawler.cli.inspecting.inspection import Inspection
from crawler.cli.inspecting.tap import Step
from crawler.cli.inspecting.trace import Trace
from crawler.media.clues import Where
from crawler.media.wall_signatures import SIGNATURES
from crawler.model.exchange import Failure, Response
from crawler.model.observation import Observation
from crawler.model.verdict import Finding, Level
from crawler.report.member import timestamp
from crawler.report.screen import KIND_STYLES, Part, Screen
from crawler.report.text import safe
from crawler.verdict.catalogue import CATALOGUE

DECISIVE = ("location", "refresh", "retry-after", "content-type", "content-encoding", "content-range", "x-robots-tag")
"""Fields that something here goes by: they are always shown, before all others."""

WALLS = dict.fromkeys(clue.name for signature in SIGNATURES for clue in signature.clues if clue.where is Where.FIELD)
"""Fields that walls are known by, in the order of their signatures; shown after those, with `server`."""

FIRST = {name: rank for rank, name in enumerate((*DECISIVE, *WALLS, "server"))}

VALUE_LIMIT = 160
"""Characters of a field's value, unless all of it is wanted."""
FIELDS_LIMIT = 200
"""Field lines of one answer at most: some servers send thousands."""

_STATUS_STYLES = {2: "good", 3: "info", 4: "error", 5: "warning"}
_LABEL = 16
_HANG = " " * (_LABEL + 4)
_INDENT = " " * 9


def show(screen: Screen, inspection: Inspection, *, verbose: bool) -> None:
    """Write all of it; `verbose` has every field in full."""
    _show_verdict(screen, inspection)
    _heading(screen, "Way")
    for step in inspection.steps:
        _show_step(screen, step, verbose=verbose)
    if not inspection.steps:
        screen.line(Part("  nothing was asked for"))
    if read := list(_read(inspection)):
        _heading(screen, "Read")
    for label, text in read:
        _row(screen, label, Part(safe(text)))
    _heading(screen, "Rules")
    _show_rules(screen, inspection, verbose=verbose)


def _show_verdict(screen: Screen, inspection: Inspection) -> None:
    outcome, verdict = inspection.outcome, inspection.outcome.verdict
    weight = "" if verdict.level is Level.OFF else f"{verdict.level}: "
    screen.line(Part(safe(outcome.url), "strong"), Part(f"as {outcome.role}"), hang="")
    screen.line(
        Part(verdict.kind, KIND_STYLES[verdict.kind]), Part(verdict.reason), Part(f"{weight}{safe(verdict.message)}")
    )
    screen.prose(CATALOGUE[verdict.reason].gist, "faint")
    if new := verdict.replacement:
        safety = "safe to write unasked" if new.safe else "not to be written unasked"
        screen.line(Part(f"→ {safe(new.url)}", "good"), Part(f"{new.kind}, {safety}"))


def _show_step(screen: Screen, step: Step, *, verbose: bool) -> None:
    (request, answer), hop, again = step
    number = "  -" if hop is None else f"{hop:>3}"
    why = ["asked besides: no such page should exist"] if hop is None else []
    why += ["asked again"] if again else []
    notes = [Part(f"({', '.join(why)})", "faint")] if why else []
    if isinstance(answer, Failure):
        screen.line(Part(number), Part("  -", "warning"), Part(safe(request.url)), *notes, hang=_INDENT)
        words = f"{answer.reason}: {safe(answer.message)}" if answer.message else answer.reason
        screen.line(Part(f"{_INDENT}{words}", "warning"), hang=_INDENT)
        return
    style = _STATUS_STYLES.get(answer.status // 100, "")
    screen.line(Part(number), Part(f"{answer.status:>3}", style), Part(safe(request.url)), *notes, hang=_INDENT)
    screen.line(Part(f"{_INDENT}{_exchanged(answer)}", "faint"), hang=_INDENT)
    for line in _fields(answer, verbose=verbose):
        screen.line(Part(f"{_INDENT}{line}"), hang=f"{_INDENT}  ")


def _exchanged(answer: Response) -> str:
    size = f"{len(answer.body):,} bytes{'' if answer.complete else ' of more'}"
    source = f" from {answer.address}" if answer.address else ""
    return f"HTTP/{safe(answer.http_version)}{source}, {size} in {answer.elapsed * 1000:,.0f} ms"


def _fields(answer: Response, *, verbose: bool) -> Iterator[str]:
    """Field lines, what matters first, those of one name in the order they came."""
    items = sorted(answer.fields.items, key=lambda item: (FIRST.get(item[0], len(FIRST)), item[0]))
    shown = items if verbose else [item for item in items if item[0] in FIRST]
    for name, value in shown[:FIELDS_LIMIT]:
        yield f"{safe(name)}: {safe(value) if verbose else safe(value, VALUE_LIMIT)}"
    if hidden := len(items) - len(shown[:FIELDS_LIMIT]):
        yield f"… and {hidden:,} more" + ("" if verbose else ", shown with -v")


def _read(inspection: Inspection) -> Iterator[tuple[str, str]]:
    """What was read of the last answer, and what speaks against it."""
    observation = inspection.outcome.observation
    metadata, evidence = observation.metadata, observation.evidence
    sides = "" if metadata.width is None else f", {metadata.width}x{metadata.height}"
    amp = None if metadata.is_amp is None else ("yes" if metadata.is_amp else "no")
    rows = (
        ("content type", metadata.content_type),
        ("title", metadata.title),
        ("canonical", metadata.canonical),
        ("amphtml", metadata.amphtml),
        ("robots", metadata.robots),
        ("og:image", metadata.og_image),
        ("AMP page", amp),
        ("picture" if metadata.is_image else "no picture but", metadata.format and f"{metadata.format}{sides}"),
        ("last modified", metadata.last_modified),
        ("copy of", inspection.copy_of),
        ("certificate", observation.cert_expires and f"ends on {timestamp(observation.cert_expires)[:10]}"),
        ("stay away", observation.retry_after and f"{observation.retry_after:,.0f} s"),
        ("requests", _requests(observation)),
        *((evidence.reason or "noted", words) for evidence in (evidence,) if evidence for words in evidence.words),
    )
    for label, text in rows:
        if text:
            yield label, text


def _requests(observation: Observation) -> str | None:
    many = "1 request" if observation.attempts == 1 else f"{observation.attempts} requests"
    return f"{many} in {observation.elapsed:.2f} s" if observation.attempts else None


def _show_rules(screen: Screen, inspection: Inspection, *, verbose: bool) -> None:
    """Those that spoke, then the others, by how much of what they look at was there."""
    told = {finding.code: finding for finding in inspection.findings}
    for trace in inspection.traces:
        if trace.said is not None:
            _show_said(screen, trace, told.get(trace.code))
    silent = [trace for trace in inspection.traces if trace.said is None]
    rows = {
        "nothing to say": [f"{trace.code} ({safe(trace.saw)})" for trace in silent if trace.saw],
        "nothing to see": [trace.code for trace in silent if not trace.saw and not trace.needs],
        "not asked": [
            f"{trace.code} (needs {trace.needs})" if verbose else trace.code for trace in silent if trace.needs
        ],
    }
    for label, codes in rows.items():
        if codes:
            _row(screen, label, *[Part(f"{code},") for code in codes[:-1]], Part(codes[-1]))


def _show_said(screen: Screen, trace: Trace, finding: Finding | None) -> None:
    level = finding.level if finding else trace.level
    kept = "" if finding or level is Level.OFF else " (kept back: exempt, or told by a rule that says more)"
    screen.line(Part(f"  {trace.code}", level), Part(f"{level}: {safe(trace.said or '')}{kept}"), hang=_HANG)
    if trace.saw:
        _row(screen, "", Part(f"it saw {safe(trace.saw)}"))


def _heading(screen: Screen, text: str) -> None:
    screen.gap()
    screen.prose(text, "strong")


def _row(screen: Screen, label: str, *parts: Part) -> None:
    screen.line(Part(f"  {safe(label):<{_LABEL}}", "faint"), *parts, hang=_HANG)
