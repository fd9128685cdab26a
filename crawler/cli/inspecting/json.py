"""An inspection for programs: the member that the JSON report has of a URL, and behind each of its parts what more is
known here.
"""

import json
from typing import Any

from crawler.cli.inspecting.inspection import Inspection
from crawler.cli.inspecting.tap import Step
from crawler.model.exchange import Failure, Response
from crawler.report.member import finding_line, outcome_line, timestamp
from crawler.report.whole import whole
from crawler.verdict.catalogue import CATALOGUE


def as_json(inspection: Inspection) -> str:
    """One object with the same keys whatever came of it, in ASCII; lone surrogates become U+FFFD as in every report."""
    outcome = inspection.outcome
    observation, verdict = outcome.observation, outcome.verdict
    metadata, evidence = observation.metadata, observation.evidence
    member: dict[str, Any] = json.loads(outcome_line(outcome, outcome.links))
    more: dict[str, Any] = {
        "level": verdict.level,
        "message": verdict.message,
        "explanation": CATALOGUE[verdict.reason].explanation,
        "reference": CATALOGUE[verdict.reason].reference,
        "failure": _failure(observation.failure),
        "evidence": evidence and {"reason": evidence.reason, "words": evidence.words},
        "metadata": member["metadata"]
        | {
            "og_image": metadata.og_image,
            "robots": metadata.robots,
            "is_amp": metadata.is_amp,
            "format": metadata.format,
            "is_image": metadata.is_image,
            "missing_fragments": metadata.missing_fragments,
        },
        "certificate_ends": _moment(observation.cert_expires),
        "retry_after": observation.retry_after,
        "copy_of": inspection.copy_of,
        "exchanges": list(map(_exchange, inspection.steps)),
        "rules": [trace._asdict() for trace in inspection.traces],
        "findings": [json.loads(finding_line(finding)) for finding in inspection.findings],
    }
    return json.dumps(whole(member | more), indent=2)


def _exchange(step: Step) -> dict[str, Any]:
    (request, answer), hop, again = step
    response = answer if isinstance(answer, Response) else None
    failure = answer if isinstance(answer, Failure) else None
    return {
        "hop": hop,
        "again": again,
        "url": request.url,
        "method": request.method,
        "sent": request.fields,
        "status": response and response.status,
        "fields": response.fields.items if response else [],
        "bytes": len(response.body) if response else 0,
        "complete": response is not None and response.complete,
        "failure": _failure(failure),
        "http_version": response and response.http_version,
        "address": answer.address,
        "certificate_ends": _moment(response.cert_expires) if response else None,
        "elapsed_ms": round(answer.elapsed * 1000),
    }


def _failure(failure: Failure | None) -> dict[str, str] | None:
    return failure and {"reason": failure.reason, "message": failure.message}


def _moment(seconds: float | None) -> str | None:
    return None if seconds is None else timestamp(seconds)
