"""Where a report goes: standard output, which somebody may stop reading, or a file, which is never half-written.

An output is a context manager: what was written when it is left is the whole report. Left by an exception, a file that
is written as a whole is as it was before. Raises `RunError` when the disk is full or the device fails.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self, TextIO

from crawler.errors import RunError, UsageError


class Output(Protocol):
    """Takes the bytes of one report, in order."""

    encoding: str
    """In which text is to be written."""

    def write(self, data: bytes) -> None:
        """Adds `data`."""
        ...

    def flush(self) -> None:
        """Lets whoever reads along see what was written so far."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class StandardOutput:
    """The stream of a process. A reader that goes away, as `head` does, ends the output quietly and not the run."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._binary: BinaryIO | None = getattr(stream, "buffer", None)
        self._wanted = True
        self.encoding = getattr(stream, "encoding", None) or "utf-8"

    def write(self, data: bytes) -> None:
        """Adds `data`, unless nobody reads any more."""
        if not self._wanted:
            return
        try:
            if self._binary is None:
                self._stream.write(data.decode(self.encoding))
            else:
                self._binary.write(data)
        except OSError as error:
            self._abandon(error)

    def flush(self) -> None:
        """Hands over what is buffered, unless nobody reads any more."""
        if not self._wanted:
            return
        try:
            self._stream.flush()
        except OSError as error:
            self._abandon(error)

    def _abandon(self, error: OSError) -> None:
        """Writes no more, and points the descriptor at nothing, so that the interpreter's own flush at exit does not
        fail over what is still buffered (Python's documentation of the signal module, "Note on SIGPIPE")."""
        self._wanted = False
        with suppress(OSError):  # a stream in memory has no descriptor
            descriptor = self._stream.fileno()
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, descriptor)
            os.close(nowhere)
        if not isinstance(error, BrokenPipeError):
            raise _unwritable("standard output", error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.flush()


class FileOutput:
    """A file, opened when the first byte is written.

    `whole`: written beside its place and moved there at the end; otherwise, and where a device or pipe stands in its
    place, written as it comes. A symbolic link stays one, and a file that is replaced hands its mode on.
    """

    encoding = "utf-8"

    def __init__(self, path: str, *, whole: bool) -> None:
        """Raises `UsageError` when `path` can't be written, so that it is known before the run."""
        self._name = path
        self._file: BinaryIO | None = None
        if Path(path).is_dir():
            raise UsageError(f"can't write a report to {path or '.'}: it is a folder")
        # A descriptor's name, `/dev/fd/63`, can be opened, and what its link says can't.
        special = Path(path).exists() and not Path(path).is_file()
        self._path = Path(path) if special else Path(os.path.realpath(path))
        aside = self._path.with_name(f".crawler-{os.urandom(6).hex()}")
        self._written = aside if whole and not special else self._path
        _check(path, self._path, self._written)

    def write(self, data: bytes) -> None:
        """Adds `data`."""
        try:
            self._opened().write(data)
        except OSError as error:
            raise _unwritable(self._name, error) from error

    def flush(self) -> None:
        """Hands over what is buffered."""
        try:
            self._opened().flush()
        except OSError as error:
            raise _unwritable(self._name, error) from error

    def _opened(self) -> BinaryIO:
        if self._file is None:
            self._file = self._written.open("wb")
        return self._file

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        aside = self._written != self._path
        try:
            if error is None:
                with self._opened() as file:
                    file.flush()
                if aside:
                    if self._path.exists():
                        self._written.chmod(stat.S_IMODE(self._path.stat().st_mode))
                    self._written.replace(self._path)
        except OSError as problem:
            raise _unwritable(self._name, problem) from problem
        finally:
            if self._file is not None:
                with suppress(OSError):  # closed already, or lost already
                    self._file.close()
            if aside:
                self._written.unlink(missing_ok=True)


def _check(name: str, path: Path, written: Path) -> None:
    if not path.parent.is_dir():
        raise UsageError(f"can't write a report to {name}: there is no folder {path.parent}")
    needed = {path if path.exists() else path.parent, written if written.exists() else written.parent}
    if not all(os.access(place, os.W_OK) for place in needed):
        raise UsageError(f"can't write a report to {name}: permission denied")


def _unwritable(name: str, error: OSError) -> RunError:
    return RunError(f"can't write the report to {name}: {error.strerror or error}")
