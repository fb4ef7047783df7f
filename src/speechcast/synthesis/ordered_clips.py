"""Pass clips on in the order of the document while the rest is still being recorded."""

from __future__ import annotations

from collections.abc import Callable

from ..model import Clip
from .jobs import SynthesisJob

ClipCallback = Callable[[Clip], None]
"""Is called with the clip of each utterance in turn."""


def ignore_clip(_: Clip) -> None:
    """Ignore a clip."""


class OrderedClips:
    """Clips that wait until all that precede them in the document are there."""

    def __init__(self, on_clip: ClipCallback) -> None:
        """Call `on_clip` with the clip of each utterance, in order."""
        self._on_clip = on_clip
        self._next = 0
        self._waiting: dict[int, Clip] = {}

    def add(self, job: SynthesisJob, clip: Clip) -> None:
        """Take the clip of a job; pass on all whose turn it is."""
        self._waiting.update(dict.fromkeys(job.positions, clip))
        while self._next in self._waiting:
            self._on_clip(self._waiting.pop(self._next))
            self._next += 1
