"""Clips and pauses to one stream of sound, by pydub, a clip at a time.

pydub's own silences, slices and fades count whole milliseconds, which adds up to a drift, and its
`+` copies all that came before: so segments are made from samples, and never joined.
"""

from __future__ import annotations

import warnings
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from ..model import PlacedClip, Timeline
from .limiter import limit_peaks

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pydub import AudioSegment

FADE = 0.004  # seconds, at a clip's two ends, inside the silence kept around the sound
BLOCK = 1 << 16  # samples that are handed on at a time


def stitch(
    timeline: Timeline, gains: Mapping[str, float], ceiling: float | None = None
) -> Iterator[AudioSegment]:
    """The production from its first sample to its last, each speaker `gains` dB louder.

    Silence and clips follow each other without a gap: mono, 16 bits, at the timeline's rate. No
    clip's true peak is higher than `ceiling` (dBTP), if one is given.
    """
    at = 0
    for placed in timeline.clips:
        yield from _make_silence(placed.start - at, timeline.rate)
        samples = _render_clip(placed, gains.get(placed.utterance.speaker, 0.0), ceiling)
        yield _make_segment(samples.tobytes(), timeline.rate)
        at = placed.start + len(samples)
    yield from _make_silence(timeline.length - at, timeline.rate)


def stitch_speakers(timeline: Timeline, speakers: Container[str]) -> Iterator[AudioSegment]:
    """Only what these speakers say, as it was recorded, clip after clip."""
    for placed in timeline.clips:
        if placed.utterance.speaker in speakers:
            yield _make_segment(_render_clip(placed, 0.0, None).tobytes(), timeline.rate)


def blocks(segments: Iterable[AudioSegment]) -> Iterator[NDArray[np.int16]]:
    """The segments' samples, BLOCK by BLOCK, whatever the segments' lengths; the last is shorter.

    So an encoder is given the same blocks wherever clips begin and end.
    """
    rest = np.zeros(0, np.int16)
    for segment in segments:
        rest = np.concatenate((rest, np.frombuffer(segment.raw_data, np.int16)))
        whole = len(rest) // BLOCK * BLOCK
        yield from rest[:whole].reshape(-1, BLOCK)
        rest = rest[whole:]
    if len(rest):
        yield rest


def _render_clip(placed: PlacedClip, gain: float, ceiling: float | None) -> NDArray[np.int16]:
    samples = _fade_edges(placed.clip.samples, placed.clip.rate) * 10 ** (gain / 20)
    if ceiling is not None:
        samples = limit_peaks(samples, placed.clip.rate, ceiling)
    return np.rint(np.clip(samples, -32768, 32767)).astype(np.int16)


def _fade_edges(samples: NDArray[np.int16], rate: int) -> NDArray[np.float64]:
    """The clip rising from silence and falling back to it, so that no join clicks."""
    ramp = np.linspace(0, 1, min(round(FADE * rate), len(samples)), endpoint=False)
    faded = samples.astype(np.float64)
    faded[: len(ramp)] *= ramp
    faded[len(faded) - len(ramp) :] *= ramp[::-1]
    return faded


def _make_silence(samples: int, rate: int) -> Iterator[AudioSegment]:
    for start in range(0, samples, BLOCK):
        yield _make_segment(bytes(2 * min(BLOCK, samples - start)), rate)


def _make_segment(raw: bytes, rate: int) -> AudioSegment:
    with warnings.catch_warnings():
        # It is looked for when pydub is imported; nothing here asks pydub to decode.
        warnings.filterwarnings("ignore", "Couldn't find ff", RuntimeWarning)
        from pydub import AudioSegment

    return AudioSegment(data=raw, sample_width=2, frame_rate=rate, channels=1)
