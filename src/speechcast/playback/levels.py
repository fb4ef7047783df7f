"""How loud clips are played before the loudness of the whole is known."""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping
from dataclasses import replace

from ..audio.loudness import SILENCE_LUFS, measure_level
from ..audio.targets import PODCAST
from ..model import Clip, PlacedClip, Timeline, Voice
from ..units import Decibels

CEILING: Decibels = PODCAST.ceiling
_MOST: Decibels = 12.0  # that a voice is raised or lowered; chosen here, for a first clip misleads


class PlaybackLevels:
    """Play all voices equally loud, at the loudness of a podcast.

    A voice's first clip is measured, and its gain stays as it is then, so that the level does not
    change from sentence to sentence. A voice's `volume` is added.
    """

    def __init__(self, cast: Mapping[str, Voice]) -> None:
        """Take the voice of each speaker, by the speaker's label."""
        self._cast = cast
        self._gains: dict[Voice, Decibels] = {}

    def for_cast(self, cast: Mapping[str, Voice]) -> PlaybackLevels:
        """Return levels for another cast; a voice that was measured keeps its gain."""
        levels = PlaybackLevels(cast)
        levels._gains = self._gains
        return levels

    def find_gain(self, placed: PlacedClip) -> Decibels:
        """Return the gain at which a clip is played."""
        voice = self._cast[placed.utterance.speaker]
        kind = replace(voice, volume=0, rate=0)
        if kind not in self._gains and (gain := _measure_gain(placed.clip)) is not None:
            self._gains[kind] = gain
        return self._gains.get(kind, 0.0) + 20 * math.log10(1 + voice.volume / 100)


class SharedLevels:
    """Playback levels of all that is played, for any number of threads."""

    def __init__(self) -> None:
        """Begin with no voice measured."""
        self._lock = threading.Lock()
        self._levels = PlaybackLevels({})

    def find_gains(self, timeline: Timeline, cast: Mapping[str, Voice]) -> dict[str, Decibels]:
        """Return the gain at which each speaker of a timeline is played."""
        with self._lock:
            levels = self._levels.for_cast(cast)
            return {p.utterance.speaker: levels.find_gain(p) for p in timeline.clips}


def _measure_gain(clip: Clip) -> Decibels | None:
    """Return the gain that makes a clip as loud as a podcast; None for one too short to tell."""
    level = measure_level([clip.samples], clip.rate, true_peak=False)
    if level.loudness <= SILENCE_LUFS:
        return None
    assert PODCAST.lufs is not None
    return min(_MOST, max(-_MOST, PODCAST.lufs - level.loudness))
