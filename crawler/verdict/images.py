"""Rules about pictures: what the bytes are, against what the record declares.

Only of an answer with success is anything known that these rules look at.
"""

from crawler.media.image import matches
from crawler.model.link import Link
from crawler.model.observation import Metadata
from crawler.model.report import Outcome
from crawler.model.role import Role
from crawler.model.verdict import Level
from crawler.verdict.quoting import short
from crawler.verdict.rule import Remark, Scope, beyond

SAME_SHAPE = 0.02
"""Share by which two ratios of width to height may differ and still be one shape: rounding when a picture is scaled."""

TINY = 10
"""Pixels a side up to which a picture holds a place rather than shows something."""

LARGE = 50
"""Declared pixels a side from which a tiny picture is none of what was declared."""

DRAWN = ("svg", "svgz")
"""Formats without pixels of their own: they are drawn at any size, and a shape they don't fill is left empty, not
stretched (SVG 2, section 8.2)."""


def size_mismatch(link: Link, outcome: Outcome) -> Remark | None:
    """A picture that has other sides than declared."""
    metadata, declared = outcome.observation.metadata, (link.width, link.height)
    if declared == (metadata.width, metadata.height):
        return None
    real = _real(outcome)
    if real is None or all(said in (None, side) for said, side in zip(declared, real, strict=True)):
        return None
    words = f"declared {_sides(*declared)}, is {_sides(*real)}"
    if link.width is None or link.height is None:
        return Remark(f"{words}: another scale", at_most=Level.INFO)
    if _same_shape((link.width, link.height), real):
        return Remark(f"{words}: the same shape at another scale", at_most=Level.INFO)
    if metadata.format in DRAWN:
        return Remark(f"{words}: another shape, in which it is drawn whole", at_most=Level.INFO)
    return Remark(f"{words}: another shape")


def size_unknown(link: Link, outcome: Outcome) -> Remark | None:
    """A picture whose sides are declared, and can't be read from its first megabyte."""
    metadata = outcome.observation.metadata
    if not metadata.is_image or metadata.width is not None or (link.width is None and link.height is None):
        return None
    return Remark(f"the size of this {metadata.format} can't be read from its first bytes")


def placeholder(link: Link, outcome: Outcome) -> Remark | None:
    """A pixel, or a tiny picture where a large one was declared."""
    if not is_tiny(outcome.observation.metadata) or (real := _real(outcome)) is None:
        return None
    declared = [side for side in (link.width, link.height) if side is not None]
    if real == (1, 1):
        return Remark("a single pixel") if declared != [1, 1] else None
    if declared and min(declared) >= LARGE:
        return Remark(f"declared {_sides(link.width, link.height)}, is {_sides(*real)}")
    return None


def is_tiny(metadata: Metadata) -> bool:
    """Whether a picture is too small to show anything. What is drawn at any size has no size to be judged by."""
    width, height = metadata.width, metadata.height
    return width is not None and height is not None and max(width, height) <= TINY and metadata.format not in DRAWN


def type_mismatch(_: Link, outcome: Outcome) -> Remark | None:
    """A picture that its server calls something else."""
    metadata = outcome.observation.metadata
    if not metadata.is_image or metadata.format is None or metadata.content_type is None:
        return None
    if matches(metadata.content_type, metadata.format):
        return None
    return Remark(f"served as {short(metadata.content_type)}, is {metadata.format}")


def _real(outcome: Outcome) -> tuple[int, int] | None:
    metadata = outcome.observation.metadata
    return None if metadata.width is None or metadata.height is None else (metadata.width, metadata.height)


def _sides(width: int | None, height: int | None) -> str:
    """Two sides as people write them, or the one that is known."""
    if width is None:
        return f"{height} high"
    return f"{width} wide" if height is None else f"{width}x{height}"


def _same_shape(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether two pairs of sides are one shape: one of them, scaled to a side of the other, has its other side as well.
    A pixel of rounding is nobody's fault, however small the picture.
    """
    sides = ((a, b), (b, a), (a[::-1], b[::-1]), (b[::-1], a[::-1]))
    return any(
        abs(other[0] * one[1] / one[0] - other[1]) <= max(1.0, SAME_SHAPE * other[1])
        for one, other in sides
        if one[0] > 0
    )


IMAGES = (
    beyond(
        "image-size-mismatch",
        Scope.LINK,
        Level.WARNING,
        "picture of another size",
        """The picture has other sides than the record declares, as readers see it (turned by its EXIF orientation).
        Where only the scale differs it weighs no more than info, since layouts keep their shape; where the shape
        differs too, pages jump or stretch it. Declare the real size, or link the picture that was meant.""",
        "https://html.spec.whatwg.org/multipage/embedded-content-other.html#dimension-attributes",
        check=size_mismatch,
        roles=(Role.IMAGE,),
    ),
    beyond(
        "image-size-unknown",
        Scope.LINK,
        Level.INFO,
        "picture of unknown size",
        """The record declares the picture's size, and its first megabyte does not say it, so it could not be compared.
        Mostly the picture is damaged or of a rare format; open it to see.""",
        "https://html.spec.whatwg.org/multipage/embedded-content-other.html#dimension-attributes",
        check=size_unknown,
        roles=(Role.IMAGE,),
    ),
    beyond(
        "image-placeholder",
        Scope.LINK,
        Level.WARNING,
        "placeholder instead of a picture",
        """A picture of one pixel, a tiny one where a large one was declared, or the very same picture under three or
        more unrelated URLs of one host: what sites serve where a picture is lost. Find the picture's present URL.""",
        "setting records.roles.image",
        check=placeholder,
        roles=(Role.IMAGE,),
        instead_of=("image-size-mismatch",),
    ),
    beyond(
        "image-type-mismatch",
        Scope.LINK,
        Level.INFO,
        "picture served as something else",
        """The server's Content-Type and the bytes disagree on the picture's format. Browsers go by the bytes for
        pictures; programs that go by the type may refuse it.""",
        "https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern",
        check=type_mismatch,
        roles=(Role.IMAGE,),
    ),
)
