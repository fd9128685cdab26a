"""Folding what came out alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.cli.recalling.stretches import judged, one_by_one, stretches
from crawler.config import Rules
from crawler.model.role import Role
from crawler.store.port import Seen
from crawler.verdict.judge import Judge
from tests.cli.recalling.sample import check

JUDGE = Judge(Rules(), 0.0)


def nights(fate: str) -> list[Seen]:
    """A check a night."""
    return [Seen(check("a", night, came), Role.WEB, night + 1) for night, came in enumerate(fate)]


FOLDED = {
    "": [],
    ".": ["ok 1"],
    "...": ["ok 3"],
    "..x.": ["ok 2", "http-404 1", "ok 1"],
    "..-..": ["ok 4 -1"],
    "--..": ["ok 2 -2"],
    "..--": ["ok 2 -2"],
    "..-x": ["ok 2 -1", "http-404 1"],
    "---": ["budget-exhausted 3"],
    "mm.": ["permanent-redirect 2", "ok 1"],
}


@pytest.mark.parametrize(("fate", "folded"), FOLDED.items())
def test_what_came_out_alike_is_one_stretch(fate: str, folded: list[str]) -> None:
    found = stretches(judged(JUDGE, nights(fate)))
    told = [f"{one.last.verdict.reason} {one.checks}" + (f" -{one.unasked}" if one.unasked else "") for one in found]
    assert told == folded


def test_another_role_is_another_stretch() -> None:
    first, second = nights("..")
    assert len(stretches(judged(JUDGE, [first, second._replace(role=Role.IMAGE)]))) == 2


@given(st.text("..xtmb-", max_size=40))
def test_no_check_is_lost_and_none_told_twice(fate: str) -> None:
    checks = judged(JUDGE, nights(fate))
    found = stretches(checks)
    assert sum(one.checks + one.unasked for one in found) == len(checks)
    assert [one.first.at for one in found] == sorted(one.first.at for one in found)
    for one in found:
        assert one.first.at <= one.last.at
        assert one.fastest <= one.slowest
    assert len(found) <= len(one_by_one(checks)) == len(checks)


@given(st.text(".xtmb-", max_size=40))
def test_each_check_is_judged_as_if_it_were_the_only_one(fate: str) -> None:
    for checked in judged(JUDGE, nights(fate)):
        seen = checked.seen
        assert checked.verdict == JUDGE.verdict(seen.observation.url, seen.role, seen.observation)
