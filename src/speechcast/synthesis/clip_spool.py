"""Clips on the disk while a production is made: one file, so that ten hours fit in any memory.

A clip that is kept here is as any other; its samples are read when they are looked at, and
forgotten again.
"""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import numpy as np

from ..model import Clip

if TYPE_CHECKING:
    from numpy.typing import NDArray


class ClipSpool:
    """Takes clips, from any number of threads, while its `with` block lasts.

    The file lies in `folder` and has no name there (where the system knows such files), so nothing
    of it stays, whatever happens.
    """

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 closed by __exit__
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, clip: Clip) -> Clip:
        """The same clip, its samples on the disk. Raises OSError where the disk is full."""
        data = np.ascontiguousarray(clip.samples, np.int16)
        with self._lock:
            at = self._file.seek(0, 2)
            self._file.write(data.data)
        return _Kept(self, at, len(data), clip)

    def read(self, at: int, count: int) -> NDArray[np.int16]:
        """So many samples from the file's byte `at` on."""
        with self._lock:
            self._file.seek(at)
            return np.frombuffer(self._file.read(2 * count), np.int16)


class _Kept(Clip):
    """A clip whose samples are in the spool."""

    __slots__ = ("_at", "_count", "_spool")

    _spool: ClipSpool
    _at: int
    _count: int

    def __init__(self, spool: ClipSpool, at: int, count: int, clip: Clip) -> None:
        values = {"_spool": spool, "_at": at, "_count": count}
        for name, value in {**values, "rate": clip.rate, "spans": clip.spans}.items():
            object.__setattr__(self, name, value)

    @property
    def samples(self) -> NDArray[np.int16]:
        return self._spool.read(self._at, self._count)
