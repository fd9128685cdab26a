"""HEIF (ISO/IEC 23008-12), which AVIF and HEIC are: the primary item, its extents, and how it is turned."""

from crawler.media.image.boxes import TO_THE_END, Box, boxes
from crawler.media.image.prefix import LIMIT, Malformed, Size, take, unpack


def size(data: bytes) -> Size:
    """Width and height of the primary item as shown. Raises `Short` and `Malformed`."""
    for kind, start, end in boxes(data, 0, TO_THE_END):
        if kind == b"meta":
            return _of_primary(data, start + 4, end)
    raise Malformed


def _of_primary(data: bytes, start: int, end: int) -> Size:
    primary: int | None = None
    properties: tuple[int, int] | None = None
    for kind, content, stop in boxes(data, start, end):
        if kind == b"pitm":
            (version,) = unpack(">B", data, content)
            (primary,) = unpack(">I" if version else ">H", data, content + 4)
        elif kind == b"iprp":
            properties = content, stop
        if primary is not None and properties is not None:
            return _shown(data, _properties(data, *properties, primary))
    raise Malformed


def _properties(data: bytes, start: int, end: int, item: int) -> list[Box]:
    """The properties of an item, in the order they apply (`ipco` holds all of them, `ipma` says which are whose)."""
    known: list[Box] = []
    indexes: list[int] = []
    for kind, content, stop in boxes(data, start, end):
        if kind == b"ipco":
            known = list(boxes(data, content, stop))
        elif kind == b"ipma":
            indexes += _associations(data, content, stop, item)
    return [known[index - 1] for index in indexes if 0 < index <= len(known)]


def _associations(data: bytes, at: int, end: int, item: int) -> list[int]:
    """The 1-based indexes of an item's properties in one `ipma` box. The top bit of each says that it is essential."""
    version, flags, count = unpack(">B3sI", data, at)
    at += 8
    entry, entry_length = (">IB", 5) if version else (">HB", 3)
    index_length, mask = (2, 0x7FFF) if flags[2] & 1 else (1, 0x7F)
    for _ in range(min(count, LIMIT)):
        if at >= end:
            break
        of, indexes = unpack(entry, data, at)
        raw = take(data, at + entry_length, indexes * index_length)
        if of == item:
            return [int.from_bytes(raw[i : i + index_length], "big") & mask for i in range(0, len(raw), index_length)]
        at += entry_length + len(raw)
    return []


def _shown(data: bytes, properties: list[Box]) -> Size:
    sides: Size | None = None
    for kind, at, _ in properties:
        if kind == b"ispe":
            width, height = unpack(">II", data, at + 4)
            sides = width, height
        elif kind == b"clap" and sides:  # clean aperture: two fractions (ISO/IEC 14496-12, section 12.1.4)
            width, wide, height, high = unpack(">IIII", data, at)
            if wide and high:
                sides = width // wide, height // high
        elif kind == b"irot" and sides and take(data, at, 1)[0] & 1:  # quarter turns
            sides = sides[1], sides[0]
    if sides is None:
        raise Malformed
    return sides
