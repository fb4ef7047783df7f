"""Write the sound files of a production while it is still being recorded.

The level of a production is set once, on the whole. But a voice is as loud in its first minute as
later: in four speeches of 8 to 66 minutes it differed from the whole by 0.14 dB at the most, and of
100 clips in any order by 0.15. So the gain is found on the first minute, and the encoding goes on
from there, clip by clip, beside the recording. `master` measures the complete files as ever, and
writes them again where a file is off by more than its tolerance.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue

from ..model import PlacedClip, Timeline, Voice
from ..progress import ProgressCallback
from ..units import Decibels, Hertz, Seconds
from .encode import OutputFile, encode
from .master import Written, estimate_setting, report_encoding, speaker_volumes
from .prefetch import prefetch
from .stitch import stitch_growing
from .targets import Target

OPENING: Seconds = 60.0  # of a speech, on which the gain is found; chosen for this project


class LiveEncoding:
    """Sound files that grow with their production. Use it with `contextlib.closing`.

    It does nothing where the files depend on what is known at the end alone: the levels of several
    voices, and chapters that stand before the sound.
    """

    def __init__(
        self,
        files: Sequence[OutputFile],
        cast: Mapping[str, Voice],
        target: Target,
        report: ProgressCallback,
    ) -> None:
        """Store what is written; nothing begins yet.

        Args:
            files: What to write.
            cast: The voice of each speaker.
            target: The level to reach.
            report: Called with each step of the encoding once everything is recorded.
        """
        volumes = speaker_volumes(cast, target)
        self._possible = volumes is not None and not any(f.format.chapters for f in files)
        self._gains: Mapping[str, Decibels] = volumes or {}
        self._files, self._target, self._report = files, target, report
        self._clips = SimpleQueue[PlacedClip | Timeline | None]()
        self._closed = threading.Event()
        self._added: list[PlacedClip] = []
        self._timeline: Timeline | None = None
        self._executor = ThreadPoolExecutor(1, "encoding")
        self._writing: Future[Written] | None = None

    def add(self, placed: PlacedClip) -> None:
        """Encode the next clip of the production, in another thread.

        Raises:
            Exception: The files could not be written so far.
        """
        if not self._possible:
            return
        if self._writing is None:
            self._writing = self._executor.submit(self._write, placed.clip.rate)
        elif self._writing.done():
            self._writing.result()
        self._added.append(placed)
        self._clips.put(placed)

    def finish(self, timeline: Timeline) -> Written | None:
        """Complete the files; return how they were written.

        It is None if they do not hold this timeline, and were not completed.
        """
        same = len(self._added) == len(timeline.clips) and all(
            added.clip is placed.clip and added.start == placed.start
            for added, placed in zip(self._added, timeline.clips, strict=True)
        )
        if not same or self._writing is None:
            self.close()
            return None
        self._clips.put(timeline)
        return self._writing.result()

    def close(self) -> None:
        """End the encoding; files that are not finished stay incomplete."""
        self._closed.set()
        self._clips.put(None)
        self._executor.shutdown()

    def _write(self, rate: Hertz) -> Written:
        """Encode the clips as they come, until the timeline is complete."""
        opening = self._await_opening(rate)
        setting = estimate_setting(opening, self._gains, self._target, whole=bool(self._timeline))
        gains = {speaker: gain + setting.gain for speaker, gain in self._gains.items()}
        clips = self._follow(opening.clips)
        blocks = prefetch(
            stitch_growing(clips, rate, lambda: self._complete.length, gains, setting.ceiling)
        )
        blocks = report_encoding(blocks, lambda: self._timeline, self._report)
        return Written(setting, encode(blocks, rate, *self._files, measure=True))

    def _await_opening(self, rate: Hertz) -> Timeline:
        """Return the timeline up to `OPENING`, or the whole if it is shorter."""
        clips: list[PlacedClip] = []
        for placed in self._follow(()):
            clips.append(placed)
            end = placed.start + len(placed.clip.samples)
            if end >= OPENING * rate:
                return Timeline(tuple(clips), rate, end)
        return self._complete

    def _follow(self, first: Sequence[PlacedClip]) -> Iterator[PlacedClip]:
        """Yield these clips, then each as it is added, until the timeline is complete."""
        yield from first
        while self._timeline is None:
            item = self._clips.get()
            if item is None or self._closed.is_set():
                raise _Abandoned
            if isinstance(item, Timeline):
                self._timeline = item
            else:
                yield item

    @property
    def _complete(self) -> Timeline:
        assert self._timeline
        return self._timeline


class _Abandoned(Exception):
    """The files are no longer wanted."""
