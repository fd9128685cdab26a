"""Any number of lines, handed over in any order, read back sorted, in memory that does not grow with them."""

import heapq
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import IO, Self

from crawler.errors import RunError

MEMORY = 8_000_000
"""Bytes of lines that are held before they are sorted and moved to a temporary file."""

_BLOCK = 65_536
"""Bytes that are read at once of each sorted run: what a merge of a hundred runs (800 MB) holds is under 10 MB."""


class Spool:
    """An external merge sort: sorted runs in one temporary file, merged when read.

    A line is bytes without a line feed and without NUL, as JSON in ASCII is. Nothing is written to disk before
    `memory` bytes are reached. Raises `RunError` where the temporary folder is full or can't be written.
    """

    def __init__(self, memory: int = MEMORY) -> None:
        self._memory = memory
        self._held: list[tuple[str, bytes]] = []
        self._size = 0
        self._file: IO[bytes] | None = None
        self._runs: list[list[tuple[int, int]]] = []
        """Of each run, the (offset, length) of its blocks."""

    def add(self, key: str, line: bytes) -> None:
        """Keeps one line; lines come back in the order of their keys by code points, then of themselves."""
        self._held.append((key, line))
        self._size += len(key) + len(line)
        if self._size > self._memory:
            self._spill()

    def __iter__(self) -> Iterator[bytes]:
        """Every line in order. To be read once all are added."""
        if not self._runs:
            self._held.sort()
            for _, line in self._held:
                yield line
            return
        try:
            for entry in heapq.merge(_sorted(self._held), *map(self._read, self._runs)):
                yield entry[entry.rindex(b"\0") + 1 :]
        except OSError as error:
            raise _unusable(error) from error

    def _spill(self) -> None:
        try:
            if self._file is None:
                import tempfile  # 15 ms that only a large run needs

                self._file = tempfile.TemporaryFile(prefix="crawler-")  # noqa: SIM115 - lives as long as the spool
            self._runs.append([_append(self._file, block) for block in _blocks(_sorted(self._held))])
            self._file.flush()
        except OSError as error:
            raise _unusable(error) from error
        self._held.clear()
        self._size = 0

    def _read(self, run: list[tuple[int, int]]) -> Iterator[bytes]:
        assert self._file is not None
        for offset, length in run:
            self._file.seek(offset)
            yield from self._file.read(length).split(b"\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Gives memory and disk back."""
        self._held.clear()
        self._runs.clear()
        if self._file is not None:
            with suppress(OSError):  # a disk that was full still is, and nothing here is wanted any more
                self._file.close()


def _sorted(held: list[tuple[str, bytes]]) -> list[bytes]:
    """Each key with its line as a line of the file: NUL parts the two, and a line feed the pairs. A key that holds one
    of these (no file name, no URL does) sorts a little out of its place. UTF-8 sorts as code points do.
    """
    return sorted([b"\0".join((_encoded(key), line)) for key, line in held])


def _encoded(key: str) -> bytes:
    return key.replace("\n", "\0").encode("utf-8", "surrogatepass")


def _append(file: IO[bytes], block: bytes) -> tuple[int, int]:
    offset = file.tell()
    file.write(block)
    return offset, len(block)


def _blocks(entries: list[bytes]) -> Iterator[bytes]:
    block: list[bytes] = []
    size = 0
    for entry in entries:
        block.append(entry)
        size += len(entry)
        if size > _BLOCK:
            yield b"\n".join(block)
            block.clear()
            size = 0
    if block:
        yield b"\n".join(block)


def _unusable(error: OSError) -> RunError:
    import tempfile

    return RunError(f"can't keep the report in {tempfile.gettempdir()}: {error.strerror or error}")
