"""Lines in Western letters, read fast, have the words that they have when they are read at leisure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.media.wording.plain import TOKEN, plain
from crawler.media.wording.western import western

WINDOWS_1252 = bytes(range(256)).decode("cp1252", "ignore")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Page not found", ["page", "not", "found"]),
        ("Trump’s “Élysée” — 404error's news_x", ["trumps", "elysee", "errors", "news", "x"]),
        ("L'adresse n'existe plus…", ["ladresse", "nexiste", "plus"]),
        ("State-of-the-art – or not? — it’s", ["state", "of", "the", "art", "or", "not", "its"]),
        ("", []),
        ("4 · 10", []),
        ("Größe", None),
        ("Strona nie znaleziona – Łódź", None),
        ("ページ", None),
        ("4¹0", None),
    ],
)
def test_words(line: str, words: list[str] | None) -> None:
    assert western(line) == words


@given(st.text(st.sampled_from(WINDOWS_1252)) | st.text())
def test_what_is_read_is_what_is_plain(line: str) -> None:
    words = western(line)
    if words is not None:
        assert words == [token for token in TOKEN.findall(plain(line)) if not token.isdigit()]


@given(
    st.text(
        st.sampled_from(
            [letter for letter in WINDOWS_1252 if plain(f"a{letter}a").isascii() and letter not in "™œŒæÆß²³¹¼½¾"]
        )
    )
)
def test_nearly_all_is_read(line: str) -> None:
    assert western(line) is not None
