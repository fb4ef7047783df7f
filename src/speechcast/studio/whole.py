"""The whole of a project as it is recorded: its timeline, its levels and its sound."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from ..audio.stitch import stitch
from ..files import discard
from ..messages import _
from ..model import Timeline
from ..playback.levels import CEILING, SharedLevels
from ..subtitles.cue import Cue
from ..subtitles.segment import segment
from ..timeline import place
from ..units import Decibels
from .errors import MissingError
from .recorded_clips import RecordedClips
from .sounds import save_wav
from .view import Cast, View


class Whole:
    """The whole of an open project, for any number of threads.

    It is put together anew where a sentence changed; voices keep the level at which they were first
    played.
    """

    def __init__(self, clips: RecordedClips) -> None:
        """Put together what is recorded."""
        self._clips = clips
        self._lock = threading.Lock()
        self._levels = SharedLevels()
        self._timeline: tuple[View, Timeline] | None = None
        self._cues: tuple[Timeline, Sequence[Cue]] | None = None
        self._dividing = threading.Lock()
        self._rendering = threading.Lock()
        self._scratch: Path | None = None
        self._numbers = count(1)
        self._rendered: tuple[Timeline, Path] | None = None

    def find_timeline(self, view: View) -> Timeline | None:
        """Return the whole as it is recorded; None if a sentence is missing."""
        with self._lock:
            if self._timeline and self._timeline[0] is view:
                return self._timeline[1]
        utterances = view.prepared.utterances
        if not all(map(self._clips.holds, view.keys)):
            return None
        clips = [
            self._clips.find(k, len(u.tokens)) for k, u in zip(view.keys, utterances, strict=True)
        ]
        whole = [clip for clip in clips if clip is not None]
        if len(whole) < len(clips):
            return None
        timeline = place(utterances, whole, {label: v.pauses for label, v in view.cast.items()})
        with self._lock:
            self._timeline = view, timeline
        return timeline

    def require_timeline(self, view: View) -> Timeline:
        """Return the whole as it is recorded.

        Raises:
            MissingError: A sentence is not recorded yet.
        """
        timeline = self.find_timeline(view)
        if timeline is None:
            raise MissingError(_("not every sentence is recorded yet"))
        return timeline

    def find_cues(self, view: View) -> Sequence[Cue]:
        """Return the cues of the whole; dividing a long one takes seconds.

        Raises:
            MissingError: A sentence is not recorded yet.
        """
        timeline = self.require_timeline(view)
        with self._dividing:
            if self._cues is None or self._cues[0] is not timeline:
                style = view.prepared.request.subtitle_style
                self._cues = timeline, list(segment(timeline, style, view.prepared.breaks))
            return self._cues[1]

    def find_gains(self, timeline: Timeline, cast: Cast) -> dict[str, Decibels]:
        """Return the gain at which each speaker of a timeline is played."""
        return self._levels.find_gains(timeline, cast)

    def render(self, view: View) -> Path:
        """Return a WAV file of the whole as it is recorded.

        Raises:
            MissingError: A sentence is not recorded yet.
        """
        timeline = self.require_timeline(view)
        with self._rendering:
            if self._rendered is None or self._rendered[0] is not timeline:
                self._scratch = self._scratch or Path(tempfile.mkdtemp(prefix="speechcast-"))
                # Another name, as the earlier one may be playing.
                path = self._scratch / f"{next(self._numbers)}.wav"
                gains = self.find_gains(timeline, view.cast)
                save_wav(path, stitch(timeline, gains, CEILING), timeline.rate)
                if self._rendered:
                    discard(self._rendered[1])  # unless it is being played
                self._rendered = timeline, path
            return self._rendered[1]

    def close(self) -> None:
        """Remove the WAV file."""
        if self._scratch:
            shutil.rmtree(self._scratch, ignore_errors=True)
