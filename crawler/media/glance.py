"""The glance that nearly all pages get: enough to see that nothing speaks against them.

What `parked` and `soft404` look for has to show itself somewhere that is cheap to see. Each condition here finds one of
these places empty; a page with something in one of them is looked at closely, however harmless it turns out to be.
"""

import re
from functools import cache

from crawler.media.answer import Answer
from crawler.media.not_found import CODES, short_phrases
from crawler.media.parked import OWN, REGISTRANT, SUSPENDED, by_markup
from crawler.media.signs import claims_home, rendered_as_404
from crawler.media.wording.east import EAST
from crawler.media.wording.offers import EXPIRED, FOR_SALE, PARKED
from crawler.media.wording.plain import plain
from crawler.media.wording.unparted import UNPARTED
from crawler.media.wording.vocabulary import Vocabulary
from crawler.media.wording.west import WEST

_DOT = re.compile(r"[^\x00-\x2d\x2f-\xff\u2013\u2014\u2018-\u201d\u2022]")
"""What may be a dot once it is made plain: not the rest of Latin-1, dashes and quotation marks."""


def above_suspicion(page: Answer) -> bool:
    """Whether a page that no redirect led astray is seen to be neither parked nor gone: True only where a closer look
    would find nothing."""
    return (
        page.is_html
        and SUSPENDED not in page.final.href
        and not _may_say(page)
        and claims_home(page) is None
        and rendered_as_404(page) is None
        and by_markup(page) is None
    )


def _may_say(page: Answer) -> bool:
    """Whether the title or a heading holds a telling word, or the title the domain's name."""
    if _vocabulary().may_be_said(page.said):
        return True
    title = page.title
    name = page.final.site.removeprefix("www.")
    return (_may_have_dot(title) or "." not in name) and name in plain(title)


def _may_have_dot(title: str) -> bool:
    return "." in title if title.isascii() else _DOT.search(title) is not None


@cache
def _vocabulary() -> Vocabulary:
    """All words that `parked` and `not_found` ask for one of."""
    languages = (*WEST.values(), *EAST.values(), *UNPARTED.values(), *FOR_SALE, *PARKED, *EXPIRED)
    return Vocabulary(languages, short_phrases(), also=(*CODES, OWN, REGISTRANT))
