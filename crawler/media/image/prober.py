"""From bytes to one of three answers."""

from crawler.media.image import formats, other
from crawler.media.image.facts import Image, Need, NotImage
from crawler.media.image.prefix import Malformed, Short, Size

_SIDE_LIMIT = (1 << 31) - 1
"""No format that browsers show has longer sides (PNG, section 11.2.1, allows the most)."""


def probe(prefix: bytes, *, complete: bool) -> Image | Need | NotImage:
    """What a body that begins with `prefix` is. `complete`: there is no more of it, or no more will be asked for.

    Never raises. A size is said only when no longer prefix could change it; where `complete` cuts a file short, what is
    known of it stands. `Need` comes only without `complete`.
    """
    try:
        form = formats.identify(prefix)
    except Short as short:
        return other.identify(prefix) if complete else Need(short.at_least)
    if form is None:
        return other.identify(prefix) if complete or len(prefix) >= other.HEADER else Need(other.HEADER)
    size: Size | None = None
    try:
        size = form.size(prefix)
    except Short as short:
        if not complete:
            return Need(short.at_least)
        size = short.so_far
    except Malformed:
        pass
    width, height = size if size and 0 < min(size) <= max(size) <= _SIDE_LIMIT else (None, None)
    return Image(form.name, form.media_type, width, height)
