"""Documents that another program may be writing while they are read."""

from __future__ import annotations

import time
from pathlib import Path

from .. import documents
from ..documents import Document
from ..errors import SourceError
from ..messages import _

_ATTEMPTS = 3  # how often a file that changes while it is read is read
_RETRY_DELAY = 0.5  # seconds between two attempts


def read_stable(path: Path, encoding: str | None = None) -> Document:
    """Read a document that does not change while it is read.

    Args:
        path: The file.
        encoding: Its text encoding; None to detect it.

    Raises:
        SourceError: It cannot be read, or keeps changing.
    """
    for attempt in range(_ATTEMPTS):
        time.sleep(_RETRY_DELAY if attempt else 0)
        before = read_stamp(path)
        document = documents.read(path, encoding)
        if read_stamp(path) == before:
            return document
    raise SourceError(
        _("{path} changes while it is read; run the batch again when the file is complete").format(
            path=path
        ),
        path,
    )


def read_stamp(path: Path) -> tuple[int, int]:
    """Return a file's size in bytes and change time in ns.

    Both are -1 if there is no such file.
    """
    try:
        status = path.stat()
    except OSError:
        return (-1, -1)
    return status.st_size, status.st_mtime_ns
