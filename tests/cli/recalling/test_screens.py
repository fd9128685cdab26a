"""What a person sees: golden screens, with a fixed clock and a fixed width."""

import io
from collections.abc import Callable
from functools import partial

import pytest

from crawler.cli.recalling.overview import overview
from crawler.cli.recalling.show_overview import show_overview
from crawler.cli.recalling.show_url import PLACES, show_url
from crawler.cli.recalling.today import Today
from crawler.cli.recalling.url import Story, recall
from crawler.config import Config
from crawler.model.link import Link
from crawler.model.role import Role
from crawler.report.output import StandardOutput
from crawler.report.screen import Screen
from crawler.report.terminal import Terminal
from crawler.store.port import Store
from tests.cli.recalling.sample import HOSTILE, NOW, url
from tests.store.making import DAY, NIGHT

Golden = Callable[[str, str], None]

TODAY = Today.of(Config(), NOW)


def screen(
    show: Callable[[Screen], None], width: int | None = 100, encoding: str = "utf-8", *, colour: bool = False
) -> str:
    """What is shown, as text."""
    raw = io.BytesIO()
    with StandardOutput(io.TextIOWrapper(raw, encoding, write_through=True)) as output:
        show(Screen(output, Terminal(width=width, colour=colour)))
    return raw.getvalue().decode(encoding)


def told(store: Store, written: str, since: float = 0.0) -> Story:
    """A URL's story, in which what the schedule decides is the same each time."""
    return recall(store, written, TODAY, since)._replace(due=NOW + 7 * DAY)


def harmless(text: str) -> bool:
    """Whether a terminal would obey or hide nothing in it."""
    return text.replace("\n", "").isprintable()


@pytest.mark.parametrize("name", ["alive", "dead", "ill", "moved", "flaps", "walled", "left", "late"])
def test_one_url(store: Store, golden: Golden, name: str) -> None:
    story = told(store, url(name), 0.0)
    text = screen(lambda screen: show_url(screen, story, NOW, limit=5, verbose=False))
    assert harmless(text)
    golden(f"{name}.txt", text)


def test_what_is_no_url(store: Store, golden: Golden) -> None:
    story = told(store, HOSTILE, 0.0)
    text = screen(lambda screen: show_url(screen, story, NOW, limit=5, verbose=False), width=None)
    assert harmless(text)
    golden("hostile.txt", text)


def test_each_check_on_its_own(store: Store, golden: Golden) -> None:
    story = told(store, url("moved"), NIGHT + 4 * DAY)
    golden("moved-verbose.txt", screen(lambda screen: show_url(screen, story, NOW, limit=99, verbose=True)))


def test_the_overview(store: Store, golden: Golden) -> None:
    found = overview(store, TODAY, store.runs(14), since=NOW - 30 * DAY, limit=10)
    text = screen(lambda screen: show_overview(screen, found, NOW))
    assert harmless(text)
    golden("overview.txt", text)


def test_the_overview_cut_short_on_a_narrow_poor_screen_in_colour(store: Store, golden: Golden) -> None:
    found = overview(store, TODAY, store.runs(3), since=NOW - 30 * DAY, limit=1)
    text = screen(lambda screen: show_overview(screen, found, NOW), 50, "ascii", colour=True)
    golden("overview-narrow.txt", text.replace("\x1b", "ESC"))


def test_nothing_is_said_of_what_there_is_nothing_of(store: Store) -> None:
    found = overview(store, TODAY, store.runs(1), since=NOW, limit=1)
    calm = found._replace(failing=found.failing._replace(first=(), total=0))
    text = screen(lambda screen: show_overview(screen, calm, NOW))
    assert "Failing longest" not in text
    assert "Moved" not in text


def test_checks_of_some_days_alone(store: Store) -> None:
    story = told(store, url("dead"), NOW - 2 * DAY)
    text = screen(lambda screen: show_url(screen, story, NOW, limit=5, verbose=False))
    assert "2 checks  broken" in text
    assert "10 checks remembered" in text
    long_ago = told(store, url("dead"), NOW + DAY)
    assert "none in these days" in screen(lambda screen: show_url(screen, long_ago, NOW, limit=5, verbose=False))


def test_a_url_that_is_written_everywhere(store: Store) -> None:
    story = told(store, url("alive"), 0.0)
    story = story._replace(links=story.links * (PLACES + 5))
    brief, full = (
        screen(partial(show_url, story=story, now=NOW, limit=5, verbose=verbose)) for verbose in (False, True)
    )
    assert "… and 5 more places, shown with -v" in brief
    assert brief.count("records/a.md") == PLACES
    assert full.count("records/a.md") == PLACES + 5


def test_a_url_that_is_written_nowhere_or_was_on_the_command_line(store: Store) -> None:
    story = told(store, url("alive"), 0.0)
    nowhere, named = story._replace(links=()), story._replace(links=(Link(story.url, Role.WEB),))
    assert "nowhere now" in screen(lambda screen: show_url(screen, nowhere, NOW, limit=5, verbose=False))
    assert "on the command line" in screen(lambda screen: show_url(screen, named, NOW, limit=5, verbose=False))


def test_what_a_clock_that_was_ahead_has_left_keeps_nothing_from_being_due(store: Store) -> None:
    early = TODAY._replace(now=NIGHT + 2 * DAY)  # all but two checks have yet to come
    assert recall(store, url("alive"), early, 0.0).due < NIGHT + 12 * DAY
    assert recall(store, url("alive"), TODAY, 0.0).due > NIGHT + 12 * DAY


def test_a_url_that_was_checked_in_several_roles(store: Store) -> None:
    story = told(store, url("alive"), NIGHT + 8 * DAY)
    one, other = story.checks
    as_picture = story._replace(checks=(one._replace(seen=one.seen._replace(role=Role.IMAGE)), other))
    text = screen(lambda screen: show_url(screen, as_picture, NOW, limit=5, verbose=False))
    assert [line.split()[2] for line in text.splitlines()[-2:]] == ["image", "web"]


def test_when_it_is_due_again(store: Store) -> None:
    story = recall(store, url("alive"), TODAY, 0.0)
    assert story.due > story.checks[-1].at
    for due, words in ((NOW + DAY, "due again on 2026-02-10"), (NOW, "due now"), (0.0, "due now")):
        show = partial(show_url, story=story._replace(due=due), now=NOW, limit=5, verbose=False)
        assert words in screen(show)
