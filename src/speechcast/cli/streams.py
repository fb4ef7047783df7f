"""Standard input, output and error, whatever they are connected to.

Results go to standard output. If nobody reads them any longer (`| head`), the rest is dropped; if
they cannot be written, because a disk is full or the output is closed, that is an error. Progress
and messages go to standard error; where they cannot be written, they are dropped, and the work goes
on. A character that the encoding of a stream does not have is written as its escape.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import select
import sys
from typing import TYPE_CHECKING, TextIO

from .. import windows
from ..errors import OutputError, explain_os_error
from ..messages import _

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_ESCAPED = "backslashreplace"


def prepare_streams() -> None:
    """Make the standard streams of this process fit for its commands."""
    _fill_closed_handles()
    sys.stdin = sys.stdin or io.TextIOWrapper(io.FileIO(0, "r", closefd=False))
    sys.stdout = _guard(sys.stdout, _Results, 1)
    sys.stderr = _guard(sys.stderr, _Messages, 2)


def to_json(document: object) -> str:
    """Return a document as JSON that standard output can encode."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(document, indent=1)
    return text


def _fill_closed_handles() -> None:
    """Open the closed ones of the handles 0 to 2.

    Otherwise a file of ours would get one of them. They can be read, without content, but not
    written.
    """
    while (handle := os.open(os.devnull, os.O_RDONLY)) <= 2:
        os.set_inheritable(handle, True)
    os.close(handle)


def _guard(stream: TextIO | None, guard: type[_Messages], handle: int) -> TextIO:
    """Return the stream with its writes guarded; a captured one is left alone."""
    raw = _raw_stream(stream, handle)
    if raw is None:
        return stream or io.StringIO()
    encoding = stream.encoding if stream else "utf-8"
    lines = isinstance(stream, io.TextIOWrapper) and stream.line_buffering
    return io.TextIOWrapper(
        io.BufferedWriter(guard(raw, stream)),
        encoding,
        _ESCAPED,
        line_buffering=lines or guard is _Messages,
    )


def _raw_stream(stream: TextIO | None, handle: int) -> io.RawIOBase | None:
    """Return what a standard stream writes its bytes to; None for a captured one."""
    if stream is None:
        return io.FileIO(handle, "w", closefd=False)
    buffer: object = getattr(stream, "buffer", None)
    if isinstance(buffer, io.BufferedWriter):
        buffer = buffer.raw
    return buffer if isinstance(buffer, io.RawIOBase) else None  # raw with PYTHONUNBUFFERED


class _Messages(io.RawIOBase):
    """Drops what cannot be written."""

    def __init__(self, raw: io.RawIOBase, owner: TextIO | None) -> None:
        """Guard the writes to `raw`, which its owner closes when nothing refers to that."""
        self._raw, self._owner = raw, owner

    def writable(self) -> bool:
        """Return True."""
        return True

    def fileno(self) -> int:
        """Return the handle of the stream."""
        return self._raw.fileno()

    def isatty(self) -> bool:
        """Return whether the stream is a terminal."""
        with contextlib.suppress(OSError):
            return self._raw.isatty()
        return False

    def write(self, data: ReadableBuffer) -> int:
        """Write some of the bytes, or drop all of them."""
        with contextlib.suppress(OSError):
            return self._write(data)
        return memoryview(data).nbytes

    def _write(self, data: ReadableBuffer) -> int:
        """Write some of the bytes; wait where the reader of a non-blocking pipe is slow."""
        while (count := self._raw.write(data)) is None:
            select.select([], [self._raw], [])
        return count


class _Results(_Messages):
    """Drops what nobody reads, and reports once what cannot be written."""

    _broken = False

    def write(self, data: ReadableBuffer) -> int:
        """Write some of the bytes, or drop all of them.

        Raises:
            OutputError: They cannot be written. Later ones are dropped.
        """
        if not self._broken:
            try:
                return self._write(data)
            except OSError as exc:
                self._broken = True
                if windows.is_unread(exc):
                    return memoryview(data).nbytes
                raise OutputError(
                    _("standard output cannot be written ({strerror})").format(
                        strerror=explain_os_error(exc)
                    )
                ) from exc
        return memoryview(data).nbytes
