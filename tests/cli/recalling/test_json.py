"""What a program reads: golden files, and nothing in them that a strict reader refuses."""

import json
from collections.abc import Callable

from crawler.cli.recalling.json import overview_json, story_json
from crawler.cli.recalling.overview import overview
from crawler.cli.recalling.today import Today
from crawler.cli.recalling.url import recall
from crawler.config import Config
from crawler.store.port import Store
from tests.cli.recalling.sample import HOSTILE, NOW, url
from tests.store.making import DAY

Golden = Callable[[str, str], None]

TODAY = Today.of(Config(), NOW)


def without_due(text: str) -> str:
    """A story without the one moment that the schedule decides."""
    found = json.loads(text)
    assert found.pop("due").startswith("2026-")
    return json.dumps(found, indent=2) + "\n"


def test_one_url(store: Store, golden: Golden) -> None:
    golden("dead.json", without_due(story_json(recall(store, url("dead"), TODAY, 0.0))))


def test_what_is_no_url(store: Store, golden: Golden) -> None:
    text = story_json(recall(store, HOSTILE, TODAY, 0.0))
    assert text.isascii()
    json.loads(text)["url"].encode()
    golden("hostile.json", without_due(text))


def test_the_overview(store: Store, golden: Golden) -> None:
    text = overview_json(overview(store, TODAY, store.runs(2), since=NOW - 30 * DAY, limit=2))
    assert text.isascii()
    golden("overview.json", f"{text}\n")
