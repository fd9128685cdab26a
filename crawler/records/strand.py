"""The way back from text that a Markdown parser cut out of its lines to the lines themselves."""

from bisect import bisect_right
from itertools import accumulate

from crawler.records.page import Page


class Strand:
    """A run of inline text or HTML. `line` is the index, in the body, of the source line that it begins in."""

    __slots__ = ("_body", "_line", "_page", "_shifts", "_starts", "content")

    def __init__(self, page: Page, body: int, content: str, line: int) -> None:
        self._page = page
        self._body = body
        self._line = bisect_right(page.starts, body) - 1 + line
        self.content = content
        self._starts = [0, *accumulate(len(part) + 1 for part in content.split("\n"))]
        self._shifts: dict[int, int] = {}
        """By line of the content: how much further on in the page it stands."""

    def offset(self, position: int) -> int:
        """The offset in the page of a position in the content.

        The parser takes indentation, quote marks and trailing space off each line and turns tabs before its text into
        spaces, no more. So the text stands in its source line as it is, at the last place that shows it, since nothing
        but white space and the `#` of a heading follows it there.
        """
        index = bisect_right(self._starts, position) - 1
        if index not in self._shifts:
            part = self.content[self._starts[index] : self._starts[index + 1] - 1]
            lead = len(part) - len(part.lstrip())
            self._shifts[index] = self._last(part.strip(), self._line + index) - lead - self._starts[index]
        return position + self._shifts[index]

    def _last(self, text: str, line: int) -> int:
        starts = self._page.starts
        begin = max(starts[line], self._body)
        end = starts[line + 1] if line + 1 < len(starts) else len(self._page.text)
        return max(begin, self._page.text.rfind(text, begin, end))
