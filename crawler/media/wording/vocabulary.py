"""A language's words, ready to be held against a line."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property

from crawler.media.wording.form import Words
from crawler.media.wording.plain import TOKEN, plain
from crawler.media.wording.western import western


def has_any(text: str, parts: tuple[str, ...]) -> bool:
    """Whether one of the parts stands in a text."""
    for part in parts:  # noqa: SIM110 - compiled, a generator takes as long again as the search
        if part in text:
            return True
    return False


class Line:
    """A line, taken apart once for all who look for words in it."""

    __slots__ = ("_tokens", "text", "western")

    def __init__(self, text: str) -> None:
        self.text = text
        self.western = western(text)
        """Its words, if it is in Western letters."""
        self._tokens: list[str] | None = None

    @property
    def tokens(self) -> list[str]:
        """Its words and numbers."""
        if self._tokens is None:
            self._tokens = TOKEN.findall(plain(self.text))
        return self._tokens

    def has_word(self, words: frozenset[str]) -> bool:
        """Whether one of these, none of them a number, is a word of it."""
        found = self.western
        return not words.isdisjoint(self.tokens if found is None else found)


class Vocabulary:
    """Several languages' `Words`. A line says what they are for if one language holds all of it."""

    def __init__(self, languages: Iterable[Words], phrases: Iterable[str] = (), also: Iterable[str] = ()) -> None:
        """`phrases` say it in no language's form, but with a telling word; words and numbers of `also` tell alone."""
        forms = tuple(languages)
        self._parted = [_Parted(form) for form in forms if form.parted]
        self._unparted = [_Unparted(form) for form in forms if not form.parted]
        self._telling = frozenset(also).union(*(form.telling for form in self._parted))
        self._telling_numbers = tuple(filter(str.isdigit, self._telling))
        self._telling_pieces = _any(frozenset().union(*(_set(form.gone) for form in forms if not form.parted)))
        self._enough: dict[str, list[Callable[[frozenset[str]], bool]]] = {word: [] for word in self._telling}
        """By telling word: what has to hold of a line's words so that one of them may say it."""
        for form in self._parted:
            for word in form.telling:
                self._enough[word].append(form.may_say)
        for phrase in map(frozenset[str], map(TOKEN.findall, map(plain, phrases))):
            for word in phrase & self._telling:
                self._enough[word].append(phrase.issubset)
        for word in also:
            self._enough[word].append(bool)

    def may_be_said(self, line: Line) -> bool:
        """Whether a line, as it stands, has the words for it at all, whatever else it has; nearly no line has."""
        words = line.western
        if words is None or has_any(line.text, self._telling_numbers):
            words = line.tokens
            squeezed = "".join(words)
            if not squeezed.isascii():  # one that doesn't part words may be among them, and hide some in others
                return not self._telling.isdisjoint(words) or bool(self._telling_pieces.search(squeezed))
        if self._telling.isdisjoint(words):
            return False
        known = frozenset(words)
        return any(enough(known) for word in known & self._telling for enough in self._enough[word])

    def says(self, line: str) -> bool:
        """Whether a line, made `plain`, is made of one language's words, among them a thing and what became of it."""
        tokens = TOKEN.findall(line)
        words, squeezed = frozenset(tokens), "".join(tokens)
        return any(form.says(words) for form in self._parted) or any(form.says(squeezed) for form in self._unparted)


class _Parted:
    def __init__(self, form: Words) -> None:
        self._things, self._nots, self._verbs, self._gone = map(_set, form[:4])
        self._known = self._things | self._nots | self._verbs | self._gone | _set(form.around)
        self.telling = self._verbs | self._gone

    def may_say(self, words: frozenset[str]) -> bool:
        return not self._things.isdisjoint(words) and (
            not self._gone.isdisjoint(words) or not (self._nots.isdisjoint(words) or self._verbs.isdisjoint(words))
        )

    def says(self, words: frozenset[str]) -> bool:
        return self.may_say(words) and words <= self._known


class _Unparted:
    def __init__(self, form: Words) -> None:
        self._form = form

    def says(self, squeezed: str) -> bool:
        things, gone, known = self._patterns
        return bool(gone.search(squeezed) and things.search(squeezed) and known.fullmatch(squeezed))

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
        """What is gone, that it is, and all it may be said with: 20 ms to compile, and few lines are looked at so."""
        things, gone, around = map(_set, (self._form.things, self._form.gone, self._form.around))
        # pieces that are taken stay taken: going back over them would take exponential time
        return _any(things), _any(gone), re.compile(f"(?>{_any(things | gone | around).pattern})+")


def _any(words: frozenset[str]) -> re.Pattern[str]:
    """One of these words, the longest first; of no words, what nothing matches."""
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)) or "(?!)")


def _set(words: str) -> frozenset[str]:
    return frozenset(plain(words).split())
