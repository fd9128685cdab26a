"""Which moves may be written into a record unasked."""

import pytest

from tests.verdict.cases import verdict

SAFE = [
    ("https://example.org/a", "https://example.org/b"),
    ("http://example.org/a", "https://example.org/b"),
    ("https://example.org/a", "https://www.example.org/a"),
    ("https://old.example.org/a", "https://new.example.org/a"),
    ("https://example.org/", "https://example.org/en/"),
    ("https://example.org/", "https://www.example.org/"),
    ("https://example.org/login", "https://example.org/sign-in"),
    ("http://203.0.113.7/a", "http://203.0.113.7/b"),
]

UNSAFE = [
    ("https://example.org/a", "https://example.org/"),
    ("https://example.org/a", "https://example.org/en/index.html"),
    ("https://example.org/a", "https://example.org/login?next=/a"),
    ("https://example.org/a", "https://accounts.example.org/a"),
    ("https://example.org/a", "https://example.org/404.html"),
    ("https://example.org/a", "https://example.org/errors/not-found"),
    ("https://example.org/", "https://example.org/login"),
    ("https://example.org/a", "https://example.net/a"),
    ("https://one.github.io/a", "https://two.github.io/a"),
    ("https://example.org/a", "http://example.org/b"),
    ("http://203.0.113.7/a", "http://203.0.113.8/a"),
]


@pytest.mark.parametrize(
    ("source", "target", "safe"),
    [*((source, target, True) for source, target in SAFE), *((source, target, False) for source, target in UNSAFE)],
)
def test_safe(source: str, target: str, safe: bool) -> None:
    replacement = verdict(source, 301, target, 200).replacement
    assert replacement is not None
    assert (replacement.url, replacement.kind, replacement.safe) == (target, "redirect", safe)


def test_one_temporary_hop_and_there_is_no_replacement() -> None:
    assert (
        verdict("https://example.org/a", 301, "https://example.org/b", 302, "https://example.org/c", 200).replacement
        is None
    )
