"""The sound of a recording and of its text, ready to be compared.

In both, a silence is cut to a moment, so that a speaker may pause wherever they like.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..audio.decode import decode_audio
from ..audio.file_activity import AudioActivity, measure_activity
from ..model import Clip, Span, Utterance
from ..units import Hertz, Samples
from ..warping.features import FRAMES_A_SECOND, highest_frequency, measure_mel_powers
from ..warping.tracks import Track, cut_silences, track_of

if TYPE_CHECKING:
    from ..warping.features import Frames

_SMOOTHED = 5  # frames over which a band's power is averaged before it is held against its noise
_NOISE = 0.05  # the quantile of a band's power that is its noise
_LOUD, _FLOOR = 0.9, 1e-4  # 40 dB below this quantile is silence
_ABOVE_NOISE = 0.25  # tenfolds by which the bands stand out from their noise, on the average
_SHORTEST_LULL = 12  # frames of noise alone that part two sounds


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """A recording and its track.

    Attributes:
        activity: Its length and its level.
        sounds: Where it sounds, in samples; noise behind the speech is no sound.
        track: What is compared.
        highest: The highest frequency that is compared, in Hz.
    """

    activity: AudioActivity
    sounds: tuple[Span, ...]
    track: Track
    highest: float

    @property
    def rate(self) -> Hertz:
        """The sample rate of the recording."""
        return self.activity.rate

    def position(self, index: float) -> Samples:
        """Return the sample at a frame of the track, which need not be a whole number."""
        numbers = self.track.numbers
        index = min(max(index, 0.0), len(numbers) - 1.0)
        before, after = numbers[int(index)], numbers[min(int(index) + 1, len(numbers) - 1)]
        number = float(before) + (index - int(index)) * float(after - before)
        return round(number * self.rate / FRAMES_A_SECOND)


class Word(NamedTuple):
    """A token that is heard, and its frames in the reference.

    Attributes:
        utterance: The index of its utterance.
        token: Its index there.
        start: The first frame of the reference's track.
        end: The frame after the last.
    """

    utterance: int
    token: int
    start: float
    end: float


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """The text as the embedded voice speaks it."""

    utterances: tuple[Utterance, ...]
    track: Track
    words: tuple[Word, ...]


def load_recording(path: Path) -> Recording:
    """Measure a recording.

    It is decoded block by block; its spectra take about 40 MB an hour.

    Args:
        path: Any file that PyAV can play.

    Raises:
        SourceError: The file cannot be played, or has no sound.
    """
    activity = measure_activity(path)
    highest = highest_frequency(activity.rate)
    blocks = (block for _, block in decode_audio(path))
    powers = measure_mel_powers(blocks, activity.rate, highest)
    sounds = tuple(_without_noise(activity.ranges, powers, activity.rate))
    return Recording(activity, sounds, cut_silences(powers, sounds, activity.rate), highest)


def build_reference(
    utterances: Sequence[Utterance], clips: Sequence[Clip], highest: float
) -> Reference:
    """Join the clips of the utterances to a reference."""
    tracks: list[Track] = []
    words: list[Word] = []
    length = 0
    for index, clip in enumerate(clips):
        track = track_of(clip.samples, clip.rate, highest)
        words += _words(index, clip, track, length)
        tracks.append(track)
        length += len(track.powers)
    joined = Track(
        np.concatenate([track.powers for track in tracks]),
        np.concatenate([track.silent for track in tracks]),
        np.arange(length),
    )
    return Reference(tuple(utterances), joined, tuple(words))


def _words(utterance: int, clip: Clip, track: Track, offset: int) -> Iterator[Word]:
    """Yield the tokens of a clip that are heard; its track begins at frame `offset`."""
    for token, span in enumerate(clip.spans):
        if span is not None:
            frames = np.array([span.start, span.end]) * FRAMES_A_SECOND / clip.rate
            start, end = np.interp(frames, track.numbers, np.arange(len(track.numbers)))
            yield Word(utterance, token, offset + float(start), offset + float(end))


def _without_noise(ranges: Sequence[Span], powers: Frames, rate: Hertz) -> Iterator[Span]:
    """Yield the ranges that sound, parted where only noise is heard in them."""
    lulls = [
        Span(first * rate // FRAMES_A_SECOND, last * rate // FRAMES_A_SECOND)
        for first, last in _find_lulls(powers)
    ]
    for span in ranges:
        start = span.start
        first = bisect_right(lulls, start, key=lambda lull: lull.end)
        last = bisect_left(lulls, span.end, key=lambda lull: lull.start)
        for quiet in lulls[first:last]:
            if start < quiet.start:
                yield Span(start, quiet.start)
            start = quiet.end
        if start < span.end:
            yield Span(start, span.end)


def _find_lulls(powers: Frames) -> list[tuple[int, int]]:
    """Return the stretches of frames in which the bands hardly stand out from their noise."""
    if len(powers) < _SMOOTHED:
        return []
    sums = np.cumsum(
        np.pad(powers, ((_SMOOTHED // 2 + 1, _SMOOTHED // 2), (0, 0)), "edge"),
        axis=0,
        dtype=np.float64,
    )
    smooth = (sums[_SMOOTHED:] - sums[:-_SMOOTHED]) / _SMOOTHED
    noise = np.quantile(smooth, _NOISE, axis=0) + _FLOOR * np.quantile(smooth, _LOUD, axis=0)
    above = np.log10(np.maximum(smooth, 1e-12) / np.maximum(noise, 1e-12)).clip(0).mean(axis=1)
    lull = np.concatenate(([False], above < _ABOVE_NOISE, [False])).astype(np.int8)
    edges = np.flatnonzero(np.diff(lull)).reshape(-1, 2)
    return [(int(a), int(b)) for a, b in edges if b - a >= _SHORTEST_LULL]
