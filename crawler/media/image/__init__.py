"""What an image file says of itself, from the shortest prefix that says it: format, media type, width and height.

Drive it like this. Ask for the first `STEPS[0]` bytes and call `probe`, with `complete` where that is all there is.
While it answers `Need`, ask for `need.next` bytes and call it again; where `need.next` is None, call it once more with
`complete=True`: that settles what can be settled, an `Image` without its size or a `NotImage`. The prefix is of the
decoded body: undo `Content-Encoding` (RFC 9110, section 8.4) first.

Nothing here is decoded, allocated by what a file claims, or expanded; every loop is bounded and every offset checked.
"""

from crawler.media.image.facts import STEPS, Image, Need, NotImage
from crawler.media.image.formats import sniff
from crawler.media.image.media_type import matches
from crawler.media.image.prober import probe

__all__ = ["STEPS", "Image", "Need", "NotImage", "matches", "probe", "sniff"]
