"""The result of a production."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .audio.loudness import LoudnessLevel
from .audio.targets import Target
from .model import Voice
from .subtitles.cue import Cue
from .subtitles.style import Style
from .units import Hertz, Samples, Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Production:
    """The result of a production.

    Attributes:
        audio: The sound files, one for each format.
        subtitles: The subtitle files, one for each format.
        pages: The listening page, if one was requested.
        voice: The main voice, at the rate it was spoken with.
        style: The style of the subtitles.
        sentences: The number of spoken sentences.
        cues: The subtitles, in samples at `rate`.
        rate: The sample rate of the timeline, in Hz.
        duration: The length of the sound, in seconds.
        took: How long it took to make, in seconds.
        target: The loudness target.
        levels: The loudness of each sound file, measured on its decoded sound.
        approximate: Nothing said when the words of some utterance are heard, so that between
            pauses the times of its cues are estimates.
        remarks: What of the document is not read, and what seems not to be meant: "line 3: …".
    """

    audio: tuple[Path, ...]
    subtitles: tuple[Path, ...]
    pages: tuple[Path, ...] = ()
    voice: Voice
    style: Style
    sentences: int
    cues: tuple[Cue, ...]
    rate: Hertz
    duration: Seconds
    took: Seconds
    target: Target
    levels: tuple[LoudnessLevel, ...]
    approximate: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def length(self) -> Samples:
        """The length of the sound, in samples at `rate`."""
        return round(self.duration * self.rate)

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file: the sound, then the subtitles, then the page."""
        return self.audio + self.subtitles + self.pages
