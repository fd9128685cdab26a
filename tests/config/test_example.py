"""`config.yaml` at the top of the project: every key, its default, and a line of why."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from crawler.config import Config
from crawler.config.document import read
from crawler.config.duration import duration, is_duration
from crawler.config.keys import KeyPath, dotted, kind_at, known
from crawler.config.load import load

EXAMPLE = Path(__file__).parents[2] / "config.yaml"


def test_it_is_the_defaults() -> None:
    assert load(str(EXAMPLE), environ={}).config == Config()


def test_it_has_every_key_with_its_default_and_no_other() -> None:
    def plain(value: Any, path: KeyPath = ()) -> Any:
        if isinstance(value, dict):
            return {str(key): plain(item, (*path, str(key))) for key, item in value.items()}
        if is_duration(kind_at(path)):
            return duration(str(value))
        return [plain(item) for item in value] if isinstance(value, (list, tuple)) else value

    document = read(EXAMPLE.read_bytes(), "config.yaml")
    assert not document.faults
    assert plain(document.value) == plain(asdict(Config()))


@pytest.mark.parametrize("path", known(), ids=dotted)
def test_a_comment_says_why(path: tuple[str, ...]) -> None:
    document = read(EXAMPLE.read_bytes(), "config.yaml")
    line = EXAMPLE.read_text(encoding="utf-8").splitlines()[document.places[path].line - 1]
    _, _, comment = line.partition("  # ")
    assert len(comment.split()) >= 2, f"no comment beside: {line}"
