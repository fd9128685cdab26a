"""The history for programs, in the words of the JSON report; a key that is there is always there."""

import json
from typing import Any

from crawler.cli.recalling.overview import Host, Overview, Standing
from crawler.cli.recalling.stretches import Stretch, stretches
from crawler.cli.recalling.url import Story
from crawler.model.link import Link
from crawler.model.past import Past
from crawler.model.verdict import Kind, Verdict
from crawler.report.member import timestamp
from crawler.report.order import occurrences
from crawler.report.whole import whole
from crawler.store.port import PastRun


def story_json(story: Story) -> str:
    """One URL's history: one object, in ASCII."""
    return _text(
        {
            "url": story.url,
            "role": story.role,
            **_verdict(story.verdict),
            "since": timestamp(story.since),
            "due": timestamp(story.due) if story.due else None,
            **_past(story.past),
            "remembered": story.remembered,
            "occurrences": _places(story.links),
            "checks": [_stretch(stretch) for stretch in stretches(story.checks)],
        }
    )


def overview_json(overview: Overview) -> str:
    """The overview: one object, in ASCII. Each list is as long as was asked for; `totals` says how long it would be."""
    return _text(
        {
            "urls": {kind: overview.urls.get(kind, 0) for kind in Kind},
            "runs": list(map(_run, overview.runs)),
            "since": timestamp(overview.since),
            "totals": {
                "hosts": overview.hosts.total,
                "failing": overview.failing.total,
                "moved": overview.moved.total,
                "flapping": overview.flapping.total,
            },
            "hosts": list(map(_host, overview.hosts.first)),
            "failing": list(map(_standing, overview.failing.first)),
            "moved": list(map(_standing, overview.moved.first)),
            "flapping": list(map(_standing, overview.flapping.first)),
        }
    )


def _text(value: dict[str, Any]) -> str:
    return json.dumps(whole(value), indent=2)


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "verdict": verdict.kind,
        "reason": verdict.reason,
        "level": verdict.level,
        "message": verdict.message,
        "replacement": verdict.replacement and verdict.replacement._asdict(),
    }


def _past(past: Past) -> dict[str, Any]:
    streak, flaps = past.streak, past.flaps
    return {
        "last_well": _moment(past.well),
        "streak": streak
        and {
            "since": timestamp(streak.since),
            "until": timestamp(streak.until),
            "failed": streak.failed,
            "checks": streak.checks,
        },
        "flapping": flaps and {"turns": flaps.turns, "checks": flaps.checks, "since": timestamp(flaps.since)},
    }


def _stretch(stretch: Stretch) -> dict[str, Any]:
    first, last, checks, unasked, fastest, slowest = stretch
    seen = last.seen.observation
    return {
        "from": timestamp(first.at),
        "to": timestamp(last.at),
        "checks": checks,
        "unasked": unasked,
        "role": last.seen.role,
        "verdict": last.verdict.kind,
        "reason": last.verdict.reason,
        "message": last.verdict.message,
        "status": seen.status,
        "final_url": seen.final_url,
        "hops": [hop._asdict() for hop in seen.hops],
        "elapsed_ms": [round(fastest * 1000), round(slowest * 1000)],
    }


def _run(run: PastRun) -> dict[str, Any]:
    summary = run.summary
    return {
        "run": run.id,
        "started_at": timestamp(run.started_at),
        "finished_at": _moment(run.finished_at),
        "complete": run.complete,
        "inputs": run.inputs,
        "records": summary and summary.records,
        "links": summary and summary.links,
        "verdicts": summary and {kind: summary.verdicts.get(kind, 0) for kind in Kind},
    }


def _host(host: Host) -> dict[str, Any]:
    return {"host": host.name, "urls": host.urls, "failing": host.failing, "since": timestamp(host.since)}


def _standing(one: Standing) -> dict[str, Any]:
    return {
        "url": one.url,
        "role": one.role,
        **_verdict(one.verdict),
        "since": timestamp(one.since),
        **_past(one.past),
        "occurrences": _places(one.links),
    }


def _places(links: tuple[Link, ...]) -> list[dict[str, Any]]:
    return [
        {"path": link.path, "field": link.field, "role": link.role, "line": link.line, "column": link.column}
        for link in occurrences(links)
    ]


def _moment(seconds: float | None) -> str | None:
    return None if seconds is None else timestamp(seconds)
