"""Clips on the disk while a production is made.

So a production of ten hours fits in any memory. All clips lie in one temporary file. A spooled clip
is used as any other; its samples are read from the file each time they are needed.
"""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..model import Clip
from ..units import Samples

if TYPE_CHECKING:
    from ..units import Mono16

_SAMPLE_SIZE = 2  # bytes of an int16


class ClipSpool:
    """A temporary file of clips, for any number of threads.

    Use it with `contextlib.closing`. Where the system allows it, the file has no name in its
    folder, so nothing of it remains even if the process is killed.
    """

    def __init__(self, folder: Path) -> None:
        """Create the file in `folder`, best on the disk of the production."""
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 closed by close()
        self._lock = threading.Lock()

    def add(self, clip: Clip) -> SpooledClip:
        """Return an equal clip whose samples are on the disk.

        Raises:
            OSError: The samples cannot be written, for example because the disk is full.
        """
        data = np.ascontiguousarray(clip.samples, np.int16)
        with self._lock:
            offset = self._file.seek(0, 2)
            self._file.write(data.data)
        return SpooledClip(clip, self, offset, len(data))

    def read(self, offset: int, count: Samples) -> Mono16:
        """Return `count` samples from byte `offset` of the file.

        They are int16, shape (count,), mono and read-only.
        """
        with self._lock:
            self._file.seek(offset)
            return np.frombuffer(self._file.read(_SAMPLE_SIZE * count), np.int16)

    def close(self) -> None:
        """Remove the file; its clips can no longer be read."""
        self._file.close()


class SpooledClip(Clip):
    """A clip whose `samples` are read from the disk at each use.

    It is a `Clip`, since every later stage takes clips and reads their samples once or twice. A
    plain clip over a `numpy.memmap` of the file would be simpler, but mapped pages count as the
    memory of the process until they are unmapped: measured on 2026-11-27 on a speech of an hour
    (`make … --voice tone`, peak resident size), 402 MB instead of 235 MB. The difference
    grows with the length.
    """

    __slots__ = ("_count", "_offset", "_spool")

    _spool: ClipSpool
    _offset: int  # bytes
    _count: Samples

    def __init__(self, clip: Clip, spool: ClipSpool, offset: int, count: Samples) -> None:
        """Take over `clip`, with its samples at byte `offset` of `spool`."""
        object.__setattr__(self, "rate", clip.rate)  # the class is frozen
        object.__setattr__(self, "spans", clip.spans)
        object.__setattr__(self, "approximate", clip.approximate)
        object.__setattr__(self, "_spool", spool)
        object.__setattr__(self, "_offset", offset)
        object.__setattr__(self, "_count", count)

    @property
    def samples(self) -> Mono16:
        """The samples, int16 mono, read-only, of shape (samples,)."""
        return self._spool.read(self._offset, self._count)
