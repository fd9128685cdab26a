"""Reports from the store alone: one run again, or all that is written now.

What a run observed is told as it was then; what it took from an earlier check is `from_store` again. Who reads a report
sees no difference from the run's own, but that today's rules and settings have judged it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import nlargest
from time import time

from crawler.cli.recalling.newest import PORTION, newest
from crawler.cli.recalling.written import Index, Written, target_of
from crawler.judging import Judging
from crawler.model.link import Record
from crawler.model.observation import Observation
from crawler.model.report import Outcome, Run
from crawler.model.role import Role
from crawler.store.port import PastRun, Seen, Store
from crawler.store.portions import portions
from crawler.verdict.history import FLAPS_WITHIN

Copies = Callable[[list[Outcome]], Iterable[Outcome]]
"""Gives each of these the copy that an archive has named, where it has."""


def render_run(
    store: Store, run: PastRun, later: Sequence[PastRun], judging: Judging, copies: Copies, compared: float | None
) -> Run:
    """Report a run again. `later` are all runs after it, oldest first: a URL of which the record has been read again
    since stands where it is written now, and one that is written nowhere any more has no place. `compared` is when the
    last complete run before it ended.

    A run that was killed is told of as far as it got. What a run over one role (`--role`) did not look at is left out.
    """
    roles = frozenset(role for role in Role if f"--role={role}" in run.inputs) or frozenset(Role)
    index = Index()
    records = _read(store.records(run.id), roles, index, judging)
    if later:
        _place(store, run, later, roles, index, judging)
    observed = 0
    ended = run.started_at
    for portion in portions(store.observed(run.id), PORTION):
        urls = [seen.observation.url for seen in portion]
        before = store.latest(urls, before=run.started_at)
        earlier = store.latest(urls, before=compared) if compared else {}
        for seen in portion:
            if written := index.take(seen.observation.url, seen.role):
                observed += 1
                ended = max(ended, seen.observation.observed_at)
                judging.take(written, seen.observation, _known(before, written), _known(earlier, written))
    if run.summary is None:
        _tell_broken(judging, copies)
        return judging.conclude(run.started_at, ended, complete=False, records=records, links=index.links)
    for written, observation in _answered_by_store(store, run, index, run.summary.urls - observed):
        judging.take(written, observation, observation)
    _tell_broken(judging, copies)
    return judging.conclude(
        run.started_at,
        run.finished_at or ended,
        complete=run.complete,
        records=run.summary.records,
        links=run.summary.links,
    )


def render_current(store: Store, judging: Judging, copies: Copies) -> Run:
    """Report everything that stands in a file now, by its newest check: all of it `from_store`. What has never been
    checked is left out, and makes the report incomplete. The times of the report are those of its making.
    """
    started = time()
    index = Index()
    stands = (record for record in store.all_records() if record.path is not None)
    records = _read(stands, frozenset(Role), index, judging)
    stumbled = frozenset(store.stumbled(started - FLAPS_WITHIN))
    for portion in portions(newest(store, [written.url for written in index]), PORTION):
        past = store.history([url for url, _ in portion if url in stumbled])
        for url, seen in portion:
            if written := index.take(url, seen.role):
                known = _one_before(past.get(url, ()), written.role)
                judging.take(written, seen.observation._replace(from_store=True), known)
    _tell_broken(judging, copies)
    complete = next(iter(index), None) is None
    return judging.conclude(started, time(), complete=complete, records=records, links=index.links)


def _tell_broken(judging: Judging, copies: Copies) -> None:
    for outcome in copies(judging.broken()):
        judging.tell(outcome)


def _read(records: Iterable[Record], roles: frozenset[Role], index: Index, judging: Judging) -> int:
    """Take in what is written, and what is wrong with records. Returns how many there are with anything in them: a file
    that is gone stands in the store as an empty one.
    """
    read = 0
    for record in records:
        read += not record.continued and bool(record.links or record.problems)
        for problem in record.problems:
            judging.problem(problem)
        links = [link for link in record.links if link.role in roles]
        judging.expect(links)
        index.add(links)
    return read


def _place(
    store: Store, run: PastRun, later: Iterable[PastRun], roles: frozenset[Role], index: Index, judging: Judging
) -> None:
    """Find the places of what a run checked and did not leave where it was."""
    observed = (seen.observation.url for seen in store.observed(run.id))
    strays = {url for url in observed if url not in index}
    for reader in later if strays else ():
        for record in store.records(reader.id):
            links = [link for link in record.links if link.role in roles and target_of(link) in strays]
            judging.expect(links)
            index.add(links)


def _answered_by_store(store: Store, run: PastRun, index: Index, number: int) -> Iterator[tuple[Written, Observation]]:
    """What a run did not ask for because an earlier check was new enough: so many of those that it observed nothing of.
    They are those with the newest checks, and what it left out for another reason (`--due`) has older ones.
    """
    if number > 0:
        left = {written.url: written for written in index}
        known = store.latest(left, before=run.started_at)
        alike = [seen.observation for url, seen in known.items() if seen.role is left[url].role]
        for observation in nlargest(number, alike, key=lambda one: one.observed_at):
            yield left[observation.url], observation._replace(from_store=True)


def _known(before: dict[str, Seen], written: Written) -> Observation | None:
    seen = before.get(written.url)
    return None if seen is None or seen.role is not written.role else seen.observation


def _one_before(past: Sequence[Seen], role: Role) -> Observation | None:
    """The last check but one in a role."""
    asked = [seen.observation for seen in past if seen.role is role and seen.observation.attempts]
    return asked[-2] if len(asked) > 1 else None
