"""Places in a text."""

from hypothesis import given
from hypothesis import strategies as st

from crawler.records.page import BOM, Flaw, Page

PIECES = st.sampled_from(["\n", "\r\n", "\r", "a", "ü", "👍", "\u2028", "\x85", "\v", "\f", BOM])


def counted(text: str, offset: int) -> tuple[int, int]:
    """(line, column) of an offset, one character after the other."""
    line, column = 1, 1
    for index, character in enumerate(text[:offset]):
        if character == "\n" or (character == "\r" and text[index + 1 : index + 2] != "\n"):
            line, column = line + 1, 1
        elif index or character != BOM:
            column += 1
    return line, column


@given(st.lists(PIECES, max_size=30).map("".join), st.data())
def test_any_place_in_any_order(text: str, data: st.DataObject) -> None:
    page = Page("x", text)
    for offset in data.draw(st.lists(st.integers(0, len(text)), max_size=6)):
        assert page.place(offset) == counted(text, offset)


def test_a_page_that_is_one_line_of_a_file_counts_from_there() -> None:
    page = Page("x", "abc", line=7, base=100)
    assert page.place(2) == (7, 3)
    assert page.problem(Flaw("wrong since line", 1, 2, since=0))[1:6] == ("wrong since line 7", "x", 7, 2, 4)
