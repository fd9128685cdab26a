"""Whatever a store holds, all of it can be shown, and none of it is obeyed."""

import json
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.cli.recalling.json import overview_json, story_json
from crawler.cli.recalling.overview import overview
from crawler.cli.recalling.show_overview import show_overview
from crawler.cli.recalling.show_url import show_url
from crawler.cli.recalling.today import Today
from crawler.cli.recalling.url import recall
from crawler.config import Config
from crawler.errors import UsageError
from crawler.model.link import Link
from crawler.model.observation import Observation
from crawler.model.role import Role
from crawler.store.choose import open_store
from tests.cli.recalling.test_screens import screen
from tests.store.making import NIGHT, Placed, ended, links, observations, roles

NOW = 4e9
TODAY = Today.of(Config(), NOW)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(observations, roles), min_size=1, max_size=6), links)
def test_anything_can_be_shown(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[Observation, Role]], link: Link
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with open_store(f"sqlite:///{folder}/links.db") as store:
        store.begin(NIGHT, [])
        for observation, role in made:
            store.observe(observation, role)
        named = [Placed(url, link.role, (link,)) for url in {observation.url for observation, _ in made}]
        store.written({link.path: ()}, named)
        store.finish(ended())
        for target in named:
            try:
                story = recall(store, target.url, TODAY, 0.0)
            except UsageError:  # it is no spelling of itself
                continue
            for verbose in (True, False):
                show = partial(show_url, story=story, now=NOW, limit=3, verbose=verbose)
                assert screen(show).replace("\n", "").isprintable()
            json.dumps(json.loads(story_json(story)), ensure_ascii=False).encode()
        found = overview(store, TODAY, store.runs(), since=0.0, limit=3)
        assert screen(partial(show_overview, overview=found, now=NOW)).replace("\n", "").isprintable()
        json.dumps(json.loads(overview_json(found)), ensure_ascii=False).encode()
