import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.report.text import TEXT_LIMIT, cells, fold, safe

ANYTHING = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text, Grüße, 日本語, 🎉", "plain text, Grüße, 日本語, 🎉"),
        ("", ""),
        ("[bold]x[/bold] :boom:", "[bold]x[/bold] :boom:"),
        ("a\nb\rc\td", r"a\nb\rc\td"),
        ("\x00\x07\x1b[31m\x7f", r"\x00\x07\x1b[31m\x7f"),
        ("\x9b2J\x85", r"\x9b2J\x85"),
        ("\u202e\u2066\u2069\u200e\u061c", r"\u202e\u2066\u2069\u200e\u061c"),
        ("a\u200bb\u200dc\ufeffd\u00ade\u2060", r"a\u200bb\u200dc\ufeffd\xade\u2060"),
        ("\u2028\u2029\xa0\u3000", r"\u2028\u2029\xa0\u3000"),
        ("\ud800 \udfff", r"\ud800 \udfff"),
        ("\U000e0041\U000e007f", r"\U000e0041\U000e007f"),
        (
            "\ufe0f\U000e0100\u034f\u115f\u3164\uffa0\u180b\u2800",
            r"\ufe0f\U000e0100\u034f\u115f\u3164\uffa0\u180b\u2800",
        ),
        ("\ue000\uffff", r"\ue000\uffff"),
    ],
)
def test_what_a_terminal_would_obey_or_hide_is_shown_as_its_escape(text: str, shown: str) -> None:
    assert safe(text) == shown


@given(ANYTHING, st.integers(1, 40))
def test_safe_text_is_printable_and_bounded(text: str, limit: int) -> None:
    shown = safe(text, limit)
    assert shown.isprintable()
    assert len(shown) <= limit


@given(ANYTHING)
def test_safe_text_is_safe_already(text: str) -> None:
    assert safe(safe(text)) == safe(text)


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdefg", 6, "abcde…"),
        ("ab\u202e", 8, r"ab\u202e"),
        ("ab\u202ec", 8, "ab…"),
        ("\u202e", 3, "…"),
        ("x" * (TEXT_LIMIT + 1), TEXT_LIMIT, "x" * (TEXT_LIMIT - 1) + "…"),
    ],
)
def test_what_is_too_long_ends_in_an_ellipsis_and_never_inside_an_escape(text: str, limit: int, shown: str) -> None:
    assert safe(text, limit) == shown


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("日本", 4), ("e\u0301", 1), ("Ａ", 2), ("", 0)])
def test_cells(text: str, columns: int) -> None:
    assert cells(text) == columns


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("one two three", ["one two", "three"]),
        ("12345678", ["12345678"]),
        ("123456789", ["12345678", "9"]),
        ("→ 123456789", ["→ 123456", "789"]),
        ("日本語日本語", ["日本語日", "本語"]),
        ("a  b", ["a  b"]),
        ("1234567 123456789", ["1234567", "12345678", "9"]),
    ],
)
def test_fold(text: str, lines: list[str]) -> None:
    assert fold(text, 8) == lines


@given(st.text(st.sampled_from("ab 日\u0301é")), st.integers(2, 12))
def test_folding_loses_nothing_but_spaces_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = fold(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cells(line) <= width for line in lines)
