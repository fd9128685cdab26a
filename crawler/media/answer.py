"""What came of asking for one URL, as those who judge pages want it: parsed once, what is costly left for later."""

from typing import Final

from crawler.http.content import Content
from crawler.http.url import Url
from crawler.media.head import Head, is_introduced
from crawler.media.media_type import PAGES, media_type
from crawler.media.text import APART, SPAN, Seen, glimpsed, leading, seen
from crawler.media.wording.vocabulary import Line
from crawler.media.wording.western import straight
from crawler.model.exchange import Fields

SHORT_WORDS: Final = 120
"""Words of a page that says one thing and no more. Error pages of content systems have some 20 to 80 of their own."""

WHOLE: Final = 1_048_576
"""Bytes of a decoded body that are looked at."""

BEHIND_HEAD: Final = 16_384
"""Bytes behind a head that a page is judged by at a glance. A page that says it is gone says so at the top."""

NEAR: Final = APART + SPAN + 512
"""The same where its head tells of it what only its site knows and its first heading stands at the very top."""


class Answer:
    """The last answer of a visit, and where it came from. Never changes; reads its own body at most once."""

    __slots__ = (
        *("asked", "behind_head", "complete", "fields", "final", "head", "is_html", "is_introduced"),
        *("near", "redirected", "status", "title"),
        *("_body", "_content", "_glimpsed", "_said", "_seen", "_whole"),
    )

    def __init__(
        self,
        asked: Url,
        final: Url,
        status: int,
        fields: Fields,
        near: bytes,
        head: Head,
        *,
        complete: bool = True,
        behind_head: int = 0,
        content: Content | None = None,
    ) -> None:
        self.asked = asked
        """The URL that the visit began with."""
        self.final = final
        """The URL that gave this answer: another one after redirects."""
        self.status = status
        self.fields = fields
        self.near = near
        """What of the body is at hand already: `NEAR` bytes behind its head at least, or all of it."""
        self.head = head
        self.title = straight(head.title or "")
        """The head's title in letters that are compared faster; empty where there is none."""
        self.complete = complete
        """Whether all of the body is there: `body`, or else what `whole` has."""
        self.behind_head = behind_head
        """Where in the body the head ends; 0 where nobody has looked."""
        self._content = content
        self._body = near if content is None else None
        self._whole: Answer | None = None
        self.redirected = asked.href != final.href
        """Whether a redirect led here, other than back to the same URL."""
        self.is_html = media_type(fields.get("content-type") or "text/html") in PAGES
        """Whether the body is a page to read; servers that name no type nearly always send one."""
        self.is_introduced = is_introduced(head)
        """Whether the head tells of the page what only its site knows."""
        self._glimpsed: tuple[str, ...] | None = None
        self._said: Line | None = None
        self._seen: Seen | None = None

    @property
    def body(self) -> bytes:
        """The front of the body, no longer content-encoded: `BEHIND_HEAD` bytes behind its head."""
        if self._body is None:
            assert self._content is not None
            self._body = self._content.read(self.behind_head + BEHIND_HEAD)
        return self._body

    def whole(self) -> "Answer":
        """The same with all of the body that was read, no longer content-encoded, up to `WHOLE` bytes."""
        if self._whole is not None:
            return self._whole
        if self._content is None:
            return self
        body = self._content.read(WHOLE)
        if len(body) == len(self.body):
            return self
        self._whole = self._with(body)
        return self._whole

    def _with(self, body: bytes) -> "Answer":
        return Answer(
            self.asked,
            self.final,
            self.status,
            self.fields,
            body,
            self.head,
            complete=self.complete,
            behind_head=self.behind_head,
        )

    @property
    def same_site(self) -> bool:
        """Whether the answer came from the site that was asked."""
        return self.asked.host == self.final.host or self.asked.site == self.final.site

    @property
    def glimpsed(self) -> tuple[str, ...]:
        """The page's first headings at a glance; a doubtful one wants a closer look at `seen`. Of a page that is
        introduced, those that stand together: a site that has lost it would hardly give out its picture."""
        if self._glimpsed is None:
            self._glimpsed = self._glimpse() if self.is_html else ()
        return self._glimpsed

    def _glimpse(self) -> tuple[str, ...]:
        kind = self.fields.get("content-type")
        if not self.is_introduced:
            return glimpsed(self.body, kind, self.behind_head)
        told = leading(self.near, kind, self.behind_head, self.behind_head + NEAR)
        return told if told is not None else glimpsed(self.body, kind, self.behind_head, APART)

    @property
    def said(self) -> Line:
        """Its title and the headings that are glimpsed, in one line."""
        if self._said is None:
            self._said = Line("\n".join((self.title, *self.glimpsed)))
        return self._said

    @property
    def seen(self) -> Seen:
        """What a reader sees; costs a millisecond."""
        if self._seen is None:
            self._seen = seen(self.body, self.fields.get("content-type")) if self.is_html else Seen((), ())
        return self._seen

    @property
    def is_short(self) -> bool:
        """Whether the page says so little that it says only one thing."""
        return self.complete and not self.seen.cut and len(self.seen.words) <= SHORT_WORDS
