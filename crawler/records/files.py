"""Files from the disk, with the bounds and faults that come with them."""

import os
import re
import stat

from crawler.config import Bounds
from crawler.model.link import Problem
from crawler.records.page import Flaw, Page

_ESCAPED = re.compile("[\udc80-\udcff]")
_WIDE = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def load(path: str, bounds: Bounds) -> tuple[Page | None, list[Problem]]:
    """A text file in memory; None where nothing of it can be read. Never raises for what a file system does."""
    try:
        raw = _read(path, bounds.file_bytes)
    except OSError as error:
        return None, [unreadable(path, error)]
    if len(raw) > bounds.file_bytes:
        message = f"larger than {bounds.file_bytes:,} bytes (records.bounds.file_bytes)"
        return None, [Problem("record-unreadable", message, path, 1, 1)]
    if b"\0" in raw:
        kind = _WIDE.get(raw[:2], "binary data")
        return None, [Problem("record-unreadable", f"{kind}, not a text in UTF-8", path, 1, 1)]
    text, flaw = decode(raw)
    page = Page(path, text)
    return page, [] if flaw is None else [page.problem(flaw)]


def unreadable(path: str, error: OSError) -> Problem:
    """What a file or folder that the system refuses becomes."""
    return Problem("record-unreadable", f"cannot be read: {error.strerror or error}", path)


def decode(raw: bytes) -> tuple[str, Flaw | None]:
    """UTF-8, each byte that is none standing as one U+FFFD: what is around it can still be read."""
    try:
        return raw.decode(), None
    except UnicodeDecodeError as error:
        offset = len(raw[: error.start].decode())
        message = f"not UTF-8: byte 0x{raw[error.start]:02x} at offset {error.start:,} ({error.reason})"
        return _ESCAPED.sub("\ufffd", raw.decode(errors="surrogateescape")), Flaw(message, offset, 1)


def _read(path: str, limit: int) -> bytes:
    """The file, or one byte more than the limit of it; a pipe is read the same way."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - 100,000 times a Path and a buffer would count
        status = os.fstat(file.fileno())
        if stat.S_ISREG(status.st_mode):
            return file.read(min(status.st_size, limit) + 1)
        raw = b""
        while len(raw) <= limit and (chunk := file.read(limit + 1 - len(raw))):
            raw += chunk
        return raw
