"""Runs: when each was, and how it ended."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, insert, select, update

from crawler.config import VERSION
from crawler.model.report import Run, Summary
from crawler.model.verdict import Kind, Level
from crawler.store.port import PastRun
from crawler.store.steps import Steps, once
from crawler.store.tables import runs
from crawler.store.text import dumps, parse


def begin(started_at: float, inputs: Sequence[str]) -> Steps[int]:
    """A run begins; gives its number."""
    row = insert(runs).values(started_at=started_at, complete=False, inputs=dumps(list(inputs)), version=VERSION)
    return once(lambda connection: connection.execute(row.returning(runs.c.id)).scalar_one())


def finish(number: int, run: Run) -> Steps[Any]:
    """A run has ended."""
    summary = dumps(run.summary._asdict())
    ended = update(runs).where(runs.c.id == number)
    values = {"finished_at": run.finished_at, "complete": run.complete, "summary": summary}
    return once(lambda connection: connection.execute(ended, values))


_RUNS = select(
    runs.c.id, runs.c.started_at, runs.c.finished_at, runs.c.complete, runs.c.inputs, runs.c.version, runs.c.summary
).order_by(runs.c.id.desc())


def last(engine: Engine, limit: int, *, complete: bool = False) -> tuple[PastRun, ...]:
    """The last runs, or the last that were complete, newest first."""
    asked = _RUNS.limit(limit)
    with engine.connect() as connection:
        return tuple(_past(*row) for row in connection.execute(asked.where(runs.c.complete) if complete else asked))


def _past(
    number: int,
    started_at: float,
    finished_at: float | None,
    complete: bool,
    inputs: str,
    version: str,
    summary: str | None,
) -> PastRun:
    told = tuple(parse(inputs))
    return PastRun(
        number, started_at, finished_at, complete, told, version, None if summary is None else _summary(parse(summary))
    )


def _summary(fields: dict[str, Any]) -> Summary:
    return Summary(
        records=fields["records"],
        links=fields["links"],
        urls=fields["urls"],
        verdicts={Kind(name): count for name, count in fields["verdicts"].items()},
        levels={Level(name): count for name, count in fields["levels"].items()},
    )
